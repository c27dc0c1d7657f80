"""The real program in a process of its own: its commands, and a server to fetch pages from."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 90.0
TOKEN = "token-of-the-tests"

# `python -c` finds the same `app` as the tests do, and needs no script on the PATH.
CRUXMAP = (sys.executable, "-c", "from app.cli import main; main()")
CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class LiveServer:
    """A served map: its address without a final slash, the token for writing, what it has logged."""

    url: str
    database_url: str
    token: str
    log: Path

    def get(self, path: str, *, timeout: float = 30.0) -> tuple[int, bytes]:
        """Status and body of a page; an error status is an answer, too."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


def run(
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str] = CRUXMAP,
    cwd: Path = CHECKOUT,
    timeout: float = 300.0,
) -> subprocess.CompletedProcess[str]:
    """Run ``cruxmap`` with these arguments to its end; whether it succeeded is for the caller to say."""
    return subprocess.run(
        [*command, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        env=_environment(environment),
        cwd=cwd,
        check=False,
    )


@contextmanager
def serving(
    database_url: str,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    command: Sequence[str] = CRUXMAP,
    cwd: Path = CHECKOUT,
) -> Iterator[LiveServer]:
    """Serve a database on a free port of this machine until the block ends.

    Raises
    ------
    RuntimeError
        The server ended, or did not answer in time; the message holds what it logged.
    """
    with tempfile.TemporaryDirectory(prefix="cruxmap-live-") as folder:
        log = Path(folder) / "log"
        for attempt in range(1, 4):
            port = _free_port()
            options = ("serve", "--host", "127.0.0.1", "--port", str(port), "--database", database_url)
            with (
                log.open("wb") as output,
                subprocess.Popen(
                    [*command, *options, *arguments],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=_environment({"CRUXMAP_TOKEN": TOKEN} | dict(environment or {})),
                    cwd=cwd,
                ) as process,
            ):
                try:
                    answered = _answers(port, process)
                    # Somebody may have taken the port between our asking and the server's binding.
                    if not answered and process.poll() is not None and _taken(port) and attempt < 3:
                        continue
                    if not answered:
                        said = log.read_text(errors="replace")
                        raise RuntimeError(f"the server did not come up; it said:\n{said}")
                    yield LiveServer(f"http://127.0.0.1:{port}", database_url, TOKEN, log)
                    return
                finally:
                    _stop(process)


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    """This process's environment without settings of Cruxmap that are not the test's own."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("CRUXMAP_")}
    return inherited | {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1", "COLUMNS": "120"} | dict(extra or {})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30):
                return True
        except urllib.error.HTTPError as error:
            error.close()  # it answers; what it answers is for the test to judge
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
