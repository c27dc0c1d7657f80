"""Two participants compared by reasoning: agreements, disputes, double cruxes, each with why."""

from dataclasses import dataclass

from app.analysis import Analysis
from app.analysis.clashes import Rejection
from app.analysis.disputes import Disputed, differences
from app.model.snapshot import MapSnapshot
from app.web.views.common import Person, Ref, person, ref


@dataclass(frozen=True)
class Rejects:
    """How somebody rejects something, in words around the objection they make; without one, all is ``before``."""

    before: str
    objection: Ref | None
    after: str
    stated: bool


@dataclass(frozen=True)
class Dispute:
    """Something one asserts and the other rejects."""

    ref: Ref
    question: str
    double: bool
    asserted_by: Person
    attitude: str
    rejected_by: Person
    how: Rejects
    if_false: str
    if_true: str
    idle: bool


@dataclass(frozen=True)
class Differing:
    """What two participants' pages show of it."""

    left: Person
    right: Person
    verdicts: tuple[str, str]
    sentence: str
    agreements: tuple[Ref, ...]
    double: tuple[Dispute, ...]
    shared: tuple[Dispute, ...]


def rejects(view: MapSnapshot, how: Rejection) -> Rejects:
    """A rejection for a page."""
    before, after = how.around
    objection = ref(view, how.objection) if how.objection is not None else None
    return Rejects(before, objection, after, how.basis == "stated")


def differing(result: Analysis, first: str, second: str) -> Differing | None:
    """Two participants compared; None for one with themselves."""
    view = result.view
    left, right = person(view, first), person(view, second)
    people = view.content.participants
    if left.id == right.id or left.id not in people or right.id not in people:
        return None
    found = differences(result, left.id, right.id)
    disputes = [_dispute(result, each) for each in found.disputes]
    return Differing(
        left,
        right,
        found.verdicts,
        found.sentence,
        tuple(ref(view, view.content.nodes[key]) for key in found.agreements),
        tuple(d for d in disputes if d.double),
        tuple(d for d in disputes if not d.double),
    )


def _dispute(result: Analysis, found: Disputed) -> Dispute:
    view = result.view
    node = view.content.nodes[found.dispute.node]
    return Dispute(
        ref(view, node),
        node.crux.question if node.crux is not None else "",
        found.dispute.kind == "double crux",
        person(view, found.asserted_by),
        view.words.attitudes[found.attitude].label,
        person(view, found.rejected_by),
        rejects(view, found.how),
        found.if_false,
        found.if_true,
        all(outcome.effect == "none" for outcome in found.dispute.outcomes),
    )
