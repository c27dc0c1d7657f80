"""The command line: load, dump, serve, export."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app import resources, server
from app.analysis import analysis
from app.analysis.lint import lint as lint_map
from app.commands import export_cruxes, export_graph, import_map, import_thread, token
from app.commands.terminal import (
    DatabaseOption,
    database_url,
    end_on_terminate,
    errors,
    open_database,
    progress_bar,
    read_map,
)
from app.errors import CruxmapError
from app.formats import map_dump, map_files
from app.model.vocabulary import vocabulary
from app.settings import settings
from app.store.current import CurrentMap
from app.store.loading import load as load_content

cli = typer.Typer(
    name="cruxmap",
    help="Turn a long comment thread into a browsable map of its argument.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
export_cli = typer.Typer(
    help="Write the map, or its cruxes, in another form.", no_args_is_help=True, callback=end_on_terminate
)
import_cli = typer.Typer(
    help="Bring in what other tools made.", no_args_is_help=True, callback=end_on_terminate
)
cli.add_typer(export_cli, name="export")
cli.add_typer(import_cli, name="import")
export_cruxes.register(export_cli)
export_graph.register(export_cli)
import_map.register(import_cli)
import_thread.register(import_cli)
token.register(cli)


@cli.command()
def load(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="A folder of map files; the bundled map without it."),
    ] = None,
    database: DatabaseOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
    who: Annotated[str, typer.Option(help="Kept in history.")] = "cruxmap load",
) -> None:
    """Bring map files into the map: what changed in them, and only where nobody changed the map since.

    Example: `cruxmap load seeds --database map.sqlite3`
    """
    folder = path or resources.path("seeds")
    with progress_bar() as report:
        content = map_files.read(folder, vocabulary(), report)
        opened = open_database(database)
        done = load_content(
            opened, content, who=who, why=f"loaded {path or 'the bundled map'}", dry_run=dry_run
        )
    typer.echo(("Would load. " if dry_run else "") + done.sentence())


@cli.command()
def dump(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="An empty folder, or one of an earlier dump.")
    ],
    database: DatabaseOption = None,
) -> None:
    """Write the map as files: YAML, one a comment, and the documents beside them.

    Example: `cruxmap dump my-map --database map.sqlite3`
    """
    written = map_dump.write(read_map(database), folder)
    typer.echo(f"Wrote {len(written)} files to {folder}.")


@cli.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to bind to (default: CRUXMAP_HOST, else loopback).")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port; 0 picks a free one (default: CRUXMAP_PORT).")
    ] = None,
    database: DatabaseOption = None,
    seed: Annotated[bool, typer.Option(help="Fill a map that is still empty with the bundled one.")] = True,
) -> None:
    """Serve the map to browsers and programs.

    Example: `cruxmap serve --database map.sqlite3 --port 8000`
    """
    chosen = settings().model_copy(
        update={
            k: v
            for k, v in {
                "host": host,
                "port": port,
                "database_url": database and database_url(database),
            }.items()
            if v is not None
        }
    )
    with server.listen(chosen.host, chosen.port) as listening:
        opened = open_database(chosen.database_url)
        if seed and CurrentMap(opened)().revision == 0:
            with progress_bar() as report:
                content = map_files.read(resources.path("seeds"), vocabulary(), report)
                done = load_content(opened, content, who="cruxmap serve", why="loaded the bundled map")
            errors.print(done.sentence())
        opened.dispose()
        server.run(chosen, listening)


@cli.command()
def lint(
    database: DatabaseOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")] = False,
) -> None:
    """List what an editor should look at again.

    Example: `cruxmap lint --database map.sqlite3`
    """
    remarks = lint_map(analysis(read_map(database)))
    for remark in remarks:
        typer.echo(str(remark))
    failing = [r for r in remarks if strict or r.level == "error"]
    typer.echo(f"{len(remarks)} remarks, {len(failing)} of them to be mended.")
    if failing:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; one clear message and exit code 1 for whatever is wrong."""
    try:
        cli()
    except CruxmapError as error:
        for problem in error.problems:
            errors.print(f"[bold red]Error:[/] {_plain(str(problem))}", highlight=False)
        sys.exit(1)


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


if __name__ == "__main__":
    main()
