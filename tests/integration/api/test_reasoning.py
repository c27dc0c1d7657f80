"""Verdicts, bearings, cruxes and double cruxes over the API."""

import pytest
from starlette.testclient import TestClient

from tests.integration.api.small_map import CONTENT

CRUX = "rust-weakens"
VERDICT = "/api/v1/verdict"


def errors(client: TestClient, body: object) -> list[str]:
    answer = client.post(VERDICT, json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    return [item["field"] for item in answer.json()["errors"]]


def test_a_verdict_needs_no_token_and_changes_nothing(anonymous: TestClient) -> None:
    before = anonymous.get("/api/v1").json()["revision"]
    answer = anonymous.post(VERDICT, json={})
    assert answer.status_code == 200
    assert answer.json()["valuation"]["kind"] == "neutral"
    assert anonymous.get("/api/v1").json()["revision"] == before


def test_a_verdict_says_who_leads_why_and_that_strengths_are_no_probabilities(anonymous: TestClient) -> None:
    found = anonymous.post(VERDICT, json={"credences": {CRUX: 0.9}}).json()
    assert found["leader"] == "B"
    assert found["sentence"].startswith("B leads: its strength is 0.")
    assert "not a probability" in found["note"]
    strengths = {s["letter"]: s["strength"] for s in found["scenarios"]}
    assert found["margin"] == pytest.approx(strengths["B"] - strengths["A"])
    assert set(found["strengths"]) == {n.id for n in CONTENT.nodes.values() if n.status == "reviewed"}
    assert found["converged"] is True
    assert found["single_answer"]["node"]["id"] == CRUX
    assert found["single_answer_sentence"] == found["single_answer"]["sentence"]
    assert {way["semantics"] for way in found["robustness"]["verdicts"]} >= {
        "qe+dfquad-gate",
        "mlp+dfquad-gate",
    }


def test_where_no_scenario_leads_the_answer_says_so(anonymous: TestClient) -> None:
    found = anonymous.post(VERDICT, json={"credences": {CRUX: 0.1}}).json()
    assert found["leader"] is None
    assert found["sentence"].startswith("Too close to call: A and B are within 0.05")
    assert found["close"] == ["A", "B"]


def test_a_credence_moves_what_hangs_on_it(anonymous: TestClient) -> None:
    yes, no = (
        anonymous.post(VERDICT, json={"credences": {CRUX: c}}).json()["strengths"][CRUX] for c in (0.9, 0.1)
    )
    assert yes > no


def test_a_credence_can_be_held_whatever_the_map_says(anonymous: TestClient) -> None:
    found = anonymous.post(VERDICT, json={"credences": {CRUX: 0.25}, "hold": True}).json()
    assert found["strengths"][CRUX] == 0.25


def test_a_participants_valuation_can_be_started_from(anonymous: TestClient) -> None:
    posted = anonymous.post(VERDICT, json={"participant": "doubter"}).json()
    got = anonymous.get(VERDICT, params={"participant": "doubter"}).json()
    assert posted == got
    assert posted["valuation"] == {
        "kind": "participant",
        "participant": "doubter",
        "credences": {},
        "hold": False,
        "said": 3,
        "enough": True,
    }


def test_the_way_of_computing_can_be_chosen(anonymous: TestClient) -> None:
    found = anonymous.post(VERDICT, json={"semantics": "mlp+dfquad-gate"}).json()
    assert found["semantics"]["label"] == "MLP"
    assert errors(anonymous, {"semantics": "guessing"}) == ["semantics"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"credences": {"nowhere": 0.5}}, "credences.nowhere"),
        ({"credences": {CRUX: 1.5}}, f"credences.{CRUX}"),
        ({"credences": {CRUX: -0.1}}, f"credences.{CRUX}"),
        ({"credences": {CRUX: "0.5"}}, f"credences.{CRUX}"),
        ({"credences": {CRUX: True}}, f"credences.{CRUX}"),
        ({"credences": {f"n{n}": 0.5 for n in range(501)}}, "credences"),
        ({"credences": []}, "credences"),
        ({"participant": "nobody"}, "participant"),
        ({"credence": {}}, "credence"),
    ],
)
def test_bad_input_is_refused_by_field(anonymous: TestClient, body: object, field: str) -> None:
    assert errors(anonymous, body) == [field]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e400"])
def test_numbers_that_json_does_not_have_are_refused(anonymous: TestClient, text: str) -> None:
    answer = anonymous.post(
        VERDICT,
        content=f'{{"credences": {{"{CRUX}": {text}}}}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 422


def test_sets_of_flips_are_searched_when_asked_for_and_say_what_was_not(anonymous: TestClient) -> None:
    assert anonymous.get(VERDICT).json()["flip_sets"] == []
    found = anonymous.get(VERDICT, params={"sets": "triples"}).json()["flip_sets"]
    assert [each["size"] for each in found] == [2, 3]
    assert all("Searched: " in each["sentence"] for each in found)


def test_a_bearing_adds_up_and_speaks_in_sentences(anonymous: TestClient) -> None:
    found = anonymous.get(f"/api/v1/nodes/{CRUX}/bearing").json()
    for each in found["bearings"]:
        assert each["total"] == pytest.approx(each["carried"] + each["remainder"])
        assert sum(chain["carries"] for chain in each["chains"]) == pytest.approx(each["carried"])
        assert all(chain["sentence"].endswith(".") for chain in each["chains"])
        ranks = [abs(chain["carries"]) for chain in each["chains"]]
        assert ranks == sorted(ranks, reverse=True)
    assert {each["letter"] for each in found["bearings"]} == {"A", "B"}


def test_the_bearing_of_nothing_is_not_found(anonymous: TestClient) -> None:
    assert anonymous.get("/api/v1/nodes/nowhere/bearing").status_code == 404


def test_curated_cruxes_come_with_the_computed_ones_beside_them(anonymous: TestClient) -> None:
    found = anonymous.get("/api/v1/cruxes").json()
    assert [item["id"] for item in found["items"]] == [CRUX]
    rows = found["reasoning"]["comparison"]
    assert {row["hinge"]["node"]["id"] for row in rows} >= {CRUX}
    assert {row["side"] for row in rows} <= {"curated and computed", "curated only", "computed only"}
    assert found["reasoning"]["robustness"]["summary"]


def test_two_participants_are_compared(anonymous: TestClient) -> None:
    found = anonymous.get("/api/v1/double-cruxes", params={"between": "author,doubter"}).json()
    assert [p["id"] for p in found["participants"]] == ["author", "doubter"]
    assert found["reason"] == "too little said"
    assert "says too little for a verdict" in found["sentence"]


@pytest.mark.parametrize(
    "between", ["author", "author,author", "author,doubter,author", "author,nobody", ","]
)
def test_a_comparison_takes_two_participants(anonymous: TestClient, between: str) -> None:
    answer = anonymous.get("/api/v1/double-cruxes", params={"between": between})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "between"
