"""The rules a map's content must keep, checked as a whole and reported all at once."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.errors import Problem
from app.model.records import (
    Comment,
    Kind,
    LedgerNote,
    MapContent,
    Mention,
    Node,
    Quotation,
    Record,
    Relation,
    Span,
)
from app.model.vocabulary import Term, Vocabulary
from app.source import unsafe_characters

PREFIX_LENGTH = 32


@dataclass(frozen=True)
class Finding:
    """A broken rule: in which record, which field, what is wrong, what to do."""

    kind: Kind
    key: str
    field: str
    message: str
    remedy: str = ""

    def problem(self, places: Mapping[tuple[Kind, str], str]) -> Problem:
        """The finding with a place a person can go to, where one is known."""
        place = places.get((self.kind, self.key))
        what = f"{self.kind} {self.key}" + (f", {self.field}" if self.field else "")
        return Problem(self.message, f"{place}: {what}" if place else what, self.remedy)


def check(content: MapContent, words: Vocabulary, only: set[tuple[Kind, str]] | None = None) -> list[Finding]:
    """Every broken rule of the content; with ``only``, of these records."""
    findings: list[Finding] = []
    for record in content.records():
        if only is None or (record.kind, record.key) in only:
            findings += _CHECKS.get(record.kind, _nothing)(record, content, words)
            findings += _characters(record)
    if only is None or any(kind in ("node", "relation") for kind, _ in only):
        findings += _shared_ids(content)
        findings += _letters(content)
    if only is None or any(kind == "comment" for kind, _ in only):
        findings += _reply_cycles(content)
        findings += _overlaps(content)
    return findings


def _nothing(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    return iter(())


def _characters(record: Record) -> Iterator[Finding]:
    """Characters no text for people should hold: NUL, other controls, bidi overrides, lone surrogates."""
    for name, value in record.model_dump(exclude={"passages", "drawing", "model"}).items():
        for text in _strings(value):
            found = next(iter(unsafe_characters(text)), None)
            if found is not None and not (record.kind == "document" and name == "text"):
                yield Finding(
                    record.kind,
                    record.key,
                    name,
                    f"holds {found.name} at character {found.offset}",
                    "take the character out",
                )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _strings(item)


def _document(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    document = content.documents[record.key]
    try:
        found = hashlib.sha256(document.text.encode("utf-8")).hexdigest()
    except UnicodeEncodeError:
        yield Finding("document", document.id, "text", "is not valid Unicode: it holds lone surrogates")
        return
    if found != document.sha256:
        yield Finding(
            "document",
            document.id,
            "sha256",
            f"the text has the SHA-256 {found}, not {document.sha256}: its bytes have changed",
            "put the original file back, or give the new text a new document id",
        )
    if "\x00" in document.text:
        yield Finding("document", document.id, "text", "holds a NUL character", "take it out")


def _participant(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    participant = content.participants[record.key]
    if participant.merged_into is not None:
        yield from _known(record, "merged_into", participant.merged_into, content.participants, "participant")


def _comment(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    assert isinstance(record, Comment)
    yield from _word(record, "type", record.type, words.comment_kinds)
    yield from _word(record, "attribution", record.attribution, words.attributions)
    yield from _word(record, "status", record.status, words.statuses)
    yield from _known(record, "participant", record.participant, content.participants, "participant")
    for name, other in (("reply_to", record.reply_to), ("duplicate_of", record.duplicate_of)):
        if other is not None:
            yield from _known(record, name, other, content.comments, "comment")
    if record.attribution == "inferred" and record.type != "api" and not record.reason:
        yield Finding("comment", record.id, "reason", "an inferred attribution needs a reason")
    for version in record.versions:
        yield from _known(record, "document", version.document, content.documents, "document")
        document = content.documents.get(version.document)
        if document is None:
            continue
        count = document.text.count("\n") + 1
        if not version.first_paragraph <= version.last_paragraph <= count:
            yield Finding(
                "comment",
                record.id,
                "first_paragraph",
                f"paragraphs {version.first_paragraph}–{version.last_paragraph} are no range within the "
                f"{count} paragraphs of document {document.id}",
            )


def _node(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    assert isinstance(record, Node)
    yield from _word(record, "type", record.type, words.nodes)
    yield from _word(record, "status", record.status, words.statuses)
    if (record.crux is not None) != (record.type == "crux"):
        yield Finding("node", record.id, "crux", "a crux, and only a crux, has the details of one")
    if (record.scenario is not None) != (record.type == "scenario"):
        yield Finding(
            "node", record.id, "scenario", "a scenario, and only a scenario, has a letter and a drawing"
        )
    if record.merged_into is not None:
        yield from _known(record, "merged_into", record.merged_into, content.nodes, "node")
        if record.status != "withdrawn":
            yield Finding("node", record.id, "status", "a node merged into another must be withdrawn")
    yield from _mentions(record, record.passages, content, words)


def _relation(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    assert isinstance(record, Relation)
    yield from _word(record, "basis", record.basis, words.bases)
    yield from _word(record, "status", record.status, words.statuses)
    if record.basis == "stated" and not record.passages:
        yield Finding(
            "relation", record.id, "passages", "a stated relation needs the passage that states it",
            "add it, or write basis: inferred",
        )  # fmt: skip
    yield from _mentions(record, record.passages, content, words)
    source = content.nodes.get(record.source)
    target = content.nodes.get(record.target) or content.relations.get(record.target)
    if source is None:
        yield Finding(
            "relation", record.id, "source", f"there is no node {record.source!r}", "name an existing node"
        )
    if target is None:
        yield Finding(
            "relation", record.id, "target", f"there is no node or relation {record.target!r}",
            "name an existing one",
        )  # fmt: skip
    if source is not None and target is not None:
        objection = words.objection(record.type, source.type, target.type)
        if objection is not None:
            yield Finding("relation", record.id, "type", objection)
        elif record.source == record.target or record.id == record.target:
            yield Finding("relation", record.id, "target", "a relation cannot lead back to where it starts")
        else:
            yield from _relation_cycle(record, content)


def _relation_cycle(record: Relation, content: MapContent) -> Iterator[Finding]:
    """A relation may not, through its targets, end in itself."""
    seen = {record.id}
    current = content.relations.get(record.target)
    while current is not None:
        if current.id in seen:
            yield Finding("relation", record.id, "target", "relations target one another in a circle")
            return
        seen.add(current.id)
        current = content.relations.get(current.target)


def _mentions(
    record: Record, mentions: Iterable[Mention], content: MapContent, words: Vocabulary
) -> Iterator[Finding]:
    for number, mention in enumerate(mentions):
        place = f"passages[{number}]"
        yield from _word(record, f"{place}.attitude", mention.attitude, words.attitudes)
        yield from _known(record, f"{place}.holder", mention.holder, content.participants, "participant")
        document = content.documents.get(mention.document)
        if document is None:
            yield Finding(record.kind, record.key, place, f"there is no document {mention.document!r}")
            continue
        found = document.text[mention.start : mention.end]
        if found != mention.exact or mention.end <= mention.start:
            yield Finding(
                record.kind,
                record.key,
                place,
                f"characters {mention.start}–{mention.end} of document {document.id} read "
                f"{_short(found)}, not {_short(mention.exact)}",
                "the document has changed under its passages: quote the passage again",
            )
            continue
        if "\n" in found:
            yield Finding(
                record.kind,
                record.key,
                place,
                "a passage lies within one paragraph",
                "write one for each paragraph",
            )
        before = document.text[max(0, mention.start - PREFIX_LENGTH) : mention.start]
        after = document.text[mention.end : mention.end + PREFIX_LENGTH]
        if not before.endswith(mention.prefix) or not after.startswith(mention.suffix):
            yield Finding(record.kind, record.key, place, "prefix or suffix do not stand around the passage")


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def _span(
    record: Record, content: MapContent, span: Span | Quotation | LedgerNote, field: str
) -> Iterator[Finding]:
    document = content.documents.get(span.document)
    if document is None:
        yield Finding(record.kind, record.key, field, f"there is no document {span.document!r}")
    elif not 0 <= span.start < span.end <= len(document.text):
        yield Finding(
            record.kind,
            record.key,
            field,
            f"characters {span.start}–{span.end} lie outside document {document.id} of {len(document.text)}",
        )
    elif "\n" in document.text[span.start : span.end]:
        yield Finding(
            record.kind,
            record.key,
            field,
            "the stretch goes over several paragraphs",
            "write one for each paragraph",
        )


def _quotation(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    assert isinstance(record, Quotation)
    yield from _span(record, content, record, "start")
    if (record.quotes is None) == (record.outside is None):
        yield Finding(
            "quotation",
            record.key,
            "quotes",
            "a quotation names either the passage it quotes or what outside it is from",
        )
    if record.quotes is not None:
        yield from _span(record, content, record.quotes, "quotes")


def _ledger(record: Record, content: MapContent, words: Vocabulary) -> Iterator[Finding]:
    assert isinstance(record, LedgerNote)
    yield from _span(record, content, record, "start")
    if record.type == "unread" or record.type not in words.ledger_kinds:
        yield Finding(
            "ledger", record.key, "type", f"{record.type!r} is no judgement", "write not_argument or lost"
        )


def _word(record: Record, field: str, value: str, terms: Mapping[str, Term]) -> Iterator[Finding]:
    if value not in terms:
        yield Finding(
            record.kind, record.key, field, f"{value!r} is not one of {', '.join(terms)}", "use one of these"
        )


def _known(
    record: Record, field: str, value: str, group: Mapping[str, Record], what: str
) -> Iterator[Finding]:
    if value not in group:
        yield Finding(
            record.kind, record.key, field, f"there is no {what} {value!r}", f"name an existing {what}"
        )


def _shared_ids(content: MapContent) -> Iterator[Finding]:
    for key in sorted(set(content.nodes) & set(content.relations)):
        yield Finding("relation", key, "id", "a node has the same id; nodes and relations share one id space")


def _letters(content: MapContent) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for node in content.nodes.values():
        if node.scenario is not None:
            other = seen.setdefault(node.scenario.letter, node.id)
            if other != node.id:
                yield Finding(
                    "node",
                    node.id,
                    "scenario.letter",
                    f"{other!r} has the letter {node.scenario.letter} already",
                )


def _reply_cycles(content: MapContent) -> Iterator[Finding]:
    for name in ("reply_to", "duplicate_of"):
        done: set[str] = set()
        for start in content.comments:
            path: dict[str, None] = {}
            current: str | None = start
            while current is not None and current not in done and current in content.comments:
                if current in path:
                    yield Finding("comment", current, name, "comments refer to one another in a circle")
                    break
                path[current] = None
                current = getattr(content.comments[current], name)
            done.update(path)


def _overlaps(content: MapContent) -> Iterator[Finding]:
    """Each paragraph belongs to at most one comment."""
    taken: dict[str, list[tuple[int, int, str]]] = {}
    for comment in content.comments.values():
        for version in comment.versions:
            taken.setdefault(version.document, []).append(
                (version.first_paragraph, version.last_paragraph, comment.id)
            )
    for document, ranges in taken.items():
        ranges.sort()
        for (_, last, one), (first, _, other) in pairwise(ranges):
            if first <= last:
                yield Finding(
                    "comment",
                    other,
                    "first_paragraph",
                    f"paragraph {first} of document {document} belongs to {one} already",
                )


_CHECKS: dict[Kind, Callable[[Record, MapContent, Vocabulary], Iterator[Finding]]] = {
    "document": _document,
    "participant": _participant,
    "comment": _comment,
    "node": _node,
    "relation": _relation,
    "quotation": _quotation,
    "ledger": _ledger,
}
