"""Drawings over HTTP: files of their own, the page of the whole map, models to play with."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.model.records import Node, ScenarioDetails
from app.settings import Settings
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from tests.support import maps
from tests.support.html import Page, parse

FACTORS = Node(
    id="two-factors",
    type="claim",
    text="Danger is rust times load.",
    model={"kind": "product", "output": "danger", "factors": [{"name": "rust"}, {"name": "load"}]},
)
HOLDS = Node(
    id="holds",
    type="scenario",
    text="The bridge holds.",
    scenario=ScenarioDetails(
        letter="A",
        drawing={
            "x": {"label": "years", "scale": "log"},
            "y": {"label": "strength", "scale": "not stated"},
            "features": [{"name": "observed strength", "points": [[0, 0.4], [1, 0.8]], "basis": "implied"}],
        },
    ),
)
FILES = (
    "/drawings/neighbourhood/sound-piers.svg",
    "/drawings/neighbourhood/c1-r1.svg?limit=3&rings=1",
    "/drawings/crux/sound-piers.svg",
    "/drawings/between/A/B.svg",
    "/drawings/map.svg",
    "/drawings/map.svg?unreviewed=true",
    "/drawings/scenario/A.svg",
    "/drawings/scenario/A.svg?y=log",
    "/drawings/scenario/A.svg?y=linear",
    "/drawings/scenario/A.svg?small=true",
    "/drawings/model/two-factors.svg?f1=0.3",
)
PAGES = ("/map", "/map/outline", "/models", "/models/two-factors", "/models/two-factors?f1=0.3&f2=0.5")


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The small map of the bridge, with a schematic and a model."""
    path: Path = tmp_path_factory.mktemp("bridge") / "map.sqlite3"
    database = Database(f"sqlite:///{path}")
    prepare(database)
    load(database, maps.content(FACTORS, HOLDS), who="tests", why="the small map")
    database.dispose()
    settings = Settings(database_url=f"sqlite:///{path}", base_url="https://map.example")
    with TestClient(
        create_app(settings),
        base_url="http://localhost",
        headers={"Accept": "text/html"},
        raise_server_exceptions=False,
    ) as client:
        yield client


def read(client: TestClient, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return parse(answer.text)


@pytest.mark.parametrize("address", FILES)
def test_a_drawing_is_a_file_of_its_own(bridge: TestClient, address: str) -> None:
    answer = bridge.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(answer.text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    links = [e.get("href", "") for e in root.iter() if e.tag.endswith("}a")]
    assert all(link.startswith("https://map.example/") for link in links)


@pytest.mark.parametrize("address", FILES)
def test_the_policy_of_a_file_lets_in_its_own_style_and_nothing_else(
    bridge: TestClient, address: str
) -> None:
    answer = bridge.get(address)
    style = next(e for e in ElementTree.fromstring(answer.text).iter() if e.tag.endswith("}style")).text or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", [*FILES, *PAGES])
def test_a_reader_who_has_it_already_is_told_so(bridge: TestClient, address: str) -> None:
    first = bridge.get(address)
    again = bridge.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/drawings/neighbourhood/nothing.svg", 404),
        ("/drawings/crux/nothing.svg", 404),
        ("/drawings/between/A/A.svg", 404),
        ("/drawings/between/A/Q.svg", 404),
        ("/drawings/scenario/B.svg", 404),
        ("/drawings/scenario/A.svg?y=cubic", 422),
        ("/drawings/neighbourhood/holds.svg?limit=100000", 422),
        ("/drawings/model/no-cracks.svg", 404),
        ("/models/no-cracks", 404),
        ("/models/nothing", 404),
    ],
)
def test_what_cannot_be_drawn_is_refused(bridge: TestClient, address: str, status: int) -> None:
    assert bridge.get(address).status_code == status


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_sound_and_carry_no_style_or_script_of_their_own(bridge: TestClient, address: str) -> None:
    page = read(bridge, address)
    assert page.problems == []
    assert not page.all("style")
    assert all("src" in script for script in page.all("script"))
    assert not [a for _, a in page.tags if "style" in a or any(name.startswith("on") for name in a)]


def test_the_whole_map_is_a_picture_with_links_before_any_script_runs(bridge: TestClient) -> None:
    page = read(bridge, "/map")
    links = {a["href"] for a in page.all("a") if "href" in a}
    assert {"/cruxes/sound-piers", "/nodes/no-cracks", "/relations/c2-r1", "/map/outline"} <= links
    assert "hidden" in next(a for _, a in page.tags if "data-tools" in a)


def test_the_outline_page_tells_every_statement_and_link(bridge: TestClient) -> None:
    page = read(bridge, "/map/outline")
    links = {a["href"] for a in page.all("a") if "href" in a}
    assert {"/scenarios/A", "/nodes/only-above-water", "/relations/c1-r1", "/relations/c2-r1"} <= links
    assert "undercut by" in page.text


def test_the_form_of_a_model_works_without_scripts(bridge: TestClient) -> None:
    page = read(bridge, "/models/two-factors?f1=0.5&f2=0.2")
    fields = {a["name"]: a["value"] for a in page.all("input") if a.get("type") == "number"}
    assert fields == {"f1": "0.5", "f2": "0.2"}
    assert "danger = 0.5 × 0.2 = 0.1." in page.text
    assert "An illustration with free numbers: the text gives none." in page.text


def test_a_setting_that_makes_no_sense_is_said_on_the_page(bridge: TestClient) -> None:
    page = read(bridge, "/models/two-factors?f1=seven")
    assert "rust: a number from 0 to 1 is needed; 0.5 is used." in page.text


def test_the_page_of_models_lists_them(bridge: TestClient) -> None:
    assert "/models/two-factors" in {a["href"] for a in read(bridge, "/models").all("a") if "href" in a}


def test_a_change_of_the_map_changes_what_is_drawn(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'map.sqlite3'}"
    database = Database(url)
    prepare(database)
    load(database, maps.content(), who="tests", why="the small map")
    with TestClient(create_app(Settings(database_url=url)), base_url="http://localhost") as client:
        before = client.get("/drawings/map.svg")
        load(database, maps.content(FACTORS), who="tests", why="one more")
        after = client.get("/drawings/map.svg", headers={"If-None-Match": before.headers["etag"]})
    database.dispose()
    assert after.status_code == 200
    assert "two-factors" in after.text
    assert not re.search("two-factors", before.text)
