"""AIF JSON as it is found in the wild, brought into one shape.

Ids come as numbers, strings and strings with prefixes that edges leave off; lists are missing or null;
the graph stands at the top, under "AIF" or under "aif"; keys differ in case.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import InvalidInput
from app.formats.exchange import Losses, clean, shorten

SCHEMES = frozenset(("RA", "CA", "MA", "PA"))
_PREFIX = re.compile(r"^(?:.*[/#:]|[A-Za-z]+[-_]?(?=\d))")
_NOBODY = frozenset(("", "none", "null", "undefined"))


@dataclass(frozen=True)
class AifNode:
    """A node: ``kind`` is I, L, RA, CA, MA, PA, YA or TA; ``own`` is what this program wrote beside it."""

    id: str
    kind: str
    text: str
    scheme: str
    own: Mapping[str, Any]


@dataclass(frozen=True)
class AifPerson:
    """A participant."""

    id: str
    name: str
    own: Mapping[str, Any]


@dataclass
class AifGraph:
    """A whole file.

    ``out`` and ``into`` are the edges by their ends; ``speakers`` the person of each locution; ``listed`` the
    first locution each person is listed for.
    """

    nodes: dict[str, AifNode] = field(default_factory=dict)
    out: dict[str, list[str]] = field(default_factory=dict)
    into: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, AifPerson] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)
    title: str = ""

    def targets(self, key: str, *kinds: str) -> list[str]:
        """Where the edges of a node lead, to nodes of these kinds."""
        return [k for k in self.out.get(key, ()) if self.nodes[k].kind in kinds]

    def sources(self, key: str, *kinds: str) -> list[str]:
        """Where the edges into a node come from, from nodes of these kinds."""
        return [k for k in self.into.get(key, ()) if self.nodes[k].kind in kinds]

    def of(self, *kinds: str) -> list[AifNode]:
        """The nodes of these kinds, in the order of the file."""
        return [node for node in self.nodes.values() if node.kind in kinds]


def looks_like_xaif(value: object) -> bool:
    """Whether a JSON value is xAIF: a graph under "AIF"."""
    return isinstance(value, Mapping) and isinstance(_get(value, "AIF"), Mapping)


def looks_like(value: object) -> bool:
    """Whether a JSON value is AIF in either form."""
    if looks_like_xaif(value):
        return True
    return isinstance(value, Mapping) and _get(value, "nodes") is not None and value.get("format") is None


def parse(value: object, name: str, losses: Losses) -> AifGraph:
    """The graph in a JSON value.

    Raises
    ------
    InvalidInput : there is no graph, a list is something else, a node has no id, or two different nodes
        have the same one; says where.
    """
    if not isinstance(value, Mapping):
        raise InvalidInput("this is not AIF: no object", where=name)
    inner = _get(value, "AIF")
    # Some tools write {"AIF": {"version": …}, "nodes": […]}: about the graph there, the graph at the top.
    under = "AIF." if isinstance(inner, Mapping) and (_holds(inner) or not _holds(value)) else ""
    body: Mapping[str, Any] = inner if under else value
    if _get(body, "nodes") is None and _get(body, "edges") is None:
        raise InvalidInput("this is not AIF: there are no nodes", where=f"{name}: {under}nodes")
    graph = AifGraph(title=clean(str(_get(value, "title") or "")))
    for place, item in _rows(body, "nodes", f"{name}: {under}"):
        _node(graph, place, item, losses)
    _edges(graph, body, f"{name}: {under}", losses)
    _people(graph, body, f"{name}: {under}", losses)
    for key in ("schemefulfillments", "descriptorfulfillments", "cqdescriptorfulfillments"):
        rows = _get(body, key)
        if isinstance(rows, list) and rows:
            losses.add(f"{key} entry", "a map has no place for it", str(rows[0]), len(rows))
    _beside(value, losses)
    return graph


def _holds(value: Mapping[str, Any]) -> bool:
    return _get(value, "nodes") is not None or _get(value, "edges") is not None


def _get(item: Mapping[str, Any], *names: str) -> Any:
    for name in names:
        if name in item:
            return item[name]
    lowered = {str(key).lower(): key for key in item} if len(item) < 100 else {}
    for name in names:
        if name.lower() in lowered:
            return item[lowered[name.lower()]]
    return None


def _rows(body: Mapping[str, Any], key: str, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = _get(body, key)
    if rows is None:
        return
    if isinstance(rows, Mapping):
        rows = [{"nodeID": k, **v} if isinstance(v, Mapping) else v for k, v in rows.items()]
    if not isinstance(rows, list):
        raise InvalidInput("this must be a list", where=f"{place}{key}")
    for number, item in enumerate(rows):
        if item is None:
            continue
        if not isinstance(item, Mapping):
            raise InvalidInput("this must be an object", where=f"{place}{key}[{number}]")
        yield f"{place}{key}[{number}]", item


def _id(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def _own(item: Mapping[str, Any]) -> Mapping[str, Any]:
    found = item.get("cruxmap")
    return found if isinstance(found, Mapping) else {}


def _node(graph: AifGraph, place: str, item: Mapping[str, Any], losses: Losses) -> None:
    key = _id(_get(item, "nodeID", "id"))
    if key is None:
        raise InvalidInput("the node has no id", where=f"{place}.nodeID", remedy="give it a number or a name")
    text, scheme = _get(item, "text"), _get(item, "scheme")
    made = AifNode(
        key,
        str(_get(item, "type") or "").strip().upper(),
        clean(text) if isinstance(text, str) else "",
        clean(scheme) if isinstance(scheme, str) else "",
        _own(item),
    )
    known = graph.nodes.get(key)
    if known is not None:
        if (known.kind, known.text) != (made.kind, made.text):
            raise InvalidInput(
                f"the node id {shorten(key, 40)!r} stands twice, for different nodes",
                where=f"{place}.nodeID",
                remedy="give each node an id of its own",
            )
        losses.add("repeated node", "it is the same as the one before", made.text)
        return
    graph.nodes[key] = made


def _edges(graph: AifGraph, body: Mapping[str, Any], place: str, losses: Losses) -> None:
    bare: dict[str, str | None] = {}
    for key in graph.nodes:
        short = _PREFIX.sub("", key)
        bare[short] = None if short in bare else key
    seen: set[tuple[str, str]] = set()
    for where, item in _rows(body, "edges", place):
        start, end = (
            _end(_id(_get(item, *names)), graph, bare)
            for names in (("fromID", "from", "source"), ("toID", "to", "target"))
        )
        if start is None or end is None:
            losses.add(
                "edge to a missing node", "one of its ends is not in the file", where.partition(": ")[2]
            )
        elif start == end:
            losses.add("edge from a node to itself", "it says nothing", where.partition(": ")[2])
        elif (start, end) not in seen:
            seen.add((start, end))
            graph.out.setdefault(start, []).append(end)
            graph.into.setdefault(end, []).append(start)


def _end(key: str | None, graph: AifGraph, bare: Mapping[str, str | None]) -> str | None:
    """The node an edge names, also where one of them leaves a prefix off."""
    return key if key is None or key in graph.nodes else bare.get(_PREFIX.sub("", key))


def _people(graph: AifGraph, body: Mapping[str, Any], place: str, losses: Losses) -> None:
    for _, item in _rows(body, "participants", place):
        key = _id(_get(item, "participantID", "personID", "id"))
        names = [_get(item, part) for part in ("firstname", "surname", "name")]
        nobody = frozenset(("",)) if _own(item) else _NOBODY  # what we wrote ourselves is meant
        name = " ".join(clean(n) for n in names if isinstance(n, str) and clean(n).lower() not in nobody)
        if key is None:
            losses.add("participant without an id", "no locution can name it", name)
        elif key not in graph.people:
            graph.people[key] = AifPerson(key, name, _own(item))
    for where, item in _rows(body, "locutions", place):
        locution, person = _id(_get(item, "nodeID", "id")), _id(_get(item, "personID", "participantID"))
        if locution in graph.nodes and person is not None:
            graph.listed.setdefault(person, str(locution))
            if graph.speakers.setdefault(str(locution), person) != person:
                losses.add(
                    "further person of a locution", "a locution has one speaker", where.partition(": ")[2]
                )
        else:
            losses.add("locution entry", "its node or its person is missing", where.partition(": ")[2])


def _beside(value: Mapping[str, Any], losses: Losses) -> None:
    """What stands beside the graph: positions on a canvas, the text it was made from."""
    canvas = _get(value, "OVA")
    if isinstance(canvas, Mapping):
        nodes = canvas.get("nodes")
        if isinstance(nodes, list) and nodes:
            losses.add("position on a canvas", "a map lays itself out", "", len(nodes))
    text = _get(value, "text")
    if isinstance(text, Mapping):
        text = _get(text, "txt", "text")
    if isinstance(text, str) and text.strip():
        losses.add(
            "source text",
            "the transcript of the locutions stands for it",
            re.sub(r"<[^<>]{0,200}>", " ", text[:2_000]),
        )
