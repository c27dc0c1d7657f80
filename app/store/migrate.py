"""Bringing a database to the shape this version needs.

A new database is created; one of an older version is backed up, then migrated; one from the future, or
one that holds something else, is refused and left as it is.
"""

import datetime
import shutil
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert, inspect, select, text
from sqlalchemy.exc import IntegrityError

from app import resources
from app.errors import StorageError
from app.model.tables import Table, VocabularyEnd, VocabularyType
from app.model.vocabulary import Vocabulary, vocabulary
from app.store import idempotency, tokens  # noqa: F401  their tables
from app.store.database import Database
from app.store.search import create_index
from app.store.services import purging, reporting  # noqa: F401  their tables


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.path("schema") / "migrations").replace("%", "%%"))
    return config


def head() -> str:
    """The newest migration this version knows."""
    found = ScriptDirectory.from_config(_config()).get_current_head()
    assert found is not None
    return found


def prepare(database: Database) -> Path | None:
    """Create or upgrade the tables; the path of the backup where one was made.

    Raises
    ------
    StorageError : the database is from a newer version, holds something else, or uses words the
        vocabulary no longer has.
    """
    backup: Path | None = None
    script = ScriptDirectory.from_config(_config())
    with database.read() as session:
        connection = session.connection()
        current = MigrationContext.configure(connection).get_current_revision()
        tables = set(inspect(connection).get_table_names())
    if current is None and tables - {"alembic_version"}:
        raise StorageError(
            "this database holds something other than a Cruxmap map",
            where=database.url,
            remedy="name another database; nothing was changed",
        )
    if current is not None and current not in {item.revision for item in script.walk_revisions()}:
        raise StorageError(
            f"this database was made by a newer version of Cruxmap (its migration {current} is unknown here)",
            where=database.url,
            remedy="upgrade Cruxmap, or name another database; nothing was changed",
        )
    if current != script.get_current_head():
        if current is not None:
            backup = _back_up(database, current)
        _upgrade(database)
    _restore_operations(database, tables)
    _sync_vocabulary(database, vocabulary())
    return backup


def _restore_operations(database: Database, tables: set[str]) -> None:
    """Make the operational tables that a copy of a map comes without, empty."""
    wanted = [table for name, table in Table.metadata.tables.items() if name.startswith("op_")]
    if "revision" in tables and any(table.name not in tables for table in wanted):
        with database.engine.begin() as connection:
            Table.metadata.create_all(connection, tables=wanted)


def _back_up(database: Database, version: str) -> Path | None:
    """A consistent copy of an SQLite file beside it; PostgreSQL has tools of its own for this."""
    if database.path is None:
        return None
    stamp = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    target = database.path.with_name(f"{database.path.name}.before-{version}-{stamp}.bak")
    raw = database.engine.raw_connection()
    try:
        with closing(raw.cursor()) as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("VACUUM INTO ?", (str(target),))
    finally:
        raw.close()
    shutil.copymode(database.path, target)
    return target


def _upgrade(database: Database) -> None:
    with database.engine.connect() as connection:
        if database.is_sqlite:
            # Batch mode recreates tables: with foreign keys on that would delete their children.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        with connection.begin():
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if database.is_sqlite:
                _check_foreign_keys(connection)
        create_index(connection)
        connection.commit()
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.commit()


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise StorageError(
            f"the upgrade would leave {len(broken)} broken references, the first in {broken[0][0]!r}",
            remedy="nothing was changed; please report this with a copy of the database",
        )


def _sync_vocabulary(database: Database, words: Vocabulary) -> None:
    """Make the vocabulary tables say what ``schema/vocabulary.toml`` says."""
    types = {(name, "node") for name in words.nodes} | {(name, "relation") for name in words.relations}
    ends = set(words.ends())
    with database.read() as session:
        have_types = set(session.execute(select(VocabularyType.name, VocabularyType.kind)).tuples())  # type: ignore[call-overload]
        have_ends = set(
            session.execute(
                select(VocabularyEnd.relation, VocabularyEnd.source_type, VocabularyEnd.target_type)  # type: ignore[call-overload]
            ).tuples()
        )
    if have_types == types and have_ends == ends:
        return
    try:
        with database.write() as session:
            connection = session.connection()
            for relation, source, target in have_ends - ends:
                connection.execute(
                    delete(VocabularyEnd).where(
                        text("relation = :r AND source_type = :s AND target_type = :t").bindparams(
                            r=relation, s=source, t=target
                        )
                    )
                )
            for name, _kind in have_types - types:
                connection.execute(delete(VocabularyType).where(text("name = :n").bindparams(n=name)))
            if types - have_types:
                connection.execute(
                    insert(VocabularyType), [{"name": n, "kind": k} for n, k in sorted(types - have_types)]
                )
            if ends - have_ends:
                connection.execute(
                    insert(VocabularyEnd),
                    [
                        {"relation": r, "source_type": s, "target_type": t}
                        for r, s, t in sorted(ends - have_ends)
                    ],
                )
    except IntegrityError as error:
        raise StorageError(
            "the map uses types or links that schema/vocabulary.toml no longer allows",
            where=database.url,
            remedy="put them back into the vocabulary, or retype what uses them first",
        ) from error
