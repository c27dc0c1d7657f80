"""The command line, as a person at a terminal meets it."""

import json
import socket
from pathlib import Path

import pytest

from app import resources
from app.formats import map_dump
from tests.support import live, maps


def small_map(folder: Path) -> Path:
    map_dump.write(maps.snapshot(), folder)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_load_and_dump_give_the_same_files(tmp_path: Path) -> None:
    files = small_map(tmp_path / "files")
    database = str(tmp_path / "map.sqlite3")
    loaded = live.run("load", str(files), "--database", database)
    assert loaded.returncode == 0, loaded.stderr
    assert "revision 1" in loaded.stdout
    assert live.run("dump", str(tmp_path / "again"), "--database", database).returncode == 0
    assert tree(tmp_path / "again") == tree(files)


def test_load_without_a_path_loads_the_bundled_map_into_the_data_folder(tmp_path: Path) -> None:
    done = live.run("load", environment={"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("cruxmap.sqlite3"))


def test_the_database_comes_from_the_environment_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'env.sqlite3'}"
    files = small_map(tmp_path / "files")
    assert live.run("load", str(files), environment={"CRUXMAP_DATABASE_URL": url}).returncode == 0
    exported = live.run("export", "graph", "--format", "json", environment={"CRUXMAP_DATABASE_URL": url})
    assert json.loads(exported.stdout)["format"] == "cruxmap-graph/1"


@pytest.mark.parametrize(
    "command", [[], ["load"], ["dump"], ["serve"], ["lint"], ["export"], ["export", "graph"]]
)
def test_every_command_explains_itself(command: list[str]) -> None:
    done = live.run(*command, "--help")
    assert done.returncode == 0
    if command and command != ["export"]:
        assert "Example" in done.stdout


def test_a_broken_map_stops_the_load_and_writes_nothing(tmp_path: Path) -> None:
    files = small_map(tmp_path / "files")
    path = files / "comments" / "c2.yaml"
    path.write_text(path.read_text().replace("They only looked", "They hardly looked"))
    database = str(tmp_path / "map.sqlite3")
    done = live.run("load", str(files), "--database", database)
    assert done.returncode == 1
    assert "comments/c2.yaml:" in done.stderr and "only-above-water" in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path(database).exists()


def test_a_port_in_use_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = live.run("serve", "--port", port, "--database", str(tmp_path / "map.sqlite3"))
    assert done.returncode == 1
    assert "the port is in use" in done.stderr
    assert not (tmp_path / "map.sqlite3").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["dump", "{file}/sub", "--database", "{database}"],
        ["export", "graph", "--output", "{file}/map.json", "--database", "{database}"],
        ["load", "--database", "{file}/map.sqlite3"],
        ["load", "{file}/none", "--database", "{database}"],
        ["load", "--database", "nonsense://x"],
    ],
)
def test_what_cannot_be_done_is_one_clear_message(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    places = {"file": tmp_path / "file", "database": tmp_path / "map.sqlite3"}
    done = live.run(*[argument.format(**places) for argument in arguments])
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text() == "in the way"


def test_lint_passes_on_the_bundled_map(seeded_url: str) -> None:
    done = live.run("lint", "--database", seeded_url)
    assert done.returncode == 0, done.stdout


def test_the_bundled_documents_are_whole() -> None:
    folder = resources.path("seeds") / "documents"
    assert sorted(p.stat().st_size for p in folder.iterdir()) == [5516, 31267]
