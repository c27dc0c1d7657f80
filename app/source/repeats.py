"""Repeats: what a thread says twice, found without any quote mark.

Whole paragraphs are compared at once. Long runs are found by seeds: every eight words in a row are
looked up among the eight words in a row before them and extended in both directions as far as the
texts agree (seed and extend, as in Altschul et al. 1990). Time and memory are linear in the texts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.source.normalise import Folded, fold
from app.source.paragraphs import Paragraph, paragraphs

MIN_WORDS = 8
MIN_CHARACTERS = 40
MIN_PARAGRAPH_WORDS = 5  # "Thank you for explaining." is said by many
_KEPT = 4  # earlier places remembered for a seed
# Scripts without spaces are counted by the character.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:'\w+)*"
)
_CLOSING = ".!?)]\"'"
_OPENING = "([\"'"


@dataclass(frozen=True, slots=True)
class Repeat:
    """``start`` to ``end`` of ``document`` says again what ``source_document`` said before.

    Both lie within one paragraph. ``exact`` is False when their typography differs; ``whole`` is True
    when a whole paragraph repeats a whole paragraph.
    """

    document: str
    start: int
    end: int
    source_document: str
    source_start: int
    source_end: int
    exact: bool
    whole: bool


@dataclass(slots=True)
class _Line:
    document: str
    paragraph: Paragraph
    folded: Folded
    first: int  # of its words in _Words
    last: int

    def body(self) -> str:
        return self.folded.text.strip()


@dataclass(slots=True)
class _Words:
    """All words so far: their ids, and the ids of each with what stands between it and the one before."""

    word: list[int] = field(default_factory=list)
    unit: list[int] = field(default_factory=list)
    span: list[tuple[int, int]] = field(default_factory=list)  # in the folded line
    line: list[int] = field(default_factory=list)
    ids: dict[object, int] = field(default_factory=dict)
    seeds: dict[tuple[int, ...], list[int]] = field(default_factory=dict)

    def add(self, number: int, text: str) -> None:
        end = 0
        for match in _WORD.finditer(text):
            said = match.group()
            self.word.append(self._id(said))
            self.unit.append(self._id((text[end : match.start()], said)))
            self.span.append(match.span())
            self.line.append(number)
            end = match.end()

    def _id(self, key: object) -> int:
        return self.ids.setdefault(key, len(self.ids))

    def seed(self, at: int) -> tuple[int, ...]:
        return (self.word[at], *self.unit[at + 1 : at + MIN_WORDS])

    def remember(self, at: int) -> None:
        places = self.seeds.setdefault(self.seed(at), [])
        if len(places) < _KEPT:
            places.append(at)


def repeats(texts: Mapping[str, str]) -> tuple[Repeat, ...]:
    """What repeats something earlier, in order; ``texts`` are documents by id, the earliest first.

    A run has at least 8 words and 40 characters, a whole paragraph at least 5 words. Runs are maximal,
    end at words, stay within a paragraph, and do not overlap one another or their source. Quote marks,
    dashes and spaces may differ, letters and other punctuation may not.
    """
    lines: list[_Line] = []
    words = _Words()
    whole: dict[str, _Line] = {}
    found: list[Repeat] = []
    for document, text in texts.items():
        for paragraph in paragraphs(text):
            folded = fold(paragraph.of(text))
            first = len(words.word)
            words.add(len(lines), folded.text)
            line = _Line(document, paragraph, folded, first, len(words.word))
            lines.append(line)
            if line.last - line.first < MIN_PARAGRAPH_WORDS:
                continue
            source = whole.setdefault(line.body(), line)
            if source is not line:
                found.append(_repeat(line, _body_span(line), source, _body_span(source), whole=True))
                for at in range(line.first, line.last - MIN_WORDS + 1):
                    words.remember(at)
            else:
                found.extend(_runs(words, lines, line))
    return tuple(found)


def _runs(words: _Words, lines: list[_Line], line: _Line) -> Iterator[Repeat]:
    at = floor = remembered = line.first
    while at + MIN_WORDS <= line.last:
        while remembered + MIN_WORDS <= at:  # a source ends before what repeats it begins
            words.remember(remembered)
            remembered += 1
        best = (0, 0, 0)
        for place in words.seeds.get(words.seed(at), ()):
            back, ahead = _extend(words, lines[words.line[place]], line, place, at, floor)
            if back + ahead > best[0] + best[1]:
                best = back, ahead, place
        back, ahead, place = best
        if ahead:
            source = lines[words.line[place]]
            own = words.span[at - back][0], words.span[at + ahead - 1][1]
            there = words.span[place - back][0], words.span[place + ahead - 1][1]
            if own[1] - own[0] >= MIN_CHARACTERS:
                if source is not line:
                    own, there = _with_punctuation(line.folded.text, own, source.folded.text, there)
                yield _repeat(line, own, source, there, whole=False)
                at = floor = at + ahead
                continue
        at += 1
    for rest in range(remembered, line.last - MIN_WORDS + 1):
        words.remember(rest)


def _extend(words: _Words, source: _Line, line: _Line, place: int, at: int, floor: int) -> tuple[int, int]:
    """How many words before ``at``, and from it on, are those around ``place``."""
    ahead, back = MIN_WORDS, 0
    end = at if source is line else source.last
    while (
        at + ahead < line.last and place + ahead < end and words.unit[at + ahead] == words.unit[place + ahead]
    ):
        ahead += 1
    while (
        at - back > floor
        and place - back > source.first
        and (source is not line or place + ahead < at - back)
        and words.unit[at - back] == words.unit[place - back]
        and words.word[at - back - 1] == words.word[place - back - 1]
    ):
        back += 1
    return back, ahead


def _with_punctuation(
    text: str, own: tuple[int, int], source: str, there: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Take in the stops, brackets and quote marks both have right at the ends."""
    (start, end), (from_, to) = own, there
    while end < len(text) and to < len(source) and text[end] == source[to] and text[end] in _CLOSING:
        end, to = end + 1, to + 1
    while start and from_ and text[start - 1] == source[from_ - 1] and text[start - 1] in _OPENING:
        start, from_ = start - 1, from_ - 1
    return (start, end), (from_, to)


def _body_span(line: _Line) -> tuple[int, int]:
    text = line.folded.text
    start = len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _repeat(
    line: _Line, own: tuple[int, int], source: _Line, there: tuple[int, int], *, whole: bool
) -> Repeat:
    start, end = line.folded.span(*own)
    from_, to = source.folded.span(*there)
    exact = line.folded.original[start:end] == source.folded.original[from_:to]
    shift, back = line.paragraph.start, source.paragraph.start
    return Repeat(
        line.document, start + shift, end + shift, source.document, from_ + back, to + back, exact, whole
    )
