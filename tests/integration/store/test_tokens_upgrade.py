"""A map made before there were tokens is copied, then upgraded, and says what it said."""

from pathlib import Path

from sqlalchemy import inspect

from app.store import tokens
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.integration.api.small_map import CONTENT


def made_before_tokens(url: str) -> Database:
    database = Database(url)
    prepare(database)
    load(database, CONTENT, who="tests", why="the small map")
    with database.engine.begin() as connection:
        for table in ("op_token", "op_idempotency", "op_report", "op_tombstone", "op_secret"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    return database


def test_an_older_map_is_backed_up_and_upgraded_and_keeps_its_content(url: str) -> None:
    database = made_before_tokens(url)
    was = CurrentMap(database)().content
    backup = prepare(database)
    assert CurrentMap(database)().content == was == CONTENT
    assert tokens.create(database, "editor", "e")[1].role == "editor"
    assert prepare(database) is None
    if database.is_sqlite:
        assert backup is not None
        old = Database(f"sqlite:///{backup}")
        with old.read() as session:
            names = inspect(session.connection()).get_table_names()
        old.dispose()
        assert Path(backup).exists()
        assert "node" in names
        assert "op_token" not in names
    database.dispose()
