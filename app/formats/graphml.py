"""Writing a map as GraphML (http://graphml.graphdrawing.org), with typed keys of our own.

Opens in Gephi and yEd; networkx and igraph read it. GraphML has no edge that ends in an edge, so a relation on
which something bears is a node (``kind`` relation) between its ends. Control characters, which XML forbids, and
values that are not there are left out. What yEd shows comes from `app.formats.yed`, and stands before our own
values: readers that take a label from it (networkx) let the later one win.
"""

from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from app.analysis import Analysis
from app.formats import yed
from app.formats.exchange import Written
from app.formats.selecting import lose_details, lose_groups, select
from app.model.records import Node, Relation
from app.model.snapshot import letter
from app.source import unsafe_characters

# Each key is for nodes alone or for edges alone: Gephi takes labels and colours only from such keys, and igraph
# reads no others. Those of edges have ids of their own (edge_…).
_NODE_KEYS = (
    ("label", "string"),
    ("kind", "string"),
    ("type", "string"),
    ("tags", "string"),
    ("letter", "string"),
    ("question", "string"),
    ("if_true", "string"),
    ("if_false", "string"),
    ("would_settle", "string"),
    ("participants", "string"),
    ("polarity", "int"),
    ("basis", "string"),
    ("rationale", "string"),
    ("base", "double"),
    ("status", "string"),
)
_EDGE_KEYS = (
    ("label", "string"),
    ("type", "string"),
    ("polarity", "int"),
    ("basis", "string"),
    ("rationale", "string"),
    ("base", "double"),
    ("status", "string"),
    ("color", "string"),
    ("weight", "double"),
)
_EDGE = "edge_"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    f'xmlns:y="{yed.NAMESPACE}" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_NO_PLACE = "GraphML holds the graph, not its sources"
Values = dict[str, str | int | float | None]


def write(result: Analysis) -> Written:
    """The map as a GraphML file, and what it does not hold."""
    chosen = select(result)
    lose_groups(chosen, result, ("documents", "comments", "quotations", "ledger"), _NO_PLACE)
    lose_details(chosen, _NO_PLACE, kept=("crux", "rationale", "base", "status"))
    aims = {r.target for r in chosen.relations} & {r.id for r in chosen.relations}
    parts = [_HEAD]
    for name, kind in _NODE_KEYS:
        parts.append(f'  <key id="{name}" for="node" attr.name="{name}" attr.type="{kind}"/>\n')
    for name, kind in _EDGE_KEYS:
        parts.append(f'  <key id="{_EDGE}{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n')
    parts.append(yed.KEYS)
    parts.append(
        f'  <graph id="map" edgedefault="directed">\n    <desc>{_text(result.view.content.info.title)}</desc>\n'
    )
    boxes = yed.place({n.id: n.text for n in chosen.nodes}, sorted(aims), _ends(chosen.relations, aims))
    for node in chosen.nodes:
        holders = dict.fromkeys(m.holder for m in node.passages)
        picture = yed.node(boxes[node.id], node.text, node.type)
        parts.append(_element("node", f"id={_attribute(node.id)}", picture, _node(node, holders)))
    for relation in chosen.relations:
        values = _relation(relation, result.view.polarity(relation))
        if relation.id in aims:
            picture = yed.point(boxes[relation.id], relation.type)
            values = {"kind": "relation", **values}
            parts.append(_element("node", f"id={_attribute(relation.id)}", picture, values))
    for relation in chosen.relations:
        values = _relation(relation, result.view.polarity(relation))
        if relation.id in aims:
            values = {k: v for k, v in values.items() if k in ("type", "polarity")}
            parts.append(_edge(f"{relation.id}.from", relation.source, relation.id, values, ends=False))
            parts.append(_edge(f"{relation.id}.to", relation.id, relation.target, values))
        else:
            parts.append(_edge(relation.id, relation.source, relation.target, values))
    parts.append("  </graph>\n</graphml>\n")
    return Written("".join(parts).encode("utf-8"), chosen.losses.report())


def _ends(relations: Iterable[Relation], aims: set[str]) -> list[tuple[str, str]]:
    """Source and target of every line: two lines for a relation that is drawn through a point."""
    ends: list[tuple[str, str]] = []
    for relation in relations:
        through = [relation.id] if relation.id in aims else []
        ends += pairwise([relation.source, *through, relation.target])
    return ends


def _node(node: Node, holders: Iterable[str]) -> Values:
    crux = node.crux
    return {
        "label": node.text,
        "kind": "node",
        "type": node.type,
        "tags": ", ".join(node.tags) or None,
        "letter": letter(node) or None,
        "question": crux.question if crux is not None else None,
        "if_true": crux.if_true if crux is not None else None,
        "if_false": crux.if_false if crux is not None else None,
        "would_settle": crux.would_settle if crux is not None else None,
        "participants": ", ".join(holders) or None,
        "base": node.base,
        "status": node.status,
    }


def _relation(relation: Relation, polarity: int) -> Values:
    return {
        "label": relation.type,
        "type": relation.type,
        "polarity": polarity,
        "basis": relation.basis,
        "rationale": relation.rationale or None,
        "base": relation.base,
        "status": relation.status,
    }


def _edge(key: str, source: str, target: str, values: Values, *, ends: bool = True) -> str:
    kind = str(values["type"])
    where = f"id={_attribute(key)} source={_attribute(source)} target={_attribute(target)}"
    # Gephi takes "weight" for the thickness of an edge, and needs it on every one.
    values = {f"{_EDGE}{k}": v for k, v in {**values, "color": yed.colour(kind), "weight": 1.0}.items()}
    return _element("edge", where, yed.edge(kind, ends=ends), values)


def _element(name: str, attributes: str, picture: str, values: Values) -> str:
    data = "".join(
        f'      <data key="{k}">{_text(str(v))}</data>\n' for k, v in values.items() if v is not None
    )
    return f"    <{name} {attributes}>\n{picture}{data}    </{name}>\n"


def _clean(text: str) -> str:
    found = unsafe_characters(text)
    return text.translate({f.codepoint: None for f in found}) if found else text


def _text(text: str) -> str:
    return escape(_clean(text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
