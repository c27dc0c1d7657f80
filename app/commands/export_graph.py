"""``cruxmap export graph``: the whole map in a form other tools open."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.analysis import analysis
from app.commands.terminal import (
    DatabaseOption,
    OutputOption,
    ProgressOption,
    check_place,
    errors,
    open_database,
    progress_bar,
    put_out,
)
from app.errors import InvalidInput
from app.formats import csv_tables, registry
from app.formats.exchange import Loss, Progress, Written
from app.store import copying
from app.store.current import CurrentMap

_BINARY = ("csv", "sqlite")


class GraphFormat(StrEnum):
    """Forms the whole map is written in."""

    json = "json"
    argdown = "argdown"
    aif = "aif"
    xaif = "xaif"
    graphml = "graphml"
    dot = "dot"
    csv = "csv"
    sqlite = "sqlite"


def register(cli: typer.Typer) -> None:
    """Add the command."""

    @cli.command("graph")
    def export_graph(
        form: Annotated[GraphFormat, typer.Option("--format", help="The form to write.")] = GraphFormat.json,
        output: OutputOption = None,
        unreviewed: Annotated[
            bool,
            typer.Option(
                "--include-unreviewed",
                help="Unreviewed content too (JSON and SQLite always hold everything).",
            ),
        ] = False,
        database: DatabaseOption = None,
        steps: ProgressOption = False,
    ) -> None:
        """Write the whole map in one file, and say on standard error what that file does not hold.

        CSV is a zip of three tables, or a folder of them where `--output` does not end in `.zip`.

        Example: `cruxmap export graph --format argdown --output map.argdown`
        """
        folder = form.value == "csv" and output is not None and output.suffix.lower() != ".zip"
        if not folder:
            check_place(output)
        if form.value in _BINARY and output is None and sys.stdout.isatty():
            raise InvalidInput("this is not for a terminal", "--output", "name a file with --output")
        with progress_bar(steps) as progress:
            written = _write(form.value, output, unreviewed, database, folder, progress)
        if written.data:  # after the bar is gone: both may go to one terminal
            put_out(written.data, output)
        report(written.losses)


def _write(
    form: str, output: Path | None, unreviewed: bool, database: str | None, folder: bool, progress: Progress
) -> Written:
    """The file; without data where it stands in its place already (a folder, a database)."""
    progress("reading the map", 0, 0)
    opened = open_database(database)
    try:
        if form == "sqlite":
            progress("copying the database", 0, 0)
            if output is None:
                return copying.write(opened)
            copying.copy(opened, output)
            return Written(b"", copying.losses(opened))
        result = analysis(CurrentMap(opened)(), unreviewed)
        progress(f"writing {form}", 0, 0)
        if folder and output is not None:
            tables, written = csv_tables.write_tables(result)
            _write_folder(tables, output)
            return Written(b"", written.losses)
        write = registry.FORMATS[form].write
        assert write is not None
        return write(result)
    finally:
        opened.dispose()


def report(losses: tuple[Loss, ...], heading: str = "Not in the file:") -> None:
    """Print a loss report on standard error."""
    if losses:
        errors.print(heading, markup=False, highlight=False)
        for loss in losses:
            errors.print(f"  {loss}", markup=False, highlight=False)


def _write_folder(tables: dict[str, bytes], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = sorted(p.name for p in folder.iterdir() if p.name not in tables)
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror}", where=str(folder)) from error
    if strange:
        raise InvalidInput(
            f"the folder holds {strange[0]}", where=str(folder), remedy="name an empty folder, or a .zip file"
        )
    for name, data in tables.items():
        put_out(data, folder / name)
