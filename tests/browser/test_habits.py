"""What readers get used to: search as they type, single keys, the matrix by keyboard, colours, words selected."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.live import LiveServer


def test_search_as_you_type_finds_statements_quotes_and_comments_and_enter_opens_one(
    page: Page, site: LiveServer
) -> None:
    page.goto(f"{site.url}/cruxes")
    page.keyboard.press("/")
    page.keyboard.type("model")
    panel = page.get_by_role("region", name="Search results")
    for heading in ("Arguments and statements", "Quotes", "Comments"):
        expect(panel.get_by_role("heading", name=re.compile(f"^{heading}"))).to_be_visible()
    # How many there are is told without being looked at.
    expect(page.locator("form.find > [role=status]")).to_have_text(re.compile(r"^\d+ results$"))
    links = panel.get_by_role("link")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("ArrowDown")
    target = str(links.nth(0).get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_results_that_come_after_escape_do_not_open_again(page: Page, site: LiveServer) -> None:
    page.goto(site.url)
    page.locator("#find").fill("model")
    page.locator("#find").press("Escape")
    panel = page.get_by_role("region", name="Search results", include_hidden=True)
    with page.expect_response("**/search?q=trend"):
        page.locator("#find").fill("trend")
    expect(panel).to_be_visible()
    page.locator("#find").press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator("#find")).to_be_focused()


def test_the_slash_goes_to_the_field_of_the_search_page_and_is_typed_in_fields(
    page: Page, site: LiveServer
) -> None:
    page.goto(f"{site.url}/search?q=model")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("/m")
    expect(page.locator("#q")).to_have_value("model/m")
    assert page.url.endswith("/search?q=model")


def test_shortcuts_stay_off_on_every_page_until_they_are_switched_on(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/about")
    page.get_by_role("button", name="Switch them off").click()
    expect(page.get_by_role("button", name="Switch them on")).to_be_visible()
    page.goto(f"{site.url}/cruxes")
    for key in ("m", "h", "?", "/"):
        page.keyboard.press(key)
    expect(page.locator("#find")).not_to_be_focused()
    assert page.url == f"{site.url}/cruxes"
    page.goto(f"{site.url}/about")
    page.get_by_role("button", name="Switch them on").click()
    page.wait_for_load_state()
    page.keyboard.press("m")
    page.wait_for_url("**/matrix")


def test_a_key_with_control_is_the_browsers_own(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/cruxes")
    for keys in ("Control+m", "Alt+m", "Control+/"):
        page.keyboard.press(keys)
    expect(page.locator("#find")).not_to_be_focused()
    assert page.url == f"{site.url}/cruxes"


def test_arrow_keys_move_through_the_matrix_and_each_cell_tells_its_chain(
    page: Page, site: LiveServer
) -> None:
    page.goto(f"{site.url}/matrix?C=supports")
    place = "c => [c.closest('tr').rowIndex, c.closest('td').cellIndex]"
    cell = page.locator("a.c:focus")
    page.locator("tr:has(a.c + *), tr:has(td a.c)").first.locator("a.c").first.focus()
    start = cell.evaluate(place)
    told = cell.locator(".tip").inner_text()
    page.keyboard.press("ArrowRight")
    right = cell.evaluate(place)
    assert right[0] == start[0]
    assert right[1] > start[1]
    expect(cell.locator(".tip")).to_be_visible()
    assert cell.locator(".tip").inner_text() != told
    page.keyboard.press("ArrowLeft")
    assert cell.evaluate(place) == start
    page.keyboard.press("ArrowDown")
    assert cell.evaluate(place)[0] > start[0]
    page.keyboard.press("ArrowUp")
    assert cell.evaluate(place) == start
    # At the edge it stays.
    page.keyboard.press("ArrowUp")
    assert cell.evaluate(place) == start


def test_a_chain_that_has_no_room_below_its_mark_opens_above(page: Page, site: LiveServer) -> None:
    page.goto(f"{site.url}/matrix?C=supports")
    cell = page.locator("a.c").nth(20)
    for edge, above in (("end", True), ("start", False)):
        cell.evaluate(f"c => c.closest('tr').scrollIntoView({{block: '{edge}'}})")
        page.evaluate("() => scrollBy(0, -100)" if edge == "start" else "() => 0")
        cell.evaluate("c => { c.blur(); c.focus({preventScroll: true}); }")
        tip = cell.locator(".tip")
        expect(tip).to_be_in_viewport(ratio=1)
        mark, box = cell.bounding_box(), tip.bounding_box()
        assert mark is not None
        assert box is not None
        assert (box["y"] < mark["y"]) is above


def test_on_a_touch_screen_the_first_tap_opens_a_chain_and_the_second_follows_it(
    chromium: Browser, site: LiveServer
) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.url}/matrix?C=supports")
    first, second = page.locator("a.c").nth(0), page.locator("a.c").nth(6)
    first.tap()
    expect(first.locator(".tip")).to_be_visible()
    second.tap()
    expect(second.locator(".tip")).to_be_visible()
    expect(first.locator(".tip")).to_be_hidden()
    assert "/matrix" in page.url
    target = str(second.get_attribute("href"))
    second.locator(".mark").tap()
    page.wait_for_url(f"**{target.partition('#')[0]}*")
    context.close()


def test_chosen_colours_stay_on_every_page_and_as_the_system_gives_them_back(
    chromium: Browser, site: LiveServer
) -> None:
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(site.url)
    ground = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="dark", exact=True).click()
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(f"{site.url}/matrix")
    assert page.evaluate(ground) == dark
    with page.expect_response("**/preferences"):
        page.get_by_role("button", name="as the system").click()
    assert page.evaluate(ground) == light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == dark
    context.close()


@pytest.mark.parametrize(
    ("choice", "field"), [("Answer these words", "body"), ("Make them a statement", "node-0-quote")]
)
def test_selected_words_can_be_answered_or_made_a_statement(
    page: Page, site: LiveServer, choice: str, field: str
) -> None:
    page.goto(f"{site.url}/documents")
    page.locator("main h2 a").first.click()
    paragraphs = page.locator("[data-comment] .para .verbatim > p")
    para = paragraphs.filter(has_text=re.compile(r"^\w+ \w+ \w+ \w+")).first
    words = para.evaluate("""p => {
      const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT), node = walker.nextNode();
      const range = document.createRange();
      range.setStart(node, 0);
      range.setEnd(node, Math.min(20, node.length));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return range.toString();
    }""")
    link = page.get_by_role("link", name=choice)
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url("**/comments/new?*")
    held = page.locator(f"[name='{field}']").input_value()
    assert words.strip() in held
