"""Block quotes in the body of a comment, in Markdown or plain text.

Only lines that carry a ``>`` of their own count. CommonMark would also take the next line in ("lazy
continuation"), but people who forget the empty line after a quotation mean their own words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.source.paragraphs import paragraphs

_QUOTE = re.compile(r" {0,3}>(?:[ \t]{0,4}>)*[ \t]?")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """Line ``line`` (from 1) is a block quote ``depth`` deep; its content is ``text[start:end]``.

    The content is what follows the marks, without white space around it; it may be empty
    (start == end) where the line only separates two quoted paragraphs.
    """

    line: int
    start: int
    end: int
    depth: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def quoted_lines(text: str) -> tuple[QuotedLine, ...]:
    """All lines that are block quotes, in order, but for those in fenced code."""
    return tuple(_quoted_lines(text))


def _quoted_lines(text: str) -> Iterator[QuotedLine]:
    fence = ""
    for line in paragraphs(text):
        mark = _FENCE.match(text, line.start, line.end)
        if fence:
            if mark and mark.group(1).startswith(fence) and not mark.group(2).strip():
                fence = ""
            continue
        if mark and (mark.group(1)[0] == "~" or "`" not in mark.group(2)):
            fence = mark.group(1)
            continue
        if quote := _QUOTE.match(text, line.start, line.end):
            content = text[quote.end() : line.end]
            start = line.end - len(content.lstrip())
            end = start + len(content.strip())
            yield QuotedLine(line.number, start, end, quote.group().count(">"))
