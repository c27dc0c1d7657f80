"""Maps in and out over the command line and the database."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import InvalidInput
from app.formats import kialo
from app.model.records import Node
from app.store import copying
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.importing import bring_in
from app.store.loading import load
from app.store.migrate import prepare
from tests.support import live, maps

DEBATE = "[holds]: The bridge holds up. #bridge\n  - [rotten]: The piers are rotten.\n    + [no-cracks]: The inspectors found no cracks in the bridge.\n"
KIALO = b"Discussion Title: T\n\n1. The bridge holds.\n1.1. Con: It is old.\n"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database with the small map in it."""
    opened = Database(f"sqlite:///{tmp_path / 'map.sqlite3'}")
    prepare(opened)
    load(opened, maps.content(), who="test", why="test")
    return opened


@pytest.fixture
def debate(tmp_path: Path) -> Path:
    """An Argdown file whose ids and words are partly those of the small map."""
    path = tmp_path / "debate.argdown"
    path.write_text(DEBATE, encoding="utf-8")
    return path


def test_counts_are_printed_as_json_and_the_database_is_made(tmp_path: Path, debate: Path) -> None:
    target = tmp_path / "new.sqlite3"
    done = live.run("import", "map", str(debate), "--json", "--database", str(target))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "format": "argdown",
        "statements": 3,
        "relations": {"attacks": 1, "supports": 1},
        "participants": 0,
        "comments": 0,
        "skipped": [],
    }
    assert CurrentMap(Database(f"sqlite:///{target}"))().content.nodes.keys() == {
        "holds",
        "rotten",
        "no-cracks",
    }


def test_a_dry_run_writes_nothing_and_makes_no_database(tmp_path: Path, debate: Path) -> None:
    target = tmp_path / "new.sqlite3"
    done = live.run("import", "map", str(debate), "--dry-run", "--database", str(target))
    assert done.returncode == 0, done.stderr
    assert "Would add" in done.stdout
    assert not target.exists()


def test_a_broken_file_stores_nothing_and_says_where(tmp_path: Path) -> None:
    path, target = tmp_path / "bad.argdown", tmp_path / "new.sqlite3"
    path.write_text("[a]: A.\n\n- [b]: B.\n", encoding="utf-8")
    done = live.run("import", "map", str(path), "--database", str(target))
    assert done.returncode == 1
    assert "bad.argdown:3" in done.stderr
    assert "Traceback" not in done.stderr
    assert not target.exists()


def test_what_was_lost_goes_to_standard_error(database: Database, tmp_path: Path) -> None:
    done = live.run("export", "graph", "--format", "argdown", "--database", str(database.path))
    assert done.stdout.startswith("===\ntitle: The bridge\n===")
    assert "10 × passage: Argdown has no place for it" in done.stderr


@pytest.mark.parametrize("form", ["json", "argdown", "aif", "xaif", "graphml", "dot", "csv", "sqlite"])
def test_every_format_is_written_to_a_file(database: Database, tmp_path: Path, form: str) -> None:
    target = tmp_path / ("out.zip" if form == "csv" else "out")
    done = live.run(
        "export", "graph", "--format", form, "--output", str(target), "--database", str(database.path)
    )
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 500
    assert [p.name for p in tmp_path.iterdir() if "part" in p.name] == []


def test_csv_becomes_a_folder_of_tables(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    done = live.run(
        "export", "graph", "--format", "csv", "--output", str(folder), "--database", str(database.path)
    )
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in folder.iterdir()) == ["nodes.csv", "passages.csv", "relations.csv"]


def test_an_import_adds_and_never_overwrites(database: Database) -> None:
    before = CurrentMap(database)().content
    content = kialo.read(KIALO, "falls.txt").content
    clash = content.nodes["it-is-old"].model_copy(update={"id": "no-cracks"})
    content.nodes["no-cracks"] = clash  # type: ignore[index]
    done = bring_in(database, content, prefix="falls", who="test", why="test")
    after = CurrentMap(database)().content
    assert all(after.nodes[key] == node for key, node in before.nodes.items())
    assert all(after.relations[key] == relation for key, relation in before.relations.items())
    assert ("node", "no-cracks", "falls-no-cracks") in done.renamed
    assert after.info == before.info
    assert {after.nodes[k].status for k in after.nodes.keys() - before.nodes.keys()} == {"unreviewed"}


def test_importing_the_same_file_again_changes_nothing(database: Database) -> None:
    content = kialo.read(KIALO, "k.txt").content
    bring_in(database, content, prefix="k", who="test", why="test")
    again = bring_in(database, content, prefix="k", who="test", why="test")
    assert again.revision is None
    assert again.already == 5


def test_what_says_the_same_or_nearly_the_same_is_pointed_out(database: Database) -> None:
    text = b"1. The bridge holds!\n1.1. Pro: The inspectors found no crack in the bridge.\n1.2. Con: Quite another matter.\n"
    done = bring_in(database, kialo.read(text, "k.txt").content, prefix="k", who="t", why="t", dry_run=True)
    assert [(m.existing, m.exact) for m in done.matches] == [("holds", True), ("no-cracks", False)]
    assert CurrentMap(database)().revision == 1


def test_a_scenario_whose_letter_is_taken_comes_in_as_a_claim(database: Database) -> None:
    scenario = (
        maps.content().nodes["holds"].model_copy(update={"id": "other", "text": "Another.", "passages": ()})
    )
    done = bring_in(database, maps.MapContent.of([scenario]), prefix="k", who="t", why="t")
    assert done.retyped == ("other",)
    found = CurrentMap(database)().content.nodes["other"]
    assert isinstance(found, Node)
    assert found.type == "claim"


def test_our_json_goes_out_and_comes_in_equal(database: Database, tmp_path: Path) -> None:
    path, target = tmp_path / "map.json", tmp_path / "other.sqlite3"
    live.run("export", "graph", "--output", str(path), "--database", str(database.path))
    done = live.run("import", "map", str(path), "--json", "--database", str(target))
    assert json.loads(done.stdout)["skipped"] == []
    assert CurrentMap(Database(f"sqlite:///{target}"))().content == maps.content()


def test_the_copy_is_a_whole_database_without_operational_tables(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite3"
    assert copying.copy(database, target)
    with closing(sqlite3.connect(target)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert connection.execute("SELECT count(*) FROM revision").fetchone() == (1,)
    assert not [name for name in tables if name.startswith("op_")]
    copied = Database(f"sqlite:///{target}")
    prepare(copied)
    assert CurrentMap(copied)().content == maps.content()


def test_a_map_is_not_copied_onto_itself(database: Database) -> None:
    assert database.path is not None
    with pytest.raises(InvalidInput, match="onto itself"):
        copying.copy(database, database.path)
