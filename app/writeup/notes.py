"""Notes: which words carry a point, and where they stand. Numbered in the order they are first called."""

from collections.abc import Iterable

from app import urls
from app.model.records import Mention, Node, Relation
from app.model.snapshot import MapSnapshot
from app.writeup.document import Mark, Note, Quote, Reference
from app.writeup.language import stopped
from app.writeup.lexicon import Lexicon
from app.writeup.people import People

_RANK = ("asserts", "denies", "concedes", "reports", "supposes", "asks", "declines", "quotes")
MOST_QUOTES = 2


class Notebook:
    """Makes notes on demand; the same point called twice has one note."""

    def __init__(self, view: MapSnapshot, people: People, lexicon: Lexicon, base_url: str) -> None:
        self.lexicon = lexicon
        self.view = view
        self.people = people
        self._base = base_url.rstrip("/")
        self._notes: dict[tuple[str, ...], Note] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes made so far, by number."""
        return tuple(self._notes.values())

    def point(self, node: Node, relation: Relation | None = None) -> tuple[Mark, ...]:
        """The note to a point that bears on something by a relation."""
        key = (node.id, relation.id if relation is not None else "")
        return self._mark(key, self.quotes(node), *self.bearing(relation))

    def stance(self, node: Node, attitude: str, holders: Iterable[str]) -> tuple[Mark, ...]:
        """The note to what these holders do with the node."""
        who = tuple(holders)
        found = [m for m in self._first_hand(node.passages) if m.attitude == attitude and m.holder in who]
        return self._mark((node.id, attitude, *who), tuple(self.quote(m) for m in found[: MOST_QUOTES + 1]))

    def quotes(self, element: Node | Relation, most: int = MOST_QUOTES) -> tuple[Quote, ...]:
        """The passages that say it best: in the holder's own voice before reports and quotations."""
        mentions = self._first_hand(element.passages)
        best = sorted(mentions, key=lambda m: _RANK.index(m.attitude) if m.attitude in _RANK else 9)
        own = [m for m in best if m.attitude != "quotes"] or best
        return tuple(self.quote(mention) for mention in own[:most])

    def bearing(self, relation: Relation | None) -> tuple[tuple[Quote, ...], str]:
        """How a point comes to bear: the words that say so, or that it is the editors who conclude it."""
        if relation is None:
            return (), ""
        rationale = " ".join(relation.rationale.split())
        if relation.basis == "stated":
            return self.quotes(relation, 1), ""
        if not rationale:
            return (), "The connection is the editors'."
        return (), stopped(f"The connection is the editors': {self.lexicon.lower_first(rationale)}")

    def quote(self, mention: Mention) -> Quote:
        """A passage with everything a citation needs."""
        view = self.view
        comment = view.comment_at(mention.document, mention.start)
        document = view.content.documents[mention.document]
        paragraph = view.paragraph_number(mention.document, mention.start)
        address = urls.passage(view, mention.document, mention.start, mention.end)
        return Quote(
            exact=mention.exact,
            holder=self.people.label(mention.holder),
            attitude=mention.attitude,
            writer=self.people.label(comment.participant) if comment is not None else "",
            comment=comment.id if comment is not None else "",
            document=mention.document,
            document_title=document.title,
            paragraph=paragraph,
            start=mention.start,
            end=mention.end,
            url=self._base + address.split(":~:", 1)[0],  # the words are in the note already
        )

    def references(self) -> tuple[Reference, ...]:
        """The comments that the notes cite, in reading order."""
        cited = {
            quote.comment for note in self.notes for quote in (*note.quotes, *note.bearing) if quote.comment
        }
        comments = sorted((self.view.content.comments[key] for key in cited), key=self.view.comment_order)
        return tuple(
            Reference(
                key=f"cruxmap:{comment.id}",
                author=self.people.label(comment.participant),
                comment=comment.id,
                document=comment.document,
                document_title=self.view.content.documents[comment.document].title,
                sha256=self.view.content.documents[comment.document].sha256,
                first_paragraph=comment.first_paragraph,
                last_paragraph=comment.last_paragraph,
                url=self._base + urls.comment(comment),
            )
            for comment in comments
        )

    def _mark(
        self,
        key: tuple[str, ...],
        quotes: tuple[Quote, ...],
        bearing: tuple[Quote, ...] = (),
        remark: str = "",
    ) -> tuple[Mark, ...]:
        # Words that say both are quoted once, at the greater length.
        wide = [b for b in bearing if any(_within(q, b) for q in quotes)]
        quotes = tuple(next((b for b in wide if _within(q, b)), q) for q in quotes)
        quotes = tuple({(q.document, q.start, q.end): q for q in quotes}.values())
        extra = tuple(b for b in bearing if b not in wide and not any(_within(b, q) for q in quotes))
        if not (quotes or extra or remark):
            return ()
        if key not in self._notes:
            self._notes[key] = Note(len(self._notes) + 1, quotes, extra, remark)
        return (Mark(self._notes[key].number),)

    def _first_hand(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Without passages that stand in a copy of another comment."""
        found = []
        for mention in mentions:
            comment = self.view.comment_at(mention.document, mention.start)
            if comment is None or comment.duplicate_of is None:
                found.append(mention)
        return found


def _within(inner: Quote, outer: Quote) -> bool:
    """Whether the same person's words stand inside the other passage."""
    return (
        (inner.document, inner.holder, inner.attitude) == (outer.document, outer.holder, outer.attitude)
        and outer.start <= inner.start
        and inner.end <= outer.end
    )
