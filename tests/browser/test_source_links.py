"""From a node to the words it stands on: the reader opens at them, and they are marked."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.live import LiveServer


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def small(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window so low that only the right place of a long paragraph is in it."""
    context = chromium.new_context(java_script_enabled=request.param, viewport={"width": 390, "height": 420})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def passages(site: LiveServer) -> list[tuple[str, str]]:
    """Node and place of passages that are hard to hit: deep in a paragraph, long, or said before."""
    graph = json.loads(site.get("/api/v1/graph")[1])
    texts = {document["id"]: document["text"] for document in graph["documents"]}
    rows = [(node["id"], passage) for node in graph["nodes"] for passage in node["passages"]]

    def depth(row: tuple[str, dict[str, object]]) -> int:
        text, start = texts[str(row[1]["document"])], int(str(row[1]["start"]))
        return start - text.rfind("\n", 0, start)

    def again(row: tuple[str, dict[str, object]]) -> bool:
        text, start = texts[str(row[1]["document"])], int(str(row[1]["start"]))
        return str(row[1]["exact"]).lower() in text[:start].lower()

    deep = sorted(rows, key=depth)[-4:]
    long = sorted(rows, key=lambda row: len(str(row[1]["exact"])))[-3:]
    repeated = [row for row in rows if again(row)][:5]
    assert repeated
    return [(key, f"at={p['start']}-{p['end']}") for key, p in (*deep, *long, *repeated)]


def test_the_reader_opens_at_the_words_of_a_source_link_and_they_are_marked(
    small: Page, site: LiveServer
) -> None:
    for key, place in passages(site):
        small.goto(f"{site.url}/nodes/{key}")
        small.locator(f"main a.src[href*='{place}#']").first.click()
        words = small.locator(".verbatim .at").first
        expect(words).to_be_in_viewport()
        colour = "e => getComputedStyle(e).backgroundColor"
        assert words.evaluate(colour) != small.locator("body").evaluate(colour)
        assert place in small.url


def test_the_browser_marks_the_words_by_itself(page: Page, site: LiveServer) -> None:
    key, place = next((k, p) for k, p in passages(site))
    page.goto(f"{site.url}/nodes/{key}")
    link = page.locator(f"main a.src[href*='{place}#']").first
    assert ":~:text=" in str(link.get_attribute("href"))
    with page.expect_navigation():
        link.click()
    # The directive is taken out of the address before any script can read it: the browser has understood it.
    assert page.evaluate("location.hash") == "#at"
    assert page.evaluate("'fragmentDirective' in document")
