"""Bringing an imported file into a map that may have content already: adding, never overwriting.

A record whose id is taken by another is given an id of its own (the file's name in front); one that is in
the map as it is (imported before, in whatever status) is left alone. Nodes that say the same as, or nearly
the same as, what the map holds are pointed out, and nothing is done about it: that is a person's decision.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlmodel import Session

from app.formats.exchange import Progress
from app.model.records import (
    Comment,
    Document,
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
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.store.database import Database
from app.store.reading import current_revision, read_content
from app.store.writing import Change, Revision, commit, validate

ORIGIN = "import"
NEAR = 90.0
"""From this ratio of rapidfuzz (0 to 100) on, two texts are pointed out as nearly the same."""
_MOST_COMPARED = 4_000_000
_BATCH = 200
Ids = dict[str, str]


@dataclass(frozen=True)
class Match:
    """An imported node that says what a node of the map says, or nearly."""

    imported: str
    existing: str
    exact: bool
    score: float
    text: str


@dataclass(frozen=True)
class Import:
    """What an import does, or would do."""

    revision: Revision | None
    added: Mapping[Kind, int]
    already: int
    renamed: tuple[tuple[Kind, str, str], ...]
    matches: tuple[Match, ...]
    compared: bool
    retyped: tuple[str, ...]
    unreviewed: bool


def bring_in(
    database: Database,
    content: MapContent,
    *,
    prefix: str,
    who: str,
    why: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Import:
    """Add a content to the map in one transaction.

    Parameters
    ----------
    prefix : put before ids that are taken; a slug.
    dry_run : check and compare, write nothing.
    progress : told of the steps, matching and storing.

    Raises
    ------
    InvalidInput : the result would break a rule of the map; nothing is written.
    """
    tell = progress or (lambda what, done, total: None)
    if dry_run:
        with database.read() as session:
            return _bring_in(session, content, prefix, who, why, tell, dry_run=True)
    with database.write() as session:
        return _bring_in(session, content, prefix, who, why, tell, dry_run=False)


def _bring_in(
    session: Session, content: MapContent, prefix: str, who: str, why: str, tell: Progress, *, dry_run: bool
) -> Import:
    tell("matching", 0, 0)
    snapshot = MapSnapshot(read_content(session), current_revision(session), vocabulary())
    empty = not snapshot.content.nodes and not snapshot.content.documents
    made = _Plan(snapshot.content, content, prefix, unreviewed=not empty)
    changes = [Change(r.kind, r.key, None, r) for r in made.records]
    if empty and content.info != snapshot.content.info:
        before = snapshot.content.info if snapshot.revision else None
        changes.insert(0, Change("map", "map", before, content.info))
    fresh = [r for r in made.records if isinstance(r, Node)]
    matches, compared = ([], True) if empty else match(fresh, snapshot.content.nodes.values(), tell)
    revision = None
    if dry_run:
        tell("checking", 0, 0)
        validate(snapshot.content, changes, snapshot.words)
    else:
        tell("storing", 0, 0)
        revision = commit(session, snapshot, changes, who=who, why=why, origin=ORIGIN)
    added: dict[Kind, int] = {}
    for record in made.records:
        added[record.kind] = added.get(record.kind, 0) + 1
    return Import(
        revision,
        added,
        made.already,
        tuple(made.renamed),
        tuple(matches),
        compared,
        tuple(made.retyped),
        unreviewed=not empty,
    )


class _Plan:
    """The records to add, with ids that are free."""

    def __init__(self, have: MapContent, content: MapContent, prefix: str, *, unreviewed: bool) -> None:
        self.have = have
        self.prefix = re.sub(r"[^a-z0-9]+", "-", prefix.lower()).strip("-")[:40] or "import"
        self.unreviewed = unreviewed
        self.renamed: list[tuple[Kind, str, str]] = []
        self.retyped: list[str] = []
        self.already = 0
        self.records: list[Record] = []
        self.documents = self._ids("document", content.documents, have.documents)
        self.participants = self._ids("participant", content.participants, have.participants)
        self.comments = self._ids("comment", content.comments, have.comments)
        self.elements = self._element_ids(content)
        self._files = {d.file for d in have.documents.values()}
        letters = {n.scenario.letter for n in have.nodes.values() if n.scenario is not None}
        for record in content.records():
            if record.kind != "map":
                self._take(record, letters)

    # --- ids -----------------------------------------------------------------------------------

    def _ids(self, kind: Kind, new: Mapping[str, Record], old: Mapping[str, Record]) -> Ids:
        """The id each record will have: its own where it is free or taken by the record itself."""
        taken = set(old) | set(new)
        ids: Ids = {}
        for key, record in new.items():
            ids[key] = key
            if key in old and not self._same(record, old[key]):
                ids[key] = self._rename(kind, key, taken)
        return ids

    def _element_ids(self, content: MapContent) -> Ids:
        """Nodes and relations share one space of ids; a relation is the same only if its ends are."""
        old: dict[str, Node | Relation] = {**self.have.nodes, **self.have.relations}
        new: dict[str, Node | Relation] = {**content.nodes, **content.relations}
        taken = set(old) | set(new)
        ids: Ids = {}
        for key, element in new.items():
            ids[key] = key
            if key in old and not (self._same(element, old[key]) and self._stands_alike(element)):
                ids[key] = self._rename(element.kind, key, taken)
        # A relation that stands in the map between other nodes than the ones meant here is another relation.
        changed = True
        while changed:
            changed = False
            for key, relation in content.relations.items():
                ends = (relation.source, relation.target)
                if ids[key] == key and key in old and any(ids.get(end, end) != end for end in ends):
                    ids[key] = self._rename("relation", key, taken)
                    changed = True
        return ids

    def _stands_alike(self, element: Node | Relation) -> bool:
        """Whether its passages are those of the map: same document, same holder."""
        return all(
            self.documents.get(m.document) == m.document and self.participants.get(m.holder) == m.holder
            for m in element.passages
        )

    def _rename(self, kind: Kind, key: str, taken: set[str]) -> str:
        made = self._free(key, taken)
        taken.add(made)
        self.renamed.append((kind, key, made))
        return made

    def _free(self, key: str, taken: set[str]) -> str:
        made, number = f"{self.prefix}-{key}"[:120].rstrip("-"), 1
        while made in taken:
            number += 1
            made = f"{self.prefix}-{number}-{key}"[:120].rstrip("-")
        return made

    @staticmethod
    def _same(new: Record, old: Record) -> bool:
        """Whether two records say the same, whatever their status and wherever a document's file lies."""
        if type(new) is not type(old):
            return False
        return _bare(new) == _bare(old)

    # --- records -------------------------------------------------------------------------------

    def _take(self, record: Record, letters: set[str]) -> None:
        groups: dict[Kind, Mapping[str, Record]] = {
            "document": self.have.documents,
            "participant": self.have.participants,
            "comment": self.have.comments,
            "node": self.have.nodes,
            "relation": self.have.relations,
            "quotation": self.have.quotations,
            "ledger": self.have.ledger,
        }
        moved = self._moved(record)
        if moved.key in groups[moved.kind]:
            self.already += 1
            return
        if isinstance(moved, Node) and moved.scenario is not None and moved.scenario.letter in letters:
            self.retyped.append(moved.id)
            moved = moved.model_copy(update={"type": "claim", "scenario": None})
        if self.unreviewed and isinstance(moved, (Node, Relation, Comment)) and moved.status == "reviewed":
            moved = moved.model_copy(update={"status": "unreviewed"})
        self.records.append(moved)

    def _moved(self, record: Record) -> Record:
        """The record with the ids it and what it names will have."""
        update: dict[str, object] = {}
        if isinstance(record, Document):
            update["id"] = self.documents[record.id]
            if record.id not in self.have.documents or update["id"] != record.id:
                update["file"] = self._file(record.file)
        elif isinstance(record, Comment):
            update = {
                "id": self.comments[record.id],
                "document": self.documents.get(record.document, record.document),
                "participant": self.participants.get(record.participant, record.participant),
                "reply_to": self.comments.get(record.reply_to or "", record.reply_to),
                "duplicate_of": self.comments.get(record.duplicate_of or "", record.duplicate_of),
                "earlier": tuple(
                    e.model_copy(update={"document": self.documents.get(e.document, e.document)})
                    for e in record.earlier
                ),
            }
        elif isinstance(record, (Node, Relation)):
            update["id"] = self.elements[record.id]
            update["passages"] = tuple(
                sorted((self._mention(m) for m in record.passages), key=lambda m: m.order)
            )
            names = ("merged_into",) if isinstance(record, Node) else ("source", "target")
            for name in names:
                value = getattr(record, name)
                update[name] = self.elements.get(value, value)
        elif isinstance(record, (Quotation, LedgerNote)):
            update["document"] = self.documents.get(record.document, record.document)
            if isinstance(record, Quotation) and record.quotes is not None:
                update["quotes"] = self._span(record.quotes)
        else:
            update["id"] = self.participants[record.key]
            merged = getattr(record, "merged_into", None)
            update["merged_into"] = self.participants.get(merged, merged) if merged else None
        return record.model_copy(update=update)

    def _mention(self, mention: Mention) -> Mention:
        return mention.model_copy(
            update={
                "document": self.documents.get(mention.document, mention.document),
                "holder": self.participants.get(mention.holder, mention.holder),
            }
        )

    def _span(self, span: Span) -> Span:
        return span.model_copy(update={"document": self.documents.get(span.document, span.document)})

    def _file(self, wanted: str) -> str:
        made, number = wanted, 1
        while made in self._files:
            number += 1
            made = f"{number}-{wanted}"[:151]
        self._files.add(made)
        return made


def _bare(record: Record) -> dict[str, object]:
    drop = {"status"} | ({"file"} if isinstance(record, Document) else set())
    return {name: getattr(record, name) for name in type(record).model_fields if name not in drop}


def match(new: list[Node], old: Iterable[Node], progress: Progress | None = None) -> tuple[list[Match], bool]:
    """The nodes of ``new`` that say what one of ``old`` says; False where there were too many to compare closely.

    Fuzzy likeness suggests and never decides: a sentence and its negation are nearly the same text.
    """
    known = [n for n in old if n.status in ("reviewed", "unreviewed")]
    texts = [_folded(n.text) for n in known]
    first = {}
    for node, text in zip(reversed(known), reversed(texts), strict=True):
        first[text] = node.id
    found = {n.id: Match(n.id, first[t], True, 100.0, n.text) for n in new if (t := _folded(n.text)) in first}
    rest = [n for n in new if n.id not in found]
    close = len(rest) * len(known) <= _MOST_COMPARED
    for at in range(0, len(rest) if close and known else 0, _BATCH):
        if progress is not None:
            progress("matching", at, len(rest))
        part = rest[at : at + _BATCH]
        scores = process.cdist([_folded(n.text) for n in part], texts, scorer=fuzz.ratio, score_cutoff=NEAR)
        for node, row in zip(part, scores, strict=True):
            best = int(row.argmax())
            if row[best] >= NEAR:
                found[node.id] = Match(node.id, known[best].id, False, round(float(row[best]), 1), node.text)
    return [found[n.id] for n in new if n.id in found], close


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
