"""What yEd needs to show a GraphML file: boxes with their place, size and words, and drawn lines.

yEd shows nothing but this part of a file (http://www.yworks.com/xml/graphml) and lays nothing out on opening
one, so the boxes are set in rows: what nothing leads on from at the top, everything else as many rows below as
it is relations away. Other readers skip it. Words that begin like HTML, which yEd would render, are altered
in the picture alone.
"""

import re
import textwrap
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from app.formats.exchange import clean

NAMESPACE = "http://www.yworks.com/xml/graphml"
KEYS = (
    '  <key id="picture" for="node" yfiles.type="nodegraphics"/>\n'
    '  <key id="line" for="edge" yfiles.type="edgegraphics"/>\n'
)
_COLUMNS = 34
_WIDTH = 240
_LINE = 16
_POINT = 14
_GAP = (30, 60)
_MOST_IN_A_ROW = 24
_FILLS = {
    "scenario": "#dfe8f6",
    "crux": "#fdf0c8",
    "question": "#ece6f4",
    "evidence": "#e6f0e6",
    "proposal": "#f6e6dc",
}
_SHAPES = {"scenario": "rectangle", "crux": "octagon", "question": "ellipse"}
# colour, kind of line, arrow: the sign is never in the colour alone
_LINES = {
    "supports": ("#1b6e3c", "line", "standard"),
    "attacks": ("#a3262a", "line", "t_shape"),
    "undercuts": ("#8a4b00", "dashed", "circle"),
}
_NEUTRAL = ("#555555", "dotted", "plain")
_HTML = re.compile(r"<(?=\s*html)", re.IGNORECASE)
End = tuple[str, str]


@dataclass(frozen=True)
class Box:
    """Where something stands and how large it is, in points; y grows downwards."""

    x: int
    y: int
    width: int
    height: int


def colour(relation: str) -> str:
    """The colour of a relation of this type."""
    return _LINES.get(relation, _NEUTRAL)[0]


def place(texts: Mapping[str, str], points: Iterable[str], ends: Sequence[End]) -> dict[str, Box]:
    """Boxes for the nodes (by their words) and points (a relation on which something bears), none over another.

    ``ends`` are pairs of source and target, of ids of either.
    """
    ids = [*texts, *points]
    leads_to: dict[str, list[str]] = {key: [] for key in ids}
    reached_from: dict[str, list[str]] = {key: [] for key in ids}
    for source, target in ends:
        leads_to[source].append(target)
        reached_from[target].append(source)
    boxes: dict[str, Box] = {}
    top = 0
    middle: dict[str, float] = {}
    for row in _rows(ids, leads_to, reached_from):
        # Near what they lead to: under the mean of those that stand already.
        def wanted(key: str) -> float:
            above = [middle[t] for t in leads_to[key] if t in middle]
            return sum(above) / len(above) if above else 0.0

        ordered = sorted(row, key=wanted)
        for at in range(0, len(ordered), _MOST_IN_A_ROW):
            part = ordered[at : at + _MOST_IN_A_ROW]
            step = _WIDTH + _GAP[0]
            left = -step * len(part) // 2
            sizes = [_size(texts[key]) if key in texts else (_POINT, _POINT) for key in part]
            height = max(size[1] for size in sizes)
            for number, (key, (wide, high)) in enumerate(zip(part, sizes, strict=True)):
                x = left + number * step + (_WIDTH - wide) // 2
                boxes[key] = Box(x, top + (height - high) // 2, wide, high)
                middle[key] = x + wide / 2
            top += height + _GAP[1]
    return boxes


def _rows(
    ids: Sequence[str], leads_to: Mapping[str, Sequence[str]], reached_from: Mapping[str, Sequence[str]]
) -> list[list[str]]:
    """The ids by how many relations they are from what nothing leads on from (or, in a circle, from its first)."""
    level: dict[str, int] = {}
    for start in ([key for key in ids if not leads_to[key]], *([key] for key in ids)):
        waiting = deque(key for key in start if key not in level)
        level.update(dict.fromkeys(waiting, 0))
        while waiting:
            key = waiting.popleft()
            for source in reached_from[key]:
                if source not in level:
                    level[source] = level[key] + 1
                    waiting.append(source)
    rows: list[list[str]] = [[] for _ in range(max(level.values(), default=-1) + 1)]
    for key in ids:
        rows[level[key]].append(key)
    return rows


def _size(text: str) -> tuple[int, int]:
    return _WIDTH, _LINE * len(_wrapped(text)) + 2 * _LINE


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(clean(text), _COLUMNS) or [""]


def node(box: Box, text: str, kind: str) -> str:
    """A box with its words."""
    label = _HTML.sub("‹", "\n".join(_wrapped(text)))
    border = ("#33415c", 2) if kind == "scenario" else ("#777777", 1)
    return _data(
        "picture",
        f'<y:ShapeNode><y:Geometry height="{box.height}" width="{box.width}" x="{box.x}" y="{box.y}"/>'
        f'<y:Fill color="{_FILLS.get(kind, "#ffffff")}" transparent="false"/>'
        f'<y:BorderStyle color="{border[0]}" type="line" width="{border[1]}"/>'
        f'<y:NodeLabel alignment="center" fontFamily="Dialog" fontSize="12" modelName="internal" '
        f'modelPosition="c" textColor="#000000" xml:space="preserve">{escape(label)}</y:NodeLabel>'
        f'<y:Shape type="{_SHAPES.get(kind, "roundrectangle")}"/></y:ShapeNode>',
    )


def point(box: Box, relation: str) -> str:
    """The point a relation is drawn through, so that another can end in it."""
    return _data(
        "picture",
        f'<y:ShapeNode><y:Geometry height="{box.height}" width="{box.width}" x="{box.x}" y="{box.y}"/>'
        f'<y:Fill color="{colour(relation)}" transparent="false"/>'
        f'<y:BorderStyle color="{colour(relation)}" type="line" width="1"/>'
        f'<y:NodeLabel fontSize="10" modelName="sides" modelPosition="e" '
        f'textColor="{colour(relation)}">{escape(relation)}</y:NodeLabel>'
        '<y:Shape type="ellipse"/></y:ShapeNode>',
    )


def edge(relation: str, *, ends: bool = True) -> str:
    """A line in the colour and with the arrow of its relation; without both where it does not end here."""
    tint, line, arrow = _LINES.get(relation, _NEUTRAL)
    label = f'<y:EdgeLabel fontSize="10" textColor="{tint}">{escape(relation)}</y:EdgeLabel>' if ends else ""
    return _data(
        "line",
        f'<y:PolyLineEdge><y:LineStyle color="{tint}" type="{line}" width="1.5"/>'
        f'<y:Arrows source="none" target="{arrow if ends else "none"}"/>{label}</y:PolyLineEdge>',
    )


def _data(key: str, inner: str) -> str:
    return f'      <data key="{key}">{inner}</data>\n'
