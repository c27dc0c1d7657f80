"""What the posts of an imported thread quote: the posts they answer first, then all that was said before."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from app.model.records import Quotation, Span
from app.source import Folded, abridged, find_quotation, fold, paragraphs, quoted_lines, repeats
from app.source.quotations import Quotation as Found
from app.store.services.quoting import OUTSIDE

ANCESTORS = 50
# Characters that are searched, altogether, for what does not stand in the posts above.
_BUDGET = 300_000_000
_WORD = re.compile(r"[^\W_]+")
_MARKS = "\"'“”„«»‘’"


@dataclass(frozen=True)
class Text:
    """A stretch of a document: a comment's body, or a document of the map."""

    document: str
    start: int
    text: str


class Quoting:
    """Finds quotations in texts that come one after another; each may be quoted by those that follow.

    ``given_up`` counts the searches that were not made, since there were too many.
    """

    def __init__(self, earlier: Iterable[Text]) -> None:
        self._folded: dict[str, Folded] = {}
        self._place: dict[str, Text] = {}
        self._order: dict[str, int] = {}
        self._holders: dict[str, set[str]] = {}  # of each word
        self._left = _BUDGET
        self.given_up = 0
        for text in earlier:
            self.add(text)

    def add(self, text: Text) -> None:
        """What the following texts may quote."""
        key = _key(text)
        if key not in self._place:
            folded = self._folded[key] = fold(text.text)
            self._place[key] = text
            self._order[key] = len(self._order)
            for word in set(_WORD.findall(folded.text)):
                self._holders.setdefault(word, set()).add(key)

    def marked(
        self, body: str, document: str, above: Sequence[Text], own: Collection[str] = ()
    ) -> list[Quotation]:
        """The lines ``> …``, each a quotation, of something outside where its words are not found.

        Parameters
        ----------
        above : the texts it answers, the nearest first. own : documents that are earlier versions of it.
        """
        near = {_key(text) for text in above}
        found: list[Quotation] = []
        for line in quoted_lines(body):
            said = line.of(body)
            if not any(c.isalnum() for c in said):
                continue
            match = self._find(said, near, own)
            if match is not None:
                found.append(self._quotation(document, line.start, match))
            else:
                found.append(Quotation(document=document, start=line.start, end=line.end, outside=OUTSIDE))
        return found

    def unmarked(self, body: str, document: str, above: Sequence[Text]) -> list[Quotation]:
        """Paragraphs with "…" or "[…]" in them that abridge something in the posts above."""
        near = {_key(text) for text in above}
        marked = {line.line for line in quoted_lines(body)}
        found: list[Quotation] = []
        for line in paragraphs(body):
            said = line.of(body)
            if near and line.number not in marked and ("..." in said or "…" in said):
                texts = self._texts(self._holding(said) & near)
                match = abridged(said, texts) if texts else None
                if match is not None and _whole(said, match):
                    found.append(self._quotation(document, line.start, match))
        return found

    def _find(self, said: str, near: Set[str], own: Collection[str]) -> Found | None:
        keys = {key for key in self._holding(said) if self._place[key].document not in own}
        for among in (keys & near, keys):
            texts = self._texts(among)
            match = find_quotation(said, texts) if texts else None
            if match is not None:
                return match
        return None

    def _holding(self, said: str) -> set[str]:
        """The texts that have all the words of a line: no other can be what it quotes."""
        words = set(_WORD.findall(fold(said).text))
        return (
            set.intersection(*sorted((self._holders.get(w, set()) for w in words), key=len))
            if words
            else set()
        )

    def _texts(self, keys: Set[str]) -> dict[str, Folded]:
        """The texts, the earliest first; none when too many have been searched already."""
        self._left -= sum(len(self._folded[key].text) for key in keys)
        if keys and self._left <= 0:
            self.given_up += 1
            return {}
        return {key: self._folded[key] for key in sorted(keys, key=self._order.__getitem__)}

    def _quotation(self, document: str, shift: int, match: Found) -> Quotation:
        source = self._place[match.document]
        return Quotation(
            document=document,
            start=shift + match.start,
            end=shift + match.end,
            quotes=Span(
                document=source.document,
                start=source.start + match.source_start,
                end=source.start + match.source_end,
            ),
        )


def _key(text: Text) -> str:
    return f"{text.document}:{text.start}-{len(text.text)}"


def repeated(earlier: Mapping[str, str], bodies: Mapping[str, str]) -> dict[str, list[Quotation]]:
    """What bodies repeat without any mark: whole paragraphs, and words in quote marks. Both by document."""
    found: dict[str, list[Quotation]] = {}
    for repeat in repeats({**earlier, **bodies}):
        if repeat.document not in bodies or repeat.source_document == repeat.document:
            continue
        body = bodies[repeat.document]
        if not repeat.whole and not _in_marks(body, repeat.start, repeat.end):
            continue
        source = Span(document=repeat.source_document, start=repeat.source_start, end=repeat.source_end)
        found.setdefault(repeat.document, []).append(
            Quotation(document=repeat.document, start=repeat.start, end=repeat.end, quotes=source)
        )
    return found


def without_overlaps(quotations: Iterable[Quotation]) -> list[Quotation]:
    """The quotations in reading order; of two that overlap, the one that came first."""
    starts: list[int] = []
    kept: list[Quotation] = []
    for one in quotations:
        at = bisect_left(starts, one.start)
        if (at == 0 or kept[at - 1].end <= one.start) and (at == len(kept) or one.end <= starts[at]):
            starts.insert(at, one.start)
            kept.insert(at, one)
    return kept


def _whole(said: str, match: Found) -> bool:
    """Whether nearly nothing of the paragraph is left beside the quotation."""
    rest = said[: match.start] + said[match.end :]
    return not any(c.isalnum() for c in rest)


def _in_marks(body: str, start: int, end: int) -> bool:
    opened = body[start] in _MARKS or (start > 0 and body[start - 1] in _MARKS)
    return opened and (body[end - 1] in _MARKS or (end < len(body) and body[end] in _MARKS))
