"""The browser the other tests drive is a real one."""

from playwright.sync_api import Page


def test_it_lays_out_and_runs_a_page(page: Page) -> None:
    page.set_content("<p id=p style='width: 200px'>one <b>two</b></p><script>p.dataset.ran = 1</script>")
    box = page.locator("#p").bounding_box()
    assert box is not None
    assert box["width"] == 200
    assert page.locator("#p").get_attribute("data-ran") == "1"


def test_a_script_error_is_noticed(page: Page, complaints: list[str]) -> None:
    with page.expect_event("pageerror"):
        page.evaluate("() => setTimeout(() => { throw new Error('on purpose') })")
    assert complaints == ["script error: on purpose"]
    complaints.clear()


def test_an_error_on_the_console_is_noticed(page: Page, complaints: list[str]) -> None:
    with page.expect_console_message():
        page.evaluate("console.error('on purpose')")
    assert len(complaints) == 1
    complaints.clear()
