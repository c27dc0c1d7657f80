"""Writing and reviewing in Chromium: with scripts, without, by keyboard alone; axe on every page of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.store import tokens
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.support import live, square

BODY = "> the buses do not run after eight\n\nThey run until ten since May. So people can come home late."
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[live.LiveServer]:
    """The small map, served to one test, which may write to it."""
    url = f"sqlite:///{tmp_path / 'map.sqlite3'}"
    database = Database(url)
    prepare(database)
    load(database, square.content(), who="tests", why="the small map")
    database.dispose()
    with live.serving(url) as server:
        yield server


def token_of(server: live.LiveServer, participant: str = "doubter") -> str:
    """A contributor's token."""
    database = Database(server.database_url)
    token, _ = tokens.create(database, "contributor", "a contributor", participant=participant)
    database.dispose()
    return token


def added(page: Page) -> None:
    """The comment is there: its difference, and its own page, which says that nobody has reviewed it."""
    page.wait_for_url("**/comments/they-run-until-ten*/difference#main")
    expect(page.get_by_role("heading", name="When it was added")).to_be_visible()
    expect(page.get_by_text("speaks for scenario A").first).to_be_visible()
    page.get_by_role("link", name="To the comment").click()
    expect(page.get_by_text("Unreviewed.")).to_be_visible()
    expect(page.get_by_role("link", name="The buses run until ten.").first).to_be_visible()


def test_with_scripts_words_are_selected_linked_by_typing_and_the_difference_follows(
    page: Page, own: live.LiveServer
) -> None:
    page.goto(f"{own.url}/comments/k2")
    page.get_by_role("link", name="Answer this comment").click()
    page.get_by_label("Who writes").fill("doubter")
    text = page.get_by_label("Text")
    text.fill(BODY)
    # What the map seems to know follows the typing.
    expect(page.locator("#offers")).to_contain_text("is quoted")
    tool = page.get_by_role("button", name="Make the selection a statement")
    expect(tool).to_be_disabled()
    start = BODY.index("They run")
    text.evaluate("(field, [a, b]) => { field.focus(); field.setSelectionRange(a, b); }", [start, start + 28])
    expect(tool).to_be_enabled()
    tool.click()
    sentence = page.get_by_label("In one sentence that can be understood on its own")
    expect(sentence).to_be_focused()
    expect(page.get_by_label("The words that carry it, verbatim")).to_have_value(
        "They run until ten since May"
    )
    sentence.fill("The buses run until ten.")
    page.get_by_label("What it is", exact=True).select_option("claim")
    page.get_by_label("Find statements of the map").fill("buses")
    page.locator("#found li").filter(has_text="do not run").get_by_role("button", name="Link to it").click()
    expect(page.locator("#listed")).to_contain_text("The buses do not run after eight.")
    page.get_by_role("button", name="Add a link").click()
    expect(page.get_by_label("From")).to_be_focused()
    page.get_by_label("From").select_option(label="The buses run until ten.")
    page.get_by_label("It", exact=True).select_option("attacks")
    page.get_by_label("To", exact=True).select_option("no-late-buses")
    # Nothing pressed: the difference is told as soon as it is complete.
    expect(page.locator("#outcome")).to_contain_text("New on the map: one claim and one relation.")
    expect(text).to_have_value(BODY)
    page.get_by_label("Your token").fill(token_of(own))
    page.get_by_role("button", name="Send the comment").click()
    added(page)


def test_without_scripts_the_same_path_is_a_plain_form(chromium: Browser, own: live.LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own.url}/comments/new?reply_to=k2")
    page.get_by_label("Who writes").fill("doubter")
    page.get_by_label("Text").fill(BODY)
    page.get_by_role("button", name="Go on").click()
    page.locator(".said li").filter(has_text="They run until ten").get_by_role("button").click()
    page.get_by_label("In one sentence that can be understood on its own").fill("The buses run until ten.")
    page.get_by_label("What it is", exact=True).select_option("claim")
    page.get_by_label("Find statements of the map").fill("buses")
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator("#found li").filter(has_text="do not run").get_by_role("button").click()
    page.get_by_role("button", name="Add a link").click()
    page.get_by_label("From").select_option(label="The buses run until ten.")
    page.get_by_label("To", exact=True).select_option("no-late-buses")
    page.get_by_role("button", name="See what it changes").click()
    expect(page.locator("#outcome")).to_contain_text("Link 1, type: Is missing")
    page.get_by_label("It", exact=True).select_option("attacks")
    page.get_by_role("button", name="See what it changes").click()
    expect(page.locator("#outcome")).to_contain_text("New on the map: one claim and one relation.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_text("Sending needs a token.").first).to_be_visible()
    page.get_by_label("Your token").fill(token_of(own))
    page.get_by_role("button", name="Send the comment").click()
    added(page)
    context.close()


def tab_to(page: Page, pattern: str, key: str = "Tab") -> None:
    """Press a key until what has the focus is called so."""
    name = "e => e ? (e.labels?.[0]?.textContent ?? '') + ' ' + (e.matches('button, a') ? e.textContent : '') : ''"
    for _ in range(120):
        page.keyboard.press(key)
        if re.search(pattern, page.evaluate(f"({name})(document.activeElement)")):
            return
    raise AssertionError(f"the keyboard never reached {pattern}")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_path_by_keyboard_alone(chromium: Browser, own: live.LiveServer, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{own.url}/comments/new?reply_to=k2")
    tab_to(page, "^Who writes")
    page.keyboard.type("doubter")
    tab_to(page, "^Text")
    page.keyboard.type("They run until ten since May. So people can come home late.")
    tab_to(page, "Go on")
    page.keyboard.press("Enter")
    expect(page.locator(".said li").first).to_be_visible()
    tab_to(page, "Make it a statement")
    page.keyboard.press("Enter")
    expect(page.locator("#node-0")).to_be_visible()
    if not scripts or page.evaluate("document.activeElement?.id") != "node-0-text":
        tab_to(page, "^In one sentence")
    page.keyboard.press("Control+a")
    page.keyboard.type("The buses run until ten.")
    tab_to(page, "^What it is")
    page.keyboard.type("claim")
    tab_to(page, "^Find statements")
    page.keyboard.type("eight")
    page.keyboard.press("Enter")
    expect(page.locator("#found li").first).to_be_visible()
    tab_to(page, "^ ?Link to it") if scripts else (
        tab_to(page, "^Find statements"),
        tab_to(page, "Link to it"),
    )
    page.keyboard.press("Enter")
    expect(page.locator("#listed li").first).to_be_visible()
    tab_to(page, "Add a link")
    page.keyboard.press("Enter")
    expect(page.locator("#link-0")).to_be_visible()
    if page.evaluate("document.activeElement?.id") != "link-0-source":
        tab_to(page, "^From")
    page.keyboard.type("The buses run")
    tab_to(page, "^It")
    page.keyboard.type("attacks")
    tab_to(page, "^To")
    page.keyboard.type("The buses do not")
    tab_to(page, "See what it changes")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("New on the map: one claim and one relation.")
    tab_to(page, "^Your token")
    page.keyboard.type(token_of(own))
    tab_to(page, "Send the comment")
    page.keyboard.press("Enter")
    added(page)
    context.close()


def test_words_selected_in_a_document_become_a_statement_or_an_answer(
    page: Page, own: live.LiveServer
) -> None:
    page.goto(f"{own.url}/documents/thread")
    select = """(words) => {
      const walk = document.createTreeWalker(document.querySelector("#p6 .verbatim p"), NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        return;
      }
    }"""
    page.evaluate(select, "run after eight")
    # The next stop of the keyboard after the paragraph's own links.
    page.get_by_role("link", name="Make them a statement").click()
    expect(page.get_by_label("The words that carry it, verbatim")).to_have_value("run after eight")
    expect(page.get_by_label("Paragraph")).to_have_value("6")
    expect(page.get_by_text("In answer to doubter, k2")).to_be_visible()
    page.goto(f"{own.url}/comments/k2")
    page.evaluate(select, "run after eight")
    page.get_by_role("link", name="Answer these words").click()
    expect(page.get_by_label("Text")).to_have_value("> run after eight\n\n")


def test_the_one_time_link_that_the_server_prints_opens_an_editors_session_to_review_in(
    page: Page, own: live.LiveServer
) -> None:
    link = re.search(r"http://\S+/editor\?link=\w+", own.log.read_text())
    assert link is not None
    page.request.post(
        f"{own.url}/api/v1/comments",
        headers={"Authorization": f"Bearer {token_of(own)}"},
        data={"body": "They run until ten since May."},
    )
    page.goto(link[0])
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.locator(".queue")).to_contain_text("They run until ten since May.")
    page.get_by_role("button", name="Accept").click()
    page.wait_for_url("**/history/3#main")
    expect(page.get_by_role("heading", name="What it changed")).to_be_visible()
    page.get_by_label("Why").fill("Not yet.")
    page.get_by_role("button", name="Undo this change").click()
    page.wait_for_url("**/history/4")
    page.get_by_role("link", name="Signed in:").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    (cookie,) = [c for c in page.context.cookies(own.url) if c["name"] == "cruxmap_session"] or [None]
    assert cookie is None


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_reports_nothing_and_pages_fit(chromium: Browser, own: live.LiveServer, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    token = token_of(own)
    sent = {
        "body": BODY,
        "nodes": [
            {
                "ref": "a",
                "type": "claim",
                "text": "Buses run till ten.",
                "passages": [{"quote": "They run until ten"}],
            }
        ],
        "relations": [{"type": "attacks", "source": "a", "target": "no-late-buses"}],
    }
    answer = page.request.post(
        f"{own.url}/api/v1/comments", headers={"Authorization": f"Bearer {token}"}, data=sent
    )
    key = answer.json()["comment"]["id"]
    page.request.post(f"{own.url}/api/v1/nodes/people-come/reports", data={"text": "Not so."})
    check(page, own.url + "/signin")
    check(page, own.url + "/comments/new")
    page.goto(own.url + "/signin")
    page.get_by_label("Your token").fill(own.token)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(own.url + "/")
    for path in (
        f"/comments/{key}/difference",
        f"/comments/{key}",
        "/history",
        "/history/1",
        "/history/1..2",
        "/nodes/people-come/history",
        "/nodes/people-come/report",
        "/review",
        f"/review/comments/{key}",
        "/review/nodes/people-come",
        f"/review/relations/{key}-r1",
        "/signin",
    ):
        check(page, own.url + path)
    page.goto(own.url + "/comments/new?node=no-late-buses")
    page.get_by_label("Text").fill(BODY)
    page.get_by_role("button", name="Go on").click()
    page.locator(".said button").first.click()
    expect(page.locator("#node-0")).to_be_visible()
    page.get_by_role("button", name="Add a link").click()
    expect(page.locator("#link-0")).to_be_visible()
    page.get_by_role("button", name="See what it changes").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(page, None)
    context.close()


def check(page: Page, address: str | None) -> None:
    """Open what is folded, let axe look, see that nothing is wider than the window.

    A theme changes colours and nothing else: in the dark one axe looks at what is about colour.
    """
    if address is not None:
        page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    report = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    page.emulate_media(color_scheme="dark")
    report += Axe().run(page, options={"runOnly": COLOURS}).response["violations"]
    page.emulate_media(color_scheme="light")
    found = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in report]
    assert found == [], f"{page.url}: {json.dumps(found, indent=1)}"
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0, page.url
