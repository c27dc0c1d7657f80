"""Footnotes of a flattened thread: notes torn from their place, and the marks that are left of it.

A footnote is a paragraph that ends in a return arrow. Its mark in the running text ("[1]", "[^1]", a
superscript) is often lost; then the footnote keeps its comment and says that it has no anchor.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.source.paragraphs import Paragraph, paragraphs, range_of

ARROW = "\u21a9"
_SELECTORS = "\ufe0e\ufe0f"
_LABEL = re.compile(r"\s*(?:\[\^?(\d{1,3})\]:?|\^?(\d{1,3})[.)](?=\s)|\^)\s*(?:\^\s+)?")
_BRACKETED = re.compile(r"\[\^?(\d{1,3})\](?![\w:])")
_DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
# After a word of two letters or more or a punctuation mark: "x²", "10³" and "10⁻²³" are numbers.
_RAISED = re.compile(
    rf"(?:(?<=[^\W\d_][^\W\d_])|(?<=[.,;:!?\"'\u2019\u201d\u00bb]))[{_DIGITS}]{{1,3}}(?![\w{_DIGITS}\u207a-\u207f])"
)
_UNIT = re.compile(r"(?<![^\W\d_])(?:[munpkcd]?m|ft|in|yd|mi|sec)$")


@dataclass(frozen=True, slots=True)
class Footnote:
    """The note in a paragraph: ``text[start:end]``, without its label and its return arrow."""

    start: int
    end: int
    paragraph: int
    label: int | None


@dataclass(frozen=True, slots=True)
class Marker:
    """A footnote's mark in running text, ``text[start:end]``."""

    start: int
    end: int
    paragraph: int
    label: int


@dataclass(frozen=True, slots=True)
class Anchored:
    """A footnote and where it belongs; ``marker`` is None when the source has lost it."""

    footnote: Footnote
    marker: Marker | None


def footnotes(text: str, first: int = 1, last: int | None = None) -> tuple[Footnote, ...]:
    """The footnotes in paragraphs ``first`` to ``last`` (the end by default); ParagraphOutOfRange."""
    found = (_footnote(text, line) for line in _lines(text, first, last))
    return tuple(note for note in found if note)


def markers(text: str, first: int = 1, last: int | None = None) -> tuple[Marker, ...]:
    """The footnote marks in paragraphs ``first`` to ``last``, in order; ParagraphOutOfRange.

    The label a footnote or a list item begins with is no mark.
    """
    return tuple(mark for line in _lines(text, first, last) for mark in _markers(text, line))


def anchored(text: str, first: int = 1, last: int | None = None) -> tuple[Anchored, ...]:
    """The footnotes of one comment (its paragraphs ``first`` to ``last``), each with its mark.

    A labelled footnote goes to the mark with its label. Without labels they are counted, but only
    when the comment has as many marks, 1 to n, as footnotes: anything else would be a guess.
    Raises ParagraphOutOfRange.
    """
    notes = footnotes(text, first, last)
    by_label: dict[int, Marker] = {}
    for mark in markers(text, first, last):
        by_label.setdefault(mark.label, mark)
    complete = sorted(by_label) == list(range(1, len(notes) + 1)) and not any(note.label for note in notes)
    return tuple(
        Anchored(note, by_label.get(number if complete else note.label or 0))
        for number, note in enumerate(notes, 1)
    )


def _lines(text: str, first: int, last: int | None) -> Sequence[Paragraph]:
    lines = paragraphs(text)
    last = len(lines) if last is None else last
    range_of(lines, first, last)
    return lines[first - 1 : last]


def _footnote(text: str, line: Paragraph) -> Footnote | None:
    body = line.of(text)
    size = len(body)
    while size and (body[size - 1].isspace() or body[size - 1] in _SELECTORS + ARROW):
        size -= 1
    if ARROW not in body[size:]:
        return None
    label = _LABEL.match(body, 0, size)
    start = label.end() if label else len(body) - len(body.lstrip())
    number = label and (label.group(1) or label.group(2))
    return Footnote(
        min(line.start + start, line.start + size),
        line.start + size,
        line.number,
        int(number) if number else None,
    )


def _markers(text: str, line: Paragraph) -> Iterator[Marker]:
    label = _LABEL.match(text, line.start, line.end)
    start = label.end() if label else line.start
    found = [
        Marker(match.start(), match.end(), line.number, int(match.group(1)))
        for match in _BRACKETED.finditer(text, start, line.end)
    ]
    for match in _RAISED.finditer(text, start, line.end):
        if not _UNIT.search(text[max(start, match.start() - 5) : match.start()]):
            number = int("".join(str(_DIGITS.index(digit)) for digit in match.group()))
            found.append(Marker(match.start(), match.end(), line.number, number))
    yield from sorted(found, key=lambda mark: mark.start)
