"""The real program can be started, seeded and reached by the other tests."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import live


def nodes(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM node").fetchone()
        return int(count)


def test_the_seeded_database_holds_the_bundled_map(seeded_database: Path) -> None:
    assert nodes(seeded_database) >= 60


def test_the_live_server_answers_from_a_map_of_its_own(
    live_server: live.LiveServer, seeded_database: Path
) -> None:
    status, _ = live_server.get("/no-such-page")
    assert status == 404
    assert str(seeded_database) not in live_server.database_url
    assert "127.0.0.1" in live_server.log.read_text()


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    not_a_database = tmp_path / "map.sqlite3"
    not_a_database.write_text("this is a letter, not a database\n" * 50)
    with (
        pytest.raises(RuntimeError, match="not an SQLite database"),
        live.serving(f"sqlite:///{not_a_database}"),
    ):
        pass
