"""What somebody looks for: the words of a query, those that carry it, and where a text says them.

Words are compared as a search index does: without case, accents and endings, and whatever stands between
them (a hyphen, a curly quotation mark) is no matter.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

Span = tuple[int, int]

# English words too common to tell one text from another; the single letters are left over from "it's" and "don't".
_COMMON = """
a an and are as at be but by for from had has have he her his i if in into is it its me my nor of on or our she
so than that the their them then there these they this those to us was we were which with you your d ll m re s t ve
"""
COMMON = frozenset(_COMMON.split())
_WORD = re.compile(r"[^\W_]+")
_MOST = 32  # words of a query
_STEM, _ENDING, _SHORT = 4, 3, 3  # letters


@dataclass(frozen=True)
class Sought:
    """A query: its words in order, in lower case. The last may be the beginning of a word."""

    words: tuple[str, ...]

    @property
    def carrying(self) -> tuple[str, ...]:
        """The words that tell texts apart, each once; all of them where none does."""
        return tuple(dict.fromkeys(w for w in self.words if w not in COMMON)) or tuple(
            dict.fromkeys(self.words)
        )

    def phrases(self, text: str) -> list[Span]:
        """Where all words of the query, common ones too, stand one after the other."""
        held = _held(text)
        found: list[Span] = []
        for first in range(len(held) - len(self.words) + 1 if self.words else 0):
            run = held[first : first + len(self.words)]
            inside = found and run[0][1][0] < found[-1][1]
            if not inside and all(self._is(n, word) for n, (word, _) in enumerate(run)):
                found.append((run[0][1][0], run[-1][1][1]))
        return found

    def places(self, text: str) -> list[Span]:
        """What to mark in a text: the phrase where it stands, else every word that carries the query."""
        return self.phrases(text) or [span for spans in self._by_word(text).values() for span in spans]

    def all_in(self, text: str) -> bool:
        """Whether a text holds every word that carries the query."""
        return bool(self.words) and all(self._by_word(text).values())

    def excerpt(self, text: str, length: int) -> Span:
        """A stretch of about ``length`` characters, cut at words: around the phrase, else around the rarest word."""
        if len(text) <= length:
            return 0, len(text)
        spans = [rows for rows in self._by_word(text).values() if rows]
        spots = self.phrases(text) or min(spans, key=len, default=[(0, 0)])
        middle = (spots[0][0] + spots[0][1]) // 2
        start = max(0, min(middle - length // 2, len(text) - length))
        end = start + length
        if start:
            space = text.find(" ", start)
            start = space + 1 if 0 <= space < spots[0][0] else spots[0][0]
        if end < len(text):
            space = text.rfind(" ", start, end)
            end = space if space >= spots[0][1] else end
        return start, end

    def _by_word(self, text: str) -> dict[str, list[Span]]:
        rows: dict[str, list[Span]] = {word: [] for word in self.carrying}
        for word, span in _held(text):
            for wanted, spans in rows.items():
                if _alike(word, _plain(wanted), wanted == self.words[-1] and wanted not in COMMON):
                    spans.append(span)
                    break
        return rows

    def _is(self, number: int, word: str) -> bool:
        wanted = _plain(self.words[number])
        last = number == len(self.words) - 1
        return word == wanted or (wanted not in COMMON and _alike(word, wanted, last))


def sought(query: str) -> Sought:
    """What a query asks for, without any syntax of a search engine."""
    return Sought(tuple(_WORD.findall(query.lower())[:_MOST]))


def pieces(text: str, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """The text, cut at the spans; with each piece whether it is one of them."""
    cut: list[tuple[str, bool]] = []
    position = 0
    for start, end in sorted(spans):
        if start > position:
            cut.append((text[position:start], False))
        cut.append((text[start:end], True))
        position = end
    return [*cut, (text[position:], False)] if position < len(text) else cut


def _plain(text: str) -> str:
    """Lower case, without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold()


def _held(text: str) -> list[tuple[str, Span]]:
    return [(_plain(found.group()), found.span()) for found in _WORD.finditer(text)]


def _alike(word: str, wanted: str, beginning: bool) -> bool:
    """Whether an index, which knows words by their stems, would take one for the other."""
    if word.startswith(wanted) and (
        beginning or (len(wanted) >= _SHORT and len(word) - len(wanted) <= _ENDING)
    ):
        return True
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, wanted, strict=False)))
    alike = common >= _STEM and len(word) - common <= _ENDING and len(wanted) - common <= _ENDING
    return word == wanted or alike
