"""Every error is a problem document that names the place and repeats nothing of what was sent."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.api.problems import catalogue
from app.settings import Settings

from .conftest import submission

DOCUMENTED = (Path(__file__).parents[3] / "docs" / "errors.md").read_text(encoding="utf-8")


def is_problem(answer: object, status: int, slug: str) -> dict[str, object]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, object] = answer.json()
    assert found["type"] == f"/errors/{slug}"
    assert found["status"] == status
    assert {"title", "detail", "instance", "errors"} <= found.keys()
    return found


@pytest.mark.parametrize("slug", list(catalogue()))
def test_each_kind_of_error_is_documented_with_its_status(slug: str) -> None:
    assert f"\n## {slug}\n\n`{catalogue()[slug].status}` " in DOCUMENTED


def test_no_kind_of_error_is_documented_that_is_not_there() -> None:
    assert {line[3:] for line in DOCUMENTED.splitlines() if line.startswith("## ")} == set(catalogue())


@pytest.mark.parametrize(
    "address", ["/api/v1/nope", "/api/v1/nodes/nope", "/api/v1/scenarios/Z", "/api/v1/comments/nope", "/nope"]
)
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    found = is_problem(client.get(address), 404, "not-found")
    assert found["instance"] == address


def test_a_wrong_method_says_which_are_right(client: TestClient) -> None:
    answer = client.delete("/api/v1/nodes")
    is_problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=501", "limit"),
        ("limit=9999999999999999999999", "limit"),
        ("limit=ten", "limit"),
        ("type=nonsense", "type"),
        ("cursor=%21%21", "cursor"),
        ("cursor=bm9wZQ", "cursor"),
        ("colour=red", "colour"),
        ("tag=%00", "tag"),
        ("tag=%E2%80%AE", "tag"),
        ("scenario=AA", "scenario"),
        ("unreviewed=perhaps", "unreviewed"),
    ],
)
def test_a_query_that_makes_no_sense_names_the_parameter(client: TestClient, query: str, field: str) -> None:
    found = is_problem(client.get(f"/api/v1/nodes?{query}"), 422, "invalid-input")
    assert field in [item["field"] for item in found["errors"]]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"nonsense", 400),
        (b"[]", 422),
        (b'"text"', 422),
        (b'{"body": "a", "body": "b"}', 400),
        (b'{"body": "\xff"}', 400),
        (b'{"body": NaN}', 422),
        (b'{"body": Infinity}', 422),
        (b'{"body": 1e400}', 422),
        (b'{"body": 9223372036854775808}', 422),
        (b'{"body": ' + b"9" * 5000 + b"}", 422),
        (b'{"body": "\\ud800"}', 422),
        (b'{"body": "\\u0000"}', 422),
        (b'{"body": "\\u202e"}', 422),
        (b'{"\\u202e": 1}', 422),
        (b"[" * 100_000, 422),
        (b'{"a":' * 50 + b"1" + b"}" * 50, 422),
        (b"[" + b"1," * 30_000 + b"1]", 422),
    ],
)
def test_json_that_is_none_or_careless_is_refused(client: TestClient, body: bytes, status: int) -> None:
    answer = client.post("/api/v1/comments", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 3000


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_a_body_that_is_not_json_is_refused(client: TestClient, kind: str) -> None:
    answer = client.post("/api/v1/comments", content=b"{}", headers={"Content-Type": kind})
    is_problem(answer, 415, "unsupported-media-type")


def test_what_was_sent_is_never_repeated(client: TestClient) -> None:
    secret = "a secret that must not be repeated " * 20
    answer = client.post("/api/v1/comments", json={"body": 5, "nodes": secret, "other": secret})
    found = is_problem(answer, 422, "invalid-input")
    assert {item["field"] for item in found["errors"]} == {"body", "nodes", "other"}
    assert "secret" not in answer.text


def test_a_body_that_says_it_is_too_large_is_refused_unread(client: TestClient) -> None:
    answer = client.post(
        "/api/v1/comments",
        content=b"{}",
        headers={"Content-Type": "application/json", "Content-Length": "99999999"},
    )
    is_problem(answer, 413, "too-large")


def test_a_body_that_turns_out_too_large_is_cut_off(client: TestClient, settings: Settings) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 100_000
            yield b" " * 100_000

    answer = client.post("/api/v1/comments", content=endless(), headers={"Content-Type": "application/json"})
    is_problem(answer, 413, "too-large")


def test_a_host_the_server_does_not_know_is_refused(client: TestClient) -> None:
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "169.254.169.254"):
        is_problem(client.get("/api/v1", headers={"Host": host}), 421, "unknown-host")
    for host in ("localhost:8000", "127.0.0.1:1", "[::1]:8000", "LOCALHOST"):
        assert client.get("/api/v1", headers={"Host": host}).status_code == 200
    for host in ("a b", "localhost/x", "localhost:port", "user@localhost"):
        is_problem(client.get("/api/v1", headers={"Host": host}), 400, "bad-request")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:9999"},
    ],
)
def test_a_page_of_another_site_may_not_write(client: TestClient, headers: dict[str, str]) -> None:
    is_problem(client.post("/api/v1/comments", json=submission(), headers=headers), 403, "cross-site")
    assert client.get("/api/v1/comments", headers=headers).json()["total"] == 3


def test_a_page_of_this_site_may_write(client: TestClient) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/api/v1/comments", json=submission(), headers=headers).status_code == 201


def test_a_browser_gets_the_error_as_a_page(client: TestClient) -> None:
    answer = client.get("/nodes/nope", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    api = client.get("/api/v1/nodes/nope", headers={"Accept": "text/html,*/*"})
    assert api.headers["content-type"] == "application/problem+json"


def test_what_nobody_foresaw_is_answered_without_details(client: TestClient) -> None:
    def broken() -> None:
        raise RuntimeError("the password is swordfish")

    client.app.add_api_route("/api/v1/broken", broken, methods=["GET"])
    answer = client.get("/api/v1/broken")
    is_problem(answer, 500, "internal-error")
    assert "swordfish" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_answer_carries_the_headers_that_guard_a_browser(client: TestClient) -> None:
    for address in ("/api/v1", "/api/v1/nope", "/"):
        headers = client.get(address, headers={"Accept": "text/html"}).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_a_problem_document_is_json_whatever_the_address_was(client: TestClient) -> None:
    for address in (
        "/api/v1/nodes/%ED%A0%80",
        "/api/v1/nodes/%00",
        "/api/v1/nodes/%E2%80%AE",
        "/api/v1/nodes/" + "x" * 3000,
    ):
        answer = client.get(address)
        assert answer.status_code in (404, 422)
        json.loads(answer.content)


@pytest.mark.parametrize("slug", list(catalogue()))
def test_the_type_of_a_problem_is_an_address_that_explains_it(client: TestClient, slug: str) -> None:
    page = client.get(f"/errors/{slug}", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert catalogue()[slug].title in page.text
    assert client.get(f"/api/v1/errors/{slug}").json()["status"] == catalogue()[slug].status


def test_an_unknown_kind_of_error_is_not_found(client: TestClient) -> None:
    assert client.get("/errors/nope").status_code == 404
    assert client.get("/api/v1/errors/nope").status_code == 404
