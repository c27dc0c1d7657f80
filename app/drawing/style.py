"""The style a drawing carries when it travels alone: the site's own, with every colour written out.

``static/css/drawing.css`` is the one source of rules and ``tokens.css`` of colours. A file of its own has no
page around it, and few programs other than browsers know custom properties, so that there each ``var(--name)``
is replaced by its value: once for light and once more for dark surroundings.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from app import resources

Scheme = Literal["light", "dark"]
_DECLARED = re.compile(r"--([A-Za-z0-9-]+):\s*([^;]+);")
_USED = re.compile(r"var\(--([A-Za-z0-9-]+)\)")
_PAIR = re.compile(r"light-dark\(\s*([^,()]+?)\s*,\s*([^,()]+?)\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_COLOURED = re.compile(r"([^{}]+)\{([^{}]*)\}")


@lru_cache(maxsize=1)
def standalone_style() -> str:
    """The style sheet of a drawing that stands alone."""
    folder = resources.PACKAGE / "static" / "css"
    tokens, sheet = ((folder / name).read_text(encoding="utf-8") for name in ("tokens.css", "drawing.css"))
    declared = dict(_DECLARED.findall(_COMMENT.sub("", tokens))) | dict(_DECLARED.findall(sheet))
    start, end = sheet.index("/* drawing: begin */"), sheet.index("/* drawing: end */")
    rules = _COMMENT.sub("", sheet[start:end])
    light = _squeezed(_resolved(rules, declared, "light"))
    coloured = "".join(
        f"{selector.strip()}{{{_only_colours(body)}}}"
        for selector, body in _COLOURED.findall(rules)
        if _only_colours(body)
    )
    dark = _squeezed(_resolved(coloured, declared, "dark"))
    return f"{light}@media (prefers-color-scheme:dark){{{dark}}}"


@lru_cache(maxsize=1)
def style_source() -> str:
    """The style sheet as a source of a Content-Security-Policy."""
    return hash_source(standalone_style().encode())


def hash_source(style: bytes) -> str:
    """A style known by its hash, as a source of a Content-Security-Policy (``'sha256-…'``)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style).digest()).decode()}'"


def _resolved(rules: str, declared: Mapping[str, str], scheme: Scheme) -> str:
    while _USED.search(rules):
        rules = _USED.sub(lambda found: declared[found[1]].strip(), rules)
    return _PAIR.sub(lambda found: found[1 if scheme == "light" else 2], rules)


def _only_colours(body: str) -> str:
    return ";".join(part.strip() for part in body.split(";") if "var(--" in part)


def _squeezed(rules: str) -> str:
    """Without the white space nobody needs."""
    return re.sub(r"\s*([{}:;,])\s*", r"\1", re.sub(r"\s+", " ", rules)).strip()


@lru_cache(maxsize=1)
def colours() -> Mapping[str, str]:
    """The site's colours on light ground by their names (``ink``, ``for`` …), for drawings that know no CSS."""
    folder = resources.PACKAGE / "static" / "css"
    declared: dict[str, str] = {}
    for name in ("tokens.css", "drawing.css"):
        declared |= dict(_DECLARED.findall(_COMMENT.sub("", (folder / name).read_text(encoding="utf-8"))))
    found = {key: _resolved(value, declared, "light").strip() for key, value in declared.items()}
    return {key: value for key, value in found.items() if re.fullmatch(r"#[0-9A-Fa-f]{6}", value)}
