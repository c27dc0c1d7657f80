"""What every command needs: where errors go, which database, where output goes, a progress bar."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from app.errors import InvalidInput
from app.formats import map_files
from app.model.snapshot import MapSnapshot
from app.settings import settings
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.migrate import prepare

errors = Console(stderr=True, soft_wrap=True)

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Where the map is kept: an SQLAlchemy URL or the path of an SQLite file "
        "(default: CRUXMAP_DATABASE_URL, else a file in your data directory).",
    ),
]
ProgressOption = Annotated[
    bool,
    typer.Option("--progress", help="Name each step on standard error, also where that is not a terminal."),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output.")
]


def open_database(url: str | None) -> Database:
    """The database named on the command line or by the settings, with its tables up to date."""
    database = Database(database_url(url or settings().database_url))
    backup = prepare(database)
    if backup is not None:
        errors.print(f"The database was upgraded; a copy of the old one is at {backup}.")
    return database


def database_url(named: str) -> str:
    """An SQLAlchemy URL from a URL or the path of an SQLite file."""
    return named if "://" in named else f"sqlite:///{named}"


def read_map(url: str | None) -> MapSnapshot:
    """The newest revision of the map."""
    return CurrentMap(open_database(url))()


def put_out(data: bytes | str, output: Path | None) -> None:
    """Write to the file, whole or not at all, or to standard output.

    The file is written beside its place and moved there: interrupted, it leaves what was there before.

    Raises
    ------
    InvalidInput : it cannot be written; says why.
    """
    if isinstance(data, str):
        data = (data if data.endswith("\n") or output is not None else data + "\n").encode("utf-8")
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        if output.exists() and not output.is_file():  # a pipe or a device is written to, not replaced
            output.write_bytes(data)
            return
        output = output.resolve()
        partial = output.with_name(f".{output.name}.{uuid4().hex[:8]}.part")
        try:
            with partial.open("xb") as file:
                file.write(data)
            partial.replace(output)
        finally:
            with suppress(OSError):
                partial.unlink()
    except OSError as error:
        raise _unwritable(output, error.strerror or str(error)) from error


def check_place(output: Path | None) -> None:
    """See that a file can be put there before the work for it is done.

    Raises
    ------
    InvalidInput : there is no such folder, or the name is that of a folder.
    """
    if output is None:
        return
    if not output.parent.is_dir():
        raise InvalidInput(
            "cannot be written: there is no such folder", str(output.parent), "make it, or name another"
        )
    if output.is_dir():
        raise _unwritable(output, "this is a folder")


def _unwritable(output: Path, reason: str) -> InvalidInput:
    return InvalidInput(f"cannot be written: {reason}", str(output), "name another file with --output")


def end_on_terminate(context: typer.Context) -> None:
    """Let SIGTERM unwind a command like SIGINT does, so that nothing half-made is left; the exit code is 143."""

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    context.call_on_close(lambda: signal.signal(signal.SIGTERM, before))


@contextmanager
def progress_bar(lines: bool = False) -> Iterator[map_files.Progress]:
    """Progress on standard error: a bar on a terminal, gone when the work is done; else, with ``lines``, a line a step.

    What is reported is (what, done, total); a total of 0 is unknown.
    """
    if lines and not errors.is_terminal:
        begun: set[str] = set()

        def say(what: str, _done: int, _total: int) -> None:
            if what not in begun:
                begun.add(what)
                errors.print(f"{what.capitalize()} …", markup=False, highlight=False)

        yield say
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        tasks: dict[str, int] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what.capitalize(), total=total or None)
            bar.update(tasks[what], completed=done, total=total or None)  # type: ignore[arg-type]

        yield report
