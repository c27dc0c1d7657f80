"""The whole map, handled as a reader does: by button, wheel, keyboard, pointer and two fingers."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.live import LiveServer

Place = tuple[float, float]


class Map:
    """The drawing on the screen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frame: Locator = page.locator("[data-frame]")
        self.status: Locator = page.locator("[data-status]")

    def matrix(self) -> dict[str, float]:
        """How points of the drawing come to stand on the screen."""
        found: dict[str, float] = self.frame.evaluate(
            "f => { const m = f.querySelector('svg').getScreenCTM(); return {size: m.a, x: m.e, y: m.f}; }"
        )
        return found

    @property
    def size(self) -> float:
        """Pixels for a unit of the drawing."""
        return self.matrix()["size"]

    def under(self, place: Place) -> Place:
        """The point of the drawing that stands at a place of the screen."""
        m = self.matrix()
        return (place[0] - m["x"]) / m["size"], (place[1] - m["y"]) / m["size"]

    def middle(self) -> Place:
        """The middle of what is seen of the frame."""
        self.frame.scroll_into_view_if_needed()
        box = self.frame.bounding_box()
        assert box is not None
        height = min(box["height"], 900 - box["y"])
        return box["x"] + box["width"] / 2, box["y"] + height / 2

    def whole(self) -> bool:
        """Whether all of the drawing stands within the frame."""
        found: bool = self.frame.evaluate("""f => {
          const svg = f.querySelector("svg"), m = svg.getScreenCTM(), b = f.getBoundingClientRect();
          const all = svg.querySelector("g, rect, path").ownerSVGElement.getBBox();
          return m.e + all.x * m.a >= b.left - 1 && m.f + all.y * m.a >= b.top - 1
            && m.e + (all.x + all.width) * m.a <= b.right + 1 && m.f + (all.y + all.height) * m.a <= b.bottom + 1;
        }""")
        return found

    def enter(self) -> Locator:
        """Into an island, so that boxes can be read; the box that then has the focus."""
        self.page.locator("[data-tile]").first.click()
        box = self.page.locator(".d-node:has(a:focus)")
        expect(box).to_be_in_viewport()
        return box

    def shown(self) -> set[str]:
        """The ids of the boxes that are neither left out nor faded."""
        rows = self.page.locator(".d-node:not(.d-off):not(.d-dim)").evaluate_all(
            "boxes => boxes.map(b => b.dataset.id)"
        )
        return set(rows)


@pytest.fixture
def whole(page: Page, site: LiveServer) -> Map:
    """The page of the whole map, with scripts."""
    page.goto(f"{site.url}/map")
    expect(page.locator("[data-tools]")).to_be_visible()
    return Map(page)


def near(one: Place, other: Place, units: float) -> bool:
    return abs(one[0] - other[0]) < units and abs(one[1] - other[1]) < units


def test_buttons_make_it_larger_and_smaller_and_show_all_of_it(whole: Map) -> None:
    button: Callable[[str], Locator] = lambda name: whole.page.get_by_role("button", name=name, exact=True)  # noqa: E731
    before = whole.size
    button("Larger").click()
    larger = whole.size
    assert larger > before
    button("Smaller").click()
    assert whole.size < larger
    button("Larger").click(click_count=4)
    assert not whole.whole()
    button("All of it").click()
    assert whole.whole()


def test_keys_zoom_move_and_show_all_of_it(whole: Map) -> None:
    whole.frame.focus()
    press = whole.page.keyboard.press
    for _ in range(6):
        press("+")
    size, at = whole.size, whole.middle()
    for there, back in (("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp")):
        before = whole.under(at)
        press(there)
        moved = whole.under(at)
        assert moved[0] > before[0] or moved[1] > before[1]
        press(back)
        assert near(whole.under(at), before, 1)
    press("-")
    assert whole.size < size
    press("0")
    assert whole.whole()


def test_the_wheel_scrolls_the_page_and_with_ctrl_zooms_where_the_pointer_is(whole: Map) -> None:
    x, y = at = whole.middle()
    whole.page.mouse.move(x, y)
    size = whole.size
    whole.page.evaluate(
        "() => { window.scrolled = new Promise(r => addEventListener('scroll', () => r(), {once: true})); }"
    )
    whole.page.mouse.wheel(0, -60 if whole.page.evaluate("scrollY") else 60)
    whole.page.evaluate("() => window.scrolled")
    assert whole.size == size
    x, y = at = whole.middle()
    whole.page.mouse.move(x, y)
    # Near enough that the edges of the drawing do not push it back.
    whole.page.keyboard.down("Control")
    for _ in range(4):
        whole.page.mouse.wheel(0, -100)
    under, size = whole.under(at), whole.size
    whole.page.mouse.wheel(0, -100)
    whole.page.keyboard.up("Control")
    assert whole.size > size
    assert near(whole.under(at), under, 3 / size)


def test_dragging_moves_it_and_follows_no_link(whole: Map) -> None:
    box = whole.enter().bounding_box()
    assert box is not None
    x, y = box["x"] + 20, box["y"] + 10
    grabbed = whole.under((x, y))
    size = whole.size
    whole.page.mouse.move(x, y)
    whole.page.mouse.down()
    whole.page.mouse.move(x - 60, y - 40, steps=5)
    # What was grabbed stays under the pointer, and letting it go there is no click on it.
    assert near(whole.under((x - 60, y - 40)), grabbed, 2 / size)
    whole.page.mouse.up()
    assert whole.size == size
    whole.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert whole.page.url.endswith("/map")


def test_a_click_on_a_box_follows_its_link(whole: Map) -> None:
    link = whole.enter().locator("a").first
    target = str(link.get_attribute("href"))
    whole.page.keyboard.press("Enter")
    whole.page.wait_for_url(f"**{target}")


def test_types_can_be_left_out_and_brought_back(whole: Map) -> None:
    everything = whole.shown()
    box = whole.page.get_by_role("checkbox", name="objections")
    box.uncheck()
    left = whole.shown()
    assert 0 < len(left) < len(everything)
    expect(whole.status).to_have_text(f"{len(left)} of {len(everything)} statements shown.")
    assert whole.page.locator(".d-node[data-type=objection]:not(.d-off)").count() == 0
    # A link without its end is left out, too.
    lost = """links => links.filter(l => !l.classList.contains("d-off")
      && document.querySelector(`.d-node[data-id="${l.dataset.source}"]`)?.classList.contains("d-off")).length"""
    assert whole.page.locator("[data-relation]").evaluate_all(lost) == 0
    box.check()
    assert whole.shown() == everything


def test_words_are_found_one_after_the_other(whole: Map) -> None:
    everything = whole.shown()
    field = whole.page.get_by_role("searchbox", name="Find", exact=True)
    field.fill("model")
    expect(whole.status).to_have_text(re.compile(r"^1 of \d+ found\.$"))
    found = whole.shown()
    assert 1 < len(found) < len(everything)
    assert found == set(whole.page.locator(".d-hit").evaluate_all("boxes => boxes.map(b => b.dataset.id)"))
    first = whole.under(whole.middle())
    field.press("Enter")
    expect(whole.status).to_have_text(re.compile(r"^2 of \d+ found\.$"))
    assert whole.under(whole.middle()) != first
    field.press("Shift+Enter")
    expect(whole.status).to_have_text(re.compile(r"^1 of \d+ found\.$"))
    field.press("Escape")
    expect(field).to_have_value("")
    assert whole.shown() == everything
    field.fill("nothingofthekind")
    expect(whole.status).to_have_text("0 found.")


def test_f_shows_what_a_statement_is_tied_to_and_escape_everything_again(whole: Map) -> None:
    everything = whole.shown()
    box = whole.enter()
    me = box.get_attribute("data-id")
    whole.page.keyboard.press("f")
    expect(whole.status).to_have_text(re.compile(r"^Tied to \d+ statements? by \d+ links?\.$"))
    tied = whole.shown()
    assert me in tied
    assert len(tied) == 1 + int(re.findall(r"\d+", whole.status.inner_text())[0]) < len(everything)
    expect(whole.page.locator(f'.d-node[data-id="{me}"]')).to_be_in_viewport()
    whole.page.keyboard.press("Escape")
    assert whole.shown() == everything
    expect(whole.status).to_have_text("")


def test_what_a_statement_is_tied_to_is_listed_beside_the_drawing_under_its_name(whole: Map) -> None:
    box = whole.enter()
    whole.page.keyboard.press("f")
    ties = whole.page.get_by_role("region", name=re.compile("^Tied to “"))
    expect(ties.get_by_role("button").first).to_be_visible()
    beside, frame = ties.bounding_box(), whole.frame.bounding_box()
    assert beside is not None
    assert frame is not None
    assert beside["x"] >= frame["x"] + frame["width"]
    assert abs(beside["y"] - frame["y"]) < 2
    expect(box).to_be_in_viewport()
    whole.page.set_viewport_size({"width": 390, "height": 844})
    below, frame = ties.bounding_box(), whole.frame.bounding_box()
    assert below is not None
    assert frame is not None
    assert below["y"] >= frame["y"] + frame["height"]


def test_enter_first_brings_the_hit_into_the_window(whole: Map) -> None:
    whole.page.set_viewport_size({"width": 1280, "height": 520})
    field = whole.page.get_by_role("searchbox", name="Find", exact=True)
    field.fill("model")
    expect(whole.status).to_have_text(re.compile(r"^1 of \d+ found\.$"))
    hit = whole.page.locator(".d-now")
    expect(hit).not_to_be_in_viewport()
    field.press("Enter")
    expect(hit).to_be_in_viewport()
    expect(whole.status).to_have_text(re.compile(r"^1 of"))
    field.press("Enter")
    expect(whole.status).to_have_text(re.compile(r"^2 of"))


def test_no_group_title_runs_over_its_frame(whole: Map) -> None:
    whole.page.get_by_role("searchbox", name="Find", exact=True).fill("model")
    wide = """groups => groups.filter(g => {
      const [frame, title] = [g.querySelector("rect").getBBox(), g.querySelector("text").getBBox()];
      return title.x + title.width > frame.x + frame.width;
    }).length"""
    groups = whole.page.locator(".d-group")
    assert groups.count() > 20
    assert groups.evaluate_all(wide) == 0


@pytest.fixture
def fingers(chromium: Browser, site: LiveServer) -> Iterator[Map]:
    """The whole map on a telephone."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.url}/map")
    expect(page.locator("[data-tools]")).to_be_visible()
    yield Map(page)
    context.close()


def test_all_of_it_is_all_of_it_on_a_telephone(fingers: Map) -> None:
    fingers.page.get_by_role("button", name="All of it", exact=True).tap()
    assert fingers.whole()
    assert fingers.page.locator("[data-tile]").evaluate_all("""tiles => {
      const frame = document.querySelector("[data-frame]").getBoundingClientRect();
      return tiles.every(t => t.getBoundingClientRect().right <= frame.right + 1 && t.getBoundingClientRect().left >= frame.left - 1);
    }""")
    expect(fingers.page.locator(".graph-help")).to_contain_text("two fingers to zoom")
    expect(fingers.page.locator(".graph-help kbd").first).to_be_hidden()


def test_two_fingers_zoom_where_they_are(fingers: Map) -> None:
    fingers.frame.scroll_into_view_if_needed()
    box = fingers.frame.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, max(box["y"], 0) + 120
    session = fingers.page.context.new_cdp_session(fingers.page)

    def touch(kind: str, *places: Place) -> None:
        points: list[Any] = [{"x": px, "y": py, "id": n} for n, (px, py) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def pinch(first: float, last: float) -> None:
        touch("touchStart", (x - first, y), (x + first, y))
        for step in range(1, 6):
            apart = first + (last - first) * step / 5
            touch("touchMove", (x - apart, y), (x + apart, y))
        touch("touchEnd")

    before = fingers.size
    pinch(30, 120)
    larger = fingers.size
    assert larger > 2 * before
    pinch(120, 30)
    assert fingers.size < larger / 2
    assert fingers.page.evaluate("visualViewport.scale") == 1


def test_without_scripts_it_is_a_picture_with_links(chromium: Browser, site: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/map")
    expect(page.locator("[data-tools]")).to_be_hidden()
    link = page.locator(".d-node a").first
    target = str(link.get_attribute("href"))
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")
    context.close()
