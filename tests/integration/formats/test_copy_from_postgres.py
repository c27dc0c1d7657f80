"""A map on PostgreSQL, taken along as one SQLite file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.store import tokens
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.support import live, maps


@pytest.fixture
def origin(postgres_url: str) -> Database:
    """The small map on PostgreSQL, with a token beside it."""
    opened = Database(postgres_url)
    prepare(opened)
    load(opened, maps.content(), who="test", why="test")
    tokens.create(opened, "editor", "label of a token")
    return opened


def test_the_copy_opens_equals_the_map_and_has_no_operational_tables(
    origin: Database, postgres_url: str, tmp_path: Path
) -> None:
    target = tmp_path / "copy.sqlite3"
    target.write_bytes(b"an older file")
    done = live.run(
        "export", "graph", "--format", "sqlite", "--output", str(target), "--database", postgres_url
    )
    assert done.returncode == 0, done.stderr
    assert "only the content is copied from PostgreSQL" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["copy.sqlite3"]
    with closing(sqlite3.connect(target)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert "node" in names
    assert not [name for name in names if "op_" in name]
    assert b"label of a token" not in target.read_bytes()
    copied = Database(f"sqlite:///{target}")
    prepare(copied)
    assert CurrentMap(copied)().content == CurrentMap(origin)().content == maps.content()
    copied.dispose()
    origin.dispose()


def test_the_copy_is_a_map_that_the_program_goes_on_with(
    origin: Database, postgres_url: str, tmp_path: Path
) -> None:
    origin.dispose()
    target, debate = tmp_path / "copy.sqlite3", tmp_path / "debate.argdown"
    done = live.run("export", "graph", "--format", "sqlite", "-o", str(target), "--database", postgres_url)
    assert done.returncode == 0, done.stderr
    debate.write_text("[old]: It is old.\n", encoding="utf-8")
    done = live.run("import", "map", str(debate), "--database", str(target))
    assert done.returncode == 0, done.stderr
    assert "as revision 2" in done.stdout
