"""A product of factors: what is the case only to the degree that all of them are."""

import math

from app.drawing import svg
from app.drawing.metrics import wrap
from app.drawing.models.data import Model, rows, text
from app.drawing.models.form import Form, ModelView, preset
from app.drawing.picture import Picture
from app.drawing.plot import nice

WIDTH, LEFT, BAR, ROW = 480.0, 16.0, 18.0, 15.0


def product(name: str, title: str, model: Model, form: Form) -> ModelView:
    """Each factor between 0 and 1; the result is their product, on the same scale."""
    labels = [text(row, "name", f"factor {i}") for i, row in enumerate(rows(model, "factors"), 1)]
    values = [form.number(f"f{i}", label, 0.5, 0.0, 1.0, 0.01) for i, label in enumerate(labels, 1)]
    result = math.prod(values)
    output = text(model, "output", "the product")
    smallest = min(range(len(values)), key=values.__getitem__) if values else 0
    sentences = [f"{output} = {' × '.join(nice(v) for v in values)} = {nice(result)}."]
    if values and result < 0.1 and sum(value > 0.5 for value in values) == len(values) - 1:
        sentences.append(
            f"All but “{labels[smallest]}” are above one half, and the product is still only {nice(result)}: "
            f"one small factor hides the others."
        )
    if values and values[smallest] > 0:
        sentences.append(
            f"Were “{labels[smallest]}” to rise to 1 with the others unchanged, it would be {nice(result / values[smallest])}."
        )
    presets = [preset("all at one half", **{f"f{i}": 0.5 for i in range(1, len(labels) + 1)})]
    presets += [
        preset(
            f"all high but “{label}”", **{f"f{j}": 0.05 if j == i else 0.9 for j in range(1, len(labels) + 1)}
        )
        for i, label in enumerate(labels, 1)
    ]
    picture = _picture(name, title, [*zip(labels, values, strict=True)], output, result, " ".join(sentences))
    return ModelView(
        kind="product",
        title=title,
        picture=picture,
        parameters=tuple(form.parameters),
        sentences=tuple(sentences),
        numbers={"product": result},
        assumptions=(
            "Each factor is a share between 0 and 1, and the result is their product: no factor makes up for another.",
        ),
        presets=tuple(presets),
        problems=tuple(form.problems),
    )


def _picture(
    name: str, title: str, factors: list[tuple[str, float]], output: str, result: float, said: str
) -> Picture:
    room = WIDTH - 2 * LEFT - 70
    parts: list[str] = []
    y = 14.0
    for position, (label, value) in enumerate([*factors, (output, result)]):
        last = position == len(factors)
        if last:
            parts.append(svg.path(svg.points((LEFT, y), (WIDTH - LEFT, y)), "d-axis"))
            y += 14
        lines = wrap(("= " if last else "× " if position else "") + label, 14, WIDTH - 2 * LEFT, 2)
        parts.append(svg.block(lines, LEFT, y + 12, 17, "d-name d-strong" if last else "d-name"))
        y += 17 * len(lines) + 3
        parts.append(svg.tag("rect", x=LEFT, y=y, width=room, height=BAR, rx=3, class_="d-bar-back"))
        if value > 0:
            kind = "d-bar-result" if last else "d-bar-fill"
            parts.append(
                svg.tag(
                    "rect",
                    x=LEFT,
                    y=y,
                    width=room * value,
                    height=BAR,
                    rx=min(3, room * value / 2),
                    class_=kind,
                )
            )
        parts.append(svg.text(nice(value), LEFT + room + 10, y + BAR - 4, "d-name"))
        y += BAR + ROW
    parts += [
        svg.text(nice(share), LEFT + share * room, y, "d-tick", "middle" if share else None)
        for share in (0.0, 0.5, 1.0)
    ]
    return Picture(name, title, said, WIDTH, y + 12, "".join(parts), kind="model", linked=False)
