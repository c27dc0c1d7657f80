"""The style a drawing carries when it travels alone: the site's own, with every colour written out.

``static/css/drawing.css`` is the one source. Pages give its custom properties their values; a file of its
own has no page around it, and few programs other than browsers know custom properties, so that there each
``var(--name, …)`` is replaced by its value: once for light and once more for dark surroundings.
"""

import base64
import hashlib
import re
from functools import lru_cache

from app import resources

_BLOCK = re.compile(r"/\* palette: (light|dark) \*/[^{]*\{([^}]*)\}")
_DECLARED = re.compile(r"--([a-z0-9-]+):\s*([^;]+);")
_USED = re.compile(r"var\(--([a-z0-9-]+)\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOURED = re.compile(r"([^{}]+)\{([^{}]*)\}")


@lru_cache(maxsize=1)
def standalone_style() -> str:
    """The style sheet of a drawing that stands alone."""
    sheet = (resources.PACKAGE / "static" / "css" / "drawing.css").read_text(encoding="utf-8")
    palettes = {name: dict(_DECLARED.findall(body)) for name, body in _BLOCK.findall(sheet)}
    start, end = sheet.index("/* drawing: begin */"), sheet.index("/* drawing: end */")
    rules = _COMMENT.sub("", sheet[start:end])
    light = _squeezed(_resolved(rules, palettes["light"]))
    dark = "".join(
        f"{selector.strip()}{{{_only_colours(body)}}}"
        for selector, body in _COLOURED.findall(rules)
        if _only_colours(body)
    )
    dark = _squeezed(_resolved(dark, palettes["light"] | palettes["dark"]))
    return f"{light}@media (prefers-color-scheme:dark){{{dark}}}"


@lru_cache(maxsize=1)
def style_source() -> str:
    """The style sheet's hash as a source of a Content-Security-Policy (``'sha256-…'``)."""
    digest = hashlib.sha256(standalone_style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _resolved(rules: str, palette: dict[str, str]) -> str:
    return _USED.sub(lambda found: palette[found[1]].strip(), rules)


def _only_colours(body: str) -> str:
    return ";".join(part.strip() for part in body.split(";") if "var(--" in part)


def _squeezed(rules: str) -> str:
    """Without the white space nobody needs."""
    return re.sub(r"\s*([{}:;,])\s*", r"\1", re.sub(r"\s+", " ", rules)).strip()
