"""Everything the pages show can be read as JSON at the same path."""

import re

import pytest
from starlette.testclient import TestClient

ADDRESSES = (
    "",
    "/scenarios",
    "/scenarios/A",
    "/scenarios/A/vs/B",
    "/cruxes",
    "/cruxes/rust-weakens",
    "/nodes",
    "/nodes/steel-passed",
    "/nodes/holds",
    "/relations",
    "/relations/c1-r1",
    "/comments",
    "/comments/c2",
    "/participants",
    "/participants/doubter",
    "/participants/author/vs/doubter",
    "/documents",
    "/documents/001",
    "/matrix",
    "/search?q=rust",
    "/graph",
    "/vocabulary",
    "/about",
    "/openapi.json",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_resource_answers_with_an_etag_and_then_with_not_modified(
    anonymous: TestClient, address: str
) -> None:
    first = anonymous.get(f"/api/v1{address}")
    assert first.status_code == 200
    assert first.headers["content-type"] == "application/json"
    again = anonymous.get(f"/api/v1{address}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_answers_like_get_without_a_body(anonymous: TestClient, address: str) -> None:
    answer = anonymous.head(f"/api/v1{address}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == anonymous.get(f"/api/v1{address}").headers["etag"]


def test_the_index_counts_and_links(anonymous: TestClient) -> None:
    found = anonymous.get("/api/v1").json()
    assert found["counts"]["nodes"] == 7
    assert found["counts"]["cruxes"] == 1
    assert [s["id"] for s in found["scenarios"]] == ["holds", "falls"]
    for address in found["links"].values():
        assert anonymous.get(address).status_code == 200


def test_every_item_of_a_list_is_found_at_its_own_address(anonymous: TestClient) -> None:
    for name in ("scenarios", "cruxes", "nodes", "relations", "comments", "participants", "documents"):
        for item in anonymous.get(f"/api/v1/{name}").json()["items"]:
            assert anonymous.get(item["url"]).json()["id"] == item["id"]


def test_a_list_is_read_in_pages_by_following_links(anonymous: TestClient) -> None:
    everything = [n["id"] for n in anonymous.get("/api/v1/nodes").json()["items"]]
    read, address = [], "/api/v1/nodes?limit=3"
    while address:
        answer = anonymous.get(address)
        assert len(answer.json()["items"]) <= 3
        read += [n["id"] for n in answer.json()["items"]]
        links = {rel: url for url, rel in re.findall(r'<([^>]*)>; rel="(\w+)"', answer.headers["link"])}
        assert links.get("next") == answer.json()["next"]
        assert links["alternate"] == "/nodes"
        address = links.get("next", "")
    assert read == everything


def test_filters_keep_what_they_name_and_combine(anonymous: TestClient) -> None:
    def ids(query: str) -> list[str]:
        return [n["id"] for n in anonymous.get(f"/api/v1/{query}").json()["items"]]

    assert ids("nodes?type=evidence") == ["pillars-rusty", "steel-passed"]
    assert ids("nodes?holder=doubter&type=evidence") == ["pillars-rusty"]
    assert ids("nodes?comment=c3") == ["how-deep"]
    assert ids("nodes?scenario=B&stance=supports") == ["pillars-rusty", "rust-weakens"]
    assert ids("nodes?attitude=asks") == ["how-deep"]
    assert ids("nodes?status=withdrawn") == []
    assert ids("relations?target=holds") == ["c1-r1", "c2-r3"]
    assert ids("comments?reply_to=c1") == ["c2"]


def test_a_node_carries_its_quotes_and_where_they_stand(anonymous: TestClient) -> None:
    found = anonymous.get("/api/v1/nodes/pillars-rusty").json()
    (passage,) = found["passages"]
    text = anonymous.get("/api/v1/documents/001").json()["text"]
    assert text[passage["start"] : passage["end"]] == passage["exact"]
    assert (passage["paragraph"], passage["comment"], passage["holder"]) == (4, "c2", "doubter")
    assert found["stances"]["B"]["stance"] == "supports"
    assert found["stances"]["B"]["chains"]["+"] == [
        "pillars-rusty",
        "c2-r2",
        "rust-weakens",
        "c2-r4",
        "falls",
    ]
    assert [r["id"] for r in found["outgoing"]] == ["c2-r2"]


def test_a_scenario_counts_its_arguments_by_how_they_reach_it(anonymous: TestClient) -> None:
    listed = {s["id"]: s["tallies"] for s in anonymous.get("/api/v1/scenarios").json()["items"]}
    found = anonymous.get("/api/v1/scenarios/A").json()
    assert found["tallies"] == listed["holds"]
    for side, counted in found["tallies"].items():
        assert counted["total"] == len(found[side]) == counted["direct"] + counted["through"]
        assert counted["total"] == counted["stated"] + counted["inferred"]


def test_a_node_says_whether_anybody_holds_it(anonymous: TestClient) -> None:
    listed = anonymous.get("/api/v1/nodes").json()["items"]
    told = {node["id"]: node["held"] for node in listed}
    assert told["holds"] is None
    for node in listed:
        passages = anonymous.get(node["url"]).json()["passages"]
        if node["type"] in ("claim", "crux", "objection", "evidence") and passages:
            attitudes = {p["attitude"] for p in passages}
            assert node["held"] is bool(attitudes & {"asserts", "concedes", "quotes"}), node["id"]


def test_a_chain_names_the_steps_that_editors_inferred(anonymous: TestClient) -> None:
    inferred = {
        r["id"] for r in anonymous.get("/api/v1/relations").json()["items"] if r["basis"] == "inferred"
    }
    found = set()
    for node in anonymous.get("/api/v1/nodes").json()["items"]:
        for stance in anonymous.get(node["url"]).json()["stances"].values():
            decide = {"supports": "+", "opposes": "-", "mixed": "+-"}.get(stance["stance"], "")
            assert set(stance["inferred"]) == inferred & {key for s in decide for key in stance["chains"][s]}
            found |= set(stance["inferred"])
        for bearing in anonymous.get(f"/api/v1/nodes/{node['id']}/bearing").json()["bearings"]:
            for chain in bearing["chains"]:
                assert set(chain["inferred"]) == inferred & set(chain["ids"])
    assert found


def test_a_relation_may_end_in_a_relation(anonymous: TestClient) -> None:
    found = anonymous.get("/api/v1/relations/c2-r1").json()
    assert (found["target_kind"], found["target"]["id"]) == ("relation", "c1-r1")
    assert [r["id"] for r in anonymous.get("/api/v1/relations/c1-r1").json()["incoming"]] == ["c2-r1"]


def test_search_finds_nodes_and_comments_and_survives_any_query(anonymous: TestClient) -> None:
    hits = anonymous.get("/api/v1/search?q=rust").json()["items"]
    assert {(h["kind"], h["id"]) for h in hits} >= {("node", "rust-weakens"), ("comment", "c2")}
    for query in (
        '"',
        "a AND",
        "NEAR(",
        "*",
        "rust*^",
        "-",
        "(",
        "col:rust",
        "'; DROP TABLE node; --",
        "漢字",
        "",
    ):
        assert anonymous.get("/api/v1/search", params={"q": query}).status_code == 200


def test_the_ledger_of_a_document_accounts_for_every_sentence(anonymous: TestClient) -> None:
    rows = anonymous.get("/api/v1/documents/001").json()["ledger"]
    assert rows[0]["kind"] == "not_argument"
    assert {"mapped", "not_argument"} <= {row["kind"] for row in rows}


def test_the_graph_is_complete_and_in_its_stable_form(anonymous: TestClient) -> None:
    found = anonymous.get("/api/v1/graph").json()
    assert found["format"] == "cruxmap-graph/1"
    assert len(found["nodes"]) == 7


def test_answers_are_compressed_for_who_can_read_that(anonymous: TestClient) -> None:
    answer = anonymous.get("/api/v1/graph", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
