"""Where do you stand, with a script and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support import live


def test_an_answer_moves_the_verdict_and_the_address_and_a_reload_keeps_both(
    page: Page, site: live.LiveServer
) -> None:
    page.goto(f"{site.url}/stand")
    question = page.locator("fieldset.ask").first
    said = page.locator(".strengths .num").all_text_contents()
    choice = question.get_by_role("radio", name="no", exact=True)
    choice.focus()
    with page.expect_response("**/api/v1/verdict"):
        page.keyboard.press("Space")
    expect(choice).to_be_checked()
    page.wait_for_url("**/stand?is.*=no&hold=true")
    # A first answer holds; let the map argue with it, and both stay as chosen.
    with page.expect_response("**/api/v1/verdict"):
        page.get_by_label("hold my answers fast").uncheck()
    page.wait_for_url("**/stand?is.*=no")
    moved = page.locator(".strengths .num").all_text_contents()
    assert moved != said
    shown = {
        part: page.locator(part).all_inner_texts()
        for part in (
            "#says",
            "#single",
            "#footing li",
            "#turns li",
            "#badge",
            "#robust-says",
            ".ask [data-node]",
        )
    }
    page.reload()
    assert page.locator(".strengths .num").all_text_contents() == moved
    # What the script wrote is what the server writes.
    assert {part: page.locator(part).all_inner_texts() for part in shown} == shown


def test_it_is_a_plain_form_without_scripts(chromium: Browser, site: live.LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/stand")
    before = page.locator(".strengths .num").all_text_contents()
    page.locator("fieldset.ask").first.get_by_text("no", exact=True).click()
    page.get_by_role("button", name="See where I stand").click()
    page.wait_for_url("**/stand?is.*=no*")
    assert page.locator(".strengths .num").all_text_contents() != before
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_verdict_pages_are_accessible_and_fit(
    chromium: Browser, site: live.LiveServer, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    for address in ("/stand", "/verdict"):
        page.goto(site.url + address)
        page.evaluate("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert Axe().run(page).response["violations"] == []
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) == 0
    context.close()
