"""Plain text: wrapped lines, notes in square brackets."""

import textwrap
from collections.abc import Iterator

from app.writeup.document import Mark, Note, Quote, Run, Writeup
from app.writeup.words import TABLE_KEY, basis_of, cell, flat, quoted, where, who

WIDTH = 78


def render(writeup: Writeup) -> str:
    """The document as UTF-8 text without control characters."""
    return "\n".join(_lines(writeup)) + "\n"


def _lines(writeup: Writeup) -> Iterator[str]:
    yield from _heading(writeup.title, "=")
    for paragraph in writeup.head:
        yield from _wrapped(_run(paragraph.run))
    for scenario in writeup.scenarios:
        strength = f" (strength {scenario.strength:.2f})" if scenario.strength is not None else ""
        yield from _wrapped(f"{scenario.letter}. {scenario.text}{strength}", "  ", "     ", gap=False)
    yield ""
    yield from _table(writeup)
    for section in writeup.sections:
        yield from _heading(f"{section.number}. {section.question}", "-")
        yield from _wrapped(section.proposition, "    ", "    ")
        for title, paragraphs in section.chapters:
            yield flat(title).upper()
            yield ""
            for paragraph in paragraphs:
                yield from _wrapped(_run(paragraph.run))
    yield from _heading("How this was made", "-")
    for paragraph in writeup.method:
        yield from _wrapped(_run(paragraph.run))
    if writeup.notes:
        yield from _heading("Notes", "-")
        for note in writeup.notes:
            yield from _wrapped(f"[{note.number}] {_note(note)}", "", "    ", gap=False)
        yield ""
    if writeup.references:
        yield from _heading("References", "-")
        for ref in writeup.references:
            yield from _wrapped(basis_of(ref) + f" {ref.url}", "", "    ", gap=False)


def _table(writeup: Writeup) -> Iterator[str]:
    letters = [s.letter for s in writeup.scenarios]
    if not letters or not writeup.sections:
        return
    wide = max(len(cell(s.stances.get(x, "none"))) for s in writeup.sections for x in letters) + 2
    room = WIDTH - wide * len(letters)
    yield "".ljust(room) + "".join(x.ljust(wide) for x in letters).rstrip()
    for section in writeup.sections:
        rows = textwrap.wrap(flat(f"{section.number}. {section.question}"), room - 2, subsequent_indent="   ")
        cells = "".join(cell(section.stances.get(x, "none")).ljust(wide) for x in letters)
        yield (rows[0].ljust(room) + cells).rstrip()
        yield from rows[1:]
    yield ""
    yield from _wrapped(TABLE_KEY)


def _heading(title: str, mark: str) -> Iterator[str]:
    lines = textwrap.wrap(flat(title), WIDTH) or [""]
    yield from lines
    yield mark * max(map(len, lines))
    yield ""


def _wrapped(text: str, first: str = "", rest: str = "", *, gap: bool = True) -> Iterator[str]:
    yield from textwrap.wrap(
        flat(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    if gap:
        yield ""


def _run(run: Run) -> str:
    return "".join(f"[{piece.number}]" if isinstance(piece, Mark) else piece.text for piece in run)


def _note(note: Note) -> str:
    parts = [_quote(quote) for quote in note.quotes]
    parts += [f"Connected by the words {_quote(quote)}" for quote in note.bearing]
    return " ".join([*parts, note.remark]).strip()


def _quote(quote: Quote) -> str:
    return f"{quoted(quote)}({who(quote)}, {where(quote)}: {quote.url})."
