"""Passages: exact pieces of a text, and how people write them down.

A passage carries both selectors of the W3C Web Annotation Data Model (2017, sections 4.2.4 and 4.2.5):
TextPositionSelector (``start``, ``end``) and TextQuoteSelector (``exact``, ``prefix``, ``suffix``).
A person writes paragraph + quote (+ occurrence where the quote repeats); ``locate`` and ``describe``
turn one into the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from app.errors import InvalidInput, Problem
from app.source import near_miss
from app.source.paragraphs import OffsetOutOfRange, Paragraph, paragraph_at, paragraph_numbered, paragraphs

CONTEXT = 32
"""Characters of ``prefix`` and ``suffix``, at most."""

# Many passages are located in one text after another; the lines of the last few are kept.
_lines = lru_cache(maxsize=8)(paragraphs)


class QuoteNotFound(InvalidInput):
    """The quote does not stand in the paragraph; the message says what stands there instead."""


class QuoteAmbiguous(InvalidInput):
    """The quote stands in the paragraph more than once (or not as often as ``occurrence`` says)."""


class PassageMismatch(InvalidInput):
    """The text does not read, at the passage's offsets, what the passage says."""


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end] == exact``; ``prefix`` and ``suffix`` are up to 32 characters around it."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @classmethod
    def at(cls, text: str, start: int, end: int) -> "Passage":
        """The passage ``text[start:end]``, over as many paragraphs as it likes; OffsetOutOfRange."""
        if not 0 <= start < end <= len(text):
            raise OffsetOutOfRange(
                f"no passage from {start} to {end}: it must have at least one character and lie within "
                f"the text, which has {len(text)}"
            )
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return cls(start, end, text[start:end], before, after)


@dataclass(frozen=True, slots=True)
class Description:
    """A passage as a person writes it; ``occurrence`` (from 1) is None when the quote is unique there."""

    paragraph: int
    quote: str
    occurrence: int | None = None


def locate(text: str, quote: str, paragraph: int, occurrence: int | None = None) -> Passage:
    """The passage that ``quote`` is in a paragraph (both counted from 1, occurrences may overlap).

    Raises ParagraphOutOfRange, QuoteNotFound (with the nearest miss, or the paragraph where the quote
    does stand) or QuoteAmbiguous (with the number of places).
    """
    line = paragraph_numbered(_lines(text), paragraph)
    if not quote:
        raise QuoteNotFound("the quote is empty", remedy="quote at least one character of the paragraph")
    if "\n" in quote:
        raise QuoteNotFound(
            "the quote contains a line end, but a quote lies within one paragraph",
            remedy="write one passage for each paragraph",
        )
    body = line.of(text)
    wanted = 1 if occurrence is None else occurrence
    starts = list(islice(occurrences(body, quote), 2 if occurrence is None else max(wanted, 1)))
    if not starts:
        raise QuoteNotFound(near_miss.explain(text, _lines(text), line, quote))
    if occurrence is None and len(starts) > 1:
        count = _count(body, quote)
        raise QuoteAmbiguous(
            f"the quote {near_miss.shown(quote)} stands {count} times in paragraph {paragraph}",
            remedy=f"give its occurrence, 1 to {count}, or quote more of the sentence",
        )
    if not 1 <= wanted <= len(starts):
        count = _count(body, quote)
        times = "once" if count == 1 else f"{count} times"
        raise QuoteAmbiguous(
            f"occurrence {occurrence} of {near_miss.shown(quote)}: it stands {times} in paragraph {paragraph}",
            remedy="leave the occurrence out" if count == 1 else f"give an occurrence from 1 to {count}",
        )
    start = line.start + starts[wanted - 1]
    return Passage.at(text, start, start + len(quote))


def verify(text: str, passage: Passage) -> None:
    """Raise PassageMismatch unless ``text[start:end]`` is what the passage says."""
    found = text[passage.start : passage.end] if 0 <= passage.start < passage.end <= len(text) else None
    if found != passage.exact:
        stands = "nothing" if found is None else near_miss.shown(found)
        raise PassageMismatch(
            f"the text reads {stands} from {passage.start} to {passage.end}, "
            f"the passage says {near_miss.shown(passage.exact)}"
        )


def occurrence_of(text: str, passage: Passage) -> int | None:
    """Which occurrence of its quote in its paragraph a passage is; None when it is the only one.

    Raises PassageMismatch when it is not in the text, QuoteNotFound when it crosses a paragraph.
    """
    return describe(text, passage).occurrence


def describe(text: str, passage: Passage) -> Description:
    """Write a passage as paragraph + quote (+ occurrence), which ``locate`` reads back to an equal one.

    Raises PassageMismatch when it is not in the text, QuoteNotFound when it crosses a paragraph.
    """
    verify(text, passage)
    line = _own_paragraph(text, passage)
    nth, count = 0, 0
    for start in occurrences(line.of(text), passage.exact):
        count += 1
        if line.start + start == passage.start:
            nth = count
        elif nth:
            break
    return Description(line.number, passage.exact, nth if count > 1 else None)


def _own_paragraph(text: str, passage: Passage) -> Paragraph:
    line = paragraph_at(_lines(text), passage.start)
    if passage.end > line.end:
        raise QuoteNotFound(
            Problem(
                f"the passage from {passage.start} to {passage.end} goes beyond paragraph {line.number}",
                remedy="a passage over several paragraphs can only be given by its offsets",
            )
        )
    return line


def _count(body: str, quote: str) -> int:
    return sum(1 for _ in occurrences(body, quote))


def occurrences(body: str, quote: str) -> Iterator[int]:
    """Where ``quote`` starts in ``body``, overlaps included, in linear time.

    ``str.find`` is linear for one search; searching again from the next character is not, where
    occurrences overlap ("aaaa" in a long row of a's). Two of them are never closer than the smallest
    period of the quote, so as long as the text keeps that period the next one needs no search.
    """
    size = len(quote)
    start, period = body.find(quote), 0
    while start >= 0:
        yield start
        if period and body[start + size : start + size + period] == quote[size - period :]:
            start += period
            continue
        following = body.find(quote, start + 1)
        if not period and 0 < following - start < size:
            period = _smallest_period(quote)
        start = following


def _smallest_period(quote: str) -> int:
    """Length less the longest proper border (the failure function of Knuth, Morris & Pratt 1977)."""
    borders = [0] * len(quote)
    border = 0
    for index in range(1, len(quote)):
        while border and quote[index] != quote[border]:
            border = borders[border - 1]
        if quote[index] == quote[border]:
            border += 1
        borders[index] = border
    return len(quote) - border
