"""The API over a small map, as a caller meets it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.integration.api.small_map import CONTENT

TOKEN = "token-of-the-tests"
Json = dict[str, Any]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a database with the small map."""
    path = tmp_path_factory.mktemp("small") / "map.sqlite3"
    database = Database(f"sqlite:///{path}")
    prepare(database)
    load(database, CONTENT, who="tests", why="the small map")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path.read_bytes()


@pytest.fixture
def map_url(loaded: bytes, tmp_path: Path) -> str:
    """The address of a private copy of the small map."""
    path = tmp_path / "map.sqlite3"
    path.write_bytes(loaded)
    return f"sqlite:///{path}"


@pytest.fixture
def settings(map_url: str) -> Settings:
    """The settings of the application under test."""
    return Settings(database_url=map_url, token=TOKEN)


@pytest.fixture
def anonymous(settings: Settings) -> Iterator[TestClient]:
    """A caller without a token."""
    with TestClient(
        create_app(settings), base_url="http://localhost", raise_server_exceptions=False
    ) as client:
        yield client


@pytest.fixture
def client(anonymous: TestClient) -> TestClient:
    """A caller with the token of the settings."""
    return TestClient(
        anonymous.app,
        base_url="http://localhost",
        raise_server_exceptions=False,
        headers={"Authorization": f"Bearer {TOKEN}"},
    )


def submission(**changes: object) -> Json:
    """A comment with two nodes and two relations, changed as asked."""
    base: Json = {
        "participant": "newcomer",
        "reply_to": "c2",
        "body": '> Those tests measure fresh steel - they say nothing [...] below the waterline.\n> rust on "nearly every pillar"\n\n'
        "I doubt it. The pillars were cleaned in May, so there is no rust left.",
        "nodes": [
            {
                "ref": "cleaned",
                "type": "claim",
                "text": "The pillars were cleaned in May.",
                "passages": [{"quote": "The pillars were cleaned in May"}],
            },
            {
                "ref": "none-left",
                "type": "objection",
                "text": "No rust is left on the pillars.",
                "tags": ["rust"],
                "passages": [{"quote": "there is no rust left"}],
            },
        ],
        "relations": [
            {
                "ref": "because",
                "type": "supports",
                "source": "cleaned",
                "target": "none-left",
                "rationale": "Cleaning takes rust off.",
                "passages": [{"quote": "so there is no rust left"}],
            },
            {
                "type": "attacks",
                "source": "none-left",
                "target": "rust-weakens",
                "rationale": "Gone rust does nothing.",
            },
        ],
    }
    return base | changes
