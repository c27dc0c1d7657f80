"""The map's past on pages, and the difference a comment makes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.integration.web.writing import FORM, KEY, TOKEN, edit, open_site, read, sign_in
from tests.support.html import parse


@pytest.fixture
def past(square_url: str, tmp_path: Path) -> Iterator[TestClient]:
    """A map with three revisions: loaded, a comment, an edit. Its editor is signed in."""
    with open_site(square_url, tmp_path) as site:
        assert site.post("/comments/new", data={**FORM, "do": "submit", "token": TOKEN}).status_code == 303
        edit(site, "/review/nodes/no-late-buses", "edit", text="No bus runs after eight.", tags="", base="")
        yield site


PAGES = (
    "/history",
    "/history/1",
    "/history/2",
    "/history/1..3",
    "/history/0..1",
    "/nodes/no-late-buses/history",
    "/relations/r-car-crux/history",
    "/comments/k2/history",
    "/comments/k2/difference",
    f"/comments/{KEY}/difference",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_its_json_twin_and_answers_304(past: TestClient, path: str) -> None:
    answer = past.get(path)
    page = parse(answer.text)
    assert page.problems == []
    assert len(page.all("h1")) == 1
    twin = page.all("link", type="application/json")[0]["href"]
    assert past.get(twin, headers={"Accept": "application/json"}).status_code == 200
    again = past.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_the_list_says_who_when_and_why_and_leads_to_the_feed(past: TestClient) -> None:
    page = read(past, "/history")
    assert f"{KEY} was added" in page.words
    assert "the token of the settings · an edit · 1 record" in page.words
    assert "/feed.atom" in {a["href"] for a in page.all("a")}
    feed = past.get("/feed.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == 3


def test_the_heading_of_a_revision_begins_with_a_capital(past: TestClient) -> None:
    for n in (1, 2, 3):
        heading = past.get(f"/history/{n}").text.partition('<h1 class="sentence">')[2]
        assert heading[:1] == heading[:1].upper()
        assert heading[:1] != "<"


def test_long_lists_go_on(past: TestClient) -> None:
    page = read(past, "/history?before=3")
    assert "/history/2" in {a["href"] for a in page.all("a")}
    assert "/history/3" not in {a["href"] for a in page.all("a")}


def test_a_revision_shows_before_and_after(past: TestClient) -> None:
    page = read(past, "/history/3")
    assert page.all("del")
    assert page.all("ins")
    assert "node changed No bus runs after eight." in page.words


def test_two_revisions_are_compared_from_the_list(past: TestClient) -> None:
    answer = past.get("/history/compare?from=3&to=1")
    assert answer.headers["location"] == "/history/1..3"
    page = read(past, "/history/1..3")
    assert "New on the map: one claim and one relation." in page.words
    assert "node changed No bus runs after eight." in page.words
    assert "Nothing differs." in read(past, "/history/2..2").words


@pytest.mark.parametrize(
    "path", ["/history/99", "/history/x", "/history/1..99", "/history/1..", "/history/²"]
)
def test_a_revision_that_never_was_is_not_found(past: TestClient, path: str) -> None:
    assert past.get(path).status_code == 404


def test_every_record_has_its_past(past: TestClient) -> None:
    page = read(past, "/nodes/no-late-buses/history")
    assert page.words.index("no-late-buses was edited") < page.words.index("the small map")
    assert past.get("/nodes/nothing/history").status_code == 404
    for path in ("/nodes/no-late-buses", "/relations/r-car-crux", "/comments/k2", "/cruxes/people-come"):
        links = {a["href"] for a in read(past, path).all("a")}
        assert any(link.endswith("/history") and link != "/history" for link in links), path


def test_going_back_is_a_new_revision_and_asks_for_an_editor(past: TestClient) -> None:
    answer = past.post("/history/1/revert", data={"why": "As it was."})
    assert answer.headers["location"] == "/history/4"
    assert "The buses do not run after eight." in read(past, "/nodes/no-late-buses").words
    assert "Withdrawn." in read(past, f"/comments/{KEY}").words
    past.cookies.clear()
    assert past.post("/history/1/revert", data={"why": ""}).status_code == 401
    assert "Undo this change" not in read(past, "/history/4").words


def test_undoing_what_was_changed_again_says_so_and_changes_nothing(past: TestClient) -> None:
    edit(past, "/review/nodes/no-late-buses", "edit", text="No bus ever runs.", tags="", base="")
    answer = past.post("/history/3/undo", data={"why": ""})
    assert answer.status_code == 409
    assert "node no-late-buses has been changed again since" in parse(answer.text).words
    assert past.get("/history/5").status_code == 404


def test_a_revision_gets_a_name_once(past: TestClient) -> None:
    assert past.post("/snapshots", data={"name": "first", "revision": "1"}).status_code == 303
    assert past.get("/snapshots/first").headers["location"] == "/history/1"
    assert "first revision 1" in read(past, "/history").words
    assert past.post("/snapshots", data={"name": "first", "revision": "2"}).status_code == 422
    assert past.post("/snapshots", data={"name": "../x", "revision": "2"}).status_code == 422
    past.cookies.clear()
    assert past.post("/snapshots", data={"name": "other"}).status_code == 401


def test_a_comment_of_the_thread_is_told_against_the_map_without_it(past: TestClient) -> None:
    page = read(past, "/comments/k2/difference")
    assert "When it was added" not in page.words
    assert "came together with others in revision 1" in page.words
    assert "“The shops live on customers with cars” speaks for scenario B" in page.words
    assert past.get("/comments/nothing/difference").status_code == 404


def test_the_difference_page_says_what_the_answer_to_adding_said(square_url: str, tmp_path: Path) -> None:
    with open_site(square_url, tmp_path) as site:
        sign_in(site)
        sent = {
            "participant": "newcomer",
            "body": "They run until ten.",
            "nodes": [{"ref": "N1", "type": "claim", "text": "Buses run till ten.", "passages": [{"quote": "They run until ten"}]}],
            "relations": [{"type": "attacks", "source": "N1", "target": "no-late-buses", "rationale": "Later."}],
        }  # fmt: skip
        answer = site.post("/api/v1/comments", json=sent, headers={"Authorization": f"Bearer {TOKEN}"})
        told = answer.json()["difference"]["sentences"]
        page = read(site, f"/comments/{answer.json()['comment']['id']}/difference")
        for sentence in told:
            assert sentence in page.words
