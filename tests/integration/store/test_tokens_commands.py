"""``cruxmap token``: what a person at a terminal sees."""

import typer
from typer.testing import CliRunner

from app.commands.token import greeting, register
from app.store import tokens
from app.store.database import Database

cli = typer.Typer()
register(cli)


@cli.callback()
def _main() -> None:
    """So that ``token`` is a command among others."""


def run(database: Database, *arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, ["token", *arguments, "--database", database.url])
    return done.exit_code, done.stdout, done.stderr


def test_a_token_is_shown_once_listed_and_revoked(database: Database) -> None:
    code, shown, said = run(database, "create", "editor", "--label", "the bot", "--days", "30")
    assert code == 0
    assert tokens.well_formed(shown.strip())
    assert "shown only now" in said
    _, table, _ = run(database, "list")
    assert shown.strip() not in table
    (row,) = table.splitlines()[1:]
    key = row.split()[0]
    assert "active" in row
    assert "the bot" in row
    assert run(database, "revoke", key)[0] == 0
    assert "revoked" in run(database, "list")[1]
    assert tokens.caller_of(database, shown.strip()) is None


def test_every_command_has_an_example(database: Database) -> None:
    for name in ("create", "list", "revoke"):
        done = CliRunner().invoke(cli, ["token", name, "--help"])
        assert f"Example: `cruxmap token {name}" in done.stdout.replace("\n", " ").replace("  ", " ")


def test_what_serve_prints_lets_a_person_in(database: Database) -> None:
    lines = greeting(database, "http://127.0.0.1:8000/")
    token = next(word for line in lines for word in line.split() if word.startswith(tokens.PREFIX))
    caller = tokens.caller_of(database, token)
    assert caller is not None
    assert caller.role == "admin"
    (address,) = (word for line in lines for word in line.split() if word.startswith("http"))
    assert address.startswith("http://127.0.0.1:8000/editor?link=cmx_")
    assert tokens.use_link(database, address.partition("link=")[2]) is not None


def test_the_token_of_the_settings_is_not_repeated(database: Database) -> None:
    lines = greeting(database, "http://127.0.0.1:8000", "swordfish")
    assert not any("swordfish" in line for line in lines)
    assert tokens.token_file(database) is None or not tokens.token_file(database).exists()  # type: ignore[union-attr]
