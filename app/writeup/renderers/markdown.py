"""CommonMark with footnotes and tables (as GitHub, Pandoc and most editors read it)."""

import re
from collections.abc import Iterator, Mapping

from app.writeup.document import Mark, Note, Quote, Run, SectionLink, Text, Writeup, caption
from app.writeup.words import TABLE_KEY, basis_of, cell, flat, safe_url, where, who

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$^#])|&(?=[#a-zA-Z])")
_LINE_START = re.compile(r"^([-+=:])|^(\d{1,9})(?=[.)])")


def render(writeup: Writeup, figures: Mapping[str, str] | None = None) -> str:
    """The document as Markdown; nothing in it that people wrote is markup. ``figures``: files by crux."""
    return "\n".join(_lines(writeup, figures or {})).rstrip("\n") + "\n"


def escape(text: str) -> str:
    """Text that stands for itself: no emphasis, link, HTML, table cell, list or footnote comes of it.

    >>> print(escape("*a* <b> [c](d) 1. x_y"))
    \\*a\\* \\<b\\> \\[c\\](d) 1. x\\_y
    """
    escaped = _SPECIAL.sub(lambda m: f"\\{m.group()}", flat(text))
    return _LINE_START.sub(lambda m: f"\\{m.group(1)}" if m.group(1) else f"{m.group(2)}\\", escaped)


def _lines(writeup: Writeup, figures: Mapping[str, str]) -> Iterator[str]:
    yield f"# {escape(writeup.title)}"
    yield ""
    for paragraph in writeup.head:
        yield _run(paragraph.run)
        yield ""
    for scenario in writeup.scenarios:
        strength = f" (strength {scenario.strength:.2f})" if scenario.strength is not None else ""
        yield f"- **{scenario.letter}.** {escape(scenario.text)}{strength}"
    yield ""
    yield from _table(writeup)
    for section in writeup.sections:
        yield f"## {section.number}. {escape(section.question)}"
        yield ""
        yield f"> {escape(section.proposition)}"
        yield ""
        for title, paragraphs in section.chapters:
            yield f"### {escape(title)}"
            yield ""
            for paragraph in paragraphs:
                yield _run(paragraph.run)
                yield ""
        if section.crux in figures:
            yield f"![{escape(caption(section.question))}](<{safe_url(figures[section.crux])}>)"
            yield ""
    yield "## How this was made"
    yield ""
    for paragraph in writeup.method:
        yield _run(paragraph.run)
        yield ""
    if writeup.references:
        yield "## References"
        yield ""
        for reference in writeup.references:
            yield f"- {escape(basis_of(reference))} {_link('Permalink', reference.url)}"
        yield ""
    for note in writeup.notes:
        yield f"[^{note.number}]: {_note(note)}"
    yield ""


def _table(writeup: Writeup) -> Iterator[str]:
    letters = [s.letter for s in writeup.scenarios]
    if not letters or not writeup.sections:
        return
    strengths = any(s.strength is not None for s in writeup.sections)
    extra = ["Strength"] if strengths else []
    yield "| Crux | " + " | ".join([*letters, *extra]) + " |"
    yield "| --- " * (1 + len(letters) + len(extra)) + "|"
    for section in writeup.sections:
        cells = [cell(section.stances.get(x, "none")) for x in letters]
        if strengths:
            cells.append("" if section.strength is None else f"{section.strength:.2f}")
        yield f"| {section.number}. {escape(section.question)} | " + " | ".join(cells) + " |"
    yield ""
    yield TABLE_KEY
    yield ""


def _run(run: Run) -> str:
    return "".join(_piece(piece) for piece in run).strip()


def _piece(piece: Text | Mark | SectionLink) -> str:
    if isinstance(piece, Mark):
        return f"[^{piece.number}]"
    body = escape(piece.text)
    if isinstance(piece, Text) and piece.style != "plain" and body:
        mark = "*" if piece.style == "emphasis" else "**"
        body = f"{mark}{body}{mark}"
    left = " " if piece.text[:1].isspace() else ""
    return f"{left}{body}{' ' if body and piece.text[-1:].isspace() else ''}"


def _note(note: Note) -> str:
    parts = [_quote(quote) for quote in note.quotes]
    parts += [f"Connected by the words {_quote(quote)}" for quote in note.bearing]
    return " ".join([*parts, escape(note.remark)]).strip()


def _quote(quote: Quote) -> str:
    words = f"“{escape(quote.exact)}” " if quote.exact else ""
    return f"{words}({escape(who(quote))}, {_link(where(quote), quote.url)})."


def _link(text: str, url: str) -> str:
    return f"[{escape(text)}](<{safe_url(url)}>)"
