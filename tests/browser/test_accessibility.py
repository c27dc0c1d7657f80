"""axe-core finds nothing on any kind of page, in both themes, at both widths."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.support import live, square

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
Scheme = Literal["light", "dark"]
# One of each kind, over the small map, which has one of everything.
PAGES = (
    "/",
    "/matrix",
    "/scenarios",
    "/scenarios/A",
    "/scenarios/A/vs/B",
    "/cruxes",
    "/cruxes/people-come",
    "/nodes/one-saturday",
    "/nodes/taken-back",
    "/relations/r-car-crux",
    "/comments",
    "/comments/k3",
    "/comments/k4",
    "/participants",
    "/participants/doubter",
    "/participants/doubter/vs/checker",
    "/documents",
    "/documents/thread?at=10-20",
    "/search?q=buses",
    "/about",
    "/nodes/late-buses",
    "/verdict",
    "/stand",
    "/map",
    "/map/outline",
    "/models",
    "/export",
    "/export/cruxes",
    "/no/such/page",
)
# Long pages, where things can come to lie too close together.
LONG = ("/", "/matrix?type=objection", "/cruxes", "/scenarios/C", "/comments/c01")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.LiveServer]:
    """The small map, served."""
    path: Path = tmp_path_factory.mktemp("small") / "map.sqlite3"
    database = Database(f"sqlite:///{path}")
    prepare(database)
    load(database, square.content(), who="tests", why="the small map")
    database.dispose()
    with live.serving(f"sqlite:///{path}") as server:
        yield server


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_reports_nothing(chromium: Browser, small: live.LiveServer, width: int) -> None:
    assert_clean(chromium, small.url, PAGES, width)


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_reports_nothing_on_long_pages(
    chromium: Browser, site: live.LiveServer, scheme: Scheme, width: int
) -> None:
    assert_clean(chromium, site.url, LONG, width, (scheme,))


def assert_clean(
    chromium: Browser,
    base: str,
    paths: tuple[str, ...],
    width: int,
    schemes: tuple[Scheme, ...] = ("light", "dark"),
) -> None:
    """Open everything that is folded on each page, then let axe look at it in one theme after the other.

    A theme changes colours and nothing else: in all themes but the first, axe looks at what is about colour.
    """
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=schemes[0])
    page = context.new_page()
    page.set_default_timeout(60_000)
    found = {}
    for path in paths:
        page.emulate_media(color_scheme=schemes[0])
        page.goto(base + path)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            rules = RULES if scheme == schemes[0] else COLOURS
            if violations := Axe().run(page, options={"runOnly": rules}).response["violations"]:
                found[path, scheme] = [
                    (v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in violations
                ]
    context.close()
    assert found == {}, "\n".join(f"{place}: {rows}" for place, rows in found.items())
