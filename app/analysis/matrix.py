"""Arguments × scenarios: which arguments a choice of filters leaves, and in which order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.analysis.analysis import Analysis
from app.analysis.grouping import nearest_crux
from app.errors import InvalidInput
from app.model.records import Node
from app.model.snapshot import MapSnapshot, letter

SORTS = {"crux": "the crux it hangs on", "thread": "place in the thread", "type": "type", "text": "text"}
BASES = {"direct": "directly", "derived": "through other arguments"}


@dataclass(frozen=True)
class Filters:
    """What the matrix is narrowed to; empty strings and dictionaries narrow nothing.

    ``stances`` are by the scenario's letter; ``stance`` is one that some scenario must have.
    """

    type: str = ""
    participant: str = ""
    document: str = ""
    crux: str = ""
    basis: str = ""
    sort: str = "crux"
    unreviewed: bool = False
    stances: Mapping[str, str] | None = None
    stance: str = ""

    @property
    def active(self) -> bool:
        chosen = (self.type, self.participant, self.document, self.crux, self.basis, self.stance)
        return any(chosen) or bool(self.stances)


@dataclass(frozen=True)
class Group:
    """Arguments under one heading: a crux, a type, or what they have in common; empty where there is none."""

    title: str
    crux: Node | None
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Selection:
    """The arguments that fit, and how many there are without filters."""

    groups: tuple[Group, ...]
    total: int

    @property
    def nodes(self) -> tuple[Node, ...]:
        """All of them, in the order they are shown."""
        return tuple(node for group in self.groups for node in group.nodes)


def stance_filters(view: MapSnapshot, query: Mapping[str, str]) -> dict[str, str]:
    """The stances asked for, by letter: ``C=supports``, or ``scenario=C`` with ``stance=supports``."""
    letters = [letter(scenario) for scenario in view.scenarios]
    found = {key: query[key] for key in letters if query.get(key)}
    wanted = query.get("scenario", "")
    if wanted and query.get("stance"):
        found.setdefault(wanted, query["stance"])
    return found


def select(result: Analysis, filters: Filters) -> Selection:
    """The arguments, narrowed and ordered.

    Raises
    ------
    InvalidInput : a filter has a value that does not exist.
    """
    view = result.view
    _check(view, filters)
    candidates = [n for n in result.nodes if n.scenario is None and n.merged_into is None]
    near = nearest_crux(view)
    nodes = [n for n in candidates if _fits(n, filters, near) and _stands(result, n, filters)]
    return Selection(tuple(_groups(view, result, nodes, filters.sort)), len(candidates))


def _check(view: MapSnapshot, filters: Filters) -> None:
    content = view.content
    stances = filters.stances or {}
    known = (
        ("type", filters.type, view.words.nodes),
        ("participant", filters.participant, content.participants),
        ("document", filters.document, content.documents),
        ("crux", filters.crux, content.nodes),
        ("basis", filters.basis, BASES),
        ("sort", filters.sort, SORTS),
        ("stance", filters.stance, view.words.stances),
        *(("scenario", wanted, [letter(s) for s in view.scenarios]) for wanted in stances),
        *((wanted, stance, view.words.stances) for wanted, stance in stances.items()),
    )
    for field, value, allowed in known:
        if value and value not in allowed:
            raise InvalidInput(
                f"there is no {field} {value!r} to filter by", where=field, remedy="choose from the list"
            )


def _fits(node: Node, filters: Filters, near: Mapping[str, tuple[str, int]]) -> bool:
    if filters.type and node.type != filters.type:
        return False
    if filters.participant and all(m.holder != filters.participant for m in node.passages):
        return False
    if filters.document and all(m.document != filters.document for m in node.passages):
        return False
    return not filters.crux or near.get(node.id, ("", 0))[0] == filters.crux


def _stands(result: Analysis, node: Node, filters: Filters) -> bool:
    found = result.stances_of(node.id)
    by_letter = {letter(s): found[s.id] for s in result.view.scenarios if s.id in found}
    for wanted, stance in (filters.stances or {}).items():
        if wanted in by_letter and by_letter[wanted].stance != stance:
            return False
    if filters.stance and all(s.stance != filters.stance for s in by_letter.values()):
        return False
    return not filters.basis or any(s.basis == filters.basis for s in by_letter.values())


def _groups(view: MapSnapshot, result: Analysis, nodes: list[Node], sort: str) -> Iterator[Group]:
    if sort == "crux":
        yield from _by_crux(view, result, nodes)
    elif sort == "type":
        for term in view.words.nodes.values():
            title = (term.plural or term.label).capitalize()
            yield from _group(title, None, (n for n in nodes if n.type == term.name), _text)
    elif sort == "thread":
        yield from _group("", None, nodes, _place)
    else:
        yield from _group("", None, nodes, _text)


def _group(
    title: str, crux: Node | None, nodes: Iterable[Node], order: Callable[[Node], tuple[object, ...]]
) -> Iterator[Group]:
    """One group, unless it is empty."""
    if ordered := tuple(sorted(nodes, key=order)):
        yield Group(title, crux, ordered)


def _by_crux(view: MapSnapshot, result: Analysis, nodes: list[Node]) -> Iterator[Group]:
    near = nearest_crux(view)
    for crux in sorted(view.cruxes, key=lambda c: -sum(root == c.id for root, _ in near.values())):
        under = (n for n in nodes if near.get(n.id, ("", 0))[0] == crux.id)
        question = crux.crux.question if crux.crux else crux.text
        yield from _group(question, crux, under, lambda n: (near[n.id][1], n.text))
    rest = [n for n in nodes if n.id not in near]
    idle = {n.id for n in rest if all(s.stance == "none" for s in result.stances_of(n.id).values())}
    yield from _group("On a scenario, past the cruxes", None, (n for n in rest if n.id not in idle), _none)
    title = "Beside the argument: no chain leads to a scenario"
    yield from _group(title, None, (n for n in rest if n.id in idle), _none)


def _text(node: Node) -> tuple[object, ...]:
    return (node.text.casefold(),)


def _place(node: Node) -> tuple[object, ...]:
    return (node.passages[0].document, node.passages[0].start) if node.passages else ("~", 0)


def _none(_node: Node) -> tuple[object, ...]:
    """Leaves the order as it is: sorting is stable."""
    return ()
