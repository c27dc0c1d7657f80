"""A gap: what is observed, and how far below it what is actual may lie."""

from app.drawing import plot, svg
from app.drawing.layout import Frame
from app.drawing.metrics import wrap
from app.drawing.models.data import Model, text
from app.drawing.models.form import Form, ModelView, preset
from app.drawing.picture import Picture
from app.drawing.plot import nice

AREA = Frame(58, 26, 280, 230)
STEPS = 24


def gap(name: str, title: str, model: Model, form: Form) -> ModelView:
    """Error bars below the observed curve that may grow by a factor a step, up to a bound if there is one."""
    observed, actual = text(model, "observed", "observed"), text(model, "actual", "actual")
    now = form.number("g", "the gap today, as a share of the axis", 0.08, 0.0, 1.0, 0.01)
    growth = form.number("r", "times, each tenth of the way", 1.1, 0.5, 3.0, 0.05)
    bounded = form.choice("b", "is there a bound?", (("yes", "yes"), ("no", "no")))
    bound = form.number("m", "the bound, as a share of the axis", 0.2, 0.0, 1.0, 0.01)

    def size(t: float) -> float:
        grown = now * growth ** (10 * t)
        return float(min(grown, max(bound, now)) if bounded == "yes" else grown)

    def seen(t: float) -> float:
        return 0.45 + 0.35 * t

    end = min(size(1.0), seen(1.0))
    sentences = [f"At the right edge {actual} may lie up to {nice(end)} of the axis below {observed}."]
    lost = next((i for i in range(STEPS + 1) if size(i / STEPS) >= seen(i / STEPS)), None)
    if lost is not None:
        sentences.append(
            f"From {nice(100 * lost / STEPS)} % of the way on, what is observed no longer excludes anything: "
            f"{actual} might be at the very bottom."
        )
    elif bounded == "yes" and size(1.0) >= bound:
        sentences.append("The bound has been reached: from there on the gap does not grow.")
    if said := text(model, "bound"):
        sentences.append(f"The text on its bound: {said}.")
    picture = _picture(
        name,
        title,
        (observed, actual),
        [(i / STEPS, seen(i / STEPS), size(i / STEPS)) for i in range(STEPS + 1)],
        " ".join(sentences),
    )
    return ModelView(
        kind="gap",
        title=title,
        picture=picture,
        parameters=tuple(form.parameters),
        sentences=tuple(sentences),
        numbers={"end": end},
        assumptions=(
            f"{actual[:1].upper()}{actual[1:]} lies below {observed} by the gap at most.",
            f"That {observed} rises steadily is for the picture’s sake.",
        ),
        presets=(
            preset("some gap, bounded", g=0.08, r=1.1, b="yes", m=0.2),
            preset("growing without bound", g=0.08, r=1.4, b="no"),
            preset("constant", g=0.1, r=1, b="yes", m=0.1),
        ),
        problems=tuple(form.problems),
    )


def _picture(
    name: str, title: str, names: tuple[str, str], rows: list[tuple[float, float, float]], said: str
) -> Picture:
    def at(t: float, value: float) -> tuple[float, float]:
        return AREA.x + t * AREA.width, AREA.bottom - min(max(value, 0.0), 1.0) * AREA.height

    upper = [at(t, seen) for t, seen, _ in rows]
    lower = [at(t, seen - size) for t, seen, size in rows]
    shape = plot.traced(plot.course(upper)) + plot.traced(plot.course(lower)[::-1], "L") + "Z"
    tags = [
        plot.Tag(upper[-1][1], wrap(names[0], plot.LABEL, 104, 3), "d-role-observed"),
        plot.Tag(lower[-1][1], wrap(f"{names[1]}, at worst", plot.LABEL, 104, 3), "d-role-actual"),
    ]
    parts = [
        svg.path(shape, "d-gap"),
        plot.axes(AREA, "onward", "higher (no units)"),
        svg.tag("g", svg.path(plot.smooth(upper), "d-curve"), class_="d-role-observed"),
        svg.tag("g", svg.path(plot.smooth(lower), "d-curve"), class_="d-role-actual d-basis-implied"),
        plot.drawn_tags(tags, AREA.right, 12, AREA.bottom + 8),
    ]
    return Picture(name, title, said, 480, AREA.bottom + 56, "".join(parts), kind="model", linked=False)
