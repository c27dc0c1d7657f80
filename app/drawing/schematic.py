"""Scenario schematics: curves over two named axes, from the words of the thread.

The map says where on the drawing a curve lies, not in which units. What the y axis' scale means is a reading:
``linear`` reads equal steps up as equal amounts, ``log`` as equal factors. The curves stay where the words put
them; what changes is what a gap between them amounts to, and for ``log`` a second plot shows the same curves
on linear paper.
"""

from itertools import pairwise
from typing import Literal

from app.drawing import plot, svg
from app.drawing.features import BASES, Feature, Schematic, schematic_of
from app.drawing.layout import Frame, Point
from app.drawing.metrics import wrap
from app.drawing.picture import Picture
from app.model.records import Node

Reading = Literal["log", "linear"]
FACTOR = 4.0  # of the log reading, per tick: a free number
STEPS = 4
CAPTION = "A schematic of the words, not the lost original."
_SCALES = {"log": "log scale", "linear": "linear scale"}


def schematic(scenario: Node, *, y: Reading | None = None, thumbnail: bool = False) -> Picture | None:
    """Draw a scenario's schematic; None where the map holds none.

    ``y`` reads the y axis as log or linear; None draws it as the map has it. A thumbnail has no words in it.
    """
    found = schematic_of(scenario)
    if found is None:
        return None
    return _small(found) if thumbnail else _full(found, y)


def _small(found: Schematic) -> Picture:
    area = Frame(10, 10, 152, 98)
    shaft = svg.points((area.x, area.y - 4), (area.x, area.bottom), (area.right + 4, area.bottom))
    parts = [*_areas(found, area), svg.path(shaft, "d-axis"), *_lines(found, area, 5.0)]
    return Picture(
        name=f"thumbnail-{found.letter}",
        title=f"Schematic of scenario {found.letter}",
        description=describe(found),
        width=172,
        height=118,
        body="".join(parts),
        kind="thumbnail",
        linked=False,
    )


def _full(found: Schematic, y: Reading | None) -> Picture:
    width, area = 480.0, Frame(58, 26, 280, 236)
    labels = _tags(found, area)
    ticks = _ticks(y)
    parts = [
        plot.ticks_y(area, ticks),
        *_areas(found, area),
        plot.axes(
            area, _axis_words(found.x.label, found.x.scale), _axis_words(found.y.label, y or found.y.scale)
        ),
        *_lines(found, area, 7.0),
        plot.drawn_tags(labels, area.right, 16, area.bottom + 8),
        _gap_label(found, area),
        _dot_labels(found, area),
        _nothing_drawn(found, area),
    ]
    bottom = area.bottom + 66
    if y == "log" and any(f.shape == "curve" and len(f.points) > 1 for f in found.features):
        inset = Frame(area.x, bottom + 36, area.width, 130)
        parts.append(_unrolled(found, inset))
        bottom = inset.bottom + 40
    notes, bottom = _notes(found, y, area, width, bottom)
    parts += [notes, _legend(16, bottom + 14)]
    return Picture(
        name=f"schematic-{found.letter}" + (f"-{y}" if y else ""),
        title=f"Schematic of scenario {found.letter}",
        description=describe(found, y),
        width=width,
        height=bottom + 42,
        body="".join(parts),
        kind="schematic",
        linked=False,
    )


def _axis_words(label: str, scale: str) -> str:
    return f"{label} ({_SCALES.get(scale, 'scale not stated')})"


def _at(point: Point, area: Frame) -> Point:
    return area.x + point[0] * area.width, area.bottom - point[1] * area.height


def _classes(feature: Feature) -> str:
    return f"d-role-{feature.role} d-basis-{feature.basis.replace(' ', '-')}"


def _areas(found: Schematic, area: Frame) -> list[str]:
    """What is filled, to be drawn first: an area over a curve would hide it."""
    bands = [f for f in found.features if f.shape == "band"]
    size = "small" if area.width < 200 else "full"
    drawn = [_mark(f, area, 0, f"hatch-{found.letter}-{size}-{n}") for n, f in enumerate(bands)]
    return [_gap(found, area), *drawn]


def _lines(found: Schematic, area: Frame, radius: float) -> list[str]:
    return [_mark(f, area, radius) for f in found.features if f.shape != "band"]


def _hatched(places: list[Point], pattern: str) -> str:
    """An area in lines that let what lies beneath be seen."""
    line = svg.path("M0 0V7", "d-hatch")
    hatch = svg.tag(
        "pattern",
        line,
        id=pattern,
        width=7,
        height=7,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    return hatch + svg.tag("path", d=svg.points(*places) + "Z", class_="d-region", fill=f"url(#{pattern})")


def _mark(feature: Feature, area: Frame, radius: float, pattern: str = "") -> str:
    places = [_at(point, area) for point in feature.points]
    if not places:
        return ""
    name = svg.title(f"{feature.name} ({feature.basis}). {feature.note}".strip())
    if feature.shape == "dot":
        marks = [svg.tag("circle", cx=x, cy=y, r=radius, class_="d-dot") for x, y in places]
        return svg.tag("g", name, *marks, class_=_classes(feature))
    if feature.shape == "band" and len(places) > 2:
        return svg.tag("g", name, _hatched(places, pattern), class_=_classes(feature))
    return svg.tag("g", name, svg.path(plot.smooth(places), "d-curve"), class_=_classes(feature))


def _of(found: Schematic, role: str) -> Feature | None:
    return next(
        (f for f in found.features if f.role == role and f.shape == "curve" and len(f.points) > 1), None
    )


def _between(found: Schematic) -> list[tuple[float, float, float]]:
    """(x, observed, actual) where both are drawn."""
    observed, actual = _of(found, "observed"), _of(found, "actual")
    if observed is None or actual is None:
        return []
    at = sorted({x for f in (observed, actual) for x, _ in f.points} | {i / 24 for i in range(25)})
    rows = [(x, plot.value_at(observed.points, x), plot.value_at(actual.points, x)) for x in at]
    return [(x, o, a) for x, o, a in rows if o is not None and a is not None]


def _gap(found: Schematic, area: Frame) -> str:
    """The area between what is observed and what is the case."""
    rows = _between(found)
    if not rows:
        return ""
    low, high = rows[0][0], rows[-1][0]
    edges = []
    for role in ("observed", "actual"):
        feature = _of(found, role)
        inner = [x for x, _ in feature.points if low < x < high] if feature is not None else []
        heights = (
            [(x, plot.value_at(feature.points, x)) for x in (low, *inner, high)]
            if feature is not None
            else []
        )
        edges.append(plot.course([_at((x, y), area) for x, y in heights if y is not None]))
    shape = svg.path(plot.traced(edges[0]) + plot.traced(edges[1][::-1], "L") + "Z", "d-gap")
    return svg.tag("g", svg.title("The gap between what is observed and what is the case"), shape)


def _gap_label(found: Schematic, area: Frame) -> str:
    rows = _between(found)
    if not rows:
        return ""
    x, observed, actual = max(
        (r for r in rows if 0.3 <= r[0] <= 0.88), key=lambda r: abs(r[1] - r[2]), default=rows[-1]
    )
    if abs(observed - actual) * area.height < 20:
        return ""
    place = _at((x, (observed + actual) / 2), area)
    return svg.text("gap", place[0], place[1] + 5, "d-direct d-gap-name", "middle")


def _short(feature: Feature) -> str:
    """Its name without what stands in brackets: how it was drawn elsewhere, in colours that are not ours."""
    return feature.name.partition(" (")[0]


def _tags(found: Schematic, area: Frame) -> list[plot.Tag]:
    tags = []
    for feature in found.features:
        if feature.points:
            x, y = _end(feature, area)
            if x > area.right - 30:
                tags.append(plot.Tag(y, wrap(_short(feature), plot.LABEL, 104, 4), _classes(feature)))
    return tags


def _end(feature: Feature, area: Frame) -> Point:
    """Where a feature ends to the right; a band in the middle of its edge."""
    right = max(x for x, _ in feature.points)
    heights = [y for x, y in feature.points if x == right]
    return _at((right, (min(heights) + max(heights)) / 2), area)


def _dot_labels(found: Schematic, area: Frame) -> str:
    """Names of what ends before the right edge: beside its end, on the side with more room."""
    parts = []
    for feature in found.features:
        if not feature.points:
            continue
        x, y = _end(feature, area)
        if x > area.right - 30:
            continue
        left = x > area.x + area.width / 2
        lines = wrap(_short(feature), plot.LABEL, 140, 2)
        top = y - 10 - plot.LEADING * (len(lines) - 1)
        parts.append(
            svg.block(
                lines,
                x - 10 if left else x + 10,
                top,
                plot.LEADING,
                f"d-direct {_classes(feature)}",
                "end" if left else None,
            )
        )
    return "".join(parts)


def _nothing_drawn(found: Schematic, area: Frame) -> str:
    if any(len(f.points) > 1 for f in found.features):
        return ""
    lines = wrap("The text does not say what the curves look like.", plot.LABEL, area.width - 60)
    x, y = area.middle
    return svg.block(lines, x, y - 20, plot.LEADING, "d-note", "middle")


def _ticks(y: Reading | None) -> list[tuple[float, str]]:
    if y is None:
        return []
    if y == "linear":
        return [(i / STEPS, str(i)) for i in range(STEPS + 1)]
    return [(i / STEPS, ("1", "c", "c²", "c³", "c⁴")[i]) for i in range(STEPS + 1)]


def _unrolled(found: Schematic, area: Frame) -> str:
    """The curves of the log reading on linear paper."""
    top = FACTOR**STEPS

    def lin(value: float) -> float:
        return float((top**value - 1) / (top - 1))

    parts = [
        svg.text(
            f"The same, read as a log axis and redrawn on linear paper (c = {FACTOR:g})",
            area.x - 42,
            area.y - 16,
            "d-name",
        )
    ]
    tags = []
    for feature in found.features:
        if feature.shape != "curve" or len(feature.points) < 2:
            continue
        low, high = feature.points[0][0], feature.points[-1][0]
        xs = [low + (high - low) * i / 32 for i in range(33)]
        values = [(x, plot.value_at(feature.points, x)) for x in xs]
        places = [_at((x, lin(v)), area) for x, v in values if v is not None]
        parts.append(svg.tag("g", svg.path(plot.smooth(places), "d-curve"), class_=_classes(feature)))
        tags.append(plot.Tag(places[-1][1], wrap(_short(feature), plot.LABEL, 104, 2), _classes(feature)))
    parts.append(plot.axes(area, "", ""))
    parts.append(plot.drawn_tags(tags, area.right, area.y - 8, area.bottom + 10))
    return "".join(parts)


def _notes(found: Schematic, y: Reading | None, area: Frame, width: float, top: float) -> tuple[str, float]:
    sentences = [CAPTION]
    if y == "linear":
        sentences.append(f"Read as a linear axis: each step of {found.y.label} adds the same amount.")
    elif y == "log":
        sentences.append(
            f"Read as a log axis: each step of {found.y.label} is a factor c; the text gives c no value."
        )
    gap = shortfall(found)
    if gap is not None and y is not None:
        steps = gap * STEPS
        amount = f"{steps:.1f} steps" if y == "linear" else f"a factor of c to the power {steps:.1f}"
        sentences.append(
            f"At the right edge of this drawing what is needed exceeds what is actual by {amount}."
        )
    if y is not None and found.y.scale == BASES[2]:
        sentences.append("Which scale the original had is not stated.")
    missing = [f.name for f in found.features if not f.points]
    if missing:
        sentences.append(f"Not drawn, because the text does not say where: {', '.join(missing)}.")
    lines = [line for sentence in sentences for line in wrap(sentence, 13, width - 32)]
    return svg.block(lines, 16, top + 8, 17, "d-note"), top + 17 * len(lines)


def shortfall(found: Schematic) -> float | None:
    """Needed minus actual at the right end of both, in shares of the axis; None unless both are drawn there."""
    needed, actual = _of(found, "needed"), _of(found, "actual")
    if needed is None or actual is None:
        return None
    end = min(needed.points[-1][0], actual.points[-1][0])
    high, low = plot.value_at(needed.points, end), plot.value_at(actual.points, end)
    return None if high is None or low is None or high <= low else high - low


def _legend(x: float, y: float) -> str:
    parts = []
    for label, class_ in (
        ("stated", "stated"),
        ("implied", "implied"),
        ("not stated: a guess", "not-stated"),
    ):
        line = svg.path(svg.points((x, y), (x + 34, y)), "d-curve")
        parts.append(svg.tag("g", line, class_=f"d-basis-{class_}"))
        parts.append(svg.text(label, x + 42, y + 5, "d-note"))
        x += 130
    return svg.tag("g", *parts, class_="d-legend")


def describe(found: Schematic, y: Reading | None = None) -> str:
    """A schematic in words: axes, then every feature with its basis."""
    parts = [
        (
            f"{CAPTION} Across: {_axis_words(found.x.label, found.x.scale)}. "
            f"Up: {_axis_words(found.y.label, y or found.y.scale)}."
        )
    ]
    parts += [f"{f.name[:1].upper()}{f.name[1:]}, {f.basis}: {_course(f)}." for f in found.features]
    if _between(found):
        parts.append("The area between what is observed and what is actual is shaded.")
    return " ".join(parts)


def _course(feature: Feature) -> str:
    if not feature.points:
        return "not drawn"
    if feature.shape == "dot":
        x, y = feature.points[0]
        across = "left" if x < 1 / 3 else "right" if x > 2 / 3 else "middle"
        up = "bottom" if y < 1 / 3 else "top" if y > 2 / 3 else "middle"
        return f"a dot at the {up} {across}"
    if feature.shape == "band":
        return "an area"
    heights = [y for _, y in feature.points]
    words = {-1: "falls", 0: "stays level", 1: "rises"}
    course: list[str] = []
    for before, after in pairwise(heights):
        word = words[(after > before + 0.02) - (after < before - 0.02)]
        if not course or course[-1] != word:
            course.append(word)
    return "a curve that " + ", then ".join(course)
