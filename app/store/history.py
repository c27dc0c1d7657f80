"""The map's past: revisions, what each changed, and the map as it was at any of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import Session

from app.errors import Conflict, InvalidInput, NotFound
from app.model.records import RECORD_TYPES, Kind, MapContent, Record
from app.model.snapshot import MapSnapshot
from app.model.tables import ChangeRow, RevisionRow, SnapshotRow
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.reading import current_revision
from app.store.writing import Change, Revision, now


@dataclass(frozen=True)
class Entry:
    """A revision with how much it changed."""

    revision: Revision
    changes: int


def revision(session: Session, n: int) -> Revision:
    """Revision ``n``; NotFound when there is none."""
    row = session.execute(select(*_columns()).filter_by(n=n)).mappings().first()
    if row is None:
        raise NotFound("there is no such revision", "revision", "see /api/v1/history")
    return Revision(**row)


def revisions(session: Session, before: int | None, limit: int) -> list[Entry]:
    """Revisions older than ``before``, newest first."""
    query = select(*_columns()).order_by(RevisionRow.n.desc()).limit(limit)  # type: ignore[attr-defined]
    if before is not None:
        query = query.where(RevisionRow.n < before)  # type: ignore[arg-type]
    found = [Revision(**row) for row in session.execute(query).mappings()]
    counts: dict[int, int] = {}
    if found:
        counted = (
            select(ChangeRow.revision, func.count())  # type: ignore[call-overload]
            .where(ChangeRow.revision >= found[-1].n, ChangeRow.revision <= found[0].n)
            .group_by(ChangeRow.revision)
        )
        counts = dict(session.execute(counted).tuples().all())
    return [Entry(item, counts.get(item.n, 0)) for item in found]


def total(session: Session) -> int:
    """How many revisions there are."""
    return int(session.execute(select(func.count()).select_from(RevisionRow)).scalar() or 0)


def of_record(session: Session, kind: Kind, key: str) -> list[tuple[Revision, Change]]:
    """Every change of one record, newest first."""
    query = (
        select(*_columns(), ChangeRow.before, ChangeRow.after)  # type: ignore[call-overload]
        .join(ChangeRow, ChangeRow.revision == RevisionRow.n)
        .where(ChangeRow.kind == kind, ChangeRow.ref == key)
        .order_by(RevisionRow.n.desc())  # type: ignore[attr-defined]
    )
    found = []
    for row in session.execute(query).mappings():
        fields = dict(row)
        was, now_ = fields.pop("before"), fields.pop("after")
        found.append((Revision(**fields), Change(kind, key, _record(kind, was), _record(kind, now_))))
    return found


def changes_of(session: Session, n: int) -> list[Change]:
    """What revision ``n`` changed."""
    return _changes(session, n - 1, n)


def _changes(session: Session, after: int, until: int) -> list[Change]:
    """The changes of the revisions after one and up to another, oldest first."""
    query = (
        select(ChangeRow.kind, ChangeRow.ref, ChangeRow.before, ChangeRow.after)  # type: ignore[call-overload]
        .where(ChangeRow.revision > after, ChangeRow.revision <= until)
        .order_by(ChangeRow.revision, ChangeRow.kind, ChangeRow.ref)
    )
    return [
        Change(kind, ref, _record(kind, was), _record(kind, now_))
        for kind, ref, was, now_ in session.execute(query)
    ]


def _record(kind: Kind, data: Mapping[str, Any] | None) -> Record | None:
    return None if data is None else RECORD_TYPES[kind].model_validate(data)


def undone(content: MapContent, changes: Iterable[Change]) -> MapContent:
    """The content before these changes, which are given oldest first."""
    records = content.by_key()
    for change in reversed(list(changes)):
        if change.before is None:
            records.pop((change.kind, change.key), None)
        else:
            records[change.kind, change.key] = change.before
    return MapContent.of(list(records.values()))


def at(current: CurrentMap, n: int) -> MapSnapshot:
    """The map as it was at revision ``n``; 0 is the empty map.

    Raises
    ------
    NotFound : there is no such revision.
    """
    view = current()
    if n == view.revision:
        return view
    with current.database.read() as session:
        newest = current_revision(session)
        if not 0 <= n <= newest:
            raise NotFound("there is no such revision", "revision", f"the newest is {newest}")
        if newest != view.revision:
            view = current()
        return MapSnapshot(undone(view.content, _changes(session, n, view.revision)), n, view.words)


def revision_that_added(session: Session, kind: Kind, key: str) -> int | None:
    """The revision in which a record first appeared."""
    query = select(func.min(ChangeRow.revision)).filter_by(kind=kind, ref=key)
    found = session.execute(query).scalar()
    return None if found is None else int(found)


# --- snapshots: names for revisions --------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """A named snapshot of the whole map."""

    name: str
    revision: int
    at: str


def snapshots(session: Session) -> list[Named]:
    """All named snapshots, newest first."""
    query = select(SnapshotRow.name, SnapshotRow.revision, SnapshotRow.at)  # type: ignore[call-overload]
    rows = session.execute(query.order_by(SnapshotRow.revision.desc(), SnapshotRow.name))  # type: ignore[attr-defined]
    return [Named(*row) for row in rows]


def snapshot(session: Session, name: str) -> Named:
    """The snapshot of that name; NotFound when there is none."""
    for found in snapshots(session):
        if found.name == name:
            return found
    raise NotFound("there is no snapshot of this name", "name", "see /api/v1/snapshots")


def name_snapshot(database: Database, name: str, n: int | None = None) -> Named:
    """Give a revision (the newest, by default) a name; names are never given twice.

    Raises
    ------
    Conflict : the name is taken.
    InvalidInput : there is nothing to name yet.
    """
    with database.write() as session:
        chosen = current_revision(session) if n is None else revision(session, n).n
        if chosen == 0:
            raise InvalidInput("the map is empty: there is nothing to name yet", "revision")
        if any(found.name == name for found in snapshots(session)):
            raise Conflict("there is a snapshot of this name already", "name", "choose another name")
        made = Named(name, chosen, now())
        session.execute(insert(SnapshotRow).values(**made.__dict__))
    return made


def _columns() -> list[Any]:
    return [RevisionRow.n, RevisionRow.at, RevisionRow.who, RevisionRow.why, RevisionRow.origin]
