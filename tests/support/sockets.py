"""No network in unit tests: a pure function that opens a connection is not one."""

import socket
from typing import Any, NoReturn

import pytest


class NetworkInUnitTest(AssertionError):
    """A unit test tried to reach something through the network."""


def forbid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse Internet connections and name look-ups until the test ends.

    Sockets as such stay possible: event loops talk to themselves through a pair of them.
    """

    def guarded(name: str) -> Any:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _refuse(address)
            return original(self, address)

        return connect

    def look_up(host: Any, *_arguments: Any, **_options: Any) -> NoReturn:
        _refuse(host)

    monkeypatch.setattr(socket.socket, "connect", guarded("connect"))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded("connect_ex"))
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def _refuse(address: Any) -> NoReturn:
    raise NetworkInUnitTest(
        f"a unit test tried to reach {address!r}; move it to tests/integration, or mark it `network`"
    )
