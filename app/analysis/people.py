"""What participants hold: their attitudes, the valuation that follows, and what they dispute."""

from collections import defaultdict
from collections.abc import Mapping

from app.analysis.analysis import Analysis
from app.analysis.clashes import Rejection, objecting
from app.model.records import Node
from app.reasoning import ATTITUDE_SCORES, Party, Valuation
from app.reasoning import participant as valuation_of_attitudes

HOLDS = frozenset(("asserts", "concedes"))


def attitudes(result: Analysis, participant: str) -> Mapping[str, frozenset[str]]:
    """The participant's attitudes to the nodes and relations that count, by id.

    What stands in a comment that does not count, such as one still unreviewed, is not heard.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for element in (*result.nodes, *result.relations):
        for mention in element.passages:
            if mention.holder == participant and result.heard(mention):
                found[element.id].add(mention.attitude)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def scores(result: Analysis) -> Mapping[str, float]:
    """The base score each attitude stands for, from the vocabulary."""
    given = {name: term.score for name, term in result.view.words.attitudes.items()}
    return {name: score for name, score in given.items() if score is not None} or ATTITUDE_SCORES


def valuation(result: Analysis, participant: str) -> Valuation:
    """The participant's base scores: 0.9 for what they assert, 0.8 concede, 0.1 deny, the rest untouched."""
    return valuation_of_attitudes(participant, attitudes(result, participant), scores(result))


def rejected(result: Analysis, participant: str) -> Mapping[str, Rejection]:
    """What a participant rejects, and how; a denial goes before an objection, a stated one before an inferred.

    They reject what they deny, and what a relation of theirs attacks: one they assert themselves, or one
    from a node they hold that stands in a comment of theirs.
    """
    held = attitudes(result, participant)
    view = result.view
    rejects = {key: Rejection() for key, kinds in held.items() if "denies" in kinds}
    for relation in sorted(result.relations, key=lambda r: r.basis == "inferred"):
        if relation.type != "attacks":
            continue
        home = view.home(relation)
        own = home is not None and home.participant == participant
        if held.get(relation.id, frozenset()) & HOLDS or (
            own and held.get(relation.source, frozenset()) & HOLDS
        ):
            rejects.setdefault(relation.target, objecting(view, relation, held))
    return rejects


def party(result: Analysis, participant: str) -> Party:
    """The participant as one side of a dispute: what they assert or concede, and what they reject."""
    nodes = result.view.content.nodes
    asserts = {key for key, kinds in attitudes(result, participant).items() if kinds & HOLDS and key in nodes}
    return Party(valuation(result, participant), asserts, set(rejected(result, participant)))


def who_holds(node: Node) -> Mapping[str, tuple[str, ...]]:
    """Per attitude, the participants who take it to the node, in reading order."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for mention in node.passages:
        found[mention.attitude][mention.holder] = None
    return {attitude: tuple(holders) for attitude, holders in found.items()}
