"""What every command needs: where errors go, which database, where output goes, a progress bar."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

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


def put_out(text: str, output: Path | None) -> None:
    """Write to the file, or to standard output."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror}", where=str(output)) from error


@contextmanager
def progress_bar() -> Iterator[map_files.Progress]:
    """A progress bar on standard error, gone when the work is done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        tasks: dict[str, int] = {}

        def report(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what.capitalize(), total=total)
            bar.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

        yield report
