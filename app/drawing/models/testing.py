"""A test: what a positive and a negative result say, and how much depends on how good the test is."""

from app.drawing import svg
from app.drawing.metrics import wrap
from app.drawing.models.data import Model, number, text
from app.drawing.models.form import Form, ModelView, preset
from app.drawing.picture import Picture
from app.drawing.plot import nice

WIDTH, LEFT = 480.0, 16.0
_BAR = 44.0  # height of a bar with its label
SILENT = "the text does not say what it would mean"


def test(name: str, title: str, model: Model, form: Form) -> ModelView:
    """Bayes' rule with the reader's numbers, beside what the text says a result means."""
    instrument, sought = text(model, "instrument", "the test"), text(model, "looks_for", "what is looked for")
    state, beyond = text(model, "state", "it is there"), text(model, "beyond")
    given = number(model, "sensitivity")
    prior = form.number("p", f"before the test: share of cases in which {state}", 0.3, 0.0, 1.0, 0.01)
    hits = form.number(
        "h", "where that is so: share of tests that find it", 0.6 if given is None else given, 0.0, 1.0, 0.01
    )
    alarms = form.number(
        "a",
        "where it is not so: share of tests that report it all the same",
        0.0 if given == 0 else 0.01,
        0.0,
        1.0,
        0.01,
    )
    other = form.number("o", f"share of cases with {beyond}", 0.3, 0.0, 1.0, 0.01) if beyond else None
    after_positive = share(prior * hits, prior * hits + (1 - prior) * alarms)
    missed, clear = prior * (1 - hits), (1 - prior) * (1 - alarms)
    after_negative = share(missed, missed + clear)
    sentences = [
        _sentence("positive", state, after_positive, prior),
        _sentence("negative", state, after_negative, prior),
    ]
    if other is not None:
        sentences.append(
            f"Neither result says anything of {beyond}, which the test does not look for: {nice(100 * other)} of 100 cases, as before."
        )
    if after_negative is not None and 0 < prior < 1 and after_negative > 0.8 * prior:
        sentences.append("The negative result hardly changes anything: this test would mostly miss it.")
    numbers = {"prior": prior} | ({"beyond": other} if other is not None else {})
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
        picture=_picture(
            name, title, (instrument, sought, state, beyond), rows, (prior, other), " ".join(sentences)
        ),
        parameters=tuple(form.parameters),
        sentences=tuple(sentences),
        numbers=numbers,
        assumptions=(
            "What a result is worth follows from how common the thing is and how often the test errs (Bayes’ rule).",
            *((f"Whether there is {beyond} does not depend on what the test looks for.",) if beyond else ()),
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


def _sentence(result: str, state: str, after: float | None, prior: float) -> str:
    if after is None:
        return f"With these numbers a {result} result never comes about."
    return f"After a {result} result {state} in {nice(100 * after)} of 100 cases, against {nice(100 * prior)} before."


def _picture(
    name: str,
    title: str,
    words: tuple[str, str, str, str],
    rows: tuple[tuple[str, str, float | None], ...],
    before: tuple[float, float | None],
    said: str,
) -> Picture:
    instrument, sought, state, beyond = words
    prior, other = before
    room = WIDTH - 2 * LEFT
    head = [*wrap(f"Instrument: {instrument}", 14, room, 2), *wrap(f"Looks for: {sought}", 14, room, 2)]
    parts = [svg.block(head, LEFT, 22, 18, "d-name")]
    y = 22.0 + 18 * len(head)
    for result, says, after in rows:
        lines = wrap(says if says == SILENT else f"the text: {says}", 14, room - 24, 3)
        bars = [_bar(y + 42 + 17 * len(lines), after, prior, f"{state} in so many cases")]
        if other is not None:
            bars.append(_bar(y + 42 + 17 * len(lines) + _BAR, other, other, f"{beyond}: as before", "second"))
        height = 34 + 17 * len(lines) + _BAR * len(bars)
        parts.append(svg.tag("rect", x=LEFT, y=y, width=room, height=height, rx=4, class_="d-cell"))
        parts.append(svg.text(f"{result} result", LEFT + 12, y + 22, "d-name d-strong"))
        parts.append(svg.block(lines, LEFT + 12, y + 42, 17, "d-name"))
        parts += bars
        y += height + 12
    parts += [
        svg.path(svg.points((LEFT + 6, y), (LEFT + 6, y + 16)), "d-mark"),
        svg.text("before the test", LEFT + 14, y + 12, "d-tick"),
    ]
    return Picture(name, title, said, WIDTH, y + 20, "".join(parts), kind="model", linked=False)


def _bar(y: float, value: float | None, prior: float, label: str, kind: str = "fill") -> str:
    """A share as a bar, with a dashed line where it was before."""
    wide = WIDTH - 2 * LEFT - 76
    x = LEFT + 12
    parts = [svg.tag("rect", x=x, y=y, width=wide, height=14, rx=3, class_="d-bar-back")]
    if value:
        filled = wide * value
        parts.append(
            svg.tag("rect", x=x, y=y, width=filled, height=14, rx=min(3, filled / 2), class_=f"d-bar-{kind}")
        )
    mark = x + wide * prior
    parts.append(svg.path(svg.points((mark, y - 4), (mark, y + 18)), "d-mark"))
    parts.append(
        svg.text("never" if value is None else f"{nice(100 * value)} %", x + wide + 6, y + 12, "d-tick")
    )
    parts.append(svg.text(wrap(label, 12.5, wide + 60, 1)[0], x, y + 30, "d-tick"))
    return "".join(parts)
