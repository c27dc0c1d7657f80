"""A test: what a positive and a negative result say, and how much depends on how good the test is."""

from app.drawing import svg
from app.drawing.metrics import wrap
from app.drawing.models.data import Model, text
from app.drawing.models.form import Form, ModelView, preset
from app.drawing.picture import Picture
from app.drawing.plot import nice

WIDTH, LEFT = 480.0, 16.0
SILENT = "the text does not say what it would mean"


def test(name: str, title: str, model: Model, form: Form) -> ModelView:
    """Bayes' rule with the reader's numbers, beside what the text says a result means."""
    instrument, sought = text(model, "instrument", "the test"), text(model, "looks_for", "what is looked for")
    prior = form.number("p", "before the test: share of cases in which it is there", 0.3, 0.0, 1.0, 0.01)
    hits = form.number("h", "where it is there: share of tests that find it", 0.6, 0.0, 1.0, 0.01)
    alarms = form.number(
        "a", "where it is not: share of tests that report it all the same", 0.01, 0.0, 1.0, 0.01
    )
    after_positive = share(prior * hits, prior * hits + (1 - prior) * alarms)
    missed, clear = prior * (1 - hits), (1 - prior) * (1 - alarms)
    after_negative = share(missed, missed + clear)
    sentences = [
        _sentence("positive", after_positive, prior),
        _sentence("negative", after_negative, prior),
    ]
    if after_negative is not None and 0 < prior < 1 and after_negative > 0.8 * prior:
        sentences.append("The negative result hardly changes anything: this test would mostly miss it.")
    numbers = {"prior": prior}
    if after_positive is not None:
        numbers["after_positive"] = after_positive
    if after_negative is not None:
        numbers["after_negative"] = after_negative
    rows = (
        ("positive", text(model, "positive", SILENT), after_positive),
        ("negative", text(model, "negative", SILENT), after_negative),
    )
    return ModelView(
        kind="test",
        title=title,
        picture=_picture(name, title, instrument, sought, rows, prior, " ".join(sentences)),
        parameters=tuple(form.parameters),
        sentences=tuple(sentences),
        numbers=numbers,
        assumptions=(
            "What a result is worth follows from how common the thing is and how often the test errs (Bayes’ rule).",
        ),
        presets=(
            preset("finds nearly all", p=0.3, h=0.98, a=0.01),
            preset("finds only some kinds", p=0.3, h=0.3, a=0.01),
            preset("not sensitive at all", p=0.3, h=0, a=0),
        ),
        problems=tuple(form.problems),
    )


def share(part: float, whole: float) -> float | None:
    """part / whole; None of nothing."""
    return part / whole if whole > 0 else None


def _sentence(result: str, after: float | None, prior: float) -> str:
    if after is None:
        return f"With these numbers a {result} result never comes about."
    return f"After a {result} result it is there in {nice(100 * after)} of 100 cases, against {nice(100 * prior)} before."


def _picture(
    name: str,
    title: str,
    instrument: str,
    sought: str,
    rows: tuple[tuple[str, str, float | None], ...],
    prior: float,
    said: str,
) -> Picture:
    room = WIDTH - 2 * LEFT
    head = [*wrap(f"Instrument: {instrument}", 14, room, 2), *wrap(f"Looks for: {sought}", 14, room, 2)]
    parts = [svg.block(head, LEFT, 22, 18, "d-name")]
    y = 22.0 + 18 * len(head)
    wide = room - 76
    for result, says, after in rows:
        lines = wrap(says if says == SILENT else f"the text: {says}", 14, room - 24, 3)
        height = 34 + 17 * len(lines) + 44
        parts.append(svg.tag("rect", x=LEFT, y=y, width=room, height=height, rx=4, class_="d-cell"))
        parts.append(svg.text(f"{result} result", LEFT + 12, y + 22, "d-name d-strong"))
        parts.append(svg.block(lines, LEFT + 12, y + 42, 17, "d-name"))
        bar = y + height - 36
        parts.append(svg.tag("rect", x=LEFT + 12, y=bar, width=wide, height=14, rx=3, class_="d-bar-back"))
        if after:
            parts.append(
                svg.tag(
                    "rect",
                    x=LEFT + 12,
                    y=bar,
                    width=wide * after,
                    height=14,
                    rx=min(3, wide * after / 2),
                    class_="d-bar-fill",
                )
            )
        x = LEFT + 12 + wide * prior
        parts.append(svg.path(svg.points((x, bar - 4), (x, bar + 18)), "d-mark"))
        label = "never" if after is None else f"{nice(100 * after)} %"
        parts.append(svg.text(label, LEFT + wide + 18, bar + 12, "d-tick"))
        parts.append(
            svg.text(
                "it is there in so many cases (dashed line: before the test)", LEFT + 12, bar + 30, "d-tick"
            )
        )
        y += height + 12
    return Picture(name, title, said, WIDTH, y + 4, "".join(parts), kind="model", linked=False)
