"""Arguments × scenarios: what each argument does for each scenario."""

from dataclasses import dataclass

from app import urls
from app.analysis import Analysis
from app.analysis.matrix import BASES, SORTS, Filters, select
from app.web.views.common import Cell, Ref, ref, strip


@dataclass(frozen=True)
class Row:
    """An argument and its stance on every scenario."""

    ref: Ref
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Group:
    """Rows under one heading: a crux, or what they have in common."""

    title: str
    url: str
    question: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Choice:
    """An option of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Matrix:
    """What the matrix page shows."""

    filters: Filters
    scenarios: tuple[Ref, ...]
    groups: tuple[Group, ...]
    shown: int
    total: int
    types: tuple[Choice, ...]
    participants: tuple[Choice, ...]
    documents: tuple[Choice, ...]
    cruxes: tuple[Choice, ...]
    stances: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    bases: tuple[Choice, ...]


def matrix(result: Analysis, filters: Filters) -> Matrix:
    """The matrix, narrowed and ordered; InvalidInput for a filter value that does not exist."""
    view = result.view
    found = select(result, filters)
    groups = tuple(
        Group(
            group.title,
            urls.node(group.crux) if group.crux is not None else "",
            group.title if group.crux is not None else "",
            tuple(Row(ref(view, node), strip(result, node, 60)) for node in group.nodes),
        )
        for group in found.groups
    )
    words = view.words
    people = sorted(view.content.participants.values(), key=lambda p: _natural(p.label))
    return Matrix(
        filters,
        tuple(ref(view, scenario) for scenario in view.scenarios),
        groups,
        len(found.nodes),
        found.total,
        tuple(Choice(t.name, t.plural or t.label) for t in words.nodes.values() if t.name != "scenario"),
        tuple(Choice(p.id, p.label) for p in people if p.merged_into is None),
        tuple(Choice(d.id, d.title) for d in view.content.documents.values()),
        tuple(Choice(c.id, c.crux.question if c.crux else c.text) for c in view.cruxes),
        tuple(Choice(t.name, t.label) for t in words.stances.values()),
        tuple(Choice(value, label) for value, label in SORTS.items()),
        tuple(Choice(value, label) for value, label in BASES.items()),
    )


def _natural(label: str) -> tuple[str, int]:
    head, _, tail = label.rpartition(" ")
    return (head, int(tail)) if tail.isdigit() else (label, 0)
