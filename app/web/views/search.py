"""Search results: what was found, with the words that were looked for marked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from app.analysis.quoted import quotes_with
from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.store.search import Hit, words
from app.web.views.common import CommentRef, Ref, comment_ref, quote, ref

_LENGTH = 240
_STEM, _ENDING = 4, 3  # letters


@dataclass(frozen=True)
class Piece:
    """A piece of a text; ``hit`` where it is a word that was looked for."""

    text: str
    hit: bool


@dataclass(frozen=True)
class NodeResult:
    """A node that answers the query."""

    ref: Ref
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class QuoteResult:
    """A quote that answers the query, and the element it belongs to."""

    ref: Ref
    url: str
    paragraph: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class CommentResult:
    """A comment that answers the query."""

    ref: CommentRef
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Results:
    """Everything that answers a query, best first in each group."""

    query: str
    nodes: tuple[NodeResult, ...] = ()
    quotes: tuple[QuoteResult, ...] = ()
    comments: tuple[CommentResult, ...] = ()

    @property
    def total(self) -> int:
        return len(self.nodes) + len(self.quotes) + len(self.comments)


def results(view: MapSnapshot, query: str, hits: Sequence[Hit]) -> Results:
    """The records behind the hits."""
    terms = [term.casefold() for term in words(query)]
    if not terms:
        return Results(query)
    found_nodes: list[NodeResult] = []
    found_comments: list[CommentResult] = []
    for hit in hits:
        node = view.element(hit.ref) if hit.kind == "node" else None
        if isinstance(node, Node):
            found_nodes.append(NodeResult(ref(view, node), tuple(pieces(node.text, terms))))
        comment = view.content.comments.get(hit.ref) if hit.kind == "comment" else None
        if comment is not None:
            text = excerpt(" ".join(view.text_of(comment).split()), terms)
            found_comments.append(CommentResult(comment_ref(view, comment), tuple(pieces(text, terms))))
    return Results(query, tuple(found_nodes), _quotes(view, terms), tuple(found_comments))


def _quotes(view: MapSnapshot, terms: Sequence[str]) -> tuple[QuoteResult, ...]:
    """Quotes that hold every word, each with an element that stands on it."""
    rows = []
    for mention, element in quotes_with(view, terms):
        shown = quote(view, mention)
        text = excerpt(" ".join(mention.exact.split()), terms)
        rows.append(QuoteResult(ref(view, element), shown.url, shown.paragraph, tuple(pieces(text, terms))))
    return tuple(rows)


def words_of(text: str) -> list[str]:
    """All words of a text."""
    return re.findall(r"\w+", text)


def pieces(text: str, terms: Sequence[str]) -> list[Piece]:
    """The text, cut where words begin with what was looked for."""
    out: list[Piece] = []
    position = 0
    for match in re.finditer(r"\w+", text):
        if any(_alike(match.group().casefold(), term) for term in terms):
            if match.start() > position:
                out.append(Piece(text[position : match.start()], False))
            out.append(Piece(match.group(), True))
            position = match.end()
    if position < len(text):
        out.append(Piece(text[position:], False))
    return out


def _alike(word: str, term: str) -> bool:
    """Whether the index, which knows words by their stems, would take one for the other."""
    if word.startswith(term):
        return True
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, term, strict=False)))
    return common >= _STEM and len(word) - common <= _ENDING and len(term) - common <= _ENDING


def excerpt(text: str, terms: Sequence[str], length: int = _LENGTH) -> str:
    """A stretch of the text around the first word that was looked for."""
    if len(text) <= length:
        return text
    places = (
        m.start() for m in re.finditer(r"\w+", text) if any(_alike(m.group().casefold(), t) for t in terms)
    )
    start = max(0, next(places, 0) - length // 3)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", start, start + length)
    end = len(text) if start + length >= len(text) else end
    return ("… " if start else "") + text[start:end] + ("" if end == len(text) else " …")
