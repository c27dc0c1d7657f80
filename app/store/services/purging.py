"""Removing for good what must not be kept: the text, what only it carries, and all of it from history.

A tombstone stays: the addresses say that something was here, and are never used again.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, insert, select, text, update
from sqlmodel import Field, Session

from app.analysis.counterfactual import without
from app.errors import Conflict, NotFound
from app.model.records import Comment, Kind, Quotation, Relation
from app.model.snapshot import MapSnapshot
from app.model.tables import (
    AttitudeRow,
    ChangeRow,
    CommentRow,
    CommentTextRow,
    CruxRow,
    DocumentRow,
    ElementRow,
    LedgerNoteRow,
    NodeRow,
    PassageRow,
    QuotationRow,
    RelationRow,
    RevisionRow,
    ScenarioRow,
    Table,
)
from app.store import search
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.idempotency import IdempotencyRow
from app.store.reading import current_revision
from app.store.services.base import writing
from app.store.services.reporting import ReportRow
from app.store.writing import Change, commit, difference, now

REMOVED = "a comment that has been removed"


class TombstoneRow(Table, table=True):
    __tablename__ = "op_tombstone"
    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    at: str
    who: str
    why: str


def tombstones(session: Session) -> frozenset[tuple[str, str]]:
    """(kind, id) of everything that was removed for good."""
    rows = session.execute(select(TombstoneRow.kind, TombstoneRow.ref))  # type: ignore[call-overload]
    return frozenset((kind, ref) for kind, ref in rows)


def is_purged(database: Database, kind: str, key: str) -> bool:
    """Whether something with this id was removed for good."""
    with database.read() as session:
        found = session.execute(select(TombstoneRow.ref).filter_by(kind=kind, ref=key)).first()  # type: ignore[call-overload]
        return found is not None


def purge(current: CurrentMap, key: str, *, who: str, why: str) -> tuple[tuple[str, str], ...]:
    """Remove a comment that was added through the API, as if it had never been; what was removed.

    Raises
    ------
    NotFound : there is no such comment.
    Conflict : it stands in a source document, which this cannot change.
    """
    with writing(current) as (session, view):
        if current.database.is_sqlite:
            session.execute(text("PRAGMA secure_delete=ON"))
        comment = view.content.comments.get(key)
        if comment is None:
            raise NotFound("there is no comment with this id", "id")
        if comment.type != "api":
            raise Conflict(
                "this comment stands in a source document", "id", "load the map without that document"
            )
        gone = _remove(session, view, comment, who, why)
    if current.database.is_sqlite:
        with current.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


def _remove(
    session: Session, view: MapSnapshot, comment: Comment, who: str, why: str
) -> tuple[tuple[str, str], ...]:
    documents = {version.document for version in comment.versions}
    changes = difference(view.content, without(view, comment))
    kept = [c for c in changes if c.after is not None]
    for quotation in view.content.quotations.values():
        if (
            quotation.document not in documents
            and quotation.quotes
            and quotation.quotes.document in documents
        ):
            outside = Quotation(
                document=quotation.document, start=quotation.start, end=quotation.end, outside=REMOVED
            )
            kept.append(Change("quotation", quotation.key, quotation, outside))
    gone: list[tuple[Kind, str]] = [(c.kind, c.key) for c in changes if c.after is None]
    gone += [("document", key) for key in sorted(documents)]
    if commit(session, view, kept, who=who, why=why, origin="purge") is None:
        n = current_revision(session) + 1
        session.execute(insert(RevisionRow).values(n=n, at=now(), who=who, why=why, origin="purge"))
    _delete(session, view, gone, documents)
    _scrub(session, kept, gone, documents)
    session.execute(delete(IdempotencyRow).where(IdempotencyRow.location.like(f"%/comments/{comment.id}")))  # type: ignore[union-attr]
    stones = [
        {"kind": kind, "ref": ref, "at": now(), "who": who, "why": why}
        for kind, ref in gone
        if kind in ("comment", "node", "relation", "document")
    ]
    session.execute(insert(TombstoneRow), stones)
    return tuple((stone["kind"], stone["ref"]) for stone in stones)


def _delete(session: Session, view: MapSnapshot, gone: list[tuple[Kind, str]], documents: set[str]) -> None:
    """The rows of what is gone, each before what it refers to."""
    refs: dict[str, list[str]] = {}
    for kind, ref in gone:
        refs.setdefault(kind, []).append(ref)
    elements = [*refs.get("node", ()), *refs.get("relation", ())]
    spans = select(PassageRow.id).where(PassageRow.document.in_(documents))  # type: ignore[call-overload,attr-defined]
    passages = list(session.execute(spans).scalars())
    _where(session, AttitudeRow, "element", elements)
    _where(session, AttitudeRow, "passage", passages)
    _where(session, QuotationRow, "passage", passages)
    _where(session, LedgerNoteRow, "document", documents)
    _where(session, CruxRow, "node", elements)
    _where(session, ScenarioRow, "node", elements)
    for relation in _outermost_first(view, refs.get("relation", ())):
        session.execute(delete(RelationRow).filter_by(element=relation))
    _where(session, NodeRow, "element", elements)
    _where(session, ElementRow, "id", elements)
    _where(session, CommentTextRow, "comment", refs.get("comment", ()))
    _where(session, CommentRow, "id", refs.get("comment", ()))
    _where(session, PassageRow, "id", passages)
    _where(session, DocumentRow, "id", documents)
    _where(session, ReportRow, "ref", elements)
    search.put(session.connection(), [search.Entry(kind, ref, "") for kind, ref in gone])


def _outermost_first(view: MapSnapshot, keys: Iterable[str]) -> list[str]:
    """Relations that target relations come before what they target."""

    def depth(relation: Relation | None) -> int:
        steps = 0
        while relation is not None and steps < 1000:
            relation = view.content.relations.get(relation.target)
            steps += 1
        return steps

    return sorted(keys, key=lambda key: -depth(view.content.relations.get(key)))


def _where(session: Session, table: Any, column: str, values: Iterable[Any]) -> None:
    chosen = sorted(values)
    for at in range(0, len(chosen), 500):
        session.execute(delete(table).where(getattr(table, column).in_(chosen[at : at + 500])))


def _scrub(session: Session, kept: list[Change], gone: list[tuple[Kind, str]], documents: set[str]) -> None:
    """Take what is gone out of history, and its words out of the history of what stays."""
    removed = {ref for _, ref in gone}
    for kind, ref in gone:
        session.execute(delete(ChangeRow).filter_by(kind=kind, ref=ref))
    columns = (ChangeRow.revision, ChangeRow.before, ChangeRow.after)
    for change in kept:
        query = select(*columns).filter_by(kind=change.kind, ref=change.key)  # type: ignore[call-overload]
        for revision, before, after in session.execute(query).all():
            states = {
                "before": _scrubbed(before, removed, documents),
                "after": _scrubbed(after, removed, documents),
            }
            place = {"revision": revision, "kind": change.kind, "ref": change.key}
            session.execute(update(ChangeRow).filter_by(**place).values(**states))


def _scrubbed(data: dict[str, Any] | None, removed: set[str], documents: set[str]) -> dict[str, Any] | None:
    if data is None:
        return None
    out = dict(data)
    if "passages" in out:
        out["passages"] = [m for m in out["passages"] if m["document"] not in documents]
    for name in ("reply_to", "duplicate_of", "merged_into"):
        if out.get(name) in removed:
            out[name] = None
    if isinstance(out.get("quotes"), dict) and out["quotes"]["document"] in documents:
        out |= {"quotes": None, "outside": REMOVED}
    return out
