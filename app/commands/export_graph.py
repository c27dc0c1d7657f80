"""``cruxmap export graph``: the whole map in a form other tools open."""

import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.analysis import analysis
from app.commands.terminal import DatabaseOption, OutputOption, errors, open_database, read_map
from app.errors import InvalidInput
from app.formats import csv_tables, registry
from app.formats.exchange import Loss, Written
from app.store import copying


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
    ) -> None:
        """Write the whole map in one file, and say on standard error what that file does not hold.

        CSV is a zip of three tables, or a folder of them where `--output` does not end in `.zip`.

        Example: `cruxmap export graph --format argdown --output map.argdown`
        """
        if form.value == "sqlite":
            _sqlite(database, output)
            return
        result = analysis(read_map(database), unreviewed)
        if form.value == "csv" and output is not None and output.suffix.lower() != ".zip":
            tables, written = csv_tables.write_tables(result)
            _write_folder(tables, output)
        else:
            write = registry.FORMATS[form.value].write
            assert write is not None
            written = write(result)
            put_out(written.data, output)
        report(written.losses)


def report(losses: tuple[Loss, ...], heading: str = "Not in the file:") -> None:
    """Print a loss report on standard error."""
    if losses:
        errors.print(heading, markup=False, highlight=False)
        for loss in losses:
            errors.print(f"  {loss}", markup=False, highlight=False)


def put_out(data: bytes, output: Path | None) -> None:
    """Write to the file (whole or not at all), or to standard output."""
    if output is None:
        if sys.stdout.isatty() and b"\x00" in data[:1024]:
            raise InvalidInput("this is not for a terminal", remedy="name a file with --output")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        if output.exists() and not output.is_file():  # a pipe or a device is written to, not replaced
            output.write_bytes(data)
            return
        output = output.resolve()
        partial = output.with_name(f".{output.name}.part")
        try:
            partial.write_bytes(data)
            partial.replace(output)
        finally:
            with suppress(OSError):
                partial.unlink()
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror}", where=str(output)) from error


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


def _sqlite(database: str | None, output: Path | None) -> None:
    opened = open_database(database)
    if output is not None:
        whole = copying.copy(opened, output)
    else:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "map.sqlite3"
            whole = copying.copy(opened, path)
            put_out(path.read_bytes(), None)
    losses = [Loss("operational table", 1, "tokens and the like are never in a copy of the map")]
    if not whole:
        losses.append(Loss("history of the map", 1, "only the content is copied from PostgreSQL"))
    report(Written(b"", tuple(losses)).losses)
