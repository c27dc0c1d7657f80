"""Where do you stand? Which questions a reader is asked, in which order, and where each statement is left."""

from dataclasses import dataclass

from app.analysis.credences import Position
from app.analysis.judgement import Judgement, judgement
from app.analysis.people import valuation
from app.model.records import Node


@dataclass(frozen=True)
class Asked:
    """A statement a reader is asked about.

    ``movement``: how far its answer moves the scenarios when nothing else was answered. ``start``: the
    score a participant (``theirs``) or an editor gives it, None where it has the default. ``against``: the map's
    arguments carry it to the other side of the middle from the reader's answer.
    """

    node: Node
    movement: float
    credence: float | None
    start: float | None
    theirs: bool
    strength: float
    against: bool


def questions(judged: Judgement, position: Position) -> tuple[Asked, ...]:
    """The cruxes, those that move the scenarios most first; then whatever else was answered.

    The order does not change with the answers.
    """
    result = judged.result
    neutral = judgement(result, semantics=judged.semantics)
    moves = {f.node: max(f.deny.movement, f.concede.movement) for f in neutral.cruxes.flips}
    cruxes = sorted(
        (n for n in result.nodes if n.type == "crux"), key=lambda n: (-moves.get(n.id, 0.0), n.id)
    )
    answered = [result.view.content.nodes[key] for key in position.credences]
    theirs = dict(valuation(result, position.start).scores) if position.start else {}
    rows = []
    for node in (*cruxes, *(n for n in answered if n.type != "crux")):
        credence, strength = position.credences.get(node.id), judged.strengths[node.id]
        against = credence is not None and (credence - 0.5) * (strength - 0.5) < 0
        start, own = theirs.get(node.id, node.base), node.id in theirs
        rows.append(Asked(node, moves.get(node.id, 0.0), credence, start, own, strength, against))
    return tuple(rows)
