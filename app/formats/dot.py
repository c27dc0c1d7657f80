"""Writing a map in DOT, the language of Graphviz.

A relation on which something bears is drawn through a point, which the undercut or backing ends in.
Text stands in quoted strings, never in HTML-like labels; backslashes and quotes are escaped, and so are
ampersands, since Graphviz reads entities in any label.
"""

import textwrap

from app.analysis import Analysis
from app.formats.exchange import Written, clean
from app.formats.selecting import lose_details, lose_groups, select
from app.model.records import Node, Relation

_WIDTH = 36
_SHAPES = {
    "scenario": "box3d",
    "crux": "diamond",
    "question": "ellipse",
    "evidence": "note",
    "proposal": "cds",
}
# The sign is in the arrow's head and line as well as in its colour.
_ARROWS = {
    "supports": 'color="#1b6e3c" arrowhead="normal"',
    "attacks": 'color="#a3262a" arrowhead="tee"',
    "undercuts": 'color="#8a4b00" arrowhead="dot" style="dashed"',
}
_NEUTRAL = 'color="#555555" arrowhead="open" style="dotted"'
_NO_PLACE = "a drawing holds the graph, not its sources"


def write(result: Analysis) -> Written:
    """The map as a DOT file, and what it does not hold."""
    chosen = select(result)
    lose_groups(chosen, result, ("documents", "participants", "comments", "quotations", "ledger"), _NO_PLACE)
    lose_details(chosen, _NO_PLACE, kept=("rationale",))
    based = [n for n in chosen.nodes if n.base is not None] + [
        r for r in chosen.relations if r.base is not None
    ]
    chosen.losses.add("base score", _NO_PLACE, based[0].id if based else "", len(based))
    tagged = [n for n in chosen.nodes if n.tags]
    chosen.losses.add("tags of a node", _NO_PLACE, tagged[0].id if tagged else "", len(tagged))
    aims = {r.target for r in chosen.relations} & {r.id for r in chosen.relations}
    lines = [
        "digraph map {",
        f'  graph [label={quoted(result.view.content.info.title)} labelloc=t rankdir=BT fontname="Helvetica"];',
        '  node [shape=box fontname="Helvetica" fontsize=11];',
        '  edge [fontname="Helvetica" fontsize=9];',
        *(_node(node) for node in chosen.nodes),
    ]
    lines += [f'  {quoted(key)} [shape=point width=0.06 label=""];' for key in sorted(aims)]
    for relation in chosen.relations:
        lines += _edges(relation, through=relation.id in aims)
    lines.append("}")
    return Written(("\n".join(lines) + "\n").encode("utf-8"), chosen.losses.report())


def quoted(text: str) -> str:
    """Text as a DOT string that shows as it is."""
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{escaped}"'


def _node(node: Node) -> str:
    lines = textwrap.wrap(clean(node.text), _WIDTH) or [node.id]
    label = "\\n".join(quoted(line)[1:-1] for line in lines)
    shape = f" shape={_SHAPES[node.type]}" if node.type in _SHAPES else ""
    return f'  {quoted(node.id)} [label="{label}"{shape} tooltip={quoted(node.type)}];'


def _edges(relation: Relation, through: bool) -> list[str]:
    arrow = _ARROWS.get(relation.type, _NEUTRAL)
    tip = quoted(f"{relation.type}: {relation.rationale}" if relation.rationale else relation.type)
    label = "" if relation.type in _ARROWS else f" label={quoted(relation.type)}"
    source, target, middle = quoted(relation.source), quoted(relation.target), quoted(relation.id)
    if not through:
        return [f"  {source} -> {target} [{arrow} tooltip={tip}{label} id={middle}];"]
    return [
        f'  {source} -> {middle} [{arrow} tooltip={tip} arrowhead="none"];',
        f"  {middle} -> {target} [{arrow} tooltip={tip}{label} id={middle}];",
    ]
