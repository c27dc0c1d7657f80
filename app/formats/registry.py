"""The formats a whole map goes out and comes in by.

To add one: a module with ``write(result) -> Written`` and/or ``read(data, name, progress) -> Imported``,
a line here, tests, and a section of docs/formats.md.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from pydantic import JsonValue

from app.analysis import Analysis
from app.errors import InvalidInput
from app.formats import aif, argdown, csv_tables, dot, graph_json, graphml, kialo
from app.formats.exchange import Counts, Imported, Progress, Written, decode, parse_json

Writer = Callable[[Analysis], Written]
Reader = Callable[[bytes, str, Progress | None], Imported]


@dataclass(frozen=True)
class Format:
    """A format: what it is called and good for, what its files are named and served as, its two functions."""

    name: str
    suffix: str
    media_type: str
    label: str
    use: str
    write: Writer | None = None
    read: Reader | None = None


def _write_json(result: Analysis) -> Written:
    text = json.dumps(graph_json.write(result), ensure_ascii=False, indent=1)
    return Written((text + "\n").encode("utf-8"))


def _read_json(data: bytes, name: str, progress: Progress | None = None) -> Imported:
    content = graph_json.read(parse_json(data, name))
    return Imported(content, (), Counts.of(content))


FORMATS: Mapping[str, Format] = {
    found.name: found
    for found in (
        Format(
            "json",
            ".json",
            "application/json",
            "JSON",
            "For programs, and to carry the map over: importing it gives the same map.",
            _write_json,
            _read_json,
        ),
        Format(
            "argdown",
            ".argdown",
            "text/vnd.argdown",
            "Argdown",
            "Text to read and edit by hand; Argdown’s own tools draw it.",
            argdown.write,
            argdown.read,
        ),
        Format(
            "aif",
            ".aif.json",
            "application/json",
            "AIF",
            "The exchange format of research on argumentation, in JSON.",
            aif.write_aif,
            aif.read,
        ),
        Format(
            "xaif",
            ".xaif.json",
            "application/json",
            "xAIF",
            "AIF with the speakers’ words around it, for tools that mine arguments.",
            aif.write_xaif,
            aif.read,
        ),
        Format(
            "graphml",
            ".graphml",
            "application/graphml+xml",
            "GraphML",
            "For Gephi, yEd and programs that work on graphs.",
            graphml.write,
        ),
        Format(
            "dot", ".dot", "text/vnd.graphviz", "DOT", "For Graphviz, which makes a drawing of it.", dot.write
        ),
        Format(
            "csv",
            ".zip",
            "application/zip",
            "CSV",
            "Three tables for a spreadsheet: nodes, relations, passages.",
            csv_tables.write,
        ),
        Format("kialo", ".txt", "text/plain", "Kialo", "The text export of a discussion.", None, kialo.read),
    )
}
_SUFFIXES = {".argdown": "argdown", ".ad": "argdown", ".adown": "argdown"}


def read(
    data: bytes, name: str, form: str | None = None, progress: Progress | None = None
) -> tuple[str, Imported]:
    """The map in a file, and the format it was read as.

    Parameters
    ----------
    name : the file's name; its suffix helps to tell the format.
    form : the format's name; without it the format is told from content and name.

    Raises
    ------
    InvalidInput : an unknown or unreadable format, or a file that is not what it should be; nothing is
        returned by halves.
    """
    chosen = FORMATS.get(form or detect(data, name))
    if chosen is None or chosen.read is None:
        readable = ", ".join(sorted(f.name for f in FORMATS.values() if f.read is not None))
        raise InvalidInput(
            f"{form!r} is not a format maps are imported from", remedy=f"use one of {readable}"
        )
    return chosen.name, chosen.read(data, name, progress)


def detect(data: bytes, name: str) -> str:
    """The name of a file's format.

    Raises
    ------
    InvalidInput : not UTF-8, broken JSON, or nothing we know.
    """
    text = decode(data, name)
    start = text.lstrip()[:1]
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if start in ("{", "[") and (suffix == ".json" or _is_json(text)):
        return _json_form(parse_json(data, name), name)
    if suffix == ".json":
        parse_json(data, name)
    if kialo.looks_like(text):
        return "kialo"
    if argdown.looks_like(text):
        return "argdown"
    raise InvalidInput(
        "this is none of the formats maps are imported from",
        where=name,
        remedy="name its format with --format",
    )


def _is_json(text: str) -> bool:
    return re.match(r'\s*(?:\{\s*(?:"|\})|\[\s*(?:[\[{"\]\d-]|true|false|null))', text) is not None


def _json_form(value: JsonValue, name: str) -> str:
    if isinstance(value, Mapping) and str(value.get("format", "")).startswith("cruxmap-graph"):
        return "json"
    if aif.looks_like_xaif(value):
        return "xaif"
    if aif.looks_like(value):
        return "aif"
    raise InvalidInput(
        "this JSON is neither a Cruxmap map nor AIF", where=name, remedy="name its format with --format"
    )
