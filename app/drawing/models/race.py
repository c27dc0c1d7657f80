"""A race of growth: additive series gain the same amount a step, multiplicative ones the same factor."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.drawing import plot, svg
from app.drawing.layout import Frame
from app.drawing.metrics import wrap
from app.drawing.models.data import Model, rows, text
from app.drawing.models.form import Form, ModelView, preset
from app.drawing.picture import Picture
from app.drawing.plot import nice

SCALES = (("linear", "linear"), ("log", "log"))
AREA = Frame(64, 26, 270, 230)


@dataclass(frozen=True)
class Series:
    """``rate`` is the factor a step of a multiplicative series, the amount a step of an additive one."""

    name: str
    growth: str
    start: float
    rate: float

    def at(self, step: float) -> float:
        """The value after that many steps."""
        if self.growth == "multiplicative":
            return float(self.start * self.rate**step)
        return self.start + self.rate * step


def race(name: str, title: str, model: Model, form: Form) -> ModelView:
    """All series over the same number of steps."""
    found = []
    for i, row in enumerate(rows(model, "series"), 1):
        label, growth = text(row, "name", f"series {i}"), text(row, "growth", "additive")
        start = form.number(f"s{i}", f"{label}: start", 1.0, 0.1, 1000.0, 0.1)
        if growth == "multiplicative":
            rate = form.number(f"r{i}", f"{label}: times, each step", 1.5, 1.0, 10.0, 0.05)
        else:
            rate = form.number(f"r{i}", f"{label}: plus, each step", 2.0, 0.0, 1000.0, 0.5)
        found.append(Series(label, growth, start, rate))
    steps = round(form.number("n", "number of steps", 10, 2, 60, 1))
    scale = form.choice("y", "y axis", SCALES)
    sentences = [f"After {steps} steps: " + "; ".join(f"{s.name} {nice(s.at(steps))}" for s in found) + "."]
    numbers = {f"end{i}": s.at(steps) for i, s in enumerate(found, 1)}
    crossing = overtaking(found, steps)
    for fast, slow, when in crossing:
        sentences.append(
            f"From step {when} on, {fast.name} ({fast.growth}) is ahead of {slow.name} ({slow.growth})."
        )
        numbers.setdefault("overtakes", float(when))
    if not crossing and {s.growth for s in found} >= {"multiplicative", "additive"}:
        sentences.append(
            "Nobody overtakes within these steps. Whatever the numbers, a factor above 1 outgrows any fixed amount in the end."
        )
    words = model.get("y_scales")
    read = [w for w in words if isinstance(w, str)] if isinstance(words, list) else []
    if read:
        sentences.append(f"The thread speaks of this with a {' and a '.join(read)} y axis.")
    return ModelView(
        kind="race",
        title=title,
        picture=_picture(name, title, found, steps, scale, " ".join(sentences)),
        parameters=tuple(form.parameters),
        sentences=tuple(sentences),
        numbers=numbers,
        assumptions=(
            "An additive series gains the same amount at each step, a multiplicative one the same factor.",
            *(
                f"{s.name[:1].upper()}{s.name[1:]} is taken as {s.growth}{_note(row)}."
                for s, row in zip(found, rows(model, "series"), strict=True)
            ),
        ),
        presets=(
            preset("a head start for the additive", **_rates(found, 1.5, 20.0), n=16),
            preset("a slow factor", **_rates(found, 1.1, 2.0), n=50),
            preset("on a log axis", **_rates(found, 1.5, 2.0), n=10, y="log"),
        ),
        problems=tuple(form.problems),
    )


def _note(row: Model) -> str:
    note = text(row, "note")
    return f", {note.rstrip('.')}" if note else ""


def _rates(found: Sequence[Series], factor: float, amount: float) -> dict[str, float]:
    return {f"r{i}": factor if s.growth == "multiplicative" else amount for i, s in enumerate(found, 1)}


def overtaking(found: Sequence[Series], steps: int) -> list[tuple[Series, Series, int]]:
    """(multiplicative, additive, first whole step from which the first stays ahead to the end), if it was behind."""
    rows_ = []
    for fast in found:
        for slow in found:
            if fast.growth != "multiplicative" or slow.growth != "additive":
                continue
            behind = [n for n in range(steps + 1) if fast.at(n) <= slow.at(n)]
            if behind and behind[-1] < steps:
                rows_.append((fast, slow, behind[-1] + 1))
    return rows_


def _picture(name: str, title: str, found: Sequence[Series], steps: int, scale: str, said: str) -> Picture:
    values = [s.at(n) for s in found for n in range(steps + 1)] or [1.0]
    low, high = (0.0 if scale == "linear" else min(values)), max(values)
    high = high if high > low else low + 1

    def share(value: float) -> float:
        if scale == "log":
            return math.log(value / low) / math.log(high / low)
        return (value - low) / (high - low)

    parts = [
        plot.ticks_y(AREA, [(share(v), nice(v)) for v in marks(low, high, scale)]),
        plot.ticks_x(AREA, [(n / steps, str(n)) for n in _whole(steps)]),
        plot.axes(AREA, "steps", ""),
    ]
    tags = []
    for i, series in enumerate(found, 1):
        pairs = [
            (AREA.x + n / 2 / steps * AREA.width, AREA.bottom - share(series.at(n / 2)) * AREA.height)
            for n in range(2 * steps + 1)
        ]
        class_ = f"d-series-{(i - 1) % 3 + 1}"
        parts.append(svg.tag("g", svg.path(plot.smooth(pairs), "d-curve"), class_=class_))
        tags.append(
            plot.Tag(pairs[-1][1], wrap(f"{series.name} ({series.growth})", plot.LABEL, 108, 4), class_)
        )
    for fast, _, when in overtaking(found, steps)[:1]:
        x, y = AREA.x + when / steps * AREA.width, AREA.bottom - share(fast.at(when)) * AREA.height
        parts.append(svg.path(svg.points((x, y), (x, AREA.bottom)), "d-mark"))
    parts.append(plot.drawn_tags(tags, AREA.right, 12, AREA.bottom + 4))
    parts.append(svg.text(f"y: {scale} scale", AREA.x + 8, 16, "d-note"))
    return Picture(name, title, said, 480, AREA.bottom + 56, "".join(parts), kind="model", linked=False)


def marks(low: float, high: float, scale: str) -> list[float]:
    """Round numbers between two values, for an axis."""
    if scale == "log":
        first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
        stride = max(1, math.ceil((last - first + 1) / 6))
        tens = [10.0**e for e in range(first, last + 1, stride)]
        return tens if len(tens) > 1 else [low, high]
    raw = (high - low) / 4
    size = 10 ** math.floor(math.log10(raw))
    stride_ = next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= raw)
    return [low + i * stride_ for i in range(6) if low + i * stride_ <= high * (1 + 1e-9)]


def _whole(steps: int) -> list[int]:
    stride = max(1, math.ceil(steps / 6))
    return list(range(0, steps + 1, stride))
