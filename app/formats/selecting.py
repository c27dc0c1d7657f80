"""What of a map an export for other tools holds: what counts, by the same rule as reasoning."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.analysis import Analysis
from app.formats.exchange import Losses
from app.model.records import Node, Relation
from app.model.snapshot import letter

_FIRST = {"scenario": 0, "crux": 1}


@dataclass(frozen=True)
class Selection:
    """The nodes (scenarios, cruxes, then the rest) and relations of an export, and what was left out so far."""

    nodes: tuple[Node, ...]
    relations: tuple[Relation, ...]
    losses: Losses


def select(result: Analysis) -> Selection:
    """The elements that count; withdrawn, rejected and (unless asked in) unreviewed ones are noted as left out."""
    view, losses = result.view, Losses()
    nodes, relations = [], []
    for node in view.content.nodes.values():
        if view.counts(node, result.include_unreviewed):
            nodes.append(node)
        else:
            losses.add(f"{node.status} node", "only what counts is exported", node.text)
    for relation in view.content.relations.values():
        if view.counts(relation, result.include_unreviewed):
            relations.append(relation)
        else:
            losses.add("relation that does not count", "it, or one of its ends, is not reviewed", relation.id)
    nodes.sort(key=lambda n: (_FIRST.get(n.type, 2), letter(n), n.id))
    return Selection(tuple(nodes), tuple(relations), losses)


def lose_groups(selected: Selection, result: Analysis, names: Iterable[str], reason: str) -> None:
    """Note that whole groups of records (documents, comments …) have no place in a format."""
    words = {"ledger": "judgement on a sentence"}
    for name in names:
        group = getattr(result.view.content, name)
        if group:
            selected.losses.add(
                words.get(name, name.removesuffix("s")), reason, next(iter(group)), len(group)
            )
    info = result.view.content.info
    if info.description or info.home:
        selected.losses.add("description of the map", reason, info.description or info.home)


def lose_details(selected: Selection, reason: str, kept: Iterable[str] = ()) -> None:
    """Note the fields of nodes and relations that a format has no place for, but for those in ``kept``."""
    has = set(kept)
    add = selected.losses.add
    for node in selected.nodes:
        if node.crux is not None and "crux" not in has:
            add("details of a crux (question, consequences)", reason, node.crux.question)
        if node.scenario is not None and node.scenario.drawing is not None and "drawing" not in has:
            add("drawing of a scenario", reason, node.text)
        if node.model is not None and "model" not in has:
            add("model of a node", reason, node.text)
        if "status" not in has and node.status != "reviewed":
            add("status", reason, f"{node.id} is {node.status}")
    for relation in selected.relations:
        if relation.rationale and "rationale" not in has:
            add("rationale of a relation", reason, relation.rationale)
        if relation.base is not None and "base" not in has:
            add("base score of a relation", reason, relation.id)
        if "status" not in has and relation.status != "reviewed":
            add("status", reason, f"{relation.id} is {relation.status}")
    for element in (*selected.nodes, *selected.relations):
        if element.passages and "passages" not in has:
            add("passage", reason, element.passages[0].exact, len(element.passages))
