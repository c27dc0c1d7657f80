"""Axes and curves: what schematics and models share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.drawing import svg
from app.drawing.layout import Frame, Point
from app.drawing.metrics import wrap

LABEL = 14.0
LEADING = 17.0


@dataclass(frozen=True)
class Tag:
    """A label beside a plot: where it points to, its lines, and its class."""

    y: float
    lines: tuple[str, ...]
    class_: str


def axes(area: Frame, x_label: str, y_label: str) -> str:
    """Two axes with arrow tips; the name of y reads upwards along it, that of x below."""
    left, bottom = area.x, area.bottom
    shaft = svg.points((left, area.y - 10), (left, bottom), (area.right + 10, bottom))
    tips = svg.points((left - 4, area.y - 3), (left, area.y - 11), (left + 4, area.y - 3)) + svg.points(
        (area.right + 3, bottom - 4), (area.right + 11, bottom), (area.right + 3, bottom + 4)
    )
    middle = area.y + area.height / 2
    x_lines = wrap(x_label, LABEL, area.width + 40, 2)
    y_lines = wrap(y_label, LABEL, area.height + 20, 2)
    above = left - 30 - LEADING * (len(y_lines) - 1)
    return "".join(
        (
            svg.path(shaft, "d-axis"),
            svg.path(tips, "d-axis"),
            svg.block(x_lines, area.x + area.width / 2, bottom + 40, LEADING, "d-name", "middle"),
            svg.tag(
                "g",
                svg.block(y_lines, 0, 0, LEADING, "d-name", "middle"),
                transform=f"translate({svg.number(above)} {svg.number(middle)}) rotate(-90)",
            ),
        )
    )


def ticks_x(area: Frame, marks: Sequence[tuple[float, str]]) -> str:
    """Marks below the x axis at shares of its length."""
    parts = []
    for share, label in marks:
        x = area.x + share * area.width
        parts.append(svg.path(svg.points((x, area.bottom), (x, area.bottom + 5)), "d-axis"))
        parts.append(svg.text(label, x, area.bottom + 20, "d-tick", "middle"))
    return "".join(parts)


def ticks_y(area: Frame, marks: Sequence[tuple[float, str]]) -> str:
    """Marks left of the y axis at shares of its length, with faint lines across."""
    parts = []
    for share, label in marks:
        y = area.bottom - share * area.height
        parts.append(svg.path(svg.points((area.x, y), (area.right, y)), "d-grid"))
        parts.append(svg.text(label, area.x - 9, y + 4, "d-tick", "end"))
    return "".join(parts)


def course(pairs: Sequence[Point]) -> tuple[Point, ...]:
    """A Bézier curve (4, 7, 10 … points) through the points that never runs above or below its neighbours.

    Monotone cubic interpolation (Fritsch & Butland, SIAM J. Sci. Stat. Comput. 5, 1984): a curve through a few
    stated points must not invent peaks. Where x does not grow from point to point, straight lines.
    """
    steps = [after[0] - before[0] for before, after in pairwise(pairs)]
    straight = len(pairs) < 3 or min(steps) <= 0
    rises = [after[1] - before[1] for before, after in pairwise(pairs)]
    slopes = [] if straight else [rise / step for rise, step in zip(rises, steps, strict=True)]
    tangents = (
        [] if straight else [slopes[0], *map(_tangent, slopes, slopes[1:], steps, steps[1:]), slopes[-1]]
    )
    points = [pairs[0]]
    for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(pairs)):
        third = (x1 - x0) / 3
        lift = (y1 - y0) / 3, (y1 - y0) / 3
        if tangents:
            lift = third * tangents[i], third * tangents[i + 1]
        points += [(x0 + third, y0 + lift[0]), (x1 - third, y1 - lift[1]), (x1, y1)]
    return tuple(points)


def _tangent(before: float, after: float, step: float, following: float) -> float:
    if before * after <= 0:
        return 0.0
    first, second = 2 * following + step, following + 2 * step
    return (first + second) / (first / before + second / after)


def traced(points: Sequence[Point], start: str = "M") -> str:
    """A Bézier curve as path data."""
    (x, y), *rest = points
    steps = " ".join(f"{svg.number(px)} {svg.number(py)}" for px, py in rest)
    return f"{start}{svg.number(x)} {svg.number(y)}" + (f"C{steps}" if rest else "")


def smooth(pairs: Sequence[Point]) -> str:
    """A curve through the points, as path data."""
    return traced(course(pairs))


def value_at(pairs: Sequence[Point], x: float) -> float | None:
    """The height of a polyline at ``x``; None outside of it."""
    if not pairs or not pairs[0][0] <= x <= pairs[-1][0]:
        return None
    for (x0, y0), (x1, y1) in pairwise(pairs):
        if x0 <= x <= x1:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return pairs[-1][1]


def spread(tags: Sequence[Tag], top: float, bottom: float) -> list[tuple[Tag, float]]:
    """Labels in the order of what they point to, moved apart until none covers another: (label, its first line)."""
    order = sorted(tags, key=lambda tag: tag.y)
    heights = [len(tag.lines) * LEADING + 5 for tag in order]
    places: list[float] = []
    floor = top
    for tag, height in zip(order, heights, strict=True):
        place = max(tag.y - height / 2, floor)
        places.append(place)
        floor = place + height
    ceiling = max(bottom, floor if floor - top > bottom - top else bottom)
    for index in range(len(order) - 1, -1, -1):
        places[index] = min(places[index], ceiling - heights[index])
        ceiling = places[index]
    return [(tag, place + LEADING - 3) for tag, place in zip(order, places, strict=True)]


def drawn_tags(tags: Sequence[Tag], x: float, top: float, bottom: float) -> str:
    """The labels to the right of a plot, each tied to the end of its curve."""
    parts = []
    for tag, base in spread(tags, top, bottom):
        middle = base - 5 + (len(tag.lines) - 1) * LEADING / 2
        tie = svg.points((x + 2, tag.y), (x + 8, tag.y), (x + 16, middle), (x + 20, middle))
        parts.append(svg.path(tie, f"d-tie {tag.class_}"))
        parts.append(svg.block(tag.lines, x + 24, base, LEADING, f"d-direct {tag.class_}"))
    return "".join(parts)


def nice(value: float) -> str:
    """A number with three significant digits, as a reader knows it."""
    if value == 0:
        return "0"
    if value < 0:
        return f"−{nice(-value)}"
    if not math.isfinite(value):
        return "∞"
    size = abs(value)
    if size >= 1e6 or size < 1e-3:
        exponent = math.floor(math.log10(size))
        factor = f"{value / 10**exponent:.2f}".rstrip("0").rstrip(".")
        power = f"10{_superscript(exponent)}"
        return power if factor == "1" else f"{factor} × {power}"
    digits = max(0, 2 - math.floor(math.log10(size)))
    plain = f"{value:,.{digits}f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _superscript(number: int) -> str:
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
