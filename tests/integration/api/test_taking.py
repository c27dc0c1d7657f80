"""The whole map over the API: out in every format with its loss report, and in as a preview or for good."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import networkx as nx
import pytest
from starlette.testclient import TestClient

from app.formats import graph_json
from app.main import create_app
from app.settings import Settings
from app.store import tokens
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.migrate import prepare
from app.taking import WRITTEN
from tests.integration.api.conftest import TOKEN
from tests.support import live

API = "/api/v1"
DEBATE = "[old]: The bridge is old.\n  - [strong]: Old bridges are strong.\n"


@pytest.fixture
def contributor(anonymous: TestClient) -> TestClient:
    """A caller who may add comments and no more."""
    token, _ = tokens.create(
        anonymous.app.state.database, "contributor", "a contributor", participant="doubter"
    )
    return TestClient(
        anonymous.app, base_url="http://localhost", headers={"Authorization": f"Bearer {token}"}
    )


def revision(anonymous: TestClient) -> int:
    found: int = anonymous.get(f"{API}/about").json()["revision"]
    return found


# --- out ----------------------------------------------------------------------------------------


def test_every_format_of_the_command_line_is_listed_with_its_file_and_losses(anonymous: TestClient) -> None:
    found = anonymous.get(f"{API}/export").json()
    assert {f["format"] for f in found["formats"]} == {
        "json", "argdown", "aif", "xaif", "graphml", "dot", "csv", "sqlite",
    }  # fmt: skip
    for item in found["formats"]:
        answer = anonymous.get(item["url"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == item["media_type"]
        assert answer.headers["content-disposition"].startswith('attachment; filename="map.')
        assert f"<{item['losses_url']}>" in answer.headers["link"]
        report = anonymous.get(item["losses_url"]).json()
        assert (report["losses"], report["revision"]) == (item["losses"], found["revision"])
    losses = {f["format"]: {loss["what"] for loss in f["losses"]} for f in found["formats"]}
    assert losses["json"] == set()
    assert "operational table" in losses["sqlite"]
    assert "passage" in losses["argdown"]


@pytest.mark.parametrize("form", ["json", "argdown", "graphml", "csv", "aif"])
def test_a_file_is_what_the_command_line_writes(
    anonymous: TestClient, map_url: str, form: str, tmp_path: Path
) -> None:
    target = tmp_path / "map.zip"
    done = live.run("export", "graph", "--format", form, "--output", str(target), "--database", map_url)
    assert done.returncode == 0, done.stderr
    assert anonymous.get(f"{API}/export/graph/{form}").content == target.read_bytes()


def test_the_files_open(anonymous: TestClient) -> None:
    def fetch(form: str) -> bytes:
        return anonymous.get(f"{API}/export/graph/{form}").content

    nodes = anonymous.get(f"{API}/nodes").json()["total"]
    assert (
        len(
            [
                n
                for n, d in nx.read_graphml(io.BytesIO(fetch("graphml"))).nodes(data=True)
                if d["kind"] == "node"
            ]
        )
        == nodes
    )
    assert "nodes.csv" in zipfile.ZipFile(io.BytesIO(fetch("csv"))).namelist()
    assert json.loads(fetch("json"))["format"] == graph_json.FORMAT


def test_the_copy_holds_the_map_and_no_tokens(
    anonymous: TestClient, contributor: TestClient, map_url: str, tmp_path: Path
) -> None:
    answer = anonymous.get(f"{API}/export/graph/sqlite")
    path = tmp_path / "taken.sqlite3"
    path.write_bytes(answer.content)
    with closing(sqlite3.connect(path)) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert "node" in names
    assert not [name for name in names if name.startswith("op_")]
    token = contributor.headers["authorization"].encode()
    assert token not in answer.content
    assert b"a contributor" not in answer.content
    copied, origin = Database(f"sqlite:///{path}"), Database(map_url)
    prepare(copied)
    assert CurrentMap(copied)().content == CurrentMap(origin)().content


def test_an_unknown_format_has_no_address_and_names_those_there_are(anonymous: TestClient) -> None:
    for address in ("/export/graph/pdf", "/export/graph/kialo", "/export/graph/pdf/losses"):
        answer = anonymous.get(API + address)
        assert answer.status_code == 404
        assert ", ".join(WRITTEN) in answer.json()["detail"]


def test_unreviewed_content_is_taken_along_where_it_is_asked_for(
    anonymous: TestClient, client: TestClient
) -> None:
    client.post(f"{API}/import/map", params={"name": "debate.argdown"}, content=DEBATE).raise_for_status()
    assert "The bridge is old" not in anonymous.get(f"{API}/export/graph/argdown").text
    assert "The bridge is old" in anonymous.get(f"{API}/export/graph/argdown?unreviewed=true").text


def test_copies_are_not_made_without_end(map_url: str) -> None:
    settings = Settings(database_url=map_url, token=TOKEN, writes_per_minute=1)
    with TestClient(create_app(settings), base_url="http://localhost") as hasty:
        codes = [hasty.get(f"{API}/export/graph/sqlite").status_code for _ in range(3)]
    assert codes == [200, 200, 429]


# --- in -----------------------------------------------------------------------------------------


def test_a_preview_counts_like_the_command_line_and_stores_nothing(
    contributor: TestClient, map_url: str, tmp_path: Path
) -> None:
    before = revision(contributor)
    answer = contributor.post(
        f"{API}/import/map", params={"name": "debate.argdown", "dry_run": True}, content=DEBATE
    )
    assert answer.status_code == 200, answer.text
    path = tmp_path / "debate.argdown"
    path.write_text(DEBATE, encoding="utf-8")
    done = live.run("import", "map", str(path), "--dry-run", "--json", "--database", map_url)
    told = json.loads(done.stdout)
    assert {key: answer.json()[key] for key in told} == told
    assert told["statements"] == 2
    assert answer.json()["added"]["node"] == 2
    assert answer.json()["revision"] is None
    assert revision(contributor) == before


def test_an_editor_stores_it_in_one_revision_and_again_changes_nothing(client: TestClient) -> None:
    before = revision(client)
    answer = client.post(f"{API}/import/map", params={"name": "debate.argdown"}, content=DEBATE)
    assert answer.status_code == 201, answer.text
    assert answer.json()["revision"] == before + 1
    assert client.get(answer.headers["location"]).json()["n"] == before + 1
    assert client.get(f"{API}/nodes/old").json()["status"] == "unreviewed"
    again = client.post(f"{API}/import/map", params={"name": "debate.argdown"}, content=DEBATE)
    assert (again.status_code, again.json()["revision"]) == (200, None)
    assert revision(client) == before + 1


def test_our_own_json_comes_back_as_what_is_there_already(client: TestClient) -> None:
    taken = client.get(f"{API}/export/graph/json").content
    answer = client.post(f"{API}/import/map", params={"format": "json"}, content=taken)
    assert (answer.status_code, answer.json()["added"]) == (200, {})
    assert answer.json()["already"] > 5


def test_what_says_the_same_is_pointed_out(contributor: TestClient) -> None:
    said = contributor.get(f"{API}/nodes").json()["items"][0]
    answer = contributor.post(
        f"{API}/import/map", params={"format": "argdown", "dry_run": True}, content=f"[x]: {said['text']}\n"
    ).json()
    assert [(m["existing"], m["exact"]) for m in answer["matches"]] == [(said["id"], True)]


def test_storing_takes_an_editor_and_a_preview_a_token(
    anonymous: TestClient, contributor: TestClient
) -> None:
    before = revision(anonymous)
    assert anonymous.post(f"{API}/import/map?dry_run=true", content=DEBATE).status_code == 401
    assert contributor.post(f"{API}/import/map", content=DEBATE).status_code == 403
    assert revision(anonymous) == before


@pytest.mark.parametrize(
    ("query", "body", "where"),
    [
        ("", b"", "body"),
        ("", b"Just words.", "import"),
        ("format=json", b'{"format": "cruxmap-graph/1",\n "nodes": [', "import:2"),
        ("name=a.argdown", b"[a]: A.\n\n- [b]: B.\n", "a.argdown:3"),
        ("", b"\xff\xfe", "import:1"),
        ("format=pdf", b"x", "format"),
        ("name=..%2Fx", b"x", "name"),
        ("format=aif", b"[" * 100_000, "import"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_with_the_place(
    client: TestClient, query: str, body: bytes, where: str
) -> None:
    before = revision(client)
    answer = client.post(f"{API}/import/map?{query}", content=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == where
    assert revision(client) == before


def test_a_map_may_be_larger_than_a_comment_but_not_without_end(map_url: str) -> None:
    settings = Settings(database_url=map_url, token=TOKEN, max_body_bytes=1000, max_import_bytes=3000)
    with TestClient(
        create_app(settings), base_url="http://localhost", headers={"Authorization": f"Bearer {TOKEN}"}
    ) as client:

        def send(path: str, size: int) -> int:
            text = DEBATE + "\n" + "x" * (size - len(DEBATE) - 1)
            return client.post(f"{API}{path}?format=argdown&dry_run=true", content=text).status_code

        assert send("/import/map", 2900) == 200
        assert send("/import/map", 3100) == 413
        assert send("/comments", 1100) == 413
