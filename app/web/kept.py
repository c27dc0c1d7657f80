"""Pages kept as they were sent, until the map moves on: most readers ask for the same ones.

A page is kept under its ETag, which names everything it depends on, so nothing ever has to be taken out
because it is wrong; the oldest go when the room is used up.
"""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

ROOM = 24_000_000
LEVEL = 6


@dataclass(frozen=True)
class Kept:
    """A page's bytes, plain and compressed."""

    plain: bytes
    packed: bytes

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.packed)


class KeptPages:
    """The pages used last, up to ``room`` bytes in all."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._used = 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, tag: str) -> Kept | None:
        """The page of this ETag, where it is kept."""
        with self._lock:
            found = self._pages.get(tag)
            if found is not None:
                self._pages.move_to_end(tag)
            return found

    def put(self, tag: str, text: str) -> Kept:
        """Keep a page; a page larger than all the room is only handed back."""
        plain = text.encode("utf-8")
        page = Kept(plain, gzip.compress(plain, LEVEL, mtime=0))
        if page.size > self._room:
            return page
        with self._lock:
            old = self._pages.pop(tag, None)
            self._used += page.size - (old.size if old is not None else 0)
            self._pages[tag] = page
            while self._used > self._room:
                self._used -= self._pages.popitem(last=False)[1].size
        return page
