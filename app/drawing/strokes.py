"""Relations: a line, an arrowhead and a badge with the sign; told apart by sign and shape as well as colour."""

import math
from collections.abc import Sequence

from app import urls
from app.drawing import svg
from app.drawing.layout import Frame, Point, Size
from app.drawing.metrics import width
from app.model.records import Relation
from app.model.vocabulary import RelationType

RADIUS = 12.0
HEAD = 9.0
_GLYPH = 13.0


def badge_size(kind: RelationType) -> Size:
    """Badges of polar relations are round; those of neutral ones as wide as their sign needs."""
    if kind.polarity:
        return Size(2 * RADIUS, 2 * RADIUS)
    return Size(max(2 * RADIUS, width(kind.sign, _GLYPH) + 14), 2 * RADIUS)


def badge(kind: RelationType, frame: Frame) -> str:
    """The sign of a relation: + in a disc, − in a square, ⊘ in a ring, others in a pill."""
    x, y = frame.middle
    if kind.name == "undercuts":
        return svg.tag("circle", cx=x, cy=y, r=RADIUS - 2, class_="d-badge d-ring") + svg.path(
            f"M{svg.number(x - 5)} {svg.number(y + 5)}l10-10", "d-sign"
        )
    if kind.polarity > 0:
        cross = f"M{svg.number(x - 5)} {svg.number(y)}h10m-5-5v10"
        return svg.tag("circle", cx=x, cy=y, r=RADIUS - 2, class_="d-badge") + svg.path(cross, "d-sign")
    if kind.polarity < 0:
        side = 2 * RADIUS - 5
        square = svg.tag(
            "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=2, class_="d-badge"
        )
        return square + svg.path(f"M{svg.number(x - 5)} {svg.number(y)}h10", "d-sign")
    pill = svg.tag(
        "rect",
        x=frame.x,
        y=frame.y + 1,
        width=frame.width,
        height=frame.height - 2,
        rx=RADIUS - 1,
        class_="d-badge",
    )
    return pill + svg.text(kind.sign, x, y + 4.5, "d-glyph", "middle")


def curve(route: Sequence[Point]) -> str:
    """A Bézier path as path data, in whole pixels and relative steps: a third of a large picture is paths."""
    rounded = [(round(x), round(y)) for x, y in route]
    (x, y), steps = rounded[0], []
    for position in range(1, len(rounded), 3):
        segment = rounded[position : position + 3]
        steps += [f"{px - x} {py - y}" for px, py in segment]
        x, y = segment[-1]
    return f"M{rounded[0][0]} {rounded[0][1]}c{' '.join(steps)}".replace(" -", "-")


def head(kind: RelationType, route: Sequence[Point]) -> str:
    """The end of a line: a full triangle for a support, a bar for an attack or undercut, else an open angle."""
    (x, y), before = route[-1], next((p for p in reversed(route) if math.dist(p, route[-1]) > 0.5), route[0])
    length = math.dist((x, y), before) or 1.0
    dx, dy = (x - before[0]) / length, (y - before[1]) / length

    def at(along: float, across: float) -> Point:
        return x - dx * along - dy * across, y - dy * along + dx * across

    if kind.polarity > 0:
        return svg.path(svg.points(at(0, 0), at(HEAD, HEAD * 0.5), at(HEAD, -HEAD * 0.5)) + "Z", "d-head")
    if kind.polarity < 0:
        return svg.path(svg.points(at(3, 7), at(3, -7)), "d-bar")
    return svg.path(svg.points(at(HEAD, HEAD * 0.5), at(0.5, 0), at(HEAD, -HEAD * 0.5)), "d-angle")


def describe(relation: Relation, kind: RelationType, source: str, target: str) -> str:
    """A relation in words."""
    words = f"“{source}” {kind.label} “{target}”"
    if relation.status == "unreviewed":
        words += " (unreviewed)"
    return f"{words}. {relation.rationale}" if relation.rationale else words


def draw(
    relation: Relation,
    kind: RelationType,
    routes: Sequence[Sequence[Point]],
    frame: Frame | None,
    name: str,
    *,
    links: bool = True,
    far: bool = False,
) -> tuple[str, str]:
    """The lines of a relation, and its badge with a link: the first goes under the boxes, the second over.

    ``routes`` run from the source to the badge and on to the target, or are one line without a badge. ``far`` marks a line that leaves its surroundings.
    """
    classes = f"d-relation d-{relation.type} {'d-polar' if kind.polarity else 'd-neutral'}"
    if relation.status != "reviewed":
        classes += " d-unreviewed"
    if far:
        classes += " d-far"
    data = {"data_relation": relation.id, "data_source": relation.source, "data_target": relation.target}
    lines = "".join(
        svg.path(curve(route), "d-line d-reach" if far and position else "d-line")
        for position, route in enumerate(routes)
    ) + head(kind, routes[-1])
    under = svg.tag("g", lines, class_=classes, **data)
    if frame is None:
        return under, ""
    inner = svg.title(name) + badge(kind, frame)
    if links:
        # Out of the order of tabbing: with the boxes there are enough stops; the outline links to relations.
        inner = svg.link(urls.relation(relation), inner, tabindex="-1")
    return under, svg.tag("g", inner, class_=classes, data_badge=relation.id)
