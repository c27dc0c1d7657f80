"""The quotations in a new body, and who speaks in a stretch of text."""

from dataclasses import dataclass
from functools import lru_cache

from app.model.records import Comment, Quotation, Span
from app.model.snapshot import MapSnapshot
from app.source import Folded, find_quotation, fold, quoted_lines

OUTSIDE = "a text that is not in the map"

# A text is folded once for all the comments that may quote it.
_folded = lru_cache(maxsize=512)(fold)


@dataclass(frozen=True)
class Quoted:
    """The lines of a body that quote: those whose source was found, and the stretches of the others.

    Both are somebody else's words: :meth:`all` has the others as quotations of something outside.
    """

    found: tuple[Quotation, ...]
    unknown: tuple[tuple[int, int], ...]

    def all(self, document: str) -> tuple[Quotation, ...]:
        """Every quoted line as a quotation."""
        outside = (Quotation(document=document, start=a, end=b, outside=OUTSIDE) for a, b in self.unknown)
        return (*self.found, *outside)


def quotations(view: MapSnapshot, body: str, document: str, reply_to: Comment | None) -> Quoted:
    """Find what the lines ``> …`` of a body quote: the comment it answers first, then everything else."""
    lines = [line for line in quoted_lines(body) if line.end > line.start]
    if not lines:
        return Quoted((), ())
    candidates: dict[str, Folded] = {}
    shift: dict[str, tuple[str, int]] = {}
    if reply_to is not None:
        start, _ = view.span_of(reply_to)
        candidates["reply_to"] = _folded(view.text_of(reply_to))
        shift["reply_to"] = (reply_to.document, start)
    for key, source in view.content.documents.items():
        # No slug holds a colon, so that a document may be called anything.
        candidates[f"document:{key}"] = _folded(source.text)
        shift[f"document:{key}"] = (key, 0)
    found: list[Quotation] = []
    unknown: list[tuple[int, int]] = []
    for line in lines:
        match = find_quotation(line.of(body), candidates)
        if match is None:
            unknown.append((line.start, line.end))
            continue
        source_document, by = shift[match.document]
        span = Span(document=source_document, start=match.source_start + by, end=match.source_end + by)
        found.append(
            Quotation(
                document=document, start=line.start + match.start, end=line.start + match.end, quotes=span
            )
        )
    return Quoted(tuple(found), tuple(unknown))


def speaker(view: MapSnapshot, document: str, start: int, end: int) -> str | None:
    """The participant whose words these are: through quotations to whom they quote; None if unknown."""
    for _ in range(20):
        quotation = next(
            (q for q in view.quotations.get(document, ()) if q.start <= start and end <= q.end), None
        )
        if quotation is None:
            comment = view.comment_at(document, start)
            return comment.participant if comment is not None else None
        if quotation.quotes is None:
            return None
        document, start, end = quotation.quotes.document, quotation.quotes.start, quotation.quotes.end
    return None
