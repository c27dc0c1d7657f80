"""The page to choose cruxes, the files, and the data behind them."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from lxml import html
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

SUFFIXES = ("md", "html", "docx", "tex", "json", "csv", "txt", "bib")


@pytest.fixture(scope="module")
def client(seeded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One application over a copy of the seeded map, which these tests only read."""
    copy = tmp_path_factory.mktemp("export") / "map.sqlite3"
    shutil.copyfile(seeded_database, copy)
    made = create_app(Settings(database_url=f"sqlite:///{copy}"))
    with TestClient(made, base_url="http://localhost") as open_client:
        yield open_client


def test_the_page_previews_what_the_files_hold(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/export/cruxes").text)
    data = client.get("/export/cruxes.json").json()
    headings = [" ".join(h.text_content().split()) for h in page.xpath("//section[@class='export-crux']/h3")]
    assert headings == [f"{crux['number']}. {crux['question']}" for crux in data["cruxes"]]
    assert len(page.xpath("//h1")) == 1


def test_the_form_keeps_the_choice_and_the_files_follow_it(client: TestClient) -> None:
    crux = client.get("/export/cruxes.json").json()["cruxes"][0]["id"]
    answer = client.get(
        "/export/cruxes", params={"crux": crux, "points": 1, "quotes": "inline", "participant": ""}
    )
    page = html.document_fromstring(answer.text)
    assert page.xpath("//input[@name='crux'][@checked]/@value") == [crux]
    assert page.xpath("//input[@name='points']/@value") == ["1"]
    (address,) = page.xpath("//a[starts-with(@href, '/export/cruxes.json')]/@href")
    data = client.get(address).json()
    assert [c["id"] for c in data["cruxes"]] == [crux]
    assert data["settings"]["quotes"] == "inline"


def test_the_page_needs_no_script_and_its_form_is_a_plain_get(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/export/cruxes").text)
    (form,) = page.xpath("//form[@action='/export/cruxes']")
    assert form.get("method") == "get"
    for field in form.xpath(".//select|.//input"):
        assert field.xpath("ancestor::label") or page.xpath(f"//label[@for='{field.get('id')}']")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_each_format_is_served_and_not_sent_twice(client: TestClient, suffix: str) -> None:
    address = f"/export/cruxes.{suffix}?figures=false"
    first = client.get(address)
    assert first.status_code == 200
    assert first.content
    assert f'filename="cruxes.{suffix}"' in first.headers["content-disposition"]
    assert first.headers["x-content-type-options"] == "nosniff"
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_figures_of_served_markdown_are_drawings_of_the_site(client: TestClient) -> None:
    shown = re.findall(r"!\[.*?\]\(<http://localhost(/[^>]+)>\)", client.get("/export/cruxes.md").text)
    assert len(shown) == len(client.get("/export/cruxes.json").json()["cruxes"])
    assert client.get(shown[0]).headers["content-type"].startswith("image/svg+xml")
    assert "![" not in client.get("/export/cruxes.md?figures=false").text


def test_a_served_word_document_opens(client: TestClient) -> None:
    content = client.get("/export/cruxes.docx?figures=false").content
    assert docx.Document(io.BytesIO(content)).paragraphs


def test_permalinks_of_the_export_lead_to_pages(client: TestClient) -> None:
    data = client.get("/export/cruxes.json").json()
    links = {quote["permalink"] for note in data["notes"][:5] for quote in note["quotes"]}
    links |= {crux["permalink"] for crux in data["cruxes"][:2]} | {r["url"] for r in data["references"][:2]}
    for link in links:
        assert link.startswith("http://localhost/")
        assert client.get(link.removeprefix("http://localhost")).status_code == 200


def test_the_data_is_the_same_as_the_json_file(client: TestClient) -> None:
    assert client.get("/api/v1/export/cruxes").json() == client.get("/export/cruxes.json").json()


@pytest.mark.parametrize(
    "query", ["crux=nope", "points=0", "points=x", "order=size", "participant=nobody", "quotes=no"]
)
def test_a_choice_that_cannot_be_is_answered_with_a_problem(client: TestClient, query: str) -> None:
    for path in ("/export/cruxes", "/export/cruxes.md", "/api/v1/export/cruxes"):
        assert client.get(f"{path}?{query}").status_code == 422


def test_a_format_that_is_not_there_has_no_address_and_names_those_that_have(client: TestClient) -> None:
    for suffix in ("pdf", "xyz", "%00", "MD"):
        answer = client.get(f"/export/cruxes.{suffix}")
        assert answer.status_code == 404
        (problem,) = answer.json()["errors"]
        assert problem["remedy"] == "ask for one of md, html, docx, tex, json, csv, txt, bib"


def test_cruxes_are_offered_in_the_order_of_the_document(client: TestClient) -> None:
    every = [c["id"] for c in client.get("/export/cruxes.json").json()["cruxes"]]
    for query in ("", f"?crux={every[3]}"):
        page = html.document_fromstring(client.get(f"/export/cruxes{query}").text)
        assert page.xpath("//input[@name='crux']/@value") == every
    assert page.xpath("//details[@open]//input[@checked]/@value") == [every[3]]


def test_the_folded_form_says_how_things_are_told(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/export/cruxes?points=1&quotes=inline&order=thread").text)
    summaries = [" ".join(s.text_content().split()) for s in page.xpath("//summary")]
    assert (
        "How they are told (one argument a side, quotes in the text, in the order of the thread)" in summaries
    )
