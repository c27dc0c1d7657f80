"""The bundled map, on pages: small enough, and complete."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import resources, urls
from app.main import create_app
from app.model.snapshot import MapSnapshot
from app.settings import Settings
from app.web.views.marked import marked
from tests.integration.web.conftest import HTML
from tests.support.html import parse

LIMIT = 100_000


@pytest.fixture(scope="module")
def seeds(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The bundled map's pages."""
    copy = tmp_path_factory.mktemp("seeds") / "map.sqlite3"
    copy.write_bytes(seeded_database.read_bytes())
    settings = Settings(database_url=f"sqlite:///{copy}")
    with TestClient(create_app(settings), base_url="http://localhost", headers=HTML) as client:
        yield client


def addresses(view: MapSnapshot) -> Iterator[str]:
    """Every page there is, but for comparisons."""
    content = view.content
    yield from ("/", "/matrix", "/scenarios", "/cruxes", "/comments", "/documents", "/participants", "/about")
    yield from (urls.element(e) for e in (*content.nodes.values(), *content.relations.values()))
    yield from (urls.comment(c) for c in content.comments.values())
    yield from (urls.participant(p) for p in content.participants.values())
    yield from (urls.document(d) for d in content.documents)


def size(client: TestClient, address: str) -> int:
    """Bytes that travel for one address."""
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200, address
        return sum(len(part) for part in answer.iter_raw())


def test_no_page_needs_more_than_100_kilobytes_with_everything_it_loads(seeds: TestClient) -> None:
    static = resources.PACKAGE / "static"
    common = sum(
        size(seeds, f"/static/{path.relative_to(static).as_posix()}")
        for path in static.rglob("*")
        if path.suffix in (".css", ".js", ".svg")
    )
    view = seeds.app.state.current()  # type: ignore[attr-defined]
    sizes = {address: common + size(seeds, address) for address in addresses(view)}
    largest = max(sizes, key=sizes.__getitem__)
    assert sizes[largest] < LIMIT, (largest, sizes[largest])


def test_every_page_of_the_bundled_map_is_well_formed(seeds: TestClient) -> None:
    for address in addresses(seeds.app.state.current()):  # type: ignore[attr-defined]
        answer = seeds.get(address)
        assert answer.status_code == 200, address
        page = parse(answer.text)
        assert page.problems == [], address
        assert len(page.all("h1")) == 1, address


def test_every_mapped_passage_is_linked_from_the_reader_to_its_node(seeds: TestClient) -> None:
    view: MapSnapshot = seeds.app.state.current()  # type: ignore[attr-defined]
    for document in view.documents():
        links = {a["href"] for a in parse(seeds.get(urls.document(document.id)).text).all("a")}
        missing = {urls.element(e) for _, e in view.mentions.get(document.id, ())} - links
        assert not missing


def test_an_empty_paragraph_says_what_was_lost_there(seeds: TestClient) -> None:
    view: MapSnapshot = seeds.app.state.current()  # type: ignore[attr-defined]
    page = seeds.get("/documents/001").text
    (empty,) = [line for line in view.paragraphs["001"] if line.start == line.end]
    shown = page.partition(f'id="p{empty.number}"')[2].partition('class="para')[0]
    assert "[The graphs that followed the colon are lost in the source.]" in shown


def test_the_notes_of_a_document_take_little_more_room_than_its_text(seeds: TestClient) -> None:
    view: MapSnapshot = seeds.app.state.current()  # type: ignore[attr-defined]
    for document in view.documents():
        made = marked(view, document.id, 1, len(view.paragraphs[document.id]))
        beside = sum(len(e.text) for p in made for n in p.notes for e in n.entries)
        assert beside < 1.5 * len(document.text)
        assert sum(p.more for p in made) > 0


def test_the_cruxes_that_would_change_the_verdict_come_first(seeds: TestClient) -> None:
    cards = parse(seeds.get("/cruxes").text).words.split("arguments speak for a yes")
    moving = ["established as" in card for card in cards[1:-1]]
    assert moving == sorted(moving, reverse=True)


def test_a_scenario_that_hardly_anybody_argues_about_says_so_beside_its_strength(seeds: TestClient) -> None:
    standing = seeds.get("/api/v1/verdict").json()["scenarios"]
    quiet = [s["arguments"] for s in standing if s["arguments"] < 5]
    assert 0 < len(quiet) < len(standing)
    for path, times in (("/verdict", 2), ("/stand", 1)):
        said = re.findall(r"only (\d+) arguments? bears? on it", parse(seeds.get(path).text).words)
        assert [int(n) for n in said] == quiet * times, path
    for scenario in standing:
        words = parse(seeds.get(f"/scenarios/{scenario['letter']}").text).words
        assert (f"only {scenario['arguments']} arguments bear on it" in words) is (scenario["arguments"] < 5)


def test_the_index_of_a_scenario_counts_what_the_verdict_counts(seeds: TestClient) -> None:
    standing = {s["id"]: s["arguments"] for s in seeds.get("/api/v1/verdict").json()["scenarios"]}
    for scenario in seeds.get("/api/v1/scenarios").json()["items"]:
        assert sum(t["total"] for t in scenario["tallies"].values()) == standing[scenario["id"]]
