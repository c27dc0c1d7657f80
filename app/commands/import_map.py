"""``cruxmap import map``: a map made with another tool, added to this one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.commands.export_graph import report
from app.commands.terminal import (
    DatabaseOption,
    ProgressOption,
    database_url,
    errors,
    open_database,
    progress_bar,
)
from app.errors import InvalidInput
from app.formats import map_files, registry
from app.formats.exchange import MAX_BYTES, Counts, Imported, Progress, shorten
from app.model.vocabulary import vocabulary
from app.settings import settings, sqlite_path
from app.store.database import Database
from app.store.importing import Import, bring_in
from app.store.migrate import prepare

_SHOWN = 20


class ImportFormat(StrEnum):
    """Forms a map is read from."""

    yaml = "yaml"
    json = "json"
    argdown = "argdown"
    aif = "aif"
    xaif = "xaif"
    kialo = "kialo"


def register(cli: typer.Typer) -> None:
    """Add the command."""

    @cli.command("map")
    def import_map(
        path: Annotated[
            Path, typer.Argument(metavar="FILE", help="The file; for YAML also a folder of map files.")
        ],
        form: Annotated[
            ImportFormat | None,
            typer.Option("--format", help="Its format (default: told from content and name)."),
        ] = None,
        dry_run: Annotated[
            bool,
            typer.Option(
                "--dry-run", help="Say what is in the file and what the map has already; write nothing."
            ),
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
        database: DatabaseOption = None,
        who: Annotated[str, typer.Option(help="Kept in history.")] = "cruxmap import",
        steps: ProgressOption = False,
    ) -> None:
        """Add a map made with another tool: Argdown, AIF, xAIF, Kialo, our JSON or YAML.

        Nothing that is there is changed: ids that are taken get the file's name in front. Into a map that has
        content, what is imported comes in unreviewed.

        Example: `cruxmap import map debate.argdown --dry-run --database map.sqlite3`
        """
        with progress_bar(steps) as progress:
            progress("reading", 0, 0)
            name, imported = read(path, form.value if form is not None else None, progress)
            with target_database(database, dry_run) as opened:
                done = bring_in(
                    opened,
                    imported.content,
                    prefix=path.stem,
                    who=who,
                    why=f"imported {path.name} ({name})",
                    dry_run=dry_run,
                    progress=progress,
                )
        if as_json:
            typer.echo(json.dumps(as_values(name, imported), ensure_ascii=False, indent=1))
        else:
            typer.echo(sentence(name, imported.counts, done, dry_run))
        _say_what_matches(done)
        report(imported.losses, "Left out, or kept in another way:")


def read(path: Path, form: str | None, progress: Progress) -> tuple[str, Imported]:
    """The map in a file, and its format.

    Raises
    ------
    InvalidInput : the file cannot be read, is too large, or is not what it should be.
    """
    if form == "yaml" or (form is None and (path.is_dir() or path.suffix.lower() in (".yaml", ".yml"))):
        content = map_files.read(path, vocabulary(), progress)
        return "yaml", Imported(content, (), Counts.of(content))
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", where=str(path)) from error
    return registry.read(data, path.name, form, progress)


@contextmanager
def target_database(named: str | None, dry_run: bool) -> Iterator[Database]:
    """The map to import into; for a dry run into a map that is not there, one that is soon gone."""
    file = sqlite_path(database_url(named or settings().database_url))
    if dry_run and file is not None and not file.exists():
        with TemporaryDirectory() as folder:
            empty = Database(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
            prepare(empty)
            yield empty
            empty.dispose()
        return
    opened = open_database(named)
    try:
        yield opened
    finally:
        opened.dispose()


def as_values(name: str, imported: Imported) -> dict[str, object]:
    """What a program reads: counts of what the file holds, and what of it was left."""
    counts = imported.counts
    return {
        "format": name,
        "statements": counts.statements,
        "relations": dict(counts.relations),
        "participants": counts.participants,
        "comments": counts.comments,
        "skipped": [loss.as_json() for loss in imported.losses],
    }


def sentence(name: str, counts: Counts, done: Import, dry_run: bool) -> str:
    """What a person reads."""
    relations = ", ".join(f"{n} {kind}" for kind, n in counts.relations.items()) or "no relations"
    parts = [
        (
            f"Read {counts.statements} statements ({relations}), {counts.participants} participants and "
            f"{counts.comments} comments as {name}."
        )
    ]
    added = sum(done.added.values())
    if not added:
        parts.append(
            "All of it is in the map already; nothing " + ("would be" if dry_run else "was") + " changed."
        )
    else:
        if dry_run:
            parts.append(f"Would add {added} records.")
        elif done.revision is not None:
            parts.append(f"Added {added} records as revision {done.revision.n}.")
        if done.already:
            parts.append(f"{done.already} are in the map already.")
        if done.unreviewed:
            parts.append(
                "They come in unreviewed: the map has content." if dry_run else "They are unreviewed."
            )
    return " ".join(parts)


def _say_what_matches(done: Import) -> None:
    def say(text: str) -> None:
        errors.print(text, markup=False, highlight=False)

    if done.matches:
        exact = sum(m.exact for m in done.matches)
        say(
            f"{exact} statements say what the map says already, {len(done.matches) - exact} nearly; none was merged:"
        )
        for found in done.matches[:_SHOWN]:
            how = "says what" if found.exact else f"nearly ({found.score:.0f} %) says what"
            say(f"  {found.imported} {how} {found.existing} says: {shorten(found.text)}")
        if len(done.matches) > _SHOWN:
            say(f"  … and {len(done.matches) - _SHOWN} more")
    if not done.compared:
        say("There are too many statements to look for nearly equal ones.")
    if done.renamed:
        kind, old, new = done.renamed[0]
        say(f"{len(done.renamed)} ids were taken and got the file's name in front ({kind} {old} is {new}).")
    if done.retyped:
        say(f"{len(done.retyped)} scenarios became claims: their letters are taken ({done.retyped[0]}).")
