"""Models are played with: the page says what follows while numbers change, and without scripts after a button."""

import math
import re

from playwright.sync_api import Browser, Page, expect

from tests.support.live import LiveServer


def model(page: Page, site: LiveServer, has: str) -> str:
    """Open the first model with a field of that name; its address."""
    page.goto(f"{site.url}/models")
    for path in page.locator(".model-list h2 a").evaluate_all("links => links.map(a => a.pathname)"):
        page.goto(site.url + path)
        if page.locator(f"[name={has}]").count():
            return str(path)
    raise AssertionError(f"no model has {has}")


def number(text: str) -> float:
    return float(text.replace("\N{MINUS SIGN}", "-"))


def product(page: Page) -> float:
    said = page.locator("#result [role=status] p").first.inner_text()
    return number(said.rstrip(".").rpartition("= ")[2])


def test_moving_a_slider_of_the_product_changes_what_follows_from_it(page: Page, site: LiveServer) -> None:
    path = model(page, site, "f4")
    status = page.locator("#result [role=status]")
    assert math.isclose(product(page), 0.5**4, rel_tol=0.02)
    drawn = page.locator("#result svg").inner_html()
    slider = page.get_by_role("slider").first
    slider.focus()
    # The region that is read aloud stays the same one; only its words change.
    status.evaluate("region => { region.kept = true; }")
    with page.expect_response(f"**{path}?*"):
        page.keyboard.press("End")
    expect(page).to_have_url(re.compile(r"[?&]f1=1\b"))
    expect(status).to_contain_text("= 1 × 0.5 × 0.5 × 0.5 =")
    assert math.isclose(product(page), 0.5**3, rel_tol=0.02)
    assert page.locator("#result svg").inner_html() != drawn
    assert status.evaluate("region => region.kept") is True
    expect(slider).to_be_focused()
    expect(page.locator("[name=f1]")).to_have_value("1")
    # The address keeps the numbers.
    page.reload()
    expect(page.locator("[name=f1]")).to_have_value("1")
    assert math.isclose(product(page), 0.5**3, rel_tol=0.02)


def test_one_small_factor_hides_the_others_when_typed_in(page: Page, site: LiveServer) -> None:
    model(page, site, "f4")
    for name, value in (("f1", "0.9"), ("f2", "0.9"), ("f3", "0.9"), ("f4", "0.05")):
        page.locator(f"[name={name}]").fill(value)
    expect(page.locator("#result")).to_contain_text("one small factor hides the others")
    assert math.isclose(product(page), 0.9**3 * 0.05, rel_tol=0.02)
    assert page.get_by_role("slider").nth(3).input_value() == "0.05"


def test_a_number_out_of_range_is_refused_in_words(page: Page, site: LiveServer) -> None:
    model(page, site, "f4")
    page.locator("[name=f2]").fill("7")
    expect(page.locator("#result [role=alert]")).to_contain_text("a number from 0 to 1 is needed")
    page.locator("[name=f2]").fill("0.25")
    expect(page.locator("#result [role=alert]")).to_have_count(0)


def test_growth_by_a_factor_overtakes_growth_by_an_amount(page: Page, site: LiveServer) -> None:
    model(page, site, "r2")
    status = page.locator("#result [role=status]")
    factor, amount, steps = (page.locator(f"[name={name}]") for name in ("r1", "r2", "n"))
    factor.fill("2")
    amount.fill("10")
    steps.fill("12")
    expect(status).to_contain_text("After 12 steps:")
    starts = [number(page.locator(f"[name=s{i}]").input_value()) for i in (1, 2)]
    crossing = next(n for n in range(13) if starts[0] * 2**n > starts[1] + 10 * n and n)
    expect(status).to_contain_text(re.compile(rf"From step {crossing} on, .+ is ahead of "))
    factor.fill("1")
    expect(status).to_contain_text("Nobody overtakes within these steps.")
    before = page.locator("#result svg").inner_html()
    factor.fill("2")
    expect(status).to_contain_text("is ahead of")
    page.get_by_role("radio", name="log").check()
    expect(page).to_have_url(re.compile(r"[?&]y=log\b"))
    assert page.locator("#result svg").inner_html() != before


def test_without_scripts_a_button_computes_and_presets_are_links(chromium: Browser, site: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    model(page, site, "f4")
    expect(page.get_by_role("slider")).to_have_count(0)
    assert math.isclose(product(page), 0.5**4, rel_tol=0.02)
    page.locator("[name=f1]").fill("1")
    page.get_by_role("button", name="Compute").click()
    page.wait_for_url("**?f1=1&*")
    assert math.isclose(product(page), 0.5**3, rel_tol=0.02)
    page.locator(".model-presets a").last.click()
    expect(page.locator("#result")).to_contain_text("one small factor hides the others")
    context.close()
