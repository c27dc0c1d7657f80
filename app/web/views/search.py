"""Search results: what was found, with the words that were looked for marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.analysis.quoted import quotes_with
from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.source.sought import Sought, pieces, sought
from app.store.search import Hit
from app.web.views.common import CommentRef, Person, Ref, comment_ref, quote, ref
from app.web.words import clip

_LENGTH = 240


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
    """A quote that answers the query, whose words they are, and the element it belongs to."""

    ref: Ref
    url: str
    document: str
    paragraph: int
    holder: Person
    opening: str
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
    looked_for = sought(query)
    if not looked_for.words:
        return Results(query)
    found_nodes: list[NodeResult] = []
    found_comments: list[CommentResult] = []
    for hit in hits:
        node = view.element(hit.ref) if hit.kind == "node" else None
        if isinstance(node, Node):
            found_nodes.append(NodeResult(ref(view, node), _pieces(looked_for, node.text)))
        comment = view.content.comments.get(hit.ref) if hit.kind == "comment" else None
        if comment is not None:
            shown = _excerpt(looked_for, view.text_of(comment))
            found_comments.append(CommentResult(comment_ref(view, comment), shown))
    return Results(query, tuple(found_nodes), _quotes(view, looked_for), tuple(found_comments))


def _quotes(view: MapSnapshot, looked_for: Sought) -> tuple[QuoteResult, ...]:
    """Quotes that hold every word, each with an element that stands on it."""
    rows = []
    for mention, element in quotes_with(view, looked_for):
        shown = quote(view, mention)
        rows.append(
            QuoteResult(
                ref(view, element),
                shown.url,
                shown.document,
                shown.paragraph,
                shown.holder,
                clip(" ".join(mention.exact.split()), 40),
                _excerpt(looked_for, mention.exact),
            )
        )
    return tuple(rows)


def _pieces(looked_for: Sought, text: str) -> tuple[Piece, ...]:
    return tuple(Piece(piece, hit) for piece, hit in pieces(text, looked_for.places(text)))


def _excerpt(looked_for: Sought, text: str) -> tuple[Piece, ...]:
    """A stretch of a long text around what was looked for, with that marked."""
    text = " ".join(text.split())
    start, end = looked_for.excerpt(text, _LENGTH)
    before = (Piece("… ", False),) if start else ()
    after = (Piece(" …", False),) if end < len(text) else ()
    return (*before, *_pieces(looked_for, text[start:end]), *after)
