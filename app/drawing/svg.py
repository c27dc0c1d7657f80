"""Writing SVG: elements with every attribute and every text escaped, numbers kept short."""

import re
from collections.abc import Iterable

# What XML 1.0 cannot carry at all, escaped or not: control characters, lone surrogates, two non-characters.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escape(text: str) -> str:
    """Text that can stand in an element or in a quoted attribute; what XML cannot carry becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    short = f"{value:.1f}".removesuffix(".0")
    return "0" if short == "-0" else short


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """One element. ``children`` are markup already; attributes are escaped, None leaves one out.

    ``_`` in a name stands for ``-`` and a final one is dropped: ``class_``, ``stroke_width``, ``aria_label``.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(children)
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def text(
    content: str, x: float, y: float, class_: str = "", anchor: str | None = None, rotate: str | None = None
) -> str:
    """One line of text with its base line at ``y``; ``anchor`` is ``middle`` or ``end``."""
    return tag("text", escape(content), x=x, y=y, class_=class_ or None, text_anchor=anchor, transform=rotate)


def block(
    lines: Iterable[str], x: float, y: float, leading: float, class_: str = "", anchor: str | None = None
) -> str:
    """Several lines of text, the first with its base line at ``y``.

    One ``text`` of ``tspan`` lines, so that it is selected, copied and read aloud as one sentence.
    """
    spans = [
        tag("tspan", escape(line), x=x, dy=leading if position else None)
        for position, line in enumerate(lines)
    ]
    return tag("text", " ".join(spans), x=x, y=y, class_=class_ or None, text_anchor=anchor)


def path(data: str, class_: str = "") -> str:
    """A path."""
    return tag("path", d=data, class_=class_ or None)


def points(*pairs: tuple[float, float]) -> str:
    """``M x y L x y …``: a polyline as path data."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in pairs)


def link(href: str, *children: str, **attributes: str | float | None) -> str:
    """A link. Only our own relative addresses come here, never one from the map's content."""
    return tag("a", *children, href=href, **attributes)


def title(content: str) -> str:
    """The name of the element it stands in: what a pointer shows and a screen reader says."""
    return tag("title", escape(content))
