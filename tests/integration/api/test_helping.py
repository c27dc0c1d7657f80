"""Suggestions, reports, retries, limits, and removing for good."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

from .conftest import TOKEN, Json, submission


def suggestions(client: TestClient, body: str) -> list[Json]:
    answer = client.post("/api/v1/suggestions", json={"body": body})
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


def test_a_near_duplicate_is_suggested_with_a_reason(anonymous: TestClient) -> None:
    (first, *_) = suggestions(anonymous, "As I said: rust has weakened the steel of these pillars.")
    assert (first["kind"], first["node"]["id"]) == ("repeats", "rust-weakens")
    assert first["score"] > 68
    assert first["reason"]


@pytest.mark.parametrize(
    "body",
    [
        "Rust has not weakened the steel of the pillars.",
        "Rust has never weakened the steel of the pillars.",
        "Rust hasn't weakened the steel of the pillars.",
    ],
)
def test_a_negation_is_no_duplicate(anonymous: TestClient, body: str) -> None:
    kinds = {
        s["kind"] for s in suggestions(anonymous, body) if s["node"] and s["node"]["id"] == "rust-weakens"
    }
    assert kinds == {"contradicts"}


def test_a_quotation_is_found_with_or_without_its_mark(anonymous: TestClient) -> None:
    for body in (
        "> The steel was tested in spring ... every test.",
        "The steel was tested in spring and passed every test.",
    ):
        found = [s for s in suggestions(anonymous, body) if s["kind"] == "quotes"]
        assert [(s["comment"], s["document"]) for s in found] == [("c1", "001")]


def test_what_is_new_gets_no_suggestion(anonymous: TestClient) -> None:
    assert suggestions(anonymous, "Penguins prefer colder weather than most other birds do.") == []


def test_suggesting_stores_nothing(anonymous: TestClient) -> None:
    before = anonymous.get("/api/v1/graph").json()
    suggestions(anonymous, "Rust has weakened the steel of the pillars.")
    assert anonymous.get("/api/v1/graph").json() == before


def test_anyone_reports_a_misreading_and_an_editor_sees_to_it(
    anonymous: TestClient, client: TestClient
) -> None:
    made = anonymous.post("/api/v1/nodes/steel-passed/reports", json={"text": "He said something else."})
    assert made.status_code == 201
    anonymous.post("/api/v1/relations/c1-r1/reports", json={"text": "Not what it says."})
    assert anonymous.get("/api/v1/reports").status_code == 401
    queue = client.get("/api/v1/reports").json()["items"]
    assert [r["ref"] for r in queue] == ["c1-r1", "steel-passed"]
    closed = client.post(f"/api/v1/reports/{made.json()['id']}/close").json()
    assert closed["closed_by"]
    assert [r["ref"] for r in client.get("/api/v1/reports").json()["items"]] == ["c1-r1"]
    assert len(client.get("/api/v1/reports?closed=true").json()["items"]) == 2
    assert anonymous.post("/api/v1/nodes/nope/reports", json={"text": "What?"}).status_code == 404
    assert client.post("/api/v1/reports/99/close").status_code == 404


def test_the_same_key_gets_the_same_answer_and_one_comment(client: TestClient) -> None:
    key = {"Idempotency-Key": "abc-123"}
    first = client.post("/api/v1/comments", json=submission(), headers=key)
    second = client.post("/api/v1/comments", json=submission(), headers=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["location"] == second.headers["location"]
    assert second.headers["idempotent-replayed"] == "true"
    assert client.get("/api/v1").json()["revision"] == 2


def test_the_same_key_for_another_request_is_a_conflict(client: TestClient) -> None:
    key = {"Idempotency-Key": "abc-123"}
    client.post("/api/v1/comments", json=submission(), headers=key)
    other = client.post("/api/v1/comments", json=submission(participant="another"), headers=key)
    assert (other.status_code, other.json()["type"]) == (409, "/errors/conflict")
    assert client.get("/api/v1").json()["revision"] == 2


def test_a_request_that_failed_may_be_mended_and_sent_again_with_its_key(client: TestClient) -> None:
    key = {"Idempotency-Key": "abc-123"}
    assert client.post("/api/v1/comments", json=submission(reply_to="nope"), headers=key).status_code == 422
    assert client.post("/api/v1/comments", json=submission(), headers=key).status_code == 201


def limited(url: str, **limits: int) -> TestClient:
    app = create_app(Settings(database_url=url, token=TOKEN, **limits))
    return TestClient(app, base_url="http://localhost", headers={"Authorization": f"Bearer {TOKEN}"})


def test_too_many_writes_are_told_when_to_try_again(map_url: str) -> None:
    with limited(map_url, writes_per_minute=2) as client:
        sent = {"participant": "x", "body": "Hm."}
        codes = [client.post("/api/v1/comments?dry_run=true", json=sent).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        answer = client.post("/api/v1/comments?dry_run=true", json=sent)
        assert answer.json()["type"] == "/errors/too-many-requests"
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        assert client.get("/api/v1/nodes").status_code == 200


def test_guessing_tokens_is_limited_by_address(map_url: str) -> None:
    with limited(map_url, writes_per_minute=2) as client:
        headers = {"Authorization": "Bearer wrong"}
        codes = [client.post("/api/v1/comments", json={}, headers=headers).status_code for _ in range(3)]
        assert codes == [401, 401, 429]


def test_reports_are_limited_by_address(map_url: str) -> None:
    with limited(map_url, reports_per_hour=1) as client:
        codes = [
            client.post("/api/v1/nodes/steel-passed/reports", json={"text": "Wrong."}).status_code
            for _ in range(2)
        ]
        assert codes == [201, 429]


SECRET = "Zyxwvut"


def test_what_must_not_be_kept_is_gone_from_the_map_its_past_and_the_file(
    client: TestClient, settings: Settings
) -> None:
    before = client.get("/api/v1/graph").json()
    sent = submission(
        participant="author",
        body=f"I doubt it: {SECRET} lives at the bridge and rust weakens it.",
        nodes=[
            {
                "ref": "home",
                "type": "claim",
                "text": f"{SECRET} lives there.",
                "passages": [{"quote": f"{SECRET} lives"}],
            },
            {
                "id": "rust-weakens",
                "passages": [{"quote": f"{SECRET} lives at the bridge and rust weakens it"}],
            },
        ],
        relations=[{"type": "attacks", "source": "home", "target": "holds"}],
    )
    key = {"Idempotency-Key": "k"}
    added = client.post("/api/v1/comments", json=sent, headers=key).json()
    reply = client.post(
        "/api/v1/comments",
        json={
            "participant": "x",
            "reply_to": added["comment"]["id"],
            "body": "> lives at the bridge and rust weakens it.\n\nNo.",
        },
    ).json()
    assert len(reply["quotations"]) == 1
    done = client.post(f"{added['comment']['url']}/purge", json={"why": "an address"})
    assert done.status_code == 200, done.text
    gone = client.get(added["comment"]["url"])
    assert (gone.status_code, gone.json()["type"]) == (410, "/errors/gone")
    assert client.get(added["nodes_created"][0]["url"]).status_code == 410
    assert client.get(f"/api/v1/documents/{added['comment']['document']}").status_code == 410
    after = client.get("/api/v1/graph").json()
    assert after["nodes"] == before["nodes"]
    assert client.get(reply["comment"]["url"]).json()["reply_to"] is None
    for n in range(1, 5):
        assert SECRET not in client.get(f"/api/v1/history/{n}").text
        assert SECRET not in client.get(f"/api/v1/history/{n}/graph").text
    again = client.post("/api/v1/comments", json=sent).json()
    assert again["comment"]["id"] != added["comment"]["id"]
    assert again["refs"]["home"] != added["refs"]["home"]
    client.post(f"{again['comment']['url']}/purge", json={"why": "again"})
    client.app.state.database.dispose()
    assert SECRET.encode() not in Path(settings.database_url.removeprefix("sqlite:///")).read_bytes()


def test_only_an_admin_removes_for_good_and_only_what_was_added(
    anonymous: TestClient, client: TestClient
) -> None:
    from app.store import tokens

    token, _ = tokens.create(anonymous.app.state.database, "editor", "e")
    added = client.post("/api/v1/comments", json=submission()).json()
    address = f"{added['comment']['url']}/purge"
    headers = {"Authorization": f"Bearer {token}"}
    assert anonymous.post(address, json={"why": "because"}, headers=headers).status_code == 403
    assert client.post("/api/v1/comments/c1/purge", json={"why": "because"}).status_code == 409
    assert client.post(address, json={}).status_code == 422


def test_a_one_time_link_opens_an_editor_s_session_once(anonymous: TestClient) -> None:
    from app.store import tokens

    link, _ = tokens.create(anonymous.app.state.database, "editor", "local", kind="link", days=1)
    browser = TestClient(anonymous.app, base_url="http://localhost", follow_redirects=False)
    entered = browser.get(f"/editor?link={link}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert link not in cookie
    assert browser.get("/api/v1/review").status_code == 200
    again = TestClient(anonymous.app, base_url="http://localhost").get(f"/editor?link={link}")
    assert again.status_code == 401
    browser.post("/leave", headers={"Origin": "http://localhost"})
    assert browser.get("/api/v1/review").status_code == 401


def test_a_forged_cookie_opens_nothing(anonymous: TestClient) -> None:
    for value in ("x", "eyJ4IjoxfQ.x.y", "a" * 5000):
        anonymous.cookies.set("cruxmap_session", value)
        assert anonymous.get("/api/v1/review").status_code == 401
