"""``cruxmap token``: who may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from app.commands.terminal import DatabaseOption, errors, open_database
from app.store import tokens
from app.store.database import Database

token_cli = typer.Typer(
    name="token",
    help="Make, list and revoke the tokens that let programs and people write.",
    no_args_is_help=True,
)


def register(cli: typer.Typer) -> None:
    """Add the commands to the command line."""
    cli.add_typer(token_cli)


@contextmanager
def _opened(url: str | None) -> Iterator[Database]:
    """The database, closed at the end."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.dispose()


@token_cli.command("create")
def create(
    role: Annotated[str, typer.Argument(help="contributor, editor or admin.")],
    label: Annotated[
        str, typer.Option(help="What the token is for; kept in the history with what it writes.")
    ] = "",
    participant: Annotated[
        str | None, typer.Option(help="The participant a contributor writes as, by id.")
    ] = None,
    days: Annotated[float | None, typer.Option(help="How long it counts; for ever without this.")] = None,
    database: DatabaseOption = None,
) -> None:
    """Make a token. It is shown this once; the database keeps only a digest.

    Example: `cruxmap token create contributor --participant commenter-7 --days 90`
    """
    chosen = label or (f"{role} {participant}" if participant else role)
    with _opened(database) as opened:
        token, info = tokens.create(opened, role, chosen, participant=participant, days=days)  # type: ignore[arg-type]
    errors.print(f"Token {info.id} ({info.role}). It is shown only now:")
    typer.echo(token)


@token_cli.command("list")
def list_tokens(database: DatabaseOption = None) -> None:
    """List the tokens: ids, roles and dates, never the tokens themselves.

    Example: `cruxmap token list`
    """
    with _opened(database) as opened:
        found = tokens.listed(opened)
    rows = [("id", "role", "kind", "state", "made", "expires", "participant", "label")]
    rows += [
        (
            info.id,
            info.role,
            info.kind,
            info.state,
            info.created_at[:10],
            (info.expires_at or "never")[:10],
            info.participant or "-",
            info.label,
        )
        for info in found
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@token_cli.command("revoke")
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="The id that `cruxmap token list` shows.")],
    database: DatabaseOption = None,
) -> None:
    """Take a token back; it never counts again.

    Example: `cruxmap token revoke 1f2e3d4c`
    """
    with _opened(database) as opened:
        info = tokens.revoke(opened, token_id)
    typer.echo(f"Revoked {info.id} ({info.role}, {info.label}).")


def greeting(database: Database, base: str, configured: str = "") -> list[str]:
    """What ``cruxmap serve`` prints: the token for writing, and a one-time link for the local editor.

    ``base`` is the address it serves at, ``configured`` the token of the settings, which is not repeated.
    """
    lines: list[str] = []
    if configured:
        lines.append("Writing takes the token of CRUXMAP_TOKEN.")
    else:
        token, _new = tokens.first_token(database)
        kept = tokens.token_file(database)
        if token is not None:
            lines.append(f"Writing takes this token: {token}" + (f" (kept in {kept})" if kept else ""))
    link, _ = tokens.create(database, "editor", "local editor", kind="link", days=1)
    lines.append(
        f"To edit in your browser, open {base.rstrip('/')}/editor?link={link} (counts once, for a day)."
    )
    return lines
