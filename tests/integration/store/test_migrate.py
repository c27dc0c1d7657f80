"""Bringing a database to the shape this version needs."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from app.errors import StorageError
from app.model.tables import Table
from app.store.database import Database
from app.store.migrate import prepare


def test_the_migrations_make_the_tables_that_the_models_describe(database: Database) -> None:
    ours = {*Table.metadata.tables}
    with database.read() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={"include_object": lambda _o, name, kind, *_: kind != "table" or name in ours},
        )
        assert compare_metadata(context, Table.metadata) == []


def test_preparing_twice_changes_nothing(database: Database) -> None:
    assert prepare(database) is None


def test_a_database_from_the_future_is_refused_and_left_alone(database: Database) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="newer version"):
        prepare(database)
    with database.read() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_a_database_of_something_else_is_refused_and_left_alone(url: str) -> None:
    database = Database(url)
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE recipes (name text)"))
    with pytest.raises(StorageError, match="something other"):
        prepare(database)
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM recipes")).scalar() == 0
    database.dispose()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear database, " * 100)
    with pytest.raises(StorageError, match="not an SQLite database"):
        prepare(Database(f"sqlite:///{path}"))
    assert path.read_text().startswith("Dear")


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        Database(f"sqlite:///{tmp_path / 'file' / 'map.sqlite3'}")


@pytest.mark.parametrize("url", ["nonsense", "mysql://x", "postgresql+nodriver://x/y"])
def test_an_address_of_no_known_database_is_refused(url: str) -> None:
    with pytest.raises(StorageError, match="not the address of a database"):
        Database(url)


def test_a_copy_without_operational_tables_gets_them_back_empty(database: Database) -> None:
    with database.engine.begin() as connection:
        for table in [name for name in Table.metadata.tables if name.startswith("op_")]:
            connection.execute(text(f"DROP TABLE {table}"))
    assert prepare(database) is None
    with database.read() as session:
        assert session.execute(text("SELECT count(*) FROM op_token")).scalar() == 0
