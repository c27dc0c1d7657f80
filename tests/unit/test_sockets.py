"""Unit tests cannot reach the network."""

import asyncio
import socket

import pytest

from tests.support.sockets import NetworkInUnitTest


def test_connecting_is_refused() -> None:
    with socket.socket() as probe, pytest.raises(NetworkInUnitTest, match=r"127\.0\.0\.1"):
        probe.connect(("127.0.0.1", 9))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkInUnitTest, match="localhost"):
        socket.getaddrinfo("localhost", 80)


def test_an_event_loop_still_runs() -> None:
    async def answer() -> int:
        await asyncio.sleep(0)
        return 42

    assert asyncio.run(answer()) == 42


@pytest.mark.network
def test_a_test_marked_network_may_connect_on_this_machine() -> None:
    with socket.socket() as listener, socket.socket() as caller:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        caller.connect(listener.getsockname())
        assert caller.getpeername() == listener.getsockname()
