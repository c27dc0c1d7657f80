"""Where nothing lives, and what is wrong otherwise: a page that helps, and the same for programs."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.integration.web.writing import open_site
from tests.support.html import Page, parse

JSON = {"Accept": "application/json"}
MISSING = (
    ("/nodes/most-by-cars", "/nodes/most-by-car"),
    ("/nodes/buses-that-run-late", "/nodes/no-late-buses"),
    ("/nodes/most-by-cars/history", "/nodes/most-by-car"),
    ("/nodes/most-by-cars/report", "/nodes/most-by-car"),
    ("/cruxes/people-came", "/cruxes/people-come"),
    ("/models/most-by-car", "/nodes/most-by-car"),
    ("/relations/r-undercuts", "/relations/r-undercut"),
    ("/comments/k33", "/comments/k3"),
    ("/comments/k33/difference", "/comments/k3"),
    ("/comments/k33/history", "/comments/k3"),
    ("/documents/threads", "/documents/thread"),
    ("/participants/doubters", "/participants/doubter"),
    ("/participants/checker/vs/doubters", "/participants/doubter"),
    ("/scenarios/Z", "/scenarios/A"),
    ("/scenarios/A/vs/Z", "/scenarios/B"),
    ("/history/99", "/history"),
    ("/history/0..99", "/history"),
    ("/history/yesterday", "/history"),
    ("/snapshots/before-the-move", "/history"),
    ("/buses", "/nodes/no-late-buses"),
)


def page(text: str) -> Page:
    found = parse(text)
    assert found.problems == []
    assert len(found.all("h1")) == 1
    return found


@pytest.mark.parametrize(("path", "near"), MISSING)
def test_a_missing_page_leads_to_what_is_near_it_and_to_search(
    site: TestClient, path: str, near: str
) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    found = page(answer.text)
    main = parse(answer.text[answer.text.index("<main") :].partition("</main>")[0].partition(">")[2])
    assert near in {link["href"] for link in main.all("a")}
    assert [field["name"] for field in main.all("input")] == ["q"]
    assert "/api/" not in found.words


@pytest.mark.parametrize("path", [path for path, _ in MISSING])
def test_the_same_address_is_missing_for_programs_too(site: TestClient, path: str) -> None:
    for address in (path, "/api/v1" + path):
        answer = site.get(address, headers=JSON)
        if answer.status_code == 422:  # the API has revisions by number and scenarios by letter only
            assert path in ("/history/0..99", "/history/yesterday")
            continue
        assert answer.status_code in (404, 405), address
        assert answer.headers["content-type"] == "application/problem+json"


def test_the_api_names_ids_that_look_like_the_one_that_is_missing(site: TestClient) -> None:
    (wrong,) = site.get("/api/v1/nodes/most-by-cars", headers=JSON).json()["errors"]
    assert "perhaps most-by-car" in wrong["remedy"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/matrix?type=opinion", 422),
        ("GET", "/matrix?A=sometimes", 422),
        ("GET", "/scenarios/A?y=diagonal", 422),
        ("GET", "/history?before=yesterday", 422),
        ("GET", "/stand?is.people-come=sometimes", 422),
        ("GET", "/verdict?semantics=guessing", 422),
        ("GET", "/search?q=" + "a" * 600, 422),
        ("POST", "/matrix", 405),
        ("DELETE", "/cruxes", 405),
        ("POST", "/comments/new", 413),
    ],
)
def test_whatever_is_wrong_is_told_on_a_page(site: TestClient, method: str, path: str, status: int) -> None:
    body = b"body=" + b"x" * 2_000_000 if status == 413 else None
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = site.request(method, path, content=body, headers=form if body else None)
    assert answer.status_code == status
    page(answer.text)
    for_programs = site.request(method, path, content=body, headers=JSON | (form if body else {}))
    assert for_programs.status_code == status
    assert for_programs.headers["content-type"] == "application/problem+json"


def test_what_nobody_foresaw_is_a_page_without_details(square_url: str, tmp_path: Path) -> None:
    def broken() -> None:
        raise RuntimeError("the password is swordfish")

    site = open_site(square_url, tmp_path)
    site.app.add_api_route("/broken", broken, methods=["GET"])  # type: ignore[attr-defined]
    answer = site.get("/broken")
    assert answer.status_code == 500
    page(answer.text)
    assert "swordfish" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_message_of_a_closed_list_reads_as_a_sentence(site: TestClient) -> None:
    (wrong,) = site.get("/api/v1/matrix?type=opinion", headers=JSON).json()["errors"]
    assert wrong["message"].startswith("must be one of ")
