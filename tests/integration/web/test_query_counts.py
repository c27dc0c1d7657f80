"""How often a page and its JSON ask the database does not depend on how large the map is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.kept import KeptPages
from tests.integration.web.conftest import HTML
from tests.support.crawling import Visit, crawl

STARTS = ("/", "/search?q=people", "/history/0..1", "/errors/not-found")
# Pages that show what only the database knows: search results, the past, whether a form was sent.
PAST = ("/cruxes/{key}", "/nodes/{key}", "/relations/{key}", "/comments/{key}")
MORE = {
    **dict.fromkeys((*PAST, *(f"{path}/history" for path in PAST), "/search", "/comments/new"), 2),
    **dict.fromkeys(("/history", "/comments/{key}/difference"), 4),
    "/history/{which}": 6,
}


@pytest.fixture(scope="module")
def seeds(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The bundled map, many times as large as the small one."""
    copy = tmp_path_factory.mktemp("counts") / "map.sqlite3"
    copy.write_bytes(seeded_database.read_bytes())
    settings = Settings(database_url=f"sqlite:///{copy}")
    with TestClient(
        create_app(settings), base_url="http://localhost", headers=HTML, follow_redirects=False
    ) as client:
        yield client


class queries:  # noqa: N801 - reads as a phrase
    """Counts statements that reach the database while the block runs."""

    def __init__(self, site: TestClient) -> None:
        self.engine = site.app.state.database.engine  # type: ignore[attr-defined]
        self.seen: list[str] = []

    def __enter__(self) -> list[str]:
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self.seen

    def __exit__(self, *_: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            self.seen.append(statement)


def counts(site: TestClient) -> dict[str, int]:
    """By kind of page, and of JSON behind one, how often it asks at most."""
    found: dict[str, int] = {}
    visits: list[Visit] = crawl(site, STARTS, 1)
    for visit in visits:
        twins = visit.page.all("link", rel="alternate", type="application/json")
        for kind, address in (
            (visit.kind, visit.address),
            *((f"JSON of {visit.kind}", t["href"]) for t in twins),
        ):
            # A page that was kept would ask less than one that is made.
            site.app.state.kept_pages = KeptPages()  # type: ignore[attr-defined]
            with queries(site) as seen:
                assert site.get(address).status_code == 200
            found[kind] = max(len(seen), found.get(kind, 0))
    return found


def test_no_kind_of_page_asks_more_on_a_larger_map(site: TestClient, seeds: TestClient) -> None:
    small, large = counts(site), counts(seeds)
    assert len(set(small) & set(large)) > 40
    grown = {kind: (small[kind], large[kind]) for kind in small if large.get(kind, 0) > small[kind]}
    assert grown == {}


def test_a_page_asks_once_which_revision_is_the_newest_and_hardly_more(seeds: TestClient) -> None:
    found = counts(seeds)
    pages = {kind: count for kind, count in found.items() if not kind.startswith("JSON") and count > 1}
    assert all(count <= MORE.get(kind, 1) for kind, count in pages.items()), pages
