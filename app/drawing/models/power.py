"""A power law: each time x grows by a factor, y changes by a factor."""

import math

from app.drawing import plot, svg
from app.drawing.layout import Frame
from app.drawing.metrics import wrap
from app.drawing.models.data import Model, number, text
from app.drawing.models.form import Form, ModelView, preset
from app.drawing.models.race import SCALES, marks
from app.drawing.picture import Picture
from app.drawing.plot import nice

AREA = Frame(70, 26, 290, 230)


def power_law(name: str, title: str, model: Model, form: Form) -> ModelView:
    """y = (x factor)^…: a straight line where both axes are logarithmic."""
    x, y = text(model, "x", "x"), text(model, "y", "y")
    x_factor = number(model, "x_factor") or 10.0
    given = number(model, "y_factor")
    symbol = text(model, "y_factor", "c").strip()
    divides = symbol.startswith("1/")
    letter = symbol.removeprefix("1/").strip() or "c"
    if given is None:
        c = form.number("c", letter, 3.0, 1.01, 100.0, 0.1)
        factor = 1 / c if divides else c
        free = f"An illustration: the text gives the factor of {x}, {nice(x_factor)}; {letter} is free, it gives no value."
    else:
        factor = given
        free = "The factors are those of the text; everything else is an illustration."
    times = round(form.number("n", f"how many times {x} grows by {nice(x_factor)}", 4, 1, 12, 1))
    scale = form.choice("y", "y axis", (SCALES[1], SCALES[0]))
    final = factor**times
    exponent = (
        math.log(factor) / math.log(x_factor) if factor > 0 and x_factor > 0 and x_factor != 1 else math.nan
    )
    verb = "divided by" if factor < 1 else "multiplied by"
    size = 1 / factor if factor < 1 else factor
    sentences = [
        f"Each time {x} is multiplied by {nice(x_factor)}, {y} is {verb} {nice(size)}.",
        f"After {times} such steps {x} is {nice(x_factor**times)} times what it was, and {y} {nice(final)} times.",
        f"That is a power law: {y} goes as {x} to the power {nice(exponent)}; straight on two log axes, curved on a linear one.",
    ]
    return ModelView(
        kind="power_law",
        title=title,
        picture=_picture(name, title, (x, y), x_factor, factor, times, scale, " ".join(sentences)),
        parameters=tuple(form.parameters),
        sentences=tuple(sentences),
        numbers={"final": final, "exponent": exponent},
        assumptions=("The same two factors hold at every step, from the first to the last.",),
        disclaimer=free,
        presets=(preset(f"{letter} = {nice(x_factor)}", c=x_factor), preset(f"{letter} = 2", c=2))
        if given is None
        else (),
        problems=tuple(form.problems),
    )


def _picture(
    name: str,
    title: str,
    axes: tuple[str, str],
    x_factor: float,
    factor: float,
    times: int,
    scale: str,
    said: str,
) -> Picture:
    values = [factor ** (i / 8) for i in range(8 * times + 1)]
    low, high = (min(values) if scale == "log" else 0.0), max(values)
    high = high if high > low else low + 1

    def share(value: float) -> float:
        return (
            math.log(value / low) / math.log(high / low) if scale == "log" else (value - low) / (high - low)
        )

    pairs = [
        (AREA.x + i / (8 * times) * AREA.width, AREA.bottom - share(v) * AREA.height)
        for i, v in enumerate(values)
    ]
    stride = max(1, math.ceil(times / 4))
    dots = [svg.tag("circle", cx=px, cy=py, r=4, class_="d-dot") for px, py in pairs[::8]]
    parts = [
        plot.ticks_y(AREA, [(share(v), nice(v)) for v in marks(low, high, scale)]),
        plot.ticks_x(AREA, [(i / times, nice(x_factor**i)) for i in range(0, times + 1, stride)]),
        plot.axes(AREA, f"{axes[0]}, in multiples of the start (log scale)", ""),
        svg.tag("g", svg.path(plot.smooth(pairs), "d-curve"), *dots, class_="d-series-1"),
        svg.block(
            wrap(f"{axes[1]}, in multiples of the start ({scale} scale)", 13, 400, 1),
            AREA.x + 8,
            14,
            16,
            "d-note",
        ),
    ]
    return Picture(name, title, said, 480, AREA.bottom + 66, "".join(parts), kind="model", linked=False)
