"""Running the application: the socket first, so that a port in use is said before any work is done."""

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from app.errors import InvalidInput
from app.settings import Settings


@contextmanager
def listen(host: str, port: int) -> Iterator[socket.socket]:
    """A bound socket.

    Raises
    ------
    InvalidInput : the port is in use or may not be used, or the address is not one of this machine.
    """
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, proto)
        try:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
            bound.listen(512)  # at once: another server on the port would let a bare bind pass
        except OSError:
            bound.close()
            raise
    except OSError as error:
        reason = {
            errno.EADDRINUSE: "the port is in use",
            errno.EACCES: "this port needs more rights",
            errno.EADDRNOTAVAIL: "this is not an address of this machine",
        }.get(error.errno or 0, f"cannot listen: {error.strerror or error}")
        raise InvalidInput(
            reason,
            where=f"{host}:{port}",
            remedy="choose another with --port and --host, or stop what uses it",
        ) from error
    with bound:
        yield bound


def run(settings: Settings, listening: socket.socket) -> None:
    """Serve until interrupted."""
    # Imported late: a port in use is said without waiting for the web stack.
    from app.commands import token
    from app.main import create_app

    port = listening.getsockname()[1]
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    app = create_app(settings.model_copy(update={"port": port}))
    config = uvicorn.Config(
        app,
        log_level=settings.log_level,
        server_header=False,
        timeout_keep_alive=10,
        limit_concurrency=512,
        ws="none",
    )
    url = f"http://{shown}:{port}"
    print(f"Cruxmap serves the map at {url}/ (stop it with Ctrl+C).")
    for line in token.greeting(app.state.database, url, settings.token):
        print(line)
    sys.stdout.flush()
    uvicorn.Server(config).run(sockets=[listening])
