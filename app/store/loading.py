"""Bringing a map's files into the database, also into one that people have changed meanwhile.

The comparison is three-way, record by record: what the files say now, what they said when they were
last loaded (kept in history), and what the map says now. What only the files changed is applied; what
only the map changed is kept; what both changed differently is a conflict, and then nothing is written.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session

from app.errors import Conflict, Problem
from app.model.records import RECORD_TYPES, Kind, MapContent, Record
from app.model.snapshot import MapSnapshot
from app.model.tables import ChangeRow, RevisionRow
from app.model.vocabulary import vocabulary
from app.store.database import Database
from app.store.reading import current_revision, read_content
from app.store.writing import DELETABLE, Change, Revision, commit, difference

ORIGIN = "load"


@dataclass(frozen=True)
class Loaded:
    """What loading did."""

    revision: Revision | None
    created: int
    changed: int
    kept: int
    removed_from_files: tuple[tuple[Kind, str], ...]

    def sentence(self) -> str:
        """What a person reads afterwards."""
        if self.revision is None:
            said = "The map already says what the files say; nothing was changed."
        else:
            said = f"Loaded as revision {self.revision.n}: {self.created} new, {self.changed} changed."
        if self.kept:
            said += f" Kept {self.kept} that were changed in the map, not in the files."
        if self.removed_from_files:
            names = ", ".join(f"{kind} {key}" for kind, key in self.removed_from_files[:5])
            more = len(self.removed_from_files) - 5
            said += (
                f" No longer in the files, still in the map: {names}{f' and {more} more' if more > 0 else ''}"
            )
            said += " (withdraw them there if they should go)."
        return said


def load(database: Database, files: MapContent, *, who: str, why: str, dry_run: bool = False) -> Loaded:
    """Apply the content of files to the map in one transaction.

    Raises
    ------
    Conflict : files and map changed the same records differently; lists them all, writes nothing.
    InvalidInput : the result would break a rule.
    """
    if dry_run:
        with database.read() as session:
            return _load(session, files, who, why, dry_run=True)
    with database.write() as session:
        return _load(session, files, who, why, dry_run=False)


def _load(session: Session, files: MapContent, who: str, why: str, dry_run: bool) -> Loaded:
    snapshot = MapSnapshot(read_content(session), current_revision(session), vocabulary())
    base = _last_loaded(session)
    changes: list[Change] = []
    problems: list[Problem] = []
    removed: list[tuple[Kind, str]] = []
    kept = 0
    for change in difference(snapshot.content, files):
        key = (change.kind, change.key)
        now, wanted, was = change.before, change.after, base.get(key)
        if wanted is None and was is None:
            continue  # made in the map: the files know nothing of it
        if (now is None and was is None) or (now == was and (wanted is not None or change.kind in DELETABLE)):
            changes.append(change)
        elif now == was:
            removed.append(key)
        elif wanted == was:
            kept += 1
        elif change.kind == "map" and snapshot.revision == 0:
            changes.append(change)
        else:
            problems.append(
                Problem(
                    "changed in the files and, differently, in the map",
                    f"{change.kind} {change.key}",
                    "dump the map, bring the two together in the files, and load again",
                )
            )
    if problems:
        raise Conflict(problems)
    # The title of an empty map is nobody's: replacing it creates, as everything else does then.
    created = sum(change.before is None or snapshot.revision == 0 for change in changes)
    revision = None
    if not dry_run:
        revision = commit(session, snapshot, changes, who=who, why=why, origin=ORIGIN)
    return Loaded(revision, created, len(changes) - created, kept, tuple(removed))


def _last_loaded(session: Session) -> dict[tuple[Kind, str], Record | None]:
    """What the files said of each record when they were last loaded."""
    query = (
        select(ChangeRow.kind, ChangeRow.ref, ChangeRow.after)  # type: ignore[call-overload]
        .join(RevisionRow, RevisionRow.n == ChangeRow.revision)
        .where(RevisionRow.origin == ORIGIN)
        .order_by(ChangeRow.revision)
    )
    found: dict[tuple[Kind, str], Record | None] = {}
    for kind, ref, after in session.execute(query):
        found[kind, ref] = None if after is None else RECORD_TYPES[kind].model_validate(after)
    return found
