"""The editors' queue and desk, in plain forms; reports of misreadings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.integration.web.writing import (
    FORM,
    KEY,
    contributor,
    edit,
    open_site,
    read,
    sign_in,
    state_at,
)
from tests.support.html import parse

NODE = "/review/nodes/the-buses-run-until-ten"
COMMENT = f"/review/comments/{KEY}"


@pytest.fixture
def desk(square_url: str, tmp_path: Path) -> Iterator[TestClient]:
    """An editor's browser, with a contributor's comment in the queue."""
    with open_site(square_url, tmp_path) as site:
        data = {**FORM, "participant": "", "do": "submit", "token": contributor(site)}
        assert site.post("/comments/new", data=data).status_code == 303
        site.cookies.clear()
        sign_in(site)
        yield site


def test_the_queue_shows_what_a_comment_brings_and_changes(desk: TestClient) -> None:
    page = read(desk, "/review")
    assert "New on the map: one claim and one relation." in page.words
    assert "sent by a contributor" in page.words
    assert {"accept", "reject"} <= {a["value"] for a in page.all("button", name="do")}


def test_only_editors_see_the_queue(desk: TestClient) -> None:
    desk.cookies.clear()
    assert desk.get("/review").headers["location"] == "/signin?next=/review"
    assert desk.post(COMMENT, data={"do": "accept", "state": "x"}).status_code == 401
    sign_in(desk, contributor(desk))
    for answer in (desk.get("/review"), desk.get(NODE), desk.post(NODE, data={"do": "reject"})):
        assert answer.status_code == 403


def test_accepting_leads_to_the_difference_it_makes_and_can_be_undone(desk: TestClient) -> None:
    where = edit(desk, COMMENT, "accept", why="It is right.")
    assert where == "/history/3"
    page = read(desk, where)
    assert "It is right." in page.words
    assert "now speaks for scenario A and against scenario B" in page.words
    assert "Unreviewed." not in read(desk, f"/comments/{KEY}").words
    assert "Comments nobody has reviewed 0" in read(desk, "/review").words
    answer = desk.post("/history/3/undo", data={"why": "Too early."})
    assert answer.headers["location"] == "/history/4"
    assert "Unreviewed." in read(desk, f"/comments/{KEY}").words


def test_trying_tells_the_difference_and_changes_nothing(desk: TestClient) -> None:
    answer = desk.post(COMMENT, data={"do": "try accept", "state": state_at(desk, COMMENT)})
    page = parse(answer.text)
    assert page.problems == []
    assert "now speaks for scenario A and against scenario B" in page.words
    assert "Nothing is changed yet." in page.words
    assert desk.get("/history/3").status_code == 404
    assert edit(desk, COMMENT, "reject") == "/history/3"


def test_an_edit_from_an_old_state_is_refused_and_keeps_what_was_typed(desk: TestClient) -> None:
    old = state_at(desk, NODE)
    edit(desk, NODE, "edit", text="The buses run until ten at night.", tags="", base="")
    answer = desk.post(
        NODE, data={"do": "edit", "state": old, "text": "Mine instead.", "tags": "", "base": ""}
    )
    assert answer.status_code == 412
    page = parse(answer.text)
    assert "it has changed meanwhile" in page.words
    assert "Mine instead." in page.words


def test_text_tags_type_and_attitude_can_be_edited(desk: TestClient) -> None:
    edit(desk, NODE, "edit", text="The buses run until ten at night.", tags="bus, night", base="0.7")
    page = read(desk, "/history/3")
    assert page.all("ins")
    assert "bus night" in page.words
    edit(desk, NODE, "retype", type="evidence")
    edit(desk, NODE, "attitudes", **{"attitude-0": "supposes"})
    page = read(desk, "/nodes/the-buses-run-until-ten")
    assert "Evidence" in page.words
    assert "doubter supposes" in page.words
    relation = f"/review/relations/{KEY}-r1"
    edit(desk, relation, "edit", rationale="It is later.", base="")
    assert "It is later." in read(desk, f"/relations/{KEY}-r1").words


def test_what_the_rules_forbid_is_said_and_not_done(desk: TestClient) -> None:
    for fields in ({"do": "retype", "type": "question"}, {"do": "edit", "text": "", "base": "7", "tags": ""}):
        answer = desk.post(NODE, data={**fields, "state": state_at(desk, NODE)})
        assert answer.status_code == 422
        assert "This could not be done" in parse(answer.text).words
    assert desk.post(NODE, data={"do": "fly", "state": state_at(desk, NODE)}).status_code == 404
    assert desk.get("/review/things/x").status_code == 404
    assert desk.get("/history/3").status_code == 404


def test_a_node_is_merged_into_one_that_is_found_by_its_words(desk: TestClient) -> None:
    answer = desk.post(NODE, data={"do": "find", "find": "chamber"})
    found = [a["value"] for a in parse(answer.text).all("input", name="into")]
    assert "most-by-car" in found
    edit(desk, NODE, "merge", into="no-late-buses")
    assert desk.get("/nodes/the-buses-run-until-ten").headers["location"] == "/nodes/no-late-buses"


def test_a_new_text_says_what_becomes_of_each_passage(desk: TestClient) -> None:
    body = "They stop at nine now."
    answer = desk.post(COMMENT, data={"do": "try rewrite", "state": state_at(desk, COMMENT), "body": body})
    assert "orphaned “They run until ten since May”" in parse(answer.text).words
    where = edit(desk, COMMENT, "rewrite", body=body)
    assert "1 orphaned" in read(desk, where).words
    assert body in read(desk, f"/comments/{KEY}").words


@pytest.mark.parametrize(("kind", "key"), [("nodes", "no-late-buses"), ("relations", "r-car-crux")])
def test_anyone_reports_a_misreading_and_an_editor_sees_to_it(desk: TestClient, kind: str, key: str) -> None:
    cookie = dict(desk.cookies)
    desk.cookies.clear()
    assert f"/{kind}/{key}/report" in {a["href"] for a in read(desk, f"/{kind}/{key}").all("a")}
    answer = desk.post(f"/{kind}/{key}/report", data={"text": "ab"})
    assert answer.status_code == 422
    assert parse(answer.text).all("textarea", id="text")[0]["aria-invalid"] == "true"
    answer = desk.post(f"/{kind}/{key}/report", data={"text": "Nobody says <b>that</b>."})
    assert answer.headers["location"] == f"/{kind}/{key}/report?sent=true"
    assert "Thank you." in read(desk, answer.headers["location"]).words
    desk.cookies.update(cookie)
    assert "Nobody says <b>that</b>." in read(desk, "/review").words
    assert desk.post("/review/reports/1/close").headers["location"] == "/review#reports"
    assert "Nobody says" not in read(desk, "/review").words


def test_reports_are_limited_by_address(desk: TestClient) -> None:
    answers = [desk.post("/nodes/people-come/report", data={"text": "Again."}).status_code for _ in range(25)]
    assert answers[0] == 303
    assert answers[-1] == 429
    assert desk.post("/nodes/nothing/report", data={"text": "Again."}).status_code == 404
