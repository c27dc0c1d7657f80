"""A Chromium that tests drive; tests of pages as a reader sees them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.support import browser as browsers
from tests.support import live


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A running Chromium with an empty profile of its own.

    Of the package, not of the session: while Playwright runs, its event loop occupies the main thread,
    and tests elsewhere may want one of their own.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browsers.ensure(), args=browsers.flags(), headless=True
        )
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[live.LiveServer]:
    """The seeded map, served once for all browser tests of a worker: for tests that only read."""
    copy = tmp_path_factory.mktemp("site") / "site.sqlite3"
    copy.write_bytes(seeded_database.read_bytes())
    with live.serving(f"sqlite:///{copy}") as server:
        yield server


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh window: no cookies, no storage, desktop size."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What scripts and console complained of; a test that provokes a complaint clears the list."""
    complaints: list[str] = []
    yield complaints
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext, complaints: list[str]) -> Page:
    """An empty page in which a script error or an error on the console fails the test.

    That a visited address answers with an error status is no complaint: tests visit such pages, too.
    """
    page = context.new_page()

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"] != page.url:
            complaints.append(f"console: {message.text} ({message.location['url']})")

    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("console", note)
    return page
