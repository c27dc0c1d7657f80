"""Every page of the bundled map has its JSON twin: found by following every link, so that none is forgotten."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from app.api.strict import StrictRoute, query_names
from app.main import create_app
from app.settings import Settings
from tests.integration.web.conftest import HTML
from tests.integration.web.writing import TOKEN, sign_in
from tests.support.crawling import Visit, crawl, routes
from tests.support.html import parse

EACH = 2
LIMIT = 100_000
# Where no link leads: what is typed, and what only an editor sees.
STARTS = (
    "/",
    "/search",
    "/search?q=model",
    "/search?q=nothing+model",
    "/matrix?scenario=C&stance=supports&basis=direct&sort=thread",
    "/stand?from=thread-author&hold=true&semantics=dfquad%2Bdfquad-gate",
    "/history?before=2",
    "/history/0..1",
    "/errors/not-found",
)
FOR_EDITORS = (
    "/review",
    "/review/nodes/{node}",
    "/review/relations/{relation}",
    "/review/comments/{comment}",
)

FORM = "a form: there is nothing to read but its fields, and openapi.json describes what it sends"
WITHOUT_TWIN = {
    "/comments/new": FORM,
    "/nodes/{key}/report": FORM,
    "/relations/{key}/report": FORM,
    "/signin": FORM,
}
NO_PAGE = {
    "/editor": "leads on, after it began a session",
    "/snapshots/{name}": "leads to the revision it names",
    "/history/compare": "leads to the address of the comparison",
    "/compare": "leads to the address of the comparison",
    "/feed.atom": "a feed",
    "/export/cruxes.{suffix}": "a file",
}
VIEW_ONLY = {
    ("/documents/{key}", "at"): "which words are pointed out",
    ("/scenarios/{letter}", "y"): "how the axis of the picture is drawn",
}


@pytest.fixture(scope="module")
def client(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of the bundled map."""
    copy = tmp_path_factory.mktemp("twins") / "map.sqlite3"
    copy.write_bytes(seeded_database.read_bytes())
    settings = Settings(database_url=f"sqlite:///{copy}", token=TOKEN, writes_per_minute=0)
    with TestClient(
        create_app(settings), base_url="http://localhost", headers=HTML, follow_redirects=False
    ) as client:
        yield client


@pytest.fixture(scope="module")
def visits(client: TestClient) -> list[Visit]:
    """A few pages of every kind, with the editors' at the end: from then on the reader is one."""
    found = crawl(client, STARTS, EACH)
    content = client.app.state.current().content  # type: ignore[attr-defined]
    ids = {"node": next(iter(content.nodes)), "relation": next(iter(content.relations))}
    sign_in(client)
    starts = [path.format(**ids, comment=next(iter(content.comments))) for path in FOR_EDITORS]
    return found + [v for v in crawl(client, starts, EACH) if v.kind.startswith("/review")]


def test_following_links_finds_every_kind_of_page(client: TestClient, visits: list[Visit]) -> None:
    pages = {r.path for r in routes(client.app) if not r.path.startswith(("/api/", "/drawings/"))}  # type: ignore[arg-type]
    assert {visit.kind for visit in visits} == pages - set(NO_PAGE)


def test_every_page_names_its_twin_in_its_head_and_in_a_header(visits: list[Visit]) -> None:
    without = set()
    for visit in visits:
        links = visit.page.all("link", rel="alternate", type="application/json")
        header = visit.answer.headers.get("link")
        if links or header:
            assert header == f'<{links[0]["href"]}>; rel="alternate"; type="application/json"', visit.address
        else:
            without.add(visit.kind)
    assert without == set(WITHOUT_TWIN)


def test_every_twin_answers_as_json_and_then_that_it_is_still_good(
    client: TestClient, visits: list[Visit]
) -> None:
    for address in {twin(visit): visit for visit in visits if visit.kind not in WITHOUT_TWIN}:
        answer = client.get(address, headers={"Accept": "application/json"})
        assert answer.status_code == 200, (address, answer.text)
        assert answer.headers["content-type"] == "application/json", address
        again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304, address


def test_a_twin_is_asked_for_what_the_page_was_asked_for(visits: list[Visit]) -> None:
    for visit in visits:
        if visit.kind in WITHOUT_TWIN:
            continue
        asked = {pair for pair in visit.query if (visit.kind, pair[0]) not in VIEW_ONLY}
        given = set(parse_qsl(urlsplit(twin(visit)).query))
        if visit.kind != "/history/{which}":  # two revisions compared: from and to stand in the path
            assert asked <= given, (visit.address, twin(visit))


def test_a_page_takes_no_parameter_that_its_twin_does_not_know(
    client: TestClient, visits: list[Visit]
) -> None:
    resources: list[StrictRoute] = client.app.state.json_routes  # type: ignore[attr-defined]
    twins = {v.kind: urlsplit(twin(v)).path for v in visits if v.kind not in WITHOUT_TWIN}
    for route in routes(client.app):  # type: ignore[arg-type]
        if route.path in twins:
            resource = next(
                r for r in resources if "GET" in (r.methods or ()) and r.path_regex.match(twins[route.path])
            )
            names = query_names(route.dependant) - {n for kind, n in VIEW_ONLY if kind == route.path}
            unknown = [name for name in names if not resource.takes(name)]
            assert not unknown, (route.path, unknown)


def test_a_twin_holds_what_its_page_shows(client: TestClient, visits: list[Visit]) -> None:
    letters = {
        n.scenario.letter: n.id
        for n in client.app.state.current().scenarios  # type: ignore[attr-defined]
    }
    for visit in visits:
        if visit.kind in WITHOUT_TWIN or visit.kind.startswith("/errors/"):
            continue
        held = set(words(whole(client, twin(visit))))
        missing = {
            (kind, key)
            for kind, key in shown(visit)
            if key not in held and letters.get(key.upper(), key) not in held
        }
        assert not missing, (visit.address, twin(visit), missing)


def test_no_page_needs_more_than_100_kilobytes_or_anything_from_elsewhere(
    client: TestClient, visits: list[Visit]
) -> None:
    weights: dict[str, int] = {}

    def weight(address: str) -> int:
        if address not in weights:
            with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
                weights[address] = sum(len(part) for part in answer.iter_raw())
        return weights[address]

    for visit in visits:
        files = {link["href"] for link in visit.page.all("link") if link["rel"] in ("stylesheet", "icon")}
        scripts = [script["src"] for script in visit.page.all("script")]
        while scripts:
            address = scripts.pop()
            if address not in files:
                files.add(address)
                base = address.partition("?")[0].rpartition("/")[0]
                scripts += [
                    f"{base}/{name}" for name in re.findall(r'from "\./(.+?)"', client.get(address).text)
                ]
        assert all(address.startswith("/static/") for address in files), visit.address
        total = weight(visit.address) + sum(map(weight, files))
        assert total < LIMIT, (visit.address, total)


def test_every_page_is_strict_and_a_reader_who_has_it_is_told_that_it_is_still_good(
    client: TestClient, visits: list[Visit]
) -> None:
    for visit in visits:
        policy = visit.answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        if visit.kind in WITHOUT_TWIN or visit.kind.startswith("/errors/"):
            continue
        first = client.get(visit.address)
        again = client.get(visit.address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), visit.address


# --- what a page shows, what a resource holds ----------------------------------------------------------


def twin(visit: Visit) -> str:
    return visit.page.all("link", rel="alternate", type="application/json")[0]["href"]


def whole(client: TestClient, address: str) -> Iterator[Any]:
    """A resource with all the pages of its list."""
    following: str | None = address
    while following:
        found = client.get(following, headers={"Accept": "application/json"}).json()
        yield found
        following = found.get("next") if isinstance(found, dict) else None


THINGS = r"/(nodes|cruxes|scenarios|relations|comments|participants|documents|models)/([\w-]+)"


def words(found: Any) -> Iterator[str]:
    """Every key and text of a resource, and the ids in its addresses."""
    if isinstance(found, dict):
        yield from found
        found = found.values()
    if isinstance(found, str):
        yield found
        yield from (key for _, key in re.findall(THINGS, found))
    elif not isinstance(found, int | float | None):
        for part in found:
            yield from words(part)


def shown(visit: Visit) -> set[tuple[str, str]]:
    """The things of the map that a page links to.

    Left out: drawings, which have addresses of their own; the way on to other pages (``nav``, tools,
    comparisons with others).
    """
    text = visit.answer.text
    main = text[text.index("<main") : text.index("</main>")].partition(">")[2]
    for apart in (
        r'(?s)<figure class="drawn">.*?</figure>',
        r"(?s)<nav\b.*?</nav>",
        r'(?s)<p class="more.*?</p>',
    ):
        main = re.sub(apart, "", main)
    links = (urlsplit(link["href"]).path for link in parse(main).all("a"))
    found = (re.fullmatch(THINGS, path) for path in links)
    return {(match[1], match[2]) for match in found if match is not None and match[2] != "new"}
