"""Arguments × scenarios: what each argument does for each scenario."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.analysis import Analysis
from app.errors import InvalidInput
from app.model.records import Node
from app.model.snapshot import MapSnapshot, letter
from app.web.views.common import Cell, Ref, ref, strip, visible_nodes
from app.web.views.grouping import nearest_crux

SORTS = {"crux": "the crux it hangs on", "thread": "place in the thread", "type": "type", "text": "text"}
BASES = {"direct": "directly", "derived": "through other arguments"}


@dataclass(frozen=True)
class Filters:
    """What the matrix is narrowed to; empty strings and dictionaries narrow nothing."""

    type: str = ""
    participant: str = ""
    document: str = ""
    crux: str = ""
    basis: str = ""
    sort: str = "crux"
    unreviewed: bool = False
    stances: Mapping[str, str] | None = None

    @property
    def active(self) -> bool:
        chosen = (self.type, self.participant, self.document, self.crux, self.basis)
        return any(chosen) or bool(self.stances)


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
    _check(view, filters)
    candidates = [n for n in visible_nodes(view) if view.counts(n, filters.unreviewed)]
    rows = [Row(ref(view, n), strip(result, n, 60)) for n in candidates if _fits(view, n, filters)]
    rows = [row for row in rows if _stands(row, filters)]
    words = view.words
    people = sorted(view.content.participants.values(), key=lambda p: _natural(p.label))
    return Matrix(
        filters,
        tuple(ref(view, scenario) for scenario in view.scenarios),
        tuple(_groups(view, rows, filters.sort)),
        len(rows),
        len(candidates),
        tuple(Choice(t.name, t.plural or t.label) for t in words.nodes.values() if t.name != "scenario"),
        tuple(Choice(p.id, p.label) for p in people if p.merged_into is None),
        tuple(Choice(d.id, d.title) for d in view.content.documents.values()),
        tuple(Choice(c.id, c.crux.question if c.crux else c.text) for c in view.cruxes),
        tuple(Choice(t.name, t.label) for t in words.stances.values()),
        tuple(Choice(value, label) for value, label in SORTS.items()),
        tuple(Choice(value, label) for value, label in BASES.items()),
    )


def _check(view: MapSnapshot, filters: Filters) -> None:
    content = view.content
    known = (
        ("type", filters.type, view.words.nodes),
        ("participant", filters.participant, content.participants),
        ("document", filters.document, content.documents),
        ("crux", filters.crux, content.nodes),
        ("basis", filters.basis, BASES),
        ("sort", filters.sort, SORTS),
        *(("stance", stance, view.words.stances) for stance in (filters.stances or {}).values()),
    )
    for field, value, allowed in known:
        if value and value not in allowed:
            raise InvalidInput(
                f"there is no {field} {value!r} to filter by", where=field, remedy="choose from the list"
            )


def _fits(view: MapSnapshot, node: Node, filters: Filters) -> bool:
    if filters.type and node.type != filters.type:
        return False
    if filters.participant and all(m.holder != filters.participant for m in node.passages):
        return False
    if filters.document and all(m.document != filters.document for m in node.passages):
        return False
    return not filters.crux or nearest_crux(view).get(node.id, ("", 0))[0] == filters.crux


def _stands(row: Row, filters: Filters) -> bool:
    by_letter = {cell.letter: cell for cell in row.cells}
    for wanted, stance in (filters.stances or {}).items():
        if wanted in by_letter and by_letter[wanted].stance != stance:
            return False
    return not filters.basis or any(cell.basis == filters.basis for cell in row.cells)


def _groups(view: MapSnapshot, rows: list[Row], sort: str) -> list[Group]:
    if sort == "crux":
        return _by_crux(view, rows)
    if sort == "type":
        found = []
        for term in view.words.nodes.values():
            of_type = tuple(_by_text(row for row in rows if row.ref.type == term.name))
            if of_type:
                found.append(Group((term.plural or term.label).capitalize(), "", "", of_type))
        return found
    ordered = sorted(rows, key=lambda row: _place(view, row)) if sort == "thread" else _by_text(rows)
    return [Group("", "", "", tuple(ordered))] if rows else []


def _by_crux(view: MapSnapshot, rows: list[Row]) -> list[Group]:
    near = nearest_crux(view)
    groups: list[Group] = []
    for crux in sorted(view.cruxes, key=lambda c: -sum(root == c.id for root, _ in near.values())):
        under = [row for row in rows if near.get(row.ref.id, ("", 0))[0] == crux.id]
        under.sort(key=lambda row: (near[row.ref.id][1], row.ref.text))
        if under:
            question = crux.crux.question if crux.crux else crux.text
            groups.append(Group(question, f"/cruxes/{crux.id}", question, tuple(under)))
    rest = [row for row in rows if row.ref.id not in near]
    straight = tuple(row for row in rest if any(cell.stance != "none" for cell in row.cells))
    beside = tuple(row for row in rest if all(cell.stance == "none" for cell in row.cells))
    if straight:
        groups.append(Group("On a scenario, past the cruxes", "", "", straight))
    if beside:
        groups.append(Group("Beside the argument: no chain leads to a scenario", "", "", beside))
    return groups


def _by_text(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.ref.text.casefold())


def _place(view: MapSnapshot, row: Row) -> tuple[str, int]:
    node = view.content.nodes[row.ref.id]
    return (node.passages[0].document, node.passages[0].start) if node.passages else ("~", 0)


def _natural(label: str) -> tuple[str, int]:
    head, _, tail = label.rpartition(" ")
    return (head, int(tail)) if tail.isdigit() else (label, 0)


def stance_filters(view: MapSnapshot, query: Mapping[str, str]) -> dict[str, str]:
    """The stances asked for, by letter, from a query such as ``C=supports``."""
    letters = [letter(scenario) for scenario in view.scenarios]
    return {key: query[key] for key in letters if query.get(key)}
