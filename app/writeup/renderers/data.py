"""The export as data: JSON with everything, CSV with one row a point."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from app.writeup.document import Note, Part, Point, Quote, Section, Writeup, marks, plain
from app.writeup.words import cell, flat

FORMAT = "cruxmap-cruxes/1"
COLUMNS = (
    "crux",
    "question",
    "side",
    "role",
    "depth",
    "node",
    "type",
    "text",
    "relation",
    "relation_type",
    "basis",
    "rationale",
    "answered",
    "strength",
    "holder",
    "attitude",
    "quote",
    "document",
    "comment",
    "paragraph",
    "permalink",
)


def tree(writeup: Writeup) -> dict[str, Any]:
    """The document as plain data; keys may be added later, never renamed."""
    return {
        "format": FORMAT,
        "revision": writeup.revision,
        "title": writeup.title,
        "settings": dict(writeup.settings),
        "introduction": [plain(p.run) for p in writeup.head],
        "method": [plain(p.run) for p in writeup.method],
        "scenarios": [
            {"letter": s.letter, "text": s.text, "strength": s.strength} for s in writeup.scenarios
        ],
        "cruxes": [_section(section) for section in writeup.sections],
        "notes": [_note(note) for note in writeup.notes],
        "references": [vars(reference) for reference in writeup.references],
    }


def render_json(writeup: Writeup) -> str:
    """The tree as JSON text."""
    return json.dumps(tree(writeup), ensure_ascii=False, indent=1) + "\n"


def render_csv(writeup: Writeup) -> str:
    """One row a point and quote, with a header; no cell is taken for a formula by a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for section in writeup.sections:
        for point in section.points:
            writer.writerows(_rows(section, point))
    return out.getvalue()


def inert(value: object) -> str:
    """A cell that a spreadsheet shows and does not compute.

    >>> inert("=1+1"), inert(0.5), inert("so")
    ("'=1+1", '0.5', 'so')
    """
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = flat(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "'", "|", "＝", "＋", "－", "＠")) else text


def _rows(section: Section, point: Point) -> Iterator[list[str]]:
    first: list[object] = [
        section.crux,
        section.question,
        point.side,
        point.role,
        point.depth,
        point.node,
        point.type,
        point.text,
        point.relation,
        point.relation_type,
        point.basis,
        point.rationale,
        "yes" if point.answered else "no",
        None if point.strength is None else round(point.strength, 6),
    ]
    for quote in point.quotes or (None,):
        place: list[object] = (
            [""] * 7
            if quote is None
            else [
                quote.holder,
                quote.attitude,
                quote.exact,
                quote.document,
                quote.comment,
                quote.paragraph,
                quote.url,
            ]
        )
        yield [inert(value) for value in (*first, *place)]
        if quote is None:
            return


def _section(section: Section) -> dict[str, Any]:
    return {
        "id": section.crux,
        "number": section.number,
        "question": section.question,
        "proposition": section.proposition,
        "if_true": section.if_true,
        "if_false": section.if_false,
        "would_settle": section.would_settle,
        "permalink": section.url,
        "stances": dict(section.stances),
        "stances_in_words": {key: cell(value) for key, value in section.stances.items()},
        "direct": sorted(section.direct),
        "separates": sorted(key for key, value in section.stances.items() if value != "none"),
        "effect": section.effect,
        "strength": section.strength,
        "attitudes": {key: list(names) for key, names in section.holders.items()},
        "parts": [_part(part) for part in section.parts],
        "points": {
            side: [_point(p) for p in section.points if p.side == side] for side in ("for", "against")
        },
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "key": part.key,
        "title": part.title,
        "paragraphs": [{"text": plain(p.run), "notes": list(marks(p.run))} for p in part.paragraphs],
    }


def _point(point: Point) -> dict[str, Any]:
    data = dict(vars(point))
    data["stances"] = dict(point.stances)
    data["quotes"] = [_quote(quote) for quote in point.quotes]
    data["bearing"] = [_quote(quote) for quote in point.bearing]
    return data


def _note(note: Note) -> dict[str, Any]:
    return {
        "number": note.number,
        "quotes": [_quote(quote) for quote in note.quotes],
        "bearing": [_quote(quote) for quote in note.bearing],
        "remark": note.remark,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"permalink" if key == "url" else key: value for key, value in vars(quote).items()}
