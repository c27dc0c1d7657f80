"""Trying a change without making it: every service runs as it is, and nothing of it stays."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlmodel import Session

from app.model.snapshot import MapSnapshot
from app.store.current import CurrentMap
from app.store.database import Database


class Rehearsal(CurrentMap):
    """A map to which services can do everything they do; whatever they write is rolled back."""

    def __init__(self, current: CurrentMap) -> None:
        super().__init__(_Undone(current.database))
        self._current = current

    def __call__(self) -> MapSnapshot:
        return self._current()


class _Undone(Database):
    """The same database; what is written is taken back at the end."""

    def __init__(self, database: Database) -> None:
        self.__dict__.update(database.__dict__)
        self._database = database

    @contextmanager
    def write(self) -> Iterator[Session]:
        with suppress(_Enough), self._database.write() as session:
            yield session
            raise _Enough


class _Enough(Exception):
    """Ends a rehearsal."""
