"""Nothing is lost: every change is a revision that can be read, compared and named."""

from defusedxml import ElementTree
from starlette.testclient import TestClient

from .conftest import submission


def test_every_change_is_in_the_history_with_who_and_why(client: TestClient) -> None:
    client.post("/api/v1/comments", json=submission())
    client.patch(
        "/api/v1/nodes/steel-passed", json={"text": "It passed.", "why": "shorter"}, headers={"If-Match": "*"}
    )
    rows = client.get("/api/v1/history").json()["items"]
    assert [(r["n"], r["origin"]) for r in rows] == [(3, "edit"), (2, "api"), (1, "load")]
    assert rows[0]["why"] == "shorter"
    detail = client.get(rows[0]["url"]).json()
    (change,) = detail["changed"]
    assert (change["kind"], change["id"], change["fields"]) == ("node", "steel-passed", ["text"])
    assert (change["before"]["text"], change["after"]["text"]) == (
        "The steel of the bridge passed every test in spring.",
        "It passed.",
    )
    past = client.get("/api/v1/nodes/steel-passed/history").json()
    assert [(r["n"], r["change"]["before"] is None) for r in past] == [(3, False), (1, True)]


def test_the_history_is_read_in_pages(client: TestClient) -> None:
    for number in range(4):
        client.patch("/api/v1/nodes/steel-passed", json={"text": f"{number}."}, headers={"If-Match": "*"})
    read, address = [], "/api/v1/history?limit=2"
    while address:
        page = client.get(address).json()
        assert page["total"] == 5
        read += [r["n"] for r in page["items"]]
        address = page["next"]
    assert read == [5, 4, 3, 2, 1]
    assert client.get("/api/v1/history?cursor=bm9wZQ").status_code == 422


def test_the_map_is_read_as_it_was(client: TestClient) -> None:
    was = client.get("/api/v1/graph").json()
    client.post("/api/v1/comments", json=submission())
    client.post("/api/v1/nodes/steel-passed/withdraw", headers={"If-Match": "*"})
    assert client.get("/api/v1/history/1/graph").json() == was
    assert client.get("/api/v1/history/0/graph").json()["nodes"] == []
    assert client.get("/api/v1/history/9/graph").status_code == 404


def test_any_two_revisions_are_compared(client: TestClient) -> None:
    added = client.post("/api/v1/comments", json=submission()).json()
    there = client.get("/api/v1/diff?from=1&to=2").json()
    assert there == added["difference"]
    back = client.get("/api/v1/diff?from=2&to=1").json()
    assert sorted(back["records"]["node"]["gone"]) == sorted(there["records"]["node"]["created"])
    assert client.get("/api/v1/diff?from=1&to=1").json()["sentences"] == ["Nothing changes."]


def test_a_comment_s_difference_is_told_as_added_and_against_the_map_without_it(client: TestClient) -> None:
    added = client.post("/api/v1/comments", json=submission()).json()
    found = client.get(f"{added['comment']['url']}/difference").json()
    assert found["revision"] == 2
    assert found["as_added"] == added["difference"]
    for name in ("strengths", "stances", "verdict_after"):
        assert found["counterfactual"][name] == added["difference"][name]
    client.post("/api/v1/relations/c2-r3/withdraw", headers={"If-Match": "*"})
    later = client.get(f"{added['comment']['url']}/difference").json()
    assert later["as_added"] == found["as_added"]
    assert later["counterfactual"] != found["counterfactual"]


def test_a_comment_that_was_loaded_with_others_has_the_second_difference_only(client: TestClient) -> None:
    found = client.get("/api/v1/comments/c2/difference").json()
    assert found["as_added"] is None
    gone = found["counterfactual"]["records"]
    assert sorted(gone["node"]["created"]) == ["pillars-rusty", "rust-weakens", "tests-see-no-rust"]
    assert gone["relation"]["created"] == ["c2-r1", "c2-r2", "c2-r3", "c2-r4", "c3-r1"]


def test_a_snapshot_names_a_revision_once_and_for_all(client: TestClient) -> None:
    made = client.post("/api/v1/snapshots", json={"name": "before-the-flood"})
    assert (made.status_code, made.json()["revision"]) == (201, 1)
    client.post("/api/v1/comments", json=submission())
    assert client.get(made.headers["location"]).json()["revision"] == 1
    again = client.post("/api/v1/snapshots", json={"name": "before-the-flood"})
    assert again.status_code == 409
    assert [s["name"] for s in client.get("/api/v1/snapshots").json()["items"]] == ["before-the-flood"]
    assert client.post("/api/v1/snapshots", json={"name": "../x"}).status_code == 422
    assert client.post("/api/v1/snapshots", json={"name": "x", "revision": 99}).status_code == 404
    assert client.get("/api/v1/snapshots/nope").status_code == 404


def test_the_feed_is_well_formed_whatever_the_words_are(client: TestClient) -> None:
    why = 'a <b> & "c" ]]> d'
    client.patch("/api/v1/nodes/steel-passed", json={"text": "x", "why": why}, headers={"If-Match": "*"})
    answer = client.get("/api/v1/history.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.text)
    space = "{http://www.w3.org/2005/Atom}"
    assert [e.findtext(f"{space}title") for e in feed.iter(f"{space}entry")] == [why, "the small map"]
