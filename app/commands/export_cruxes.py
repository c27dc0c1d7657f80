"""``cruxmap export cruxes``: the cruxes for a writeup, in the format the writer needs."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.analysis import analysis
from app.commands.terminal import (
    DatabaseOption,
    ProgressOption,
    check_place,
    progress_bar,
    put_out,
    read_map,
)
from app.errors import InvalidInput
from app.settings import settings
from app.writeup.export import Exported, export
from app.writeup.options import Options, Order, Quoting


class CruxFormat(StrEnum):
    """Formats of the export."""

    md = "md"
    html = "html"
    docx = "docx"
    latex = "latex"
    json = "json"
    csv = "csv"
    txt = "txt"
    bibtex = "bibtex"


class CruxOrder(StrEnum):
    """Orders of the cruxes."""

    decides = "decides"
    thread = "thread"


class CruxQuotes(StrEnum):
    """Where verbatim words stand."""

    notes = "notes"
    inline = "inline"
    none = "none"


_ORDERS: dict[str, Order] = {"decides": "decides", "thread": "thread"}
_QUOTES: dict[str, Quoting] = {"notes": "notes", "inline": "inline", "none": "none"}


def register(cli: typer.Typer) -> None:
    """Add the command to the exports."""

    @cli.command("cruxes")
    def export_cruxes(
        form: Annotated[CruxFormat, typer.Option("--format", help="The format to write.")] = CruxFormat.md,
        crux: Annotated[
            list[str] | None, typer.Option("--crux", metavar="ID", help="Only this crux; repeatable.")
        ] = None,
        output: Annotated[
            Path | None,
            typer.Option("--output", "-o", metavar="FILE", help="Write here instead of standard output."),
        ] = None,
        fragment: Annotated[
            bool, typer.Option("--fragment", help="LaTeX without preamble, to be put into a document.")
        ] = False,
        order: Annotated[
            CruxOrder, typer.Option(help="By what they decide, or as they come up in the thread.")
        ] = CruxOrder.decides,
        points: Annotated[int, typer.Option(help="Arguments told on each side.")] = Options.points,
        quotes: Annotated[
            CruxQuotes, typer.Option(help="Verbatim words in the notes, in the text as well, or places only.")
        ] = CruxQuotes.notes,
        strengths: Annotated[
            bool, typer.Option("--strengths", help="Show strengths (no probabilities).")
        ] = False,
        unreviewed: Annotated[
            bool, typer.Option("--unreviewed", help="With what is not reviewed yet.")
        ] = False,
        participant: Annotated[
            str | None,
            typer.Option(metavar="ID", help="Under this participant's valuation, their points first."),
        ] = None,
        caption_for: Annotated[str, typer.Option(help="Title over the case for.")] = Options.caption_for,
        caption_against: Annotated[
            str, typer.Option(help="Title over the case against.")
        ] = Options.caption_against,
        figures: Annotated[
            bool,
            typer.Option(
                help="Draw each crux; Markdown and LaTeX keep the drawings in a folder beside --output."
            ),
        ] = True,
        base_url: Annotated[
            str,
            typer.Option(
                metavar="URL", help="Site of the permalinks (default: CRUXMAP_BASE_URL, else this machine)."
            ),
        ] = "",
        database: DatabaseOption = None,
        steps: ProgressOption = False,
    ) -> None:
        """Write the cruxes as prose with notes, to be pasted into a writeup.

        Example: `cruxmap export cruxes --format docx --output cruxes.docx`
        """
        options = Options(
            cruxes=tuple(crux or ()),
            order=_ORDERS[order.value],
            points=points,
            quotes=_QUOTES[quotes.value],
            strengths=strengths,
            unreviewed=unreviewed,
            participant=participant,
            caption_for=caption_for,
            caption_against=caption_against,
            figures=figures,
            base_url=base_url or site(),
        )
        if form is CruxFormat.docx and output is None and sys.stdout.isatty():
            raise InvalidInput(
                "a Word document cannot be shown here", "--output", "name a file with --output"
            )
        check_place(output)
        folder = f"{output.stem}-figures" if output is not None else None
        # Without a site that others can reach, a link to a drawing would lead nowhere.
        linked = output is None and form is CruxFormat.md and bool(base_url or settings().base_url)
        with progress_bar(steps) as progress:
            progress("reading the map", 0, 0)
            view = read_map(database)
            progress(f"writing {form.value}", 0, 0)
            made = export(
                analysis(view, unreviewed),
                options,
                form.value,
                fragment=fragment,
                folder=folder,
                linked=linked,
            )
        write(made, output)
        if figures and output is None and not linked and form in (CruxFormat.md, CruxFormat.latex):
            typer.echo(
                "Figures are left out: name a file with --output, and they are put beside it.", err=True
            )


def site() -> str:
    """The address of permalinks: the configured one, else where ``cruxmap serve`` listens by default."""
    chosen = settings()
    return chosen.base_url or f"http://{chosen.host}:{chosen.port}"


def write(made: Exported, output: Path | None) -> None:
    """Write the document, and its figures beside it.

    Raises
    ------
    InvalidInput : the file or folder cannot be written.
    """
    if output is not None:
        for name, content in made.files.items():
            path = output.parent / name
            try:
                path.parent.mkdir(exist_ok=True)
            except OSError as error:
                raise InvalidInput(f"cannot be written: {error.strerror}", where=str(path)) from error
            put_out(content, path)
    put_out(made.content, output)
