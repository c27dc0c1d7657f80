"""What every service needs: the map as it is, under the write lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from app.model.snapshot import MapSnapshot
from app.store.current import CurrentMap
from app.store.reading import current_revision, read_content


@contextmanager
def writing(current: CurrentMap) -> Iterator[tuple[Session, MapSnapshot]]:
    """A session that holds the write lock, and the map as it is under it."""
    # Asked for before the lock is taken: a writer needs one connection only, however many wait.
    view = current()
    with current.database.write() as session:
        revision = current_revision(session)
        if revision != view.revision:
            view = MapSnapshot(read_content(session), revision, view.words)
        yield session, view
