"""Paragraphs: the lines of a source text, numbered from 1.

A paragraph is what ``text.split("\\n")`` gives. Only "\\n" ends one: a "\\r", a form feed or U+2028 is
part of the paragraph it stands in, so that offsets never depend on who read the file. All offsets in
this package are code points of the decoded text, used as Python slices.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from app.errors import InvalidInput, Problem


class ParagraphOutOfRange(InvalidInput):
    """There is no paragraph with this number, or a range of paragraphs runs backwards."""


class OffsetOutOfRange(InvalidInput):
    """An offset or a range of offsets lies outside the text, or is empty or backwards."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Paragraph ``number`` (from 1) is ``text[start:end]``, without its line end."""

    number: int
    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """All paragraphs of a text; an empty text has one, empty paragraph.

    >>> paragraphs("ab\\n\\nc")[2]
    Paragraph(number=3, start=4, end=5)
    """
    found: list[Paragraph] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        found.append(Paragraph(number, start, start + len(line)))
        start += len(line) + 1
    return tuple(found)


def paragraph_at(source: str | Sequence[Paragraph], offset: int) -> Paragraph:
    """The paragraph an offset stands in; a line end belongs to the paragraph it ends.

    Raises OffsetOutOfRange when the offset is negative or beyond the end of the text.
    """
    lines = paragraphs(source) if isinstance(source, str) else source
    if not lines or not 0 <= offset <= lines[-1].end:
        length = lines[-1].end if lines else 0
        raise OffsetOutOfRange(f"offset {offset} lies outside the text, which has {length} characters")
    return lines[bisect_right(lines, offset, key=lambda line: line.start) - 1]


def paragraph_numbered(lines: Sequence[Paragraph], number: int) -> Paragraph:
    """Paragraph ``number``; raises ParagraphOutOfRange."""
    if not 1 <= number <= len(lines):
        raise ParagraphOutOfRange(
            Problem(
                f"there is no paragraph {number}: the text has {len(lines)}",
                remedy="paragraphs are the lines of the text, counted from 1, empty ones included",
            )
        )
    return lines[number - 1]


def range_of(lines: Sequence[Paragraph], first: int, last: int) -> tuple[int, int]:
    """``(start, end)`` of the paragraphs ``first`` to ``last``, both included.

    Raises ParagraphOutOfRange when one of them is not there or ``last`` stands before ``first``.
    """
    begin, end = paragraph_numbered(lines, first), paragraph_numbered(lines, last)
    if last < first:
        raise ParagraphOutOfRange(f"the range ends in paragraph {last}, before it starts in {first}")
    return begin.start, end.end
