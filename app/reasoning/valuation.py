"""Valuations: the base scores a computation starts from: neutral, one participant's, or the reader's own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.errors import InvalidInput, Problem
from app.reasoning.framework import DEFAULT_NODE_BASE, Framework

ATTITUDE_SCORES: Mapping[str, float] = {"asserts": 0.9, "concedes": 0.8, "denies": 0.1}
"""Attitudes that say what their holder takes to be true. All others (asks, supposes, reports, quotes,
declines) leave the base score where it is."""

ENOUGH_ATTITUDES = 3
"""Under this many scored nodes and relations a participant has said too little to be given a verdict."""


@dataclass(frozen=True)
class Valuation:
    """Base scores that differ from the framework's own, by id of a node or relation.

    ``said`` counts the nodes and relations a participant takes a scored attitude to; ``enough`` is False
    where that is too little for a verdict. Neutral and readers' valuations are always enough.
    """

    name: str
    scores: Mapping[str, float] = field(default_factory=dict)
    said: int = 0
    enough: bool = True

    def apply(self, framework: Framework) -> Framework:
        """The framework under this valuation; scores of ids it does not have are left aside.

        They may belong to nodes that are unreviewed or withdrawn and so not in the framework.
        """
        scores = {}
        for id_, score in self.scores.items():
            element = framework.number.get(id_)
            if element is None:
                continue
            if element >= framework.n:
                score = min(score, float(framework.relation_base[element - framework.n]))
                if score >= DEFAULT_NODE_BASE:
                    continue
            scores[id_] = score
        return framework.with_scores(scores)


NEUTRAL = Valuation("neutral")


def participant(
    name: str,
    attitudes: Mapping[str, Collection[str]],
    table: Mapping[str, float] = ATTITUDE_SCORES,
    enough: int = ENOUGH_ATTITUDES,
) -> Valuation:
    """A participant's valuation from their attitudes, id → kinds.

    Where someone takes several scored attitudes to one thing (asserts it here, denies it there), the score is
    the mean of the different ones. Relations may be among the ids: one that is asserted or conceded keeps its
    base score when applied (it counts fully anyway), one that is denied gets the score of denial.
    """
    scores = {}
    for id_, kinds in attitudes.items():
        values = [table[kind] for kind in sorted(set(kinds)) if kind in table]
        if values:
            scores[id_] = sum(values) / len(values)
    return Valuation(name, scores, len(scores), len(scores) >= enough)


def reader(credences: Mapping[str, float], framework: Framework) -> Valuation:
    """The reader's own valuation: credences in [0, 1] for some nodes.

    Raises
    ------
    InvalidInput
        for ids that are no nodes of the framework and for numbers outside [0, 1], all at once.
    """
    problems = []
    for id_, credence in credences.items():
        if framework.number.get(id_, framework.n) >= framework.n:
            problems.append(Problem("there is no such node", id_))
        elif not 0.0 <= credence <= 1.0:
            problems.append(Problem(f"the credence {credence:g} is not a number from 0 to 1", id_))
    if problems:
        raise InvalidInput(problems)
    return Valuation("reader", dict(credences))
