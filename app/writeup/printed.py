"""The figure for print: placed and styled like the site's own drawing, put on paper by Graphviz.

Word processors and LaTeX want PNG and PDF. Graphviz is there already and draws both; it gets every position
from our layout (``nop2`` moves nothing), so that what is printed is what the site shows.
"""

import math
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import pygraphviz

from app.analysis import Analysis
from app.drawing.boxes import DISC, Box
from app.drawing.layout import (
    GRAPHVIZ_LOCK,  # Graphviz keeps global state: one lock for the process
    Frame,
    Placed,
    Point,
    place,
)
from app.drawing.render import badge_key, measured, node_key, plan
from app.drawing.scene import Scene
from app.drawing.select import crux_scene
from app.drawing.strokes import HEAD, RADIUS
from app.drawing.style import colours
from app.model.vocabulary import RelationType
from app.writeup.figure import MOST_NODES, STYLE

_MARGIN = 10.0
_DPI = 96  # of a drawing wider than a page: set into its measure, it has twice as many to the inch
_SHAPES = {
    "crux": 'shape=box, style="filled", penwidth=2',
    "evidence": 'shape=note, style="filled"',
    "objection": 'shape=box, style="filled"',
    "definition": 'shape=box, style="filled"',
    "scenario": 'shape=box, style="filled", penwidth=1.4',
}


_kept: WeakKeyDictionary[Analysis, dict[tuple[str, str], bytes]] = WeakKeyDictionary()


def raster(result: Analysis, crux: str, form: str) -> bytes:
    """The crux with what bears on it and what it bears on, as ``png`` or ``pdf``; made once for each analysis."""
    kept = _kept.setdefault(result, {})
    if (crux, form) not in kept:
        kept[crux, form] = _raster(result, crux, form)
    return kept[crux, form]


def _raster(result: Analysis, crux: str, form: str) -> bytes:
    source = dot(crux_scene(result, crux, MOST_NODES))
    with GRAPHVIZ_LOCK:
        graph = pygraphviz.AGraph(string=source)
        try:
            drawn: bytes = graph.draw(format=form, prog="nop2")
        finally:
            graph.close()
    return drawn


def dot(scene: Scene) -> str:
    """The scene in DOT with all positions fixed, in points from the lower left corner."""
    return _Sheet(scene).text()


class _Sheet:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.made = measured(scene, STYLE, STYLE)
        self.placed: Placed = place(plan(scene, self.made))
        self.height = self.placed.height + 2 * _MARGIN
        self.ink = colours()

    def text(self) -> str:
        width = self.placed.width + 2 * _MARGIN
        rows = [
            "digraph {",
            f'graph [bb="0,0,{width:.0f},{self.height:.0f}", dpi={_DPI}, pad=0, bgcolor=white, outputorder=nodesfirst];',
            'node [fontname="Helvetica", fixedsize=true, fontsize=13, margin=0];',
            "edge [dir=forward];",
        ]
        for key, frame in self.placed.groups.items():
            rows += self._area(key, frame)
        for key in self.scene.nodes:
            rows += self._box(key, self.made[key], self.placed.frames[node_key(key)])
        for position, key in enumerate(self.scene.relations):
            kind = self._kind(key)
            frame = self.placed.frames[badge_key(key)]
            before, after = self.placed.routes[2 * position : 2 * position + 2]
            # A relation on a relation ends at a badge: the anchors of lines are points of their own.
            rows += self._line(f"a{position}", before, kind, "none")
            rows += self._line(
                f"b{position}",
                after,
                kind,
                "normal" if kind.polarity > 0 else "tee" if kind.polarity else "vee",
            )
            rows.append(self._badge(position, kind, frame))
        return "\n".join([*rows, "}"])

    def _kind(self, relation: str) -> RelationType:
        return self.scene.shown.view.words.relations[self.scene.relation(relation).type]

    def _colour(self, kind: RelationType) -> str:
        if kind.name == "undercuts":
            return self.ink["under"]
        return self.ink["for" if kind.polarity > 0 else "against" if kind.polarity else "neutral"]

    def _at(self, point: Point) -> str:
        return f"{point[0] + _MARGIN:.1f},{self.height - point[1] - _MARGIN:.1f}"

    def _node(self, name: str, frame: Frame, look: str) -> str:
        size = f"width={frame.width / 72:.3f}, height={frame.height / 72:.3f}"
        return f'{name} [pos="{self._at(frame.middle)}", {size}, {look}];'

    def _area(self, key: str, frame: Frame) -> list[str]:
        soft = {"supports": "d-for-soft", "attacks": "d-against-soft"}.get(key, "paper")
        ink = {"supports": "for", "attacks": "against"}.get(key, "ink")
        caption = _html([(self.scene.captions.get(key, ""), 12, self.ink[ink], True)], frame.width - 24)
        head = Frame(frame.x + 10, frame.y + 4, frame.width - 24, 18)
        fill = f'shape=box, style="filled,rounded", color="{self.ink[soft]}", fillcolor="{self.ink[soft]}", label=""'
        return [
            self._node(f"g_{key}", frame, fill),
            self._node(f"h_{key}", head, f"shape=plain, fixedsize=false, label={caption}"),
        ]

    def _box(self, key: str, made: Box, frame: Frame) -> list[str]:
        name = f"n{self.scene.nodes.index(key)}"
        node = self.scene.node(key)
        line = self.ink.get(made.letter or "", self.ink["ink" if node.type == "crux" else "line-strong"])
        fill = self.ink["mark"] if key in self.scene.focus else self.ink["raised"]
        look = _SHAPES.get(node.type, 'shape=box, style="filled,rounded"')
        left = frame.x + made.style.padding + (2 * DISC + 8 if made.letter else 0)
        inner = Frame(left, frame.y, frame.right - made.style.padding - left, frame.height)
        rows = [
            (made.label, 10, self.ink["soft"], False),
            *((t, 12, self.ink["ink"], False) for t in made.lines),
        ]
        if made.more:
            rows.append((made.more, 10, self.ink["soft"], False))
        out = [
            self._node(name, frame, f'{look}, color="{line}", fillcolor="{fill}", label=""'),
            self._node(f"{name}t", inner, f"shape=plain, fixedsize=false, label={_html(rows, inner.width)}"),
        ]
        if made.letter:
            disc = Frame(frame.x + 8, frame.middle[1] - DISC, 2 * DISC, 2 * DISC)
            label = _sign(made.letter, 14, "#ffffff")
            out.append(
                self._node(
                    f"{name}d",
                    disc,
                    f'shape=circle, style=filled, color="{line}", fillcolor="{line}", label={label}',
                )
            )
        return out

    def _badge(self, position: int, kind: RelationType, frame: Frame) -> str:
        colour = self._colour(kind)
        x, y = frame.middle
        round_ = Frame(x - RADIUS + 3, y - RADIUS + 3, 2 * RADIUS - 6, 2 * RADIUS - 6)
        if kind.name == "undercuts":
            look = (
                f"shape=circle, style=filled, fillcolor=white, penwidth=1.8, label={_sign('/', 13, colour)}"
            )
        elif kind.polarity:
            shape = "circle" if kind.polarity > 0 else "square"
            look = (
                f'shape={shape}, style=filled, fillcolor="{colour}", label={_sign(kind.sign, 14, "#ffffff")}'
            )
        else:
            sign = _sign(kind.sign, 11, colour)
            return self._node(
                f"s{position}",
                frame,
                f'shape=box, style="filled,rounded", fillcolor=white, color="{colour}", label={sign}',
            )
        return self._node(f"s{position}", round_, f'{look}, color="{colour}"')

    def _line(self, name: str, route: Sequence[Point], kind: RelationType, head: str) -> list[str]:
        """A line between two points of its own, at its two ends."""
        points = list(route)
        end = points[-1]
        if head != "none":
            before = next((p for p in reversed(points) if math.dist(p, end) > 0.5), points[0])
            length, back = math.dist(end, before) or 1.0, 2.0 if head == "tee" else HEAD
            dx, dy = (end[0] - before[0]) / length, (end[1] - before[1]) / length
            points[-1] = (end[0] - dx * back, end[1] - dy * back)
        way = " ".join(self._at(p) for p in points)
        lead = "" if head == "none" else f"e,{self._at(end)} "
        style = "dashed" if kind.name == "undercuts" else "solid"
        anchors = [
            f'{name}{n} [pos="{self._at(p)}", shape=point, width=0.01, height=0.01, style=invis, label=""];'
            for n, p in enumerate((route[0], end))
        ]
        look = f'arrowhead={head}, arrowsize=0.8, color="{self._colour(kind)}", penwidth=1.2, style={style}'
        return [*anchors, f'{name}0 -> {name}1 [pos="{lead}{way}", {look}];']


def _sign(text: str, size: int, colour: str) -> str:
    """A letter or sign in the middle of its box."""
    return (
        f'<<FONT POINT-SIZE="{size}" COLOR="{colour}"><B>{_escaped(text)}</B></FONT>>'
        if text.strip()
        else '""'
    )


def _escaped(text: str) -> str:
    """What people wrote is never markup."""
    safe = "".join(c for c in text if c.isprintable())
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        safe = safe.replace(character, entity)
    return safe


def _html(rows: Iterable[tuple[str, int, str, bool]], width: float) -> str:
    """Lines of text, set left, as Graphviz reads them."""
    cells = []
    for text, size, colour, bold in rows:
        safe = _escaped(text)
        if not safe.strip():
            continue
        body = f"<B>{safe}</B>" if bold else safe
        font = f'<FONT POINT-SIZE="{size}" COLOR="{colour}">{body}</FONT>'
        cells.append(f'<TR><TD ALIGN="LEFT">{font}</TD></TR>')
    if not cells:
        return '""'
    head = f'<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" WIDTH="{max(1, width):.0f}">'
    return f"<{head}{''.join(cells)}</TABLE>>"
