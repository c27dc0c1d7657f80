"""What the tests of the pages that write share: a site of one's own, forms, sessions."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store import tokens
from app.store.database import Database
from tests.integration.web.conftest import HTML
from tests.support.html import Page, parse

TOKEN = "token-of-the-tests"
BODY = "> the buses do not run after eight\n\nThey run until ten since May. So people can come home late."
FORM = {
    "once": "a form",
    "participant": "newcomer",
    "body": BODY.replace("\n", "\r\n"),
    "reply_to": "k2",
    "shelf": "no-late-buses",
    "node-0-ref": "N1",
    "node-0-type": "claim",
    "node-0-text": "The buses run until ten.",
    "node-0-quote": "They run until ten since May",
    "link-0-source": "N1",
    "link-0-type": "attacks",
    "link-0-target": "no-late-buses",
    "link-0-rationale": "Ten is after eight.",
}
KEY = "they-run-until-ten-since-may-so-people"


def open_site(url: str, path: Path) -> TestClient:
    """A browser without scripts, over a private copy of a map."""
    copy = path / "own.sqlite3"
    with (
        closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as source,
        closing(sqlite3.connect(copy)) as own,
    ):
        source.backup(own)
    return TestClient(
        create_app(Settings(database_url=f"sqlite:///{copy}", token=TOKEN)),
        base_url="http://localhost",
        headers=HTML,
        follow_redirects=False,
        raise_server_exceptions=False,
    )


def database(site: TestClient) -> Database:
    """The database behind a site."""
    found: Database = site.app.state.database  # type: ignore[attr-defined]
    return found


def contributor(site: TestClient, participant: str = "doubter") -> str:
    """A token of a contributor."""
    return tokens.create(database(site), "contributor", "a contributor", participant=participant)[0]


def sign_in(site: TestClient, token: str = TOKEN) -> None:
    """Begin a session."""
    assert site.post("/signin", data={"token": token}).status_code == 303


def read(site: TestClient, path: str, status: int = 200) -> Page:
    """A page, well-formed."""
    answer = site.get(path)
    assert answer.status_code == status, answer.text[-2000:]
    page = parse(answer.text)
    assert page.problems == []
    return page


def press(site: TestClient, does: str, status: int = 200, **fields: str) -> Page:
    """The form after one of its buttons."""
    answer = site.post("/comments/new", data={**FORM, **fields, "do": does})
    assert answer.status_code == status, answer.text[-2000:]
    page = parse(answer.text)
    assert page.problems == []
    return page


def state_at(site: TestClient, path: str) -> str:
    """The state an editor has seen."""
    found = re.search(r'name="state" value="(\w+)"', site.get(path).text)
    assert found is not None
    return found[1]


def edit(site: TestClient, path: str, does: str, **fields: str) -> str:
    """Where an edit leads to."""
    answer = site.post(path, data={"do": does, "state": state_at(site, path), **fields})
    assert answer.status_code == 303, parse(answer.text).words
    return answer.headers["location"].removesuffix("#main")
