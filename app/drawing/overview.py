"""The whole map seen from afar: what each island is about, in letters large enough to be read there.

Boxes cannot be read when thousands of pixels are shrunk into a frame. From afar each island therefore shows
its question or sentence instead, as large as its place allows, with what it does for each scenario. The
module that moves and zooms decides when (``static/js/graph.js``); a drawing that stands alone never shows it.
"""

from collections.abc import Sequence

from app.drawing import svg
from app.drawing.layout import Frame
from app.drawing.metrics import width, wrap

SIZES = (92.0, 80.0, 70.0, 62.0)
"""Type sizes to try, in pixels of the drawing."""
SMALLEST = (680.0, 400.0)
"""An island is at least so large, in pixels of the drawing, that a few words of its name can be set."""
_PAD = 34.0
_LEADING = 1.16


def tile(
    name: str, whole: str, href: str | None, frame: Frame, stances: Sequence[tuple[str, str]], key: str
) -> str:
    """An island from afar.

    ``name`` is cut where it does not fit, ``whole`` is what its link is called; ``stances`` are pairs of a
    scenario's letter and a sign.
    """
    room, height = frame.width - 2 * _PAD, frame.height - 2 * _PAD
    foot = 1.4 if stances else 0.0  # lines that the stances take
    for size in SIZES:
        lines = wrap(name, size, room)
        if (len(lines) + foot) * size * _LEADING <= height:
            break
    else:
        size = SIZES[-1]
        lines = wrap(name, size, room, max(1, int(height / size / _LEADING - foot)))
    x, y = frame.x + _PAD, frame.y + _PAD + size * 0.85
    parts = [svg.title(whole), _ground(frame), svg.block(lines, x, y, size * _LEADING, "d-far-name")]
    y += (len(lines) + 0.15) * size * _LEADING
    for letter, sign in stances:
        label = f"{letter} {sign}"
        parts.append(svg.text(label, x, y, f"d-far-stance d-is-{letter.lower()}"))
        x += width(label, size) * 1.1 + size * 0.5
    body = "".join(parts)
    inner = svg.link(href, body) if href is not None else body
    return svg.tag("g", inner, class_="d-tile", font_size=size, data_tile=key)


def letter(sign: str, name: str, href: str, frame: Frame) -> str:
    """A scenario from afar: its letter, where its box is."""
    x, y = frame.middle
    size = min(frame.height, 120.0)
    mark = svg.text(sign, x, y + size * 0.36, f"d-far-stance d-is-{sign.lower()}", "middle")
    return svg.tag(
        "g",
        svg.link(href, svg.title(name), _ground(frame), mark),
        class_="d-tile",
        font_size=size,
        data_tile=sign,
    )


def _ground(frame: Frame) -> str:
    return svg.tag(
        "rect", x=frame.x, y=frame.y, width=frame.width, height=frame.height, rx=10, class_="d-far-ground"
    )
