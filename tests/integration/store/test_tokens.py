"""Tokens: shown once, kept as digests, expired, revoked."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.errors import InvalidInput, NotFound
from app.store import tokens
from app.store.database import Database
from app.store.loading import load
from tests.integration.api.small_map import CONTENT


def test_a_token_stands_for_its_role_until_it_is_revoked(database: Database) -> None:
    token, info = tokens.create(database, "editor", "the bot")
    caller = tokens.caller_of(database, token)
    assert caller is not None
    assert (caller.label, caller.role, caller.may("contributor"), caller.may("admin")) == (
        "the bot", "editor", True, False,
    )  # fmt: skip
    assert [found.state for found in tokens.listed(database)] == ["active"]
    assert tokens.revoke(database, info.id).state == "revoked"
    assert tokens.caller_of(database, token) is None
    assert [found.state for found in tokens.listed(database)] == ["revoked"]


def test_the_database_never_holds_the_token(database: Database) -> None:
    token, _ = tokens.create(database, "editor", "e")
    with database.read() as session:
        rows = session.execute(text("SELECT * FROM op_token")).all()
    assert token not in str(rows)
    assert tokens.digest(token) in str(rows)


def test_an_expired_token_counts_no_longer(database: Database) -> None:
    token, info = tokens.create(database, "editor", "e", days=1)
    assert tokens.caller_of(database, token) is not None
    with database.write() as session:
        session.execute(text("UPDATE op_token SET expires_at = '2020-01-01T00:00:00+00:00'"))
    assert tokens.caller_of(database, token) is None
    (found,) = tokens.listed(database)
    assert (found.id, found.state) == (info.id, "expired")


def test_a_contributor_is_bound_to_a_participant_of_the_map(database: Database) -> None:
    with pytest.raises(InvalidInput, match="bound to a participant"):
        tokens.create(database, "contributor", "c")
    with pytest.raises(InvalidInput, match="no participant"):
        tokens.create(database, "contributor", "c", participant="nobody")
    load(database, CONTENT, who="t", why="t")
    token, _ = tokens.create(database, "contributor", "c", participant="doubter")
    caller = tokens.caller_of(database, token)
    assert caller is not None
    assert caller.participant == "doubter"
    with pytest.raises(InvalidInput, match="no role"):
        tokens.create(database, "king", "k")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        tokens.revoke(database, "nope")


def test_a_link_opens_one_session(database: Database) -> None:
    link, _ = tokens.create(database, "editor", "local", kind="link", days=1)
    assert tokens.caller_of(database, link) is None
    session = tokens.use_link(database, link)
    assert session is not None
    assert tokens.use_link(database, link) is None
    caller = tokens.caller_of(database, session, "session")
    assert caller is not None
    assert caller.role == "editor"
    assert tokens.caller_of(database, session) is None
    assert [found.kind for found in tokens.listed(database)] == ["link"]


def test_the_first_token_is_made_once(database: Database) -> None:
    token, new = tokens.first_token(database)
    assert new
    assert token is not None
    caller = tokens.caller_of(database, token)
    assert caller is not None
    assert caller.role == "admin"
    again, new = tokens.first_token(database)
    assert not new
    path = tokens.token_file(database)
    if path is None:
        assert again is None
    else:
        assert again == token
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        tokens.revoke(database, caller.id)
        assert tokens.first_token(database)[0] != token


def test_a_secret_is_made_once(database: Database) -> None:
    assert tokens.secret(database, "cookie") == tokens.secret(database, "cookie")
    assert tokens.secret(database, "cookie") != tokens.secret(database, "other")


@given(st.integers(0, 41), st.characters(codec="ascii", categories=("L", "N")))
def test_a_mistyped_token_is_known_by_its_checksum(place: int, other: str) -> None:
    token = tokens.generate()
    assert tokens.well_formed(token)
    mistyped = token[:place] + other + token[place + 1 :]
    assert tokens.well_formed(mistyped) == (mistyped == token)


@given(st.text(max_size=60))
def test_anything_else_is_no_token(token: str) -> None:
    assert not tokens.well_formed(token)
