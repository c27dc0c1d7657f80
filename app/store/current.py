"""The map as it is now: one snapshot a revision, shared by all readers of this process."""

import threading

from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.store.database import Database
from app.store.reading import current_revision, read_content, revision_time


class CurrentMap:
    """Hands out the snapshot of the newest revision; a read costs one small query when nothing changed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = threading.Lock()
        self._latest: MapSnapshot | None = None

    def __call__(self) -> MapSnapshot:
        with self.database.read() as session:
            revision = current_revision(session)
            latest = self._latest
            if latest is not None and latest.revision == revision:
                return latest
            with self._lock:
                if self._latest is None or self._latest.revision != revision:
                    self._latest = MapSnapshot(
                        read_content(session), revision, vocabulary(), revision_time(session, revision)
                    )
                return self._latest
