"""Editors change the map one revision at a time, each from a state they have seen."""

import pytest
from starlette.testclient import TestClient

from .conftest import Json, submission


def tag(client: TestClient, address: str) -> dict[str, str]:
    return {"If-Match": client.get(f"/api/v1{address}").headers["etag"]}


def graph(client: TestClient) -> Json:
    found: Json = client.get("/api/v1/graph").json()
    found.pop("revision")
    return found


EDITS = [
    ("patch", "/nodes/steel-passed", {"text": "The steel passed."}),
    ("patch", "/relations/c1-r1", {"rationale": "Because."}),
    ("patch", "/comments/c1", {"source_url": "https://example.org/1"}),
    ("post", "/nodes/steel-passed/retype", {"type": "claim"}),
    ("post", "/relations/c2-r3/retype", {"type": "supports"}),
    ("post", "/nodes/steel-passed/merge", {"into": "pillars-rusty"}),
    ("post", "/nodes/steel-passed/withdraw", None),
    ("post", "/relations/c1-r1/withdraw", None),
    ("post", "/comments/c3/withdraw", None),
    ("post", "/nodes/steel-passed/reject", {"why": "off topic"}),
]


def resource(address: str) -> str:
    return "/".join(address.split("/")[:3])


@pytest.mark.parametrize(("method", "address", "body"), EDITS)
def test_an_edit_needs_the_state_it_starts_from(
    client: TestClient, method: str, address: str, body: Json | None
) -> None:
    before = graph(client)
    blind = client.request(method, f"/api/v1{address}", json=body)
    assert (blind.status_code, blind.json()["type"]) == (428, "/errors/precondition-required")
    stale = client.request(method, f"/api/v1{address}", json=body, headers={"If-Match": '"0123456789"'})
    assert (stale.status_code, stale.json()["type"]) == (412, "/errors/precondition-failed")
    assert graph(client) == before
    done = client.request(method, f"/api/v1{address}", json=body, headers=tag(client, resource(address)))
    assert done.status_code == 200, done.text
    assert done.json()["revision"] == 2
    again = client.get(f"/api/v1{resource(address)}")
    assert again.headers["etag"].partition(".")[0].strip('"') == done.headers["etag"].strip('"')


@pytest.mark.parametrize(("method", "address", "body"), EDITS)
def test_every_edit_can_be_undone_and_only_by_another_revision(
    client: TestClient, method: str, address: str, body: Json | None
) -> None:
    before = graph(client)
    client.request(method, f"/api/v1{address}", json=body, headers=tag(client, resource(address)))
    assert graph(client) != before
    undone = client.post("/api/v1/history/2/undo")
    assert (undone.status_code, undone.json()["revision"]) == (200, 3)
    after = graph(client)
    made = {e["id"] for e in after["relations"]} - {e["id"] for e in before["relations"]}
    after["relations"] = [r for r in after["relations"] if r["id"] not in made]
    assert after == before
    assert all(client.get(f"/api/v1/relations/{key}").json()["status"] == "withdrawn" for key in made)


@pytest.mark.parametrize(("method", "address", "body"), EDITS)
def test_a_contributor_may_not_edit(
    anonymous: TestClient, settings: object, method: str, address: str, body: Json | None
) -> None:
    from app.store import tokens

    token, _ = tokens.create(anonymous.app.state.database, "contributor", "c", participant="doubter")
    headers = {"Authorization": f"Bearer {token}", **tag(anonymous, resource(address))}
    answer = anonymous.request(method, f"/api/v1{address}", json=body, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (403, "/errors/not-allowed")


def test_an_etag_covers_the_record_and_not_what_is_derived_from_it(client: TestClient) -> None:
    seen = client.get("/api/v1/nodes/pillars-rusty").headers["etag"]
    client.post("/api/v1/relations/c2-r4/withdraw", headers={"If-Match": "*"})
    now = client.get("/api/v1/nodes/pillars-rusty").headers["etag"]
    assert now != seen
    edit = client.patch("/api/v1/nodes/pillars-rusty", json={"tags": ["rust"]}, headers={"If-Match": seen})
    assert edit.status_code == 200


def test_an_edit_that_breaks_a_rule_changes_nothing(client: TestClient) -> None:
    before = graph(client)
    headers = {"If-Match": "*"}
    for address, body in (
        ("/nodes/rust-weakens/retype", {"type": "question"}),
        ("/nodes/steel-passed/retype", {"type": "crux"}),
        ("/nodes/holds/retype", {"type": "claim"}),
        ("/relations/c2-r1/retype", {"type": "attacks"}),
        ("/nodes/steel-passed/merge", {"into": "nope"}),
        ("/nodes/steel-passed/merge", {"into": "steel-passed"}),
        ("/nodes/holds/merge", {"into": "falls"}),
    ):
        assert client.post(f"/api/v1{address}", json=body, headers=headers).status_code == 422, address
    for body in (
        {"text": " "},
        {"text": None},
        {"base": 2},
        {"crux": None},
        {"colour": 1},
        {"tags": ["a,b"]},
    ):
        assert client.patch("/api/v1/nodes/steel-passed", json=body, headers=headers).status_code == 422, body
    assert client.patch("/api/v1/comments/c1", json={"reply_to": "c2"}, headers=headers).status_code == 422
    assert client.patch("/api/v1/nodes/nope", json={}, headers=headers).status_code == 404
    assert graph(client) == before


def test_a_merged_node_leads_to_the_other_and_its_relations_go_along(client: TestClient) -> None:
    client.post("/api/v1/nodes/pillars-rusty/merge", json={"into": "steel-passed"}, headers={"If-Match": "*"})
    old = client.get("/api/v1/nodes/pillars-rusty").json()
    assert (old["status"], old["merged_into"]) == ("withdrawn", "steel-passed")
    kept = client.get("/api/v1/nodes/steel-passed").json()
    assert {p["exact"] for p in kept["passages"]} >= {p["exact"] for p in old["passages"]}
    assert {(r["type"], r["target"]) for r in kept["outgoing"]} == {
        ("supports", "holds"),
        ("supports", "rust-weakens"),
    }
    assert client.get("/api/v1/relations/c2-r2").json()["status"] == "withdrawn"


def test_what_undercuts_a_relation_goes_along_when_its_source_is_merged(client: TestClient) -> None:
    client.post("/api/v1/nodes/steel-passed/merge", json={"into": "pillars-rusty"}, headers={"If-Match": "*"})
    (moved,) = client.get("/api/v1/relations?source=pillars-rusty&target=holds").json()["items"]
    undercuts = client.get(f"/api/v1/relations/{moved['id']}").json()["incoming"]
    assert [(r["type"], r["source"]) for r in undercuts] == [("undercuts", "tests-see-no-rust")]


def test_what_has_changed_since_is_not_undone(client: TestClient) -> None:
    client.patch("/api/v1/nodes/steel-passed", json={"text": "One."}, headers={"If-Match": "*"})
    client.patch("/api/v1/nodes/steel-passed", json={"text": "Two."}, headers={"If-Match": "*"})
    answer = client.post("/api/v1/history/2/undo")
    assert (answer.status_code, answer.json()["type"]) == (409, "/errors/conflict")
    assert client.get("/api/v1/nodes/steel-passed").json()["text"] == "Two."


def test_going_back_makes_the_map_say_what_it_said(client: TestClient) -> None:
    before = graph(client)
    client.patch("/api/v1/nodes/steel-passed", json={"text": "One."}, headers={"If-Match": "*"})
    added = client.post("/api/v1/comments", json=submission()).json()
    done = client.post("/api/v1/history/1/revert")
    assert (done.status_code, done.json()["revision"]) == (200, 4)
    after = graph(client)
    assert [n for n in after["nodes"] if n["status"] != "withdrawn"] == before["nodes"]
    gone = client.get(added["comment"]["url"]).json()
    assert (gone["status"], gone["text"]) == ("withdrawn", submission()["body"])


def test_a_new_text_keeps_the_old_and_says_what_became_of_each_passage(client: TestClient) -> None:
    added = client.post("/api/v1/comments", json=submission()).json()
    body = "First: I doubt it. The pillars were cleaned in May, so rust is gone."
    done = client.put(
        f"{added['comment']['url']}/text", json={"body": body}, headers={"If-Match": "*"}
    ).json()
    outcomes = {p["exact"]: p["outcome"] for p in done["passages"]}
    assert outcomes["The pillars were cleaned in May"] == "moved"
    assert outcomes["there is no rust left"] == "orphaned"
    found = client.get(added["comment"]["url"]).json()
    assert (found["text"], found["versions"]) == (body, 2)
    kept = client.get(f"/api/v1/nodes/{added['refs']['none-left']}").json()["passages"]
    assert [p["document"] for p in kept] == [added["comment"]["document"]]
    source = client.put("/api/v1/comments/c1/text", json={"body": body}, headers={"If-Match": "*"})
    assert source.status_code == 409


class TestContributions:
    """What contributors add waits for review."""

    @pytest.fixture
    def contributor(self, anonymous: TestClient) -> TestClient:
        from app.store import tokens

        token, _ = tokens.create(anonymous.app.state.database, "contributor", "c", participant="doubter")
        return TestClient(
            anonymous.app, base_url="http://localhost", headers={"Authorization": f"Bearer {token}"}
        )

    def test_it_is_shown_as_unreviewed_and_does_not_count(
        self, contributor: TestClient, client: TestClient
    ) -> None:
        before = client.get("/api/v1/nodes/rust-weakens").json()["stances"]
        answer = contributor.post("/api/v1/comments", json=submission(participant=None))
        done = answer.json()
        assert done["comment"]["status"] == "unreviewed"
        assert done["comment"]["participant"] == "doubter"
        assert client.get(f"/api/v1/nodes/{done['refs']['none-left']}").json()["stances"] == {}
        asked = client.get(f"/api/v1/nodes/{done['refs']['none-left']}?unreviewed=true").json()["stances"]
        assert asked["A"]["stance"] == "supports"
        assert client.get("/api/v1/nodes/rust-weakens").json()["stances"] == before

    def test_its_difference_is_told_as_if_it_counted(self, contributor: TestClient) -> None:
        found = contributor.post("/api/v1/comments", json=submission(participant=None)).json()
        by_scenario = {row["scenario"]: row for row in found["difference"]["strengths"]}
        assert by_scenario["A"]["after"] > by_scenario["A"]["before"]

    def test_nobody_speaks_for_another(self, contributor: TestClient) -> None:
        answer = contributor.post("/api/v1/comments", json=submission(participant="author"))
        assert answer.status_code == 422
        assert [e["field"] for e in answer.json()["errors"]] == ["participant"]

    def test_accepting_takes_along_what_came_with_it(
        self, contributor: TestClient, client: TestClient
    ) -> None:
        done = contributor.post("/api/v1/comments", json=submission(participant=None)).json()
        queue = client.get("/api/v1/review").json()
        assert [c["id"] for c in queue["comments"]] == [done["comment"]["id"]]
        assert (len(queue["nodes"]), len(queue["relations"])) == (2, 2)
        accepted = client.post(f"{done['comment']['url']}/accept", headers={"If-Match": "*"})
        assert accepted.status_code == 200
        assert len(accepted.json()["changed"]) == 5
        assert client.get(f"/api/v1/nodes/{done['refs']['none-left']}").json()["status"] == "reviewed"
        assert client.get("/api/v1/review").json()["comments"] == []
        again = client.post(f"{done['comment']['url']}/accept", headers={"If-Match": "*"})
        assert again.status_code == 409

    def test_rejecting_takes_its_words_off_what_others_said(
        self, contributor: TestClient, client: TestClient
    ) -> None:
        item = {"id": "rust-weakens", "attitude": "concedes", "passages": [{"quote": "I doubt it"}]}
        before = client.get("/api/v1/nodes/rust-weakens").json()["passages"]
        done = contributor.post(
            "/api/v1/comments", json=submission(participant=None, nodes=[item], relations=[])
        ).json()
        assert len(client.get("/api/v1/nodes/rust-weakens").json()["passages"]) == 2
        client.post(f"{done['comment']['url']}/reject", headers={"If-Match": "*"})
        assert client.get("/api/v1/nodes/rust-weakens").json()["passages"] == before
        assert client.get(done["comment"]["url"]).json()["status"] == "rejected"

    def test_the_queue_is_for_editors(self, contributor: TestClient) -> None:
        assert contributor.get("/api/v1/review").status_code == 403
        assert contributor.get("/api/v1/reports").status_code == 403
