"""The pages over the small map in tests/data/square, as a reader meets them."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.support import square

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="package")
def square_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the small map; tests only read it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('square') / 'map.sqlite3'}"
    database = Database(url)
    prepare(database)
    load(database, square.content(), who="tests", why="the small map")
    database.dispose()
    return url


@pytest.fixture(scope="package")
def site(square_url: str) -> Iterator[TestClient]:
    """A reader's browser, without scripts."""
    with TestClient(
        create_app(Settings(database_url=square_url, base_url="https://map.example")),
        base_url="http://localhost",
        headers=HTML,
        follow_redirects=False,
        raise_server_exceptions=False,
    ) as client:
        yield client
