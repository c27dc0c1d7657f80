"""Sentences of forum prose.

Written for what people type: abbreviations, "etc..", lower-case beginnings, ellipses in mid sentence,
footnote marks after the stop. Never perfect, always a partition: every character that is not white
space lies in exactly one sentence, no sentence crosses a paragraph, none is blank. What cannot be
told is left together, since a sentence too long still shows its whole context.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.source.abbreviations import BEFORE_NUMBER, LABELLED, NEVER, OPENERS, SOMETIMES
from app.source.paragraphs import Paragraph, paragraphs

_CLOSERS = "\"'\u2019\u201d\u00bb\u203a)\\]}*_`"
_STOP = ".!?\u2026\u203d"
_WIDE = "\u3002\uff01\uff1f\uff61\u0964\u0965"  # CJK stops and dandas: no space needed after them
_END = re.compile(rf"[{_STOP}{_WIDE}][{_STOP}{_WIDE}{_CLOSERS}]*")
_LAST_STOP = re.compile(rf"[{_STOP}{_WIDE}]+(?=[{_CLOSERS}]*$)")
_NOTE_MARK = re.compile(r"(?:\s{0,4}\[\^?\d{1,3}\]|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3})+(?=\s|$)")
_NEXT = re.compile(r"[\s\"'\u2018\u201c\u201e\u00ab\u2039(\[{*_`~\u2013\u2014\u2022-]*")
_WORD_BEFORE = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.)*[^\W_]+$")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}|[^\W\d_])$")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_REACH = 32  # how far back a word before a stop is looked for


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]``, in the paragraph with this number; no white space at either end."""

    start: int
    end: int
    paragraph: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def sentences(text: str) -> tuple[Sentence, ...]:
    """All sentences of a text, in order; time is linear in the text."""
    return tuple(sentence for paragraph in paragraphs(text) for sentence in sentences_in(text, paragraph))


def sentences_in(text: str, paragraph: Paragraph) -> Iterator[Sentence]:
    """The sentences of one paragraph of ``text``."""
    pending: tuple[int, int] | None = None
    for start, end in _pieces(text, paragraph):
        if pending is None:
            pending = start, end
        elif not _says(text, start, end) or not _says(text, *pending):
            # A return arrow, a smiley, "[…]": part of what stands before it (or after it, at the start).
            pending = pending[0], end
        else:
            yield Sentence(*pending, paragraph.number)
            pending = start, end
    if pending is not None:
        yield Sentence(*pending, paragraph.number)


def _pieces(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.start() < start:
            continue
        end = match.end()
        if note := _NOTE_MARK.match(text, end, paragraph.end):
            end = note.end()
        if _is_end(text, start, match, end, paragraph.end):
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, paragraph.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if body := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(body)


def _says(text: str, start: int, end: int) -> bool:
    return any(character.isalnum() for character in text[start:end])


def _is_end(text: str, start: int, match: re.Match[str], end: int, limit: int) -> bool:
    """Whether the stop that ``match`` found ends the sentence that began at ``start``."""
    run = match.group()
    last = _LAST_STOP.search(run)
    stop = last.group() if last else run
    if any(mark in _WIDE for mark in stop):
        return True
    if end < limit and not text[end].isspace():
        return False
    ahead = _NEXT.match(text, end, limit)
    following = ahead.end() if ahead else end
    if following >= limit:
        return True
    closed = run[-1] in _CLOSERS
    ellipsis = "..." in stop or "\u2026" in stop
    if text[following].islower():
        return not (closed or ellipsis) and _ends_before_lower(text, start, match.start(), stop)
    if ellipsis:  # "we should ... I think ... do"
        spaced = text[match.start() - 1 : match.start()].isspace()
        return closed or not spaced or _next_word(text, following, limit)[:2] not in ("I", "I'", "I\u2019")
    if set(stop) != {"."}:
        return True
    if last and last.start() > 0:  # "(and so on etc..)." has a stop of its own
        return True
    return _full_stop_ends(text, start, match.start(), following, limit)


def _ends_before_lower(text: str, start: int, at: int, stop: str) -> bool:
    """Many people begin sentences in lower case, so a stop ends one unless it looks like an abbreviation's."""
    if stop != ".":
        return ".." not in stop
    if text[at - 1] in _CLOSERS:
        return True
    word = _word_before(text, start, at)
    if len(word) < 2 or word in NEVER or word in SOMETIMES or word in BEFORE_NUMBER or "." in word:
        return False
    return any(vowel in word for vowel in "aeiouy") or not word.isascii() or word.isdigit()


def _full_stop_ends(text: str, start: int, at: int, following: int, limit: int) -> bool:
    """Whether a full stop at ``at``, before a capital or a digit, is more than an abbreviation's."""
    word = _word_before(text, start, at)
    head = text[max(start, at - _REACH) : at].strip()
    if _ENUMERATOR.match(head) and at - start <= _REACH:  # "1. First" at the start of a sentence
        return False
    before = head[: len(head) - len(word)].rstrip()
    opens = _next_word(text, following, limit).lower() in OPENERS
    if len(word) == 1 and word.isalpha() and text[at - 1].isupper():
        previous = _WORD_BEFORE.search(before)
        return opens or (previous is not None and previous.group().lower() in LABELLED)
    if word in NEVER or (word in BEFORE_NUMBER and text[following].isdigit()):
        return False
    if word.isdigit() and len(word) < 3 and before.endswith(":"):  # "two of them: 1. One"
        return False
    if word in SOMETIMES:
        return opens or word in ("etc", "a.m", "p.m")
    return True


def _word_before(text: str, start: int, at: int) -> str:
    match = _WORD_BEFORE.search(text[max(start, at - _REACH) : at])
    return match.group().lower() if match else ""


def _next_word(text: str, at: int, limit: int) -> str:
    match = _WORD.match(text, at, min(limit, at + _REACH))
    return match.group() if match else ""
