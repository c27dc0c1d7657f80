"""A copy of the whole database as one SQLite file, without what is operational (tokens and the like)."""

from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from app.errors import InvalidInput
from app.formats.exchange import Loss, Written
from app.formats.registry import Format
from app.model.records import MapContent
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.store.database import Database
from app.store.migrate import prepare
from app.store.reading import current_revision, read_content
from app.store.writing import commit, difference

OPERATIONAL = "op\\_%"
FORMAT = Format(
    "sqlite",
    ".sqlite3",
    "application/vnd.sqlite3",
    "SQLite",
    "The whole map as a database, to be served elsewhere or asked in SQL.",
)


def losses(database: Database) -> tuple[Loss, ...]:
    """What a copy of this database does not hold."""
    found = [Loss("operational table", 1, "tokens and the like are never in a copy of the map")]
    if not database.is_sqlite:
        found.append(Loss("history of the map", 1, "only the content is copied from PostgreSQL"))
    return tuple(found)


def write(database: Database) -> Written:
    """The copy as bytes, and what it does not hold; see `copy`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.sqlite3"
        copy(database, path)
        return Written(path.read_bytes(), losses(database))


def copy(database: Database, target: Path) -> bool:
    """Write the map, history included, to ``target``, which is replaced once the copy is whole.

    Consistent while others write. Nothing of the operational tables (``op_…``) is in the file, not even in
    its free pages.

    Returns
    -------
    Whether history could be copied: from PostgreSQL only the content is.

    Raises
    ------
    InvalidInput : the target cannot be written, or is the database itself.
    """
    target = target.resolve()
    if target.exists() and not target.is_file():
        raise InvalidInput("this is no file", where=str(target), remedy="name another")
    if database.path is not None and target.exists() and target.samefile(database.path):
        raise InvalidInput(
            "a map cannot be copied onto itself", where=str(target), remedy="name another file"
        )
    partial = target.with_name(f".{target.name}.{uuid4().hex[:8]}.part")
    try:
        with partial.open("xb"):
            pass
        partial.unlink()
        whole = _vacuum_into(database, partial) if database.is_sqlite else _rebuild(database, partial)
        _strip(partial)
        partial.replace(target)
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror or error}", where=str(target)) from error
    finally:
        for left in (
            partial,
            partial.with_name(f"{partial.name}-wal"),
            partial.with_name(f"{partial.name}-shm"),
        ):
            with suppress(OSError):
                left.unlink()
    return whole


def _vacuum_into(database: Database, path: Path) -> bool:
    with closing(database.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("VACUUM INTO ?", (str(path),))
    return True


def _rebuild(database: Database, path: Path) -> bool:
    """The content alone, in a new database: another engine's history does not carry over."""
    with database.read() as session:
        content, revision = read_content(session), current_revision(session)
    fresh = Database(f"sqlite:///{path}")
    try:
        prepare(fresh)
        empty = MapSnapshot(MapContent(), 0, vocabulary())
        changes = difference(empty.content, content)
        with fresh.write() as session:
            commit(
                session,
                empty,
                changes,
                who="cruxmap export",
                why=f"copied revision {revision}",
                origin="load",
            )
    finally:
        fresh.dispose()
    return False


def _strip(path: Path) -> None:
    copied = Database(f"sqlite:///{path}")
    try:
        with closing(copied.engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '\\'",
                (OPERATIONAL,),
            )
            for (name,) in cursor.fetchall():
                quoted = '"' + str(name).replace('"', '""') + '"'
                cursor.execute(f"DROP TABLE {quoted}")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA journal_mode=DELETE")
    finally:
        copied.dispose()
