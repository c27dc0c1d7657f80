"""The first job, walked as a reader walks it: find out what is disputed, what carries a scenario, who said it.

Over the bundled map, but without knowing its ids: a reader follows what the pages offer.
"""

import re
import zlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.live import LiveServer

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def plain(chromium: Browser) -> Iterator[Page]:
    """A window in which no script runs."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A telephone."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def walk(page: Page, site: LiveServer) -> None:
    """From the first page to the source of one sentence."""
    page.goto(site.url)
    # What do they disagree about? The first crux says.
    crux = page.locator(".crux-card a").first
    question = crux.inner_text()
    crux.click()
    expect(page.locator("h1")).to_have_text(question)
    expect(page.get_by_text("If so", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Why one might think so"))).to_be_visible()
    # What carries scenario C?
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Scenarios").click()
    page.locator("main").get_by_role("link", name="Scenario C").first.click()
    expect(page).to_have_url(re.compile("/scenarios/C$"))
    direct = page.locator("section.side.v-supports .rels > li .rel-head a").first
    said = direct.inner_text()
    direct.click()
    expect(page.locator("body")).to_contain_text(said)
    # Where does a sentence come from? One click to the text itself, with the words pointed out.
    exact = page.locator("main .quote q").first.inner_text()
    page.locator("main .quote .src").first.click()
    expect(page).to_have_url(re.compile(r"/documents/.+\?at=\d+-\d+"))
    shown = "".join(page.locator(".verbatim .at").all_inner_texts())
    assert " ".join(shown.split()) == " ".join(exact.split())


def test_a_reader_gets_from_the_first_page_to_the_source(page: Page, site: LiveServer) -> None:
    walk(page, site)


def test_a_reader_without_scripts_gets_there_too(plain: Page, site: LiveServer) -> None:
    walk(plain, site)


def test_a_reader_on_a_telephone_gets_there_too(phone: Page, site: LiveServer) -> None:
    walk(phone, site)


def test_from_the_text_a_reader_gets_to_the_map_and_back(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/documents")
    page.locator("main h2 a").first.click()
    page.locator(".verbatim a.m").first.click()
    expect(page.locator("main")).to_contain_text("Where it comes from")
    page.locator("main .quote .src").first.click()
    expect(page.locator(".verbatim .at").first).to_be_in_viewport()


def test_the_margin_shows_some_notes_beside_a_paragraph_and_folds_the_rest(
    page: Page, site: LiveServer
) -> None:
    page.goto(f"{site.url}/documents/001")
    para = page.locator(".para", has=page.locator(".others")).first
    expect(para.locator(".notes").first).to_be_visible()
    others = para.locator(".others .notes")
    expect(others).to_be_hidden()
    para.locator(".others summary").click()
    expect(others).to_be_visible()


def test_on_a_telephone_one_tap_opens_all_notes_of_a_paragraph(phone: Page, site: LiveServer) -> None:
    phone.goto(f"{site.url}/documents/001")
    para = phone.locator(".para", has=phone.locator(".others")).first
    for notes in para.locator(".notes").all():
        expect(notes).to_be_hidden()
    para.get_by_text("In the map").click()
    for notes in para.locator(".notes").all():
        expect(notes).to_be_visible()


def test_everything_is_reached_by_keyboard_alone(page: Page, site: LiveServer) -> None:
    page.goto(site.url)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Skip to the content")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.evaluate("e => e.closest('main') !== null")
    # Focus can be seen: an outline, on whatever is focused.
    assert first.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.rstrip("/") != site.url


def test_the_matrix_tells_a_chain_on_focus_and_escape_puts_it_away(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/matrix?C=supports")
    cell = page.locator("a.c").first
    cell.focus()
    tip = cell.locator(".tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(re.compile("supports|opposes|both ways"))
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.c:focus .tip")).to_be_visible()
    assert page.locator("a.c:focus").evaluate("e => e.closest('tr').rowIndex") > cell.evaluate(
        "e => e.closest('tr').rowIndex"
    )
    page.keyboard.press("Enter")
    expect(page.locator(".stance:target")).to_be_visible()


def test_the_matrix_tells_a_chain_under_the_pointer(plain: Page, site: LiveServer) -> None:
    plain.goto(f"{site.url}/matrix")
    cell = plain.locator("a.c").first
    cell.hover()
    expect(cell.locator(".tip")).to_be_visible()


def test_filters_work_as_a_plain_form(plain: Page, site: LiveServer) -> None:
    plain.goto(f"{site.url}/matrix")
    every = plain.locator("tbody tr:not(.group)").count()
    plain.locator(".filters summary").click()
    plain.get_by_label("Type").select_option("objection")
    plain.get_by_label("On A").select_option("opposes")
    plain.get_by_role("button", name="Show").click()
    expect(plain).to_have_url(re.compile("type=objection"))
    rows = plain.locator("tbody tr:not(.group)")
    assert 0 < rows.count() < every
    assert set(rows.locator(".type").all_inner_texts()) == {"objection"}
    expect(plain.get_by_label("Type")).to_have_value("objection")


def test_the_slash_key_opens_search_and_results_come_while_typing(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/cruxes")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("model")
    results = page.get_by_role("region", name="Search results")
    expect(results.get_by_role("link").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(results.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(results).to_be_hidden()
    expect(page.locator("#find")).to_be_focused()


def test_search_works_as_a_plain_form(plain: Page, site: LiveServer) -> None:
    plain.goto(site.url)
    plain.get_by_role("searchbox", name="Search the map").fill("model")
    plain.get_by_role("button", name="Go").click()
    expect(plain.get_by_role("heading", name=re.compile("Arguments and statements"))).to_be_visible()
    expect(plain.locator("mark").first).to_be_visible()


def test_single_keys_lead_to_places_and_can_be_switched_off(page: Page, site: LiveServer) -> None:
    page.goto(site.url)
    page.keyboard.press("m")
    expect(page).to_have_url(f"{site.url}/matrix")
    page.goto(f"{site.url}/about#keys")
    page.get_by_role("button", name="Switch them off").click()
    expect(page.get_by_role("button", name="Switch them on")).to_be_visible()
    page.keyboard.press("m")
    page.keyboard.press("/")
    expect(page.locator("#find")).not_to_be_focused()
    assert page.url.startswith(f"{site.url}/about")


@pytest.mark.parametrize("scripts", [True, False])
def test_colours_follow_the_system_until_the_reader_chooses(
    chromium: Browser, site: LiveServer, scripts: bool
) -> None:
    context = chromium.new_context(java_script_enabled=scripts, color_scheme="dark")
    page = context.new_page()
    page.goto(site.url)
    dark = ground(page)
    page.get_by_role("button", name="light", exact=True).click()
    expect(page.get_by_role("button", name="light", exact=True)).to_have_attribute("aria-pressed", "true")
    light = ground(page)
    assert sum(light) > sum(dark)
    page.wait_for_load_state("networkidle")
    page.goto(f"{site.url}/cruxes")
    assert ground(page) == light
    context.close()


def ground(page: Page) -> tuple[int, ...]:
    """The colour of the paper."""
    found = page.screenshot(clip={"x": 2, "y": 300, "width": 1, "height": 1})
    return tuple(pixel(found))


def pixel(png: bytes) -> Iterator[int]:
    """The channels of a picture of one pixel."""
    at, data = 8, b""
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    yield from zlib.decompress(data)[1:4]


def test_no_page_is_wider_than_its_window(context: BrowserContext, site: LiveServer) -> None:
    page = context.new_page()
    for path in paths(page, site):
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(site.url + path)
        for width in (360, 390, 768, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_wide_drawing_opens_at_what_it_is_about_and_can_be_seen_whole(page: Page, site: LiveServer) -> None:
    drawing = page.locator(".drawn > .drawing")
    page.goto(site.url + "/scenarios/C/vs/D")
    assert drawing.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    inside = """frame => {
      const [a, b] = [frame.querySelector(".d-focus").getBoundingClientRect(), frame.getBoundingClientRect()];
      return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
    }"""
    assert drawing.evaluate(inside)
    page.get_by_role("button", name="All of it").click()
    assert drawing.evaluate("frame => frame.scrollWidth <= frame.clientWidth")


def test_the_drawing_of_a_crux_is_seen_whole_from_side_to_side(page: Page, site: LiveServer) -> None:
    page.goto(site.url + "/cruxes")
    for path in page.locator(".cruxes h2 a").evaluate_all("links => links.map(a => a.pathname)"):
        page.goto(site.url + path)
        seen = page.locator(".drawn > .drawing").evaluate("frame => frame.scrollWidth <= frame.clientWidth")
        assert seen, path


def test_on_paper_everything_is_open_and_links_say_where_they_lead(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/scenarios/C")
    page.emulate_media(media="print")
    folded = page.locator("details:not([open]) > ul").first
    assert folded.evaluate("e => e.checkVisibility({contentVisibilityAuto: true})")
    shown = page.locator("main .person").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert "/participants/" in shown
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def paths(page: Page, site: LiveServer) -> list[str]:
    """One page of each kind, found by following links."""
    found = ["/", "/matrix", "/scenarios", "/cruxes", "/comments", "/documents", "/participants", "/about"]
    found += ["/search?q=model", "/no/such/page"]
    for start, pattern in (
        ("/scenarios", "a[href^='/scenarios/'][href*='/vs/']"),
        ("/scenarios", "main a[href^='/scenarios/']"),
        ("/cruxes", "main a[href^='/cruxes/']"),
        ("/matrix", "main th a[href^='/nodes/']"),
        ("/comments", "main a[href^='/comments/']"),
        ("/documents", "main a[href^='/documents/']"),
        ("/participants", "main a[href^='/participants/']"),
    ):
        page.goto(site.url + start)
        found.append(str(page.locator(pattern).first.get_attribute("href")))
    page.goto(site.url + found[-1])
    found.append(str(page.locator("a[href*='/vs/']").first.get_attribute("href")))
    page.goto(site.url + next(path for path in found if path.startswith("/cruxes/")))
    found.append(str(page.locator("main a[href^='/relations/']").first.get_attribute("href")))
    return found
