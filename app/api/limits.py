"""Rate limits: a bucket a caller and a bucket an address, in memory, bounded.

Each process counts for itself. A limit of 0 means none.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request

from app.api.problems import TooManyRequests

KEYS = 10_000


class Buckets:
    """Token buckets: ``size`` at once, refilled over ``seconds``; the longest unused are forgotten."""

    def __init__(self, size: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.size = size
        self.seconds = seconds
        self.clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> int:
        """Take one; 0, or in how many seconds there will be one."""
        if self.size <= 0:
            return 0
        with self._lock:
            now = self.clock()
            left, at = self._left.pop(key, (float(self.size), now))
            left = min(self.size, left + (now - at) * self.size / self.seconds)
            waiting = 0 if left >= 1 else max(1, math.ceil((1 - left) * self.seconds / self.size))
            self._left[key] = (left if waiting else left - 1, now)
            while len(self._left) > KEYS:
                self._left.popitem(last=False)
        return waiting


class Limits:
    """The limits of one application."""

    def __init__(self, writes_per_minute: int, reports_per_hour: int) -> None:
        self.writes = Buckets(writes_per_minute, 60)
        self.reports = Buckets(reports_per_hour, 3600)
        self.looks = Buckets(2 * writes_per_minute, 60)

    def write(self, request: Request, caller: str) -> None:
        """Count a write; TooManyRequests where there were too many."""
        self._take(self.writes, "this token", f"token {caller}")

    def attempt(self, request: Request) -> None:
        """Count an attempt to write without a token that counts: guessing must not pay."""
        self._take(self.writes, "this address", f"address {address(request)}")

    def report(self, request: Request) -> None:
        """Count a report; TooManyRequests where there were too many."""
        self._take(self.reports, "this address", address(request))

    def look(self, request: Request) -> None:
        """Count a question that costs us something; TooManyRequests where there were too many."""
        self._take(self.looks, "this address", address(request))

    def _take(self, buckets: Buckets, whose: str, key: str) -> None:
        waiting = buckets.take(key)
        if waiting:
            raise TooManyRequests(f"{whose} has sent too many requests", waiting)


def address(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client is not None else "unknown"


def limits(request: Request) -> Limits:
    """The limits of the application."""
    found: Limits = request.app.state.limits
    return found
