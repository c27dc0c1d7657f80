"""Boxes: a node's sentence, wrapped, in the shape of its type."""

from dataclasses import dataclass

from app import urls
from app.drawing import svg
from app.drawing.layout import Frame, Size
from app.drawing.metrics import shorten, wrap
from app.model.records import Node
from app.model.vocabulary import Vocabulary

DISC = 15.0  # radius of a scenario's letter


@dataclass(frozen=True)
class BoxStyle:
    """Measures in pixels; ``lines`` is the most a box may have."""

    width: float = 240
    size: float = 14
    leading: float = 18
    lines: int = 6
    padding: float = 12
    label: float = 12


ROOMY = BoxStyle()
FOCUS = BoxStyle(width=264, size=15, leading=19, lines=9)
SMALL = BoxStyle(width=198, size=13, leading=16, lines=6, padding=10)
DENSE = BoxStyle(width=198, size=13, leading=16, lines=3, padding=10)


@dataclass(frozen=True)
class Box:
    """A node ready to be placed: its wrapped lines and the size they need."""

    node: Node
    lines: tuple[str, ...]
    label: str
    more: str
    style: BoxStyle
    focus: bool

    @property
    def letter(self) -> str | None:
        return self.node.scenario.letter if self.node.scenario is not None else None

    @property
    def size(self) -> Size:
        style = self.style
        rows = len(self.lines) + bool(self.label) + bool(self.more)
        height = 2 * style.padding + rows * style.leading
        return Size(style.width, max(height, 2 * DISC + 16) if self.letter else height)


def box(node: Node, words: Vocabulary, style: BoxStyle = ROOMY, hidden: int = 0, focus: bool = False) -> Box:
    """Measure a node. ``hidden`` relations are mentioned at its foot."""
    label = words.nodes[node.type].label if node.type in words.nodes else node.type
    if node.status != "reviewed":
        label += f" · {node.status}"
    room = style.width - 2 * style.padding - (2 * DISC + 10 if node.scenario is not None else 0)
    more = f"{hidden} more {'link' if hidden == 1 else 'links'}" if hidden else ""
    return Box(
        node,
        wrap(node.text, style.size, room, style.lines),
        shorten(label, style.label, room),
        more,
        style,
        focus,
    )


def draw(made: Box, frame: Frame, *, links: bool = True) -> str:
    """The box as a link to its page, with its whole sentence as its name."""
    node, style = made.node, made.style
    left = frame.x + style.padding
    parts = [outline(node.type, frame)]
    if made.letter is not None:
        parts += [
            svg.tag("circle", cx=left + DISC, cy=frame.middle[1], r=DISC, class_="d-disc"),
            svg.text(made.letter, left + DISC, frame.middle[1] + 6, "d-letter", "middle"),
        ]
        left += 2 * DISC + 10
    top = frame.y + style.padding + style.label - 3
    content = (len(made.lines) + bool(made.label) + bool(made.more)) * style.leading
    if made.letter is not None:
        top += max(0.0, (frame.height - 2 * style.padding - content) / 2)
    if made.label:
        parts.append(svg.text(made.label, left, top, "d-label"))
        top += style.leading + 1
    parts.append(svg.block(made.lines, left, top, style.leading, _text_class(style)))
    if made.more:
        parts.append(svg.text(made.more, left, frame.bottom - style.padding - 1, "d-label d-more"))
    body = "".join(parts)
    # Where the box says it all, a second copy of the sentence would be read out twice.
    whole = made.lines[-1:] and not made.lines[-1].endswith("…")
    name = "" if whole else svg.title(f"{_article(node)}: {node.text}")
    classes = ["d-node", f"d-{node.type}"]
    classes += ["d-unreviewed"] * (node.status != "reviewed") + ["d-focus"] * made.focus
    if made.letter is not None:
        classes.append(f"d-is-{made.letter.lower()}")
    inner = svg.link(urls.node(node), name, body) if links else name + body
    return svg.tag("g", inner, class_=" ".join(classes), data_id=node.id, data_type=node.type)


def _article(node: Node) -> str:
    if node.scenario is not None:
        return f"Scenario {node.scenario.letter}"
    return node.type.capitalize() + (", unreviewed" if node.status == "unreviewed" else "")


def _text_class(style: BoxStyle) -> str:
    return {FOCUS.size: "d-text d-large", DENSE.size: "d-text d-small"}.get(style.size, "d-text")


def outline(kind: str, frame: Frame) -> str:
    """The shape of a type, inside its frame."""
    x, y, r, b = frame.x, frame.y, frame.right, frame.bottom
    shape: tuple[tuple[float, float], ...]
    if kind == "crux":  # all corners cut: a thing that turns
        c = 11.0
        shape = (
            (x + c, y),
            (r - c, y),
            (r, y + c),
            (r, b - c),
            (r - c, b),
            (x + c, b),
            (x, b - c),
            (x, y + c),
        )
        return svg.path(svg.points(*shape) + "Z", "d-shape")
    if kind == "objection":  # one corner cut off
        c = 14.0
        return svg.path(svg.points((x, y), (r - c, y), (r, y + c), (r, b), (x, b)) + "Z", "d-shape")
    if kind == "evidence":  # a sheet with a folded corner
        c = 14.0
        sheet = svg.points((x, y), (r, y), (r, b - c), (r - c, b), (x, b)) + "Z"
        return svg.path(sheet, "d-shape") + svg.path(
            svg.points((r, b - c), (r - c, b - c), (r - c, b)), "d-fold"
        )
    if kind == "proposal":  # a sign that points onward
        c = 10.0
        shape = ((x, y), (r - c, y), (r, (y + b) / 2), (r - c, b), (x, b))
        return svg.path(svg.points(*shape) + "Z", "d-shape")
    radius = {"question": min(20.0, frame.height / 2), "scenario": 2.0, "definition": 0.0}.get(kind, 7.0)
    body = svg.tag(
        "rect", x=x, y=y, width=frame.width, height=frame.height, rx=radius or None, class_="d-shape"
    )
    if kind == "definition":  # a rule along the margin, as in a dictionary
        body += svg.path(svg.points((x + 5, y), (x + 5, b)), "d-fold")
    if kind == "scenario":
        body += svg.tag("rect", x=x, y=y, width=5, height=frame.height, class_="d-band")
    return body
