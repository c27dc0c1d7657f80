"""The ledger: what every sentence of every document became.

Only judgements are stored; everything else here is derived from passages, quotations and duplicates.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.source import Sentence, sentences

Fate = Literal["mapped", "quotation", "duplicate", "not_argument", "lost", "unread"]


@dataclass(frozen=True)
class LedgerRow:
    """One sentence and what became of it."""

    document: str
    sentence: Sentence
    fate: Fate
    reason: str | None
    nodes: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    what: Literal["mapped", "quotation", "duplicate", "not_argument", "lost"]
    ref: str
    is_node: bool = False


def ledger(view: MapSnapshot, document: str) -> tuple[LedgerRow, ...]:
    """Every sentence of the document, in order, with its fate.

    A sentence of a copy is a duplicate, one that lies wholly in a quotation is a quotation (though nodes
    may rest on it too). Otherwise it is mapped where any passage of a node or relation touches it; else a
    quotation where it quotes in part, else as judged; otherwise it is unread.
    """
    text = view.content.documents[document].text
    marks = sorted(_marks(view, document), key=lambda m: m.start)
    rows: list[LedgerRow] = []
    active: list[_Mark] = []
    position = 0
    for sentence in sentences(text):
        while position < len(marks) and marks[position].start < sentence.end:
            active.append(marks[position])
            position += 1
        active = [mark for mark in active if mark.end > sentence.start]
        rows.append(_row(document, sentence, active))
    return tuple(rows)


def summary(rows: Iterable[LedgerRow]) -> Counter[str]:
    """How many sentences met each fate."""
    return Counter(row.fate for row in rows)


# Each fate, and whether the mark must cover the whole sentence for it.
_PRECEDENCE: tuple[tuple[Fate, bool], ...] = (
    ("duplicate", False),
    ("quotation", True),
    ("mapped", False),
    ("quotation", False),
    ("lost", False),
    ("not_argument", False),
)


def _row(document: str, sentence: Sentence, marks: list[_Mark]) -> LedgerRow:
    mapped = [mark for mark in marks if mark.what == "mapped"]
    nodes = tuple(dict.fromkeys(mark.ref for mark in mapped if mark.is_node))
    relations = tuple(dict.fromkeys(mark.ref for mark in mapped if not mark.is_node))
    for fate, whole in _PRECEDENCE:
        for mark in marks:
            if mark.what == fate and (
                not whole or (mark.start <= sentence.start and sentence.end <= mark.end)
            ):
                reason = mark.ref if fate != "mapped" else None
                return LedgerRow(document, sentence, fate, reason, nodes, relations)
    return LedgerRow(document, sentence, "unread", None, (), ())


def _marks(view: MapSnapshot, document: str) -> Iterable[_Mark]:
    for mention, element in view.mentions.get(document, ()):
        yield _Mark(mention.start, mention.end, "mapped", element.id, isinstance(element, Node))
    for quotation in view.quotations.get(document, ()):
        source = f"quotes {quotation.outside}" if quotation.outside else "quotes an earlier passage"
        yield _Mark(quotation.start, quotation.end, "quotation", source)
    for note in view.content.ledger.values():
        if note.document == document:
            yield _Mark(note.start, note.end, "lost" if note.type == "lost" else "not_argument", note.reason)
    for comment in view.content.comments.values():
        if comment.duplicate_of is not None and comment.document == document:
            start, end = view.span_of(comment)
            yield _Mark(start, end, "duplicate", f"copies comment {comment.duplicate_of}")
