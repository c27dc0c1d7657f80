"""Long commands: they say what they do, and leave nothing half-made when they are interrupted."""

import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.model.records import MapContent
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.support import live, maps

STATEMENTS = 600
OLD = b"what was there before"
SIGNALS = (signal.SIGINT, signal.SIGTERM)


def debate() -> str:
    """A debate that takes a while to read and to store."""
    return "[s0]: The thesis.\n\n" + "\n\n".join(
        f"[s{n}]: Statement {n} says something of interest.\n  +> [s{n // 2}]" for n in range(1, STATEMENTS)
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with many statements; tests only read it."""
    folder = tmp_path_factory.mktemp("large")
    path, source = folder / "map.sqlite3", folder / "debate.argdown"
    source.write_text(debate(), encoding="utf-8")
    done = live.run("import", "map", str(source), "--database", str(path))
    assert done.returncode == 0, done.stderr
    return path


@contextmanager
def running(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """The program, with what it says on standard error to be read line by line."""
    with subprocess.Popen(
        [*live.CRUXMAP, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=live.CHECKOUT,
        env={k: v for k, v in os.environ.items() if not k.startswith("CRUXMAP_")} | {"NO_COLOR": "1"},
        # A shell starts what runs in its background deaf to SIGINT, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        yield process


def interrupt(process: "subprocess.Popen[str]", step: str, how: signal.Signals) -> str:
    """Send the signal once the program has said that it is at this step; the rest of what it said."""
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(step):
            process.send_signal(how)
            break
    else:
        raise AssertionError(f"it never said {step!r}")
    return process.communicate(timeout=120)[1]


@pytest.mark.parametrize("how", SIGNALS)
@pytest.mark.parametrize(
    ("form", "step"),
    [("json", "Reading the map"), ("graphml", "Writing graphml"), ("sqlite", "Copying the database")],
)
def test_an_interrupted_export_leaves_the_old_file_or_the_new_one_and_nothing_else(
    large: Path, tmp_path: Path, form: str, step: str, how: signal.Signals
) -> None:
    target = tmp_path / "out"
    target.write_bytes(OLD)
    with running(
        "export", "graph", "--format", form, "--output", str(target), "--database", str(large), "--progress"
    ) as process:
        said = interrupt(process, step, how)
    assert "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
    if process.returncode:
        assert target.read_bytes() == OLD
    else:
        assert target.stat().st_size > STATEMENTS


@pytest.mark.parametrize("how", SIGNALS)
def test_a_signal_ends_an_export_at_once(large: Path, tmp_path: Path, how: signal.Signals) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # nobody reads it, so that without the signal the export would never end
    with running("export", "graph", "--output", str(pipe), "--database", str(large), "--progress") as process:
        interrupt(process, "Writing json", how)
    assert process.returncode in {signal.SIGINT: (1, 130), signal.SIGTERM: (143,)}[how]


@pytest.mark.parametrize("how", SIGNALS)
@pytest.mark.parametrize("step", ["Reading …", "Matching", "Storing"])
def test_an_interrupted_import_leaves_the_map_as_it_was_or_whole(
    tmp_path: Path, step: str, how: signal.Signals
) -> None:
    url, source = f"sqlite:///{tmp_path / 'map.sqlite3'}", tmp_path / "debate.argdown"
    source.write_text(debate(), encoding="utf-8")
    database = Database(url)
    prepare(database)
    load(database, maps.content(), who="test", why="test")
    with running("import", "map", str(source), "--database", url, "--progress") as process:
        said = interrupt(process, step, how)
    assert "Traceback" not in said
    after: MapContent = CurrentMap(database)().content
    before = len(maps.content().nodes)
    assert len(after.nodes) == (before if process.returncode else before + STATEMENTS)


def test_an_import_tells_its_steps_and_is_silent_without_being_asked(tmp_path: Path) -> None:
    source = tmp_path / "debate.argdown"
    source.write_text("[a]: A.\n  + [b]: B.\n", encoding="utf-8")
    told = live.run("import", "map", str(source), "--database", str(tmp_path / "a.sqlite3"), "--progress")
    assert [line for line in told.stderr.splitlines() if line.endswith("…")] == [
        "Reading …", "Matching …", "Storing …",
    ]  # fmt: skip
    silent = live.run("import", "map", str(source), "--database", str(tmp_path / "b.sqlite3"))
    assert silent.stderr == ""


def test_an_export_tells_its_steps_on_standard_error_alone(large: Path) -> None:
    told = live.run("export", "graph", "--format", "dot", "--database", str(large), "--progress")
    assert told.stderr.splitlines()[:2] == ["Reading the map …", "Writing dot …"]
    assert told.stdout.startswith("digraph")


@pytest.mark.parametrize(
    "command", [("graph",), ("graph", "--format", "sqlite"), ("graph", "--format", "csv"), ("cruxes",)]
)
def test_a_place_that_cannot_be_written_to_is_said_clearly(
    large: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    missing = tmp_path / "missing" / "out.zip"
    done = live.run("export", *command, "--output", str(missing), "--database", str(large))
    assert done.returncode == 1
    assert "no such folder" in done.stderr
    assert str(missing.parent) in done.stderr
    folder = tmp_path / "folder.zip"
    folder.mkdir()
    done = live.run("export", *command, "--output", str(folder), "--database", str(large))
    assert done.returncode == 1
    assert "this is a folder" in done.stderr
    # A file system that takes no files, whoever asks (root may write anywhere else).
    done = live.run("export", *command, "--output", "/proc/out.zip", "--database", str(large))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", [("cruxes", "--format", "docx"), ("graph", "--format", "sqlite"), ("graph", "--format", "csv")]
)
def test_what_is_no_text_is_not_written_to_a_terminal(large: Path, command: tuple[str, ...]) -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [*live.CRUXMAP, "export", *command, "--database", str(large)],
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        cwd=live.CHECKOUT,
        check=False,
    )
    os.close(theirs)
    try:
        shown = os.read(ours, 1000)
    except OSError:  # Linux says so where nothing was written and the other end is closed
        shown = b""
    os.close(ours)
    assert done.returncode == 1
    assert shown == b""
    assert "name a file with --output" in done.stderr


def test_text_is_written_to_a_terminal(large: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*live.CRUXMAP, "export", "graph", "--format", "dot", "--database", str(large)],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        cwd=live.CHECKOUT,
    ) as process:
        os.close(theirs)
        shown = os.read(ours, 7)
        os.close(ours)
        process.wait(120)
    assert shown == b"digraph"
