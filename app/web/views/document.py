"""Documents: the list, and the reader with its ledger."""

import re
from dataclasses import dataclass

from app.errors import NotFound
from app.model.ledger import LedgerRow, ledger, summary
from app.model.snapshot import MapSnapshot
from app.source import Sentence
from app.web.views.common import CommentRef, comment_ref
from app.web.views.marked import MarkedParagraph, marked


@dataclass(frozen=True)
class Figure:
    """How many sentences met one fate."""

    kind: str
    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Accounts:
    """What the sentences of a document became; ``accounted`` counts all but the unread."""

    figures: tuple[Figure, ...]
    total: int
    accounted: int

    @property
    def complete(self) -> bool:
        return self.accounted == self.total


@dataclass(frozen=True)
class DocumentRow:
    """A document in the list."""

    id: str
    url: str
    title: str
    sha256: str
    paragraphs: int
    comments: int
    accounts: Accounts


@dataclass(frozen=True)
class Block:
    """The paragraphs of one comment (or of none), folded where they copy another comment."""

    comment: CommentRef | None
    reply_to: CommentRef | None
    paragraphs: tuple[MarkedParagraph, ...]


@dataclass(frozen=True)
class Unread:
    """A sentence nobody has judged yet."""

    paragraph: int
    text: str


@dataclass(frozen=True)
class Reader:
    """What the reader of a document shows."""

    row: DocumentRow
    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...]


_LABELS = {
    "mapped": "in the map",
    "quotation": "quotes something earlier",
    "duplicate": "copies another comment",
}


def documents(view: MapSnapshot) -> tuple[DocumentRow, ...]:
    """The source documents with their ledgers summed up."""
    return tuple(_row(view, d.id, ledger(view, d.id)) for d in view.documents())


def reader(view: MapSnapshot, key: str, at: str = "") -> Reader:
    """A document as it is, with what the map made of it; ``at`` is ``start-end``. NotFound."""
    if key not in view.content.documents:
        raise NotFound("there is no such document in this map", where=key)
    rows = ledger(view, key)
    text = view.content.documents[key].text
    unread = tuple(Unread(r.sentence.paragraph, _cut(text, r.sentence)) for r in rows if r.fate == "unread")
    return Reader(_row(view, key, rows), _blocks(view, key, _span(at)), unread)


def _cut(text: str, sentence: Sentence) -> str:
    return text[sentence.start : sentence.end]


def _span(at: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", at)
    return (int(found[1]), int(found[2])) if found else None


def _row(view: MapSnapshot, key: str, rows: tuple[LedgerRow, ...]) -> DocumentRow:
    document = view.content.documents[key]
    comments = [c for c in view.content.comments.values() if any(v.document == key for v in c.versions)]
    return DocumentRow(
        key,
        f"/documents/{key}",
        document.title,
        document.sha256,
        len(view.paragraphs[key]),
        len(comments),
        _accounts(view, rows),
    )


def _accounts(view: MapSnapshot, rows: tuple[LedgerRow, ...]) -> Accounts:
    counts = summary(rows)
    labels = _LABELS | {name: term.label for name, term in view.words.ledger_kinds.items()}
    order = ("mapped", "quotation", "duplicate", "not_argument", "lost", "unread")
    figures = tuple(
        Figure(kind, labels[kind], counts[kind], round(100 * counts[kind] / len(rows)))
        for kind in order
        if counts[kind]
    )
    return Accounts(figures, len(rows), len(rows) - counts["unread"])


def _blocks(view: MapSnapshot, key: str, at: tuple[int, int] | None) -> tuple[Block, ...]:
    blocks: list[Block] = []
    number, last = 1, len(view.paragraphs[key])
    while number <= last:
        comment = view.comment_of_paragraph(key, number)
        end = number
        while end < last and view.comment_of_paragraph(key, end + 1) is comment:
            end += 1
        parent = view.content.comments.get(comment.reply_to or "") if comment is not None else None
        blocks.append(
            Block(
                comment_ref(view, comment) if comment is not None else None,
                comment_ref(view, parent) if parent is not None else None,
                marked(view, key, number, end, at),
            )
        )
        number = end + 1
    return tuple(blocks)
