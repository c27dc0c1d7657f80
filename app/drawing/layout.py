"""Where things go: sizes in, coordinates out. Graphviz' ``dot`` does the work, we do the drawing.

Nothing that a person wrote reaches Graphviz: names in its input are numbers of ours.

Graphviz keeps global state and is not safe to use from two threads; one lock guards it for the process.
"""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pygraphviz

Point = tuple[float, float]
Direction = Literal["RL", "LR", "TB"]
_POINTS_PER_INCH = 72
CAPTION = 24
# A table of a fixed size: unlike a text it needs no fonts on the machine, and makes none be looked for.
_CAPTION_ROOM = (
    f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="20" HEIGHT="{CAPTION - 8}"><TR><TD></TD></TR></TABLE>>'
)
GRAPHVIZ_LOCK = threading.Lock()


@dataclass(frozen=True)
class Size:
    """What is to be placed: its size in pixels."""

    width: float
    height: float


@dataclass(frozen=True)
class Frame:
    """A rectangle by its upper left corner; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> "Frame":
        return Frame(self.x + dx, self.y + dy, self.width, self.height)

    def overlaps(self, other: "Frame", gap: float = 0) -> bool:
        """Whether they share area, or come closer than ``gap``."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


@dataclass(frozen=True)
class Line:
    """A line to be routed: ends by key. ``backwards`` ranks its end before its start."""

    source: str
    target: str
    backwards: bool = False


@dataclass(frozen=True)
class Placed:
    """The result: frames of boxes and of groups by key, a Bézier path (4, 7, 10 … points) per line."""

    frames: Mapping[str, Frame]
    groups: Mapping[str, Frame]
    routes: Sequence[tuple[Point, ...]]
    width: float
    height: float


@dataclass(frozen=True)
class Plan:
    """What to lay out.

    ``round`` names boxes drawn as circles; ``groups`` keeps boxes together in a frame, with room for a caption
    of :data:`CAPTION` pixels at its top; ``first`` and ``last`` go to the two ends of the reading direction.
    """

    boxes: Mapping[str, Size]
    lines: Sequence[Line] = ()
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    round: frozenset[str] = frozenset()
    first: str | None = None
    last: str | None = None
    direction: Direction = "RL"
    between_ranks: float = 32
    between_boxes: float = 14


def place(plan: Plan) -> Placed:
    """Coordinates for everything in the plan; the same plan gives the same coordinates.

    Boxes lie on whole pixels, where their edges are sharp.
    """
    if not plan.boxes:
        return Placed({}, {}, (), 0, 0)
    names = {key: f"n{position}" for position, key in enumerate(plan.boxes)}
    group_names = {key: f"cluster{position}" for position, key in enumerate(plan.groups)}
    with GRAPHVIZ_LOCK:
        graph = pygraphviz.AGraph(string=_source(plan, names, group_names))
        try:
            graph.layout(prog="dot")
            left, low, right, top = _floats(graph.graph_attr["bb"])
            frames = {}
            for key, name in names.items():
                (x, y), size = _floats(graph.get_node(name).attr["pos"]), plan.boxes[key]
                corner = round(x - size.width / 2 - left), round(top - y - size.height / 2)
                frames[key] = Frame(*corner, size.width, size.height)
            groups = {}
            for key, name in group_names.items():
                x0, y0, x1, y1 = _floats(graph.get_subgraph(name).graph_attr["bb"])
                groups[key] = Frame(x0 - left, top - y1, x1 - x0, y1 - y0)
            routes = []
            for position, line in enumerate(plan.lines):
                ends = (line.target, line.source) if line.backwards else (line.source, line.target)
                edge = graph.get_edge(names[ends[0]], names[ends[1]], f"e{position}")
                found = tuple((x - left, top - y) for x, y in _pairs(edge.attr["pos"]))
                routes.append(found[::-1] if line.backwards else found)
        finally:
            graph.close()
    return Placed(frames, groups, tuple(routes), right - left, top - low)


def _source(plan: Plan, names: Mapping[str, str], group_names: Mapping[str, str]) -> str:
    rows = [
        "digraph {",
        (
            f"graph [rankdir={plan.direction}, nodesep={plan.between_boxes / _POINTS_PER_INCH:.3f},"
            f" ranksep={plan.between_ranks / _POINTS_PER_INCH:.3f}, splines=true, margin=0, pad=0];"
        ),
        'node [shape=box, fixedsize=true, label=""];',
        "edge [arrowhead=none];",
    ]
    for key, size in plan.boxes.items():
        shape = ", shape=ellipse" if key in plan.round else ""
        rows.append(
            f"{names[key]} [width={size.width / _POINTS_PER_INCH:.4f},"
            f" height={size.height / _POINTS_PER_INCH:.4f}{shape}];"
        )
    for key, members in plan.groups.items():
        inside = " ".join(f"{names[member]};" for member in members)
        rows.append(f"subgraph {group_names[key]} {{ graph [margin=14, label={_CAPTION_ROOM}]; {inside} }}")
    for end, rank in ((plan.first, "min"), (plan.last, "max")):
        if end is not None:
            rows.append(f"{{ rank={rank}; {names[end]}; }}")
    for position, line in enumerate(plan.lines):
        ends = (line.target, line.source) if line.backwards else (line.source, line.target)
        rows.append(f"{names[ends[0]]} -> {names[ends[1]]} [key=e{position}];")
    return "\n".join([*rows, "}"])


def _floats(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))


def _pairs(text: str) -> list[Point]:
    pairs = []
    for part in text.split():
        if part[0] in "es":  # an arrow's tip; we draw our own
            continue
        x, y = part.split(",")
        pairs.append((float(x), float(y)))
    return pairs
