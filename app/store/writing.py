"""The one door for writes.

A write is a set of changes of records, each from a state before to a state after. ``commit`` checks
what they lead to, writes the tables, brings the search index along and records the revision, all in
the caller's transaction: either everything is written or nothing.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from app.errors import Conflict, InvalidInput
from app.model.checks import check
from app.model.records import Comment, Kind, MapContent, Node, Record
from app.model.snapshot import MapSnapshot
from app.model.tables import ChangeRow, RevisionRow
from app.model.vocabulary import Vocabulary
from app.store import rows, search
from app.store.changes import Change, applied, difference
from app.store.reading import current_revision

__all__ = ["DELETABLE", "Change", "Revision", "applied", "commit", "difference", "entries", "now", "validate"]

# Judgements about the text may go; everything that has a permalink is withdrawn instead.
DELETABLE: frozenset[Kind] = frozenset(("quotation", "ledger"))


@dataclass(frozen=True)
class Revision:
    """One committed change of the map."""

    n: int
    at: str
    who: str
    why: str
    origin: str


def validate(content: MapContent, changes: Sequence[Change], words: Vocabulary) -> MapContent:
    """The content after the changes, checked.

    Raises
    ------
    InvalidInput : a changed record breaks a rule; all of them are listed.
    """
    after = applied(content, changes)
    findings = check(after, words, {(change.kind, change.key) for change in changes})
    for change in changes:
        if change.after is None and change.kind not in DELETABLE:
            raise InvalidInput(
                f"a {change.kind} cannot be deleted",
                where=change.key,
                remedy="withdraw it: its permalink stays",
            )
        if change.kind == "document" and change.before is not None:
            raise Conflict(
                "a document is immutable", where=change.key, remedy="add the new text as a new document"
            )
    if findings:
        raise InvalidInput([finding.problem({}) for finding in findings])
    return after


def commit(
    session: Session,
    snapshot: MapSnapshot,
    changes: Sequence[Change],
    *,
    who: str,
    why: str,
    origin: str,
    at: str | None = None,
) -> Revision | None:
    """Check the changes, write them, and record them as a revision.

    Parameters
    ----------
    session : a session of ``Database.write()``.
    snapshot : the map the changes start from; must be current.
    who, why : kept with the revision; ``origin`` says by which way it came (load, api, edit …).

    Returns
    -------
    The new revision, or None where there was nothing to change.

    Raises
    ------
    InvalidInput, Conflict : see ``validate``; also when the map has moved on meanwhile.
    """
    if not changes:
        return None
    n = current_revision(session)
    if n != snapshot.revision:
        raise Conflict("the map has changed meanwhile", remedy="read it again, then repeat the change")
    after = MapSnapshot(validate(snapshot.content, changes, snapshot.words), n + 1, snapshot.words)
    revision = Revision(n + 1, at or now(), who, why, origin)
    try:
        rows.write(session, changes)
        session.execute(insert(RevisionRow).values(**revision.__dict__))
        session.execute(
            insert(ChangeRow),
            [
                {
                    "revision": revision.n,
                    "kind": c.kind,
                    "ref": c.key,
                    "before": _dumped(c.before),
                    "after": _dumped(c.after),
                }
                for c in changes
            ],
        )
    except IntegrityError as error:
        raise InvalidInput(
            f"the database refuses this change: {error.orig}", remedy="the map was left as it was"
        ) from error
    search.put(session.connection(), entries(after, changes))
    return revision


def now() -> str:
    """The time, as history keeps it: UTC, ISO 8601, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _dumped(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else record.model_dump(mode="json")


# --- search entries ------------------------------------------------------------------------------


def entries(view: MapSnapshot, changes: Iterable[Change]) -> Iterable[search.Entry]:
    """What search should know of the changed records."""
    for change in changes:
        record = change.after
        if change.kind == "node":
            node = view.content.nodes.get(change.key)
            shown = node is not None and view.visible(node)
            yield search.Entry("node", change.key, _node_words(node) if node and shown else "")
        elif change.kind == "comment" and isinstance(record, Comment):
            yield search.Entry("comment", change.key, view.text_of(record) if view.visible(record) else "")


def _node_words(node: Node) -> str:
    crux = node.crux
    about = [crux.question, crux.if_true, crux.if_false] if crux is not None else []
    return "\n".join([node.text, *about, *node.tags, *dict.fromkeys(m.exact for m in node.passages)])
