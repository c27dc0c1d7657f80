"""The engine and its transactions.

One request, one transaction: ``Database.read()`` and ``Database.write()`` hand out a session and end
its transaction at the edge. Writers take SQLite's write lock at once (``BEGIN IMMEDIATE``): a deferred
transaction that reads before it writes ignores the busy timeout. On PostgreSQL writers take a lock on
the table of revisions, which keeps revision numbers gapless and writes in one line there too.
"""

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlmodel import Session

from app.errors import StorageError
from app.settings import sqlite_path

_WRITE = "cruxmap_write"
BUSY_TIMEOUT_MS = 15_000


def _sqlite_module() -> ModuleType:
    # SQLite before 3.51.3 can corrupt a write-ahead log under two writers; distributions carry older ones.
    # The wheel is not made for every machine; what is there then is still better than nothing.
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ModuleNotFoundError:
        return sqlite3


class Database:
    """A database that holds one map.

    Parameters
    ----------
    url : an SQLAlchemy URL.

    Raises
    ------
    StorageError : the URL is malformed, or the file cannot be created or written.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.path = sqlite_path(url)
        if self.path is not None:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with self.path.open("ab"):
                    pass
            except OSError as error:
                raise StorageError(
                    f"the database file cannot be written: {error.strerror or error}",
                    where=str(self.path),
                    remedy="choose another with --database or CRUXMAP_DATABASE_URL, or mend its permissions",
                ) from error
        self.engine = self._engine(url)

    def _engine(self, url: str) -> Engine:
        try:
            if self.path is not None:
                engine = create_engine(
                    url, module=_sqlite_module(), connect_args={"check_same_thread": False}
                )
                event.listen(engine, "connect", _configure_sqlite)
                event.listen(engine, "begin", _begin_sqlite)
                return engine
            engine = create_engine(url, pool_pre_ping=True)
            event.listen(engine, "handle_error", _name_integrity_errors)
            return engine
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            raise StorageError(
                f"this is not the address of a database Cruxmap can use: {error}",
                where="CRUXMAP_DATABASE_URL",
                remedy="write sqlite:///path/to/file or postgresql+pg8000://user:password@host/name",
            ) from error

    @property
    def is_sqlite(self) -> bool:
        return self.path is not None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading; whatever it changes is rolled back.

        All its queries see one state of the database, whoever commits meanwhile: SQLite's write-ahead log
        gives that by itself, PostgreSQL when asked.
        """
        with Session(self.engine) as session, _storage_errors(self.url):
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that holds the write lock; committed at the end, rolled back on any error."""
        with Session(self.engine) as session, _storage_errors(self.url):
            connection = session.connection(execution_options={_WRITE: True})
            if not self.is_sqlite:
                connection.execute(text("LOCK TABLE revision IN EXCLUSIVE MODE"))
            yield session
            session.commit()

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _configure_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not open transactions of its own: on Python 3.11 a CREATE TABLE would survive a rollback.
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
    finally:
        cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _name_integrity_errors(context: ExceptionContext) -> None:
    """pg8000 calls most broken constraints programming errors; SQLSTATE class 23 says what they are."""
    said = context.original_exception.args[0] if context.original_exception.args else None
    if isinstance(said, dict) and str(said.get("C", "")).startswith("23"):
        raise IntegrityError(context.statement, context.parameters, context.original_exception)


@contextmanager
def _storage_errors(url: str) -> Iterator[None]:
    """Turn what a driver says of an unusable database into one clear error."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig)
        for sign, message, remedy in _SIGNS:
            if sign in reason:
                raise StorageError(message, where=url, remedy=remedy) from error
        raise


_SIGNS = (
    ("database is locked", "the database is busy", "try again in a moment"),
    (
        "readonly database",
        "the database may not be written",
        "mend the permissions of the file and its folder",
    ),
    ("unable to open", "the database cannot be opened", "check the path and its permissions"),
    ("not a database", "the file is not an SQLite database", "name another file"),
    ("malformed", "the database file is damaged", "restore a backup"),
    ("disk is full", "the disk is full", "make room, then try again"),
    ("disk I/O error", "the disk cannot be read or written", "check the disk, then try again"),
)
