"""Finding what a line quotes.

A quotation seldom keeps the typography of its source, and often leaves something out. It is searched
for in folded text and answered in offsets of the texts as they are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.source.normalise import Folded, fold
from app.source.paragraphs import paragraphs
from app.source.passages import occurrences

_MARKS = re.compile(r"\s*(?:>\s*)*")
# In folded text, where "…" is "..." and spaces are single.
_GAP = re.compile(r"[\[(]? ?(?:\.{3,}|\. \. \.) ?[\])]?")
_WORD = re.compile(r"\w+(?:'\w+)*")
_OUTER = "\"'*_ "
_LOOSE = ".,;:!? "
_WINDOW = 6000  # characters between two pieces of one abridged quotation, at most
_PLACES = 24  # places of the longest piece that are tried
_ANCHOR_WORDS, _ALL_WORDS = 4, 6  # fewer agree by accident: in the longest piece, in all of them
_FEW_WORDS = 3  # a shorter line is a quotation only where it stands once

Kind = Literal["exact", "folded", "abridged"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start`` to ``end`` of the quoting line are ``source_start`` to ``source_end`` of the source."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a line quotes: one piece of ``document``, or several when it is abridged.

    ``kind`` is exact, folded (typography differs) or abridged. ``places`` is how often the same words
    stand in all the candidates; with more than one, the first was taken.
    """

    document: str
    pieces: tuple[Piece, ...]
    kind: Kind
    places: int = 1

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def source_start(self) -> int:
        return self.pieces[0].source_start

    @property
    def source_end(self) -> int:
        return self.pieces[-1].source_end


def find_quotation(line: str, candidates: Mapping[str, str | Folded]) -> Quotation | None:
    """Find what a quoting line (``> ...``, with or without its marks) quotes, or None.

    ``candidates`` are texts by id, the likeliest first; pass them folded (``fold(text)``) when many
    lines are looked up. Case counts. Tried in turn: the line as it is, without quote marks or emphasis
    around it, as an abridged quotation, and without the punctuation at its end.
    """
    texts = {name: _folded(text) for name, text in candidates.items()}
    marks = _MARKS.match(line)
    start = marks.end() if marks else 0
    quoting = fold(line[start:])
    whole = _trim(quoting.text, 0, len(quoting.text), " ")
    bare = _trim(quoting.text, *whole, _OUTER)
    found = _find_whole(quoting, whole, texts) or _find_whole(quoting, bare, texts)
    found = found or _abridged(quoting, texts)
    if not found:
        loose = bare[0], bare[0] + len(quoting.text[slice(*bare)].rstrip(_LOOSE))
        found = _find_whole(quoting, loose, texts)
    return _shifted(found, start) if found else None


def abridged(paragraph: str, earlier: Mapping[str, str | Folded]) -> Quotation | None:
    """The earlier stretch whose pieces, in order, a paragraph with "..." or "[…]" is made of, or None.

    Offsets in ``paragraph`` and in the text of ``earlier`` the result names. Where several stretches
    would do, the shortest.
    """
    return _abridged(fold(paragraph), {name: _folded(text) for name, text in earlier.items()})


def abridgements(texts: Mapping[str, str]) -> Iterator[tuple[str, Quotation]]:
    """Every paragraph of ``texts`` (in order) that abridges something earlier, with its document.

    Offsets of both sides are those of the documents.
    """
    folded: dict[str, Folded] = {}
    for name, text in texts.items():
        folded[name] = fold(text)
        for line in paragraphs(text):
            quoting = fold(line.of(text))
            if found := _abridged(quoting, folded, before=(name, line.start)):
                yield name, _shifted(found, line.start)


def _folded(text: str | Folded) -> Folded:
    return fold(text) if isinstance(text, str) else text


def _shifted(found: Quotation, by: int) -> Quotation:
    pieces = tuple(
        Piece(piece.start + by, piece.end + by, piece.source_start, piece.source_end)
        for piece in found.pieces
    )
    return Quotation(found.document, pieces, found.kind, found.places)


def _trim(text: str, start: int, end: int, characters: str) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(characters))
    return start, start + len(piece.strip(characters))


def _words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _find_whole(quoting: Folded, where: tuple[int, int], texts: Mapping[str, Folded]) -> Quotation | None:
    start, end = where
    needle = quoting.text[start:end]
    if not any(character.isalnum() for character in needle):
        return None
    own = quoting.span(start, end)
    first: Quotation | None = None
    exact: Quotation | None = None
    places = 0
    for name, source in texts.items():
        for at in _at_words(source.text, needle):
            places += 1
            if exact is None:
                there = source.span(at, at + len(needle))
                same = quoting.original[slice(*own)] == source.original[slice(*there)]
                found = Quotation(name, (Piece(*own, *there),), "exact" if same else "folded")
                first, exact = first or found, found if same else None
    best = exact or first
    if best is None or (places > 1 and _words(needle) < _FEW_WORDS):
        return None
    return Quotation(best.document, best.pieces, best.kind, places)


def _at_words(text: str, needle: str) -> Iterator[int]:
    """Where ``needle`` stands in ``text`` without cutting a word at either end."""
    return (at for at in occurrences(text, needle) if _whole(text, at, len(needle)))


def _whole(text: str, at: int, size: int) -> bool:
    return not (
        (at > 0 and text[at].isalnum() and text[at - 1].isalnum())
        or (at + size < len(text) and text[at + size - 1].isalnum() and text[at + size].isalnum())
    )


def _pieces(text: str) -> list[tuple[int, int]]:
    """The stretches between the gaps; none when there is no gap."""
    gaps = [match.span() for match in _GAP.finditer(text)]
    if not gaps:
        return []
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    cut = [_trim(text, start, end, " ") for start, end in zip(starts, ends, strict=True)]
    cut[0] = cut[0][0] + _outer(text[slice(*cut[0])]), cut[0][1]
    last = text[slice(*cut[-1])]
    cut[-1] = cut[-1][0], cut[-1][0] + len(last) - _outer(last[::-1])
    return [(start, end) for start, end in cut if any(c.isalnum() for c in text[start:end])]


def _outer(text: str) -> int:
    """1 when a quote mark at the beginning has no partner in the text: it encloses the whole."""
    return int(bool(text) and text[0] in "\"'" and text.count(text[0]) % 2 == 1)


def _abridged(
    quoting: Folded, texts: Mapping[str, Folded], before: tuple[str, int] | None = None
) -> Quotation | None:
    spans = _pieces(quoting.text)
    if found := _in_order(quoting, spans, texts, before):
        return found
    loose = [(start, start + len(quoting.text[start:end].rstrip(_LOOSE))) for start, end in spans]
    return _in_order(quoting, loose, texts, before) if loose != spans else None


def _in_order(
    quoting: Folded,
    spans: list[tuple[int, int]],
    texts: Mapping[str, Folded],
    before: tuple[str, int] | None,
) -> Quotation | None:
    """The shortest stretch with all the pieces; in document ``before[0]`` it ends by ``before[1]``."""
    needles = [quoting.text[start:end] for start, end in spans]
    if not needles:
        return None
    anchor = max(range(len(needles)), key=lambda index: len(needles[index]))
    if _words(needles[anchor]) < _ANCHOR_WORDS or sum(map(_words, needles)) < _ALL_WORDS:
        return None
    best: Quotation | None = None
    for name, source in texts.items():
        limit = before[1] if before and before[0] == name else len(source.original)
        for at in islice(_at_words(source.text, needles[anchor]), _PLACES):
            starts = _around(source.text, needles, anchor, at)
            if not starts:
                continue
            pieces = tuple(
                Piece(*quoting.span(*span), *source.span(start, start + len(needle)))
                for span, start, needle in zip(spans, starts, needles, strict=True)
            )
            if pieces[-1].source_end > limit:
                break
            found = Quotation(name, pieces, "abridged")
            if best is None or found.source_end - found.source_start < best.source_end - best.source_start:
                best = found
    return best


def _around(text: str, needles: list[str], anchor: int, at: int) -> list[int]:
    """Where the pieces stand when the longest stands at ``at``: each as near to the next as can be."""
    starts = [at]
    for needle in reversed(needles[:anchor]):
        found = _nearest_before(text, needle, max(0, starts[0] - _WINDOW - len(needle)), starts[0])
        if found < 0:
            return []
        starts.insert(0, found)
    end = at + len(needles[anchor])
    for needle in needles[anchor + 1 :]:
        found = _nearest_after(text, needle, end, end + _WINDOW + len(needle))
        if found < 0:
            return []
        starts.append(found)
        end = found + len(needle)
    return starts


def _nearest_after(text: str, needle: str, start: int, end: int) -> int:
    at = text.find(needle, start, end)
    while at >= 0 and not _whole(text, at, len(needle)):
        at = text.find(needle, at + 1, end)
    return at


def _nearest_before(text: str, needle: str, start: int, end: int) -> int:
    at = text.rfind(needle, start, end)
    while at >= 0 and not _whole(text, at, len(needle)):
        at = text.rfind(needle, start, at + len(needle) - 1)
    return at
