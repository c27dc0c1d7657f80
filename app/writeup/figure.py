"""The figure of a crux and what surrounds it: SVG for pages, PNG and PDF for word processors and LaTeX."""

from collections.abc import Iterable, Sequence

import pygraphviz

from app.analysis import Analysis
from app.drawing.layout import GRAPHVIZ_LOCK  # Graphviz keeps global state: one lock for the process
from app.drawing.metrics import wrap
from app.drawing.render import picture
from app.drawing.scene import Scene
from app.drawing.select import crux_scene
from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.writeup.document import Figure
from app.writeup.language import unstopped

MOST_NODES = 14


def neighbourhood(result: Analysis, crux: Node, base_url: str = "") -> Figure:
    """The crux with what bears on it and what it bears on, without the raster forms."""
    scene = crux_scene(result, crux.id, MOST_NODES)
    drawn = picture(scene, links=bool(base_url))
    caption = f"“{unstopped(crux.text)}”: arguments on both sides, and the scenarios it bears on."
    return Figure(caption, drawn.standalone(base_url))


def raster(result: Analysis, crux: str, form: str) -> bytes:
    """The same scene drawn by Graphviz itself, as ``png`` or ``pdf``."""
    source = dot(result.view, crux_scene(result, crux, MOST_NODES))
    with GRAPHVIZ_LOCK:
        graph = pygraphviz.AGraph(string=source)
        try:
            graph.layout(prog="dot")
            drawn: bytes = graph.draw(format=form)
        finally:
            graph.close()
    return drawn


def dot(view: MapSnapshot, scene: Scene) -> str:
    """The scene in DOT. Relations that something ends in get a joint of their own in the middle."""
    names = {key: f"n{number}" for number, key in enumerate(scene.nodes)}
    relations = [view.content.relations[key] for key in scene.relations]
    joints = {r.target for r in relations if r.target not in names}
    for number, key in enumerate(sorted(joints)):
        names[key] = f"j{number}"
    rows = [
        "digraph {",
        "graph [rankdir=LR, nodesep=0.2, ranksep=0.45, dpi=110, margin=0.1, bgcolor=white];",
        'node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica", fontsize=10, margin="0.12,0.07"];',
        'edge [fontname="Helvetica", fontsize=8];',
    ]
    for key in scene.nodes:
        node = scene.node(key)
        look = ', fillcolor="#f3ead2", penwidth=2' if key in scene.focus else ""
        look += ', fillcolor="#e4e9ee"' if node.scenario is not None else ""
        rows.append(f"{names[key]} [label={_label(wrap(node.text, 10, 190, 5))}{look}];")
    rows += [f"{names[key]} [shape=point, width=0.06, fillcolor=black];" for key in sorted(joints)]
    for relation in relations:
        ends = [names.get(relation.source), names.get(relation.target)]
        if None in ends:
            continue
        polarity = view.polarity(relation)
        colour = "#1f6f43" if polarity > 0 else "#a3312a" if polarity < 0 else "#6b6b6b"
        style = "dashed" if relation.type == "undercuts" or not polarity else "solid"
        word = _label((view.words.relations[relation.type].label,))
        look = f'color="{colour}", fontcolor="{colour}", style={style}'
        if relation.id in joints:
            middle = names[relation.id]
            rows.append(f"{ends[0]} -> {middle} [arrowhead=none, {look}];")
            rows.append(f"{middle} -> {ends[1]} [label={word}, {look}];")
        else:
            rows.append(f"{ends[0]} -> {ends[1]} [label={word}, {look}];")
    return "\n".join([*rows, "}"])


def _label(lines: Iterable[str]) -> str:
    """A DOT string of these lines: no escape sequence, markup or port of Graphviz comes from outside."""
    return '"' + "\\l".join(_escaped(lines if isinstance(lines, Sequence) else tuple(lines))) + '\\l"'


def _escaped(lines: Sequence[str]) -> list[str]:
    safe = ("".join(c for c in line if c.isprintable()) for line in lines)
    return [line.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for line in safe]
