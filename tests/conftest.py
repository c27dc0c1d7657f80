"""Fixtures and rules for every test."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import live, postgres, sockets

UNIT = Path(__file__).parent / "unit"

# How fast a machine is must not decide whether a test passes.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(autouse=True)
def _no_network_in_unit_tests(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.is_relative_to(UNIT) and request.node.get_closest_marker("network") is None:
        sockets.forbid(monkeypatch)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own CRUXMAP_ variables must not change what the tests see."""
    for name in [name for name in os.environ if name.startswith("CRUXMAP_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresServer]:
    """A PostgreSQL server of this worker's own."""
    with postgres.running_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.PostgresServer) -> Iterator[str]:
    """The SQLAlchemy URL of a fresh, empty PostgreSQL database."""
    with postgres_server.database() as url:
        yield url


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the bundled seeds, made once for all workers: read or copy it, never write."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    path = shared / "seeded.sqlite3"
    with (shared / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = path.with_name("unfinished.sqlite3")
            unfinished.unlink(missing_ok=True)
            done = live.run("load", "--database", f"sqlite:///{unfinished}")
            if done.returncode:
                raise RuntimeError(f"cruxmap load failed:\n{done.stdout}{done.stderr}")
            # Whatever is still in its write-ahead log goes into the file: copies are of the file alone.
            with closing(sqlite3.connect(unfinished)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            unfinished.rename(path)
    return path


@pytest.fixture
def seeded_url(seeded_database: Path, tmp_path: Path) -> str:
    """The URL of a private SQLite copy of the seeded map, to do with as the test likes."""
    copy = tmp_path / "seeded.sqlite3"
    shutil.copyfile(seeded_database, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def live_server(seeded_url: str) -> Iterator[live.LiveServer]:
    """The real program, serving a private copy of the seeded map."""
    with live.serving(seeded_url) as server:
        yield server


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test would be a gap nobody sees: a run with one has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if skipped := terminalreporter.stats.get("skipped"):
        terminalreporter.write_line(
            f"{len(skipped)} skipped: here every test runs, so this run has failed", red=True
        )
