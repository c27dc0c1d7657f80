"""Differences as the API answers them."""

from typing import Any, Literal

from pydantic import Field

from app.analysis import Analysis, analysis
from app.analysis.difference import Difference, difference
from app.analysis.telling import sentences
from app.api.shapes import Shape
from app.model.snapshot import MapSnapshot
from app.store.services.words import StanceWord


class ChangedShape(Shape):
    """Keys of one kind of record."""

    created: list[str]
    changed: list[str]
    gone: list[str] = Field(description="No longer there, withdrawn or rejected.")


class StanceChangeShape(Shape):
    """A node's stance on a scenario; null where the node does not count."""

    node: str
    scenario: str
    before: StanceWord | None
    after: StanceWord | None
    basis: Literal["direct", "derived"] | None
    chain: list[str]


class StrengthChangeShape(Shape):
    """A scenario's strength; not a probability."""

    scenario: str
    before: float | None
    after: float | None


class VerdictStateShape(Shape):
    """Which scenario leads; null where it is too close to call, and `close` says between which."""

    leader: str | None
    top: str | None
    margin: float
    close: list[str]
    reason: str


class CruxChangeShape(Shape):
    """A point the verdict turns on: what flipping it does, and how large a change does it."""

    node: str
    change: Literal["appeared", "vanished", "moved"]
    before: str | None
    after: str | None
    needed_before: float | None
    needed_after: float | None


class CaseChangeShape(Shape):
    """How strong the case for a curated crux is before and after; a strength is no probability."""

    node: str
    before: float | None
    after: float | None


class ObjectionChangeShape(Shape):
    """An attack or undercut that nothing answers, or that something answers now."""

    relation: str
    source: str
    target: str
    change: Literal["created", "answered", "reopened"]


class DifferenceShape(Shape):
    """What differs between two states of the map, in sentences and as data."""

    sentences: list[str]
    records: dict[str, ChangedShape] = Field(description="By kind: node, relation, comment …")
    stances: list[StanceChangeShape]
    strengths: list[StrengthChangeShape]
    verdict_before: VerdictStateShape
    verdict_after: VerdictStateShape
    cruxes: list[CruxChangeShape]
    cases: list[CaseChangeShape] = Field(description="Curated cruxes whose strength moved, most moved first.")
    objections: list[ObjectionChangeShape]


def between(before: MapSnapshot, after: MapSnapshot, unreviewed: bool = False) -> DifferenceShape:
    """The difference of two states of the map, rendered."""
    one, other = analysis(before, unreviewed), analysis(after, unreviewed)
    return shape(difference(one, other), one, other)


def shape(found: Difference, before: Analysis, after: Analysis) -> DifferenceShape:
    """A difference, rendered."""
    rows: dict[str, Any] = {
        name: [vars(item) for item in getattr(found, name)]
        for name in ("stances", "strengths", "cruxes", "cases", "objections")
    }
    return DifferenceShape(
        sentences=list(sentences(found, before, after)),
        records={
            kind: ChangedShape.model_validate(vars(keys), from_attributes=True)
            for kind, keys in found.records.items()
        },
        verdict_before=VerdictStateShape.model_validate(vars(found.verdict_before)),
        verdict_after=VerdictStateShape.model_validate(vars(found.verdict_after)),
        **rows,
    )
