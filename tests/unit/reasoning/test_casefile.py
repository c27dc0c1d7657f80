"""``python -m app.reasoning``: a file in, a file out."""

import json
import subprocess
import sys

import pytest

from app.errors import InvalidInput
from app.reasoning.casefile import evaluate, read_case

WORKED = {
    "semantics": "dfquad",
    "nodes": {"claim": 0.5, "evidence": 0.8, "u": 0.7},
    "edges": [{"id": "e1", "from": "evidence", "to": "claim", "type": "support", "base": 0.9}],
    "edge_relations": [{"from": "u", "to_edge": "e1", "type": "attack"}],
}


def run(text: str | bytes) -> subprocess.CompletedProcess[bytes]:
    data = text.encode() if isinstance(text, str) else text
    return subprocess.run(
        [sys.executable, "-m", "app.reasoning"], input=data, capture_output=True, check=False
    )


def result(case: dict[str, object]) -> dict[str, object]:
    return evaluate(read_case(json.dumps(case)))


def test_the_worked_case_comes_out_of_the_command_in_full_precision() -> None:
    done = run(json.dumps(WORKED))
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert found["edge_strengths"]["e1"] == pytest.approx(0.27, abs=1e-15)
    assert found["strengths"]["claim"] == pytest.approx(0.608, abs=1e-15)
    assert (found["converged"], found["residual"]) == (True, 0.0)
    assert found["grounded"] == {"claim": "in", "evidence": "in", "u": "in"}
    assert found["edge_grounded"]["e1"] == "out"
    assert "gradients" not in found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"nodes": {"a": NaN}}',
        '{"nodes": {"a": 1e400}}',
        '{"nodes": {"a": -0.1}}',
        '{"nodes": {"a": "0.5"}}',
        '{"nodes": {"a": true}}',
        '{"nodes": {"a": null}}',
        '{"nodes": {"a": 0.5, "a": 0.5}}',
        '{"nodes": {"a": 0.5}, "semantics": "best"}',
        '{"nodes": {"a": 0.5}, "semantics": 3}',
        '{"nodes": {"a": 0.5}, "topics": ["b"]}',
        '{"nodes": {"a": 0.5}, "topics": ["a", "a"]}',
        '{"nodes": {"a": 0.5}, "topics": "a"}',
        '{"nodes": {"a": 0.5}, "edges": {}}',
        '{"nodes": {"a": 0.5}, "edges": [3]}',
        '{"nodes": {"a": 0.5}, "edges": [{"from": "a", "to": "b", "type": "support"}]}',
        '{"nodes": {"a": 0.5}, "edges": [{"from": "b", "to": "a", "type": "support"}]}',
        '{"nodes": {"a": 0.5}, "edges": [{"from": "a", "to": "a"}]}',
        '{"nodes": {"a": 0.5}, "edges": [{"from": "a", "to": "a", "type": "undercut"}]}',
        '{"nodes": {"a": 0.5}, "edges": [{"from": "a", "to": "a", "type": "support", "base": 1.1}]}',
        '{"nodes": {"a": 0.5}, "edges": [{"id": "a", "from": "a", "to": "a", "type": "attack"}]}',
        '{"nodes": {"a": 0.5}, "edge_relations": [{"from": "a", "to_edge": "a", "type": "attack"}]}',
        '{"nodes": {"a\\ud800": 0.5}}',
        '{"nodes": {"a": 1' + "0" * 5000 + "}}",
    ],
)
def test_malformed_input_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_case(text)


@pytest.mark.parametrize("text", ["{", '{"nodes": {"a\\u0007\\n": 7}}', "[" * 100_000, b"\xff\xfe"])
def test_a_refusal_is_one_clear_line_and_exit_code_2(text: str | bytes) -> None:
    done = run(text)
    assert (done.returncode, done.stdout) == (2, b"")
    message = done.stderr.decode()
    assert message.startswith("error: ")
    assert message.count("\n") == 1
    assert len(message) < 600


def test_unknown_keys_are_ignored_with_a_note() -> None:
    done = run(json.dumps({**WORKED, "title": "worked"}))
    assert done.returncode == 0
    assert done.stderr == b"note: ignored unknown keys: title\n"


def test_edges_without_an_id_get_the_next_free_one() -> None:
    edges = [
        {"from": "a", "to": "b", "type": "support"},
        {"id": "e2", "from": "a", "to": "b", "type": "attack"},
        {"from": "a", "to": "b", "type": "support"},
    ]
    found = result({"nodes": {"a": 0.5, "b": 0.5}, "edges": edges, "semantics": "qe"})
    assert list(found["edge_strengths"]) == ["e1", "e2", "e3"]  # type: ignore[call-overload]


def test_edge_relations_may_target_one_another_whatever_their_order() -> None:
    case = {
        "semantics": "dfquad",
        "nodes": {"a": 1.0, "b": 0.5},
        "edges": [{"id": "e", "from": "a", "to": "b", "type": "support"}],
        "edge_relations": [
            {"id": "second", "from": "a", "to_edge": "first", "type": "attack", "base": 0.5},
            {"id": "first", "from": "a", "to_edge": "e", "type": "undercut"},
            {"from": "a", "to_edge": "second", "type": "support"},
        ],
    }
    found = result(case)["edge_strengths"]
    # backed to 1, so the undercut falls to 0, so the edge stands
    assert found == {"e": 1.0, "second": 1.0, "first": 0.0, "e1": 1.0}


def test_topics_bring_gradients_and_base_flips() -> None:
    case = {**WORKED, "nodes": {**WORKED["nodes"], "B": 0.5}, "topics": ["claim", "B"]}  # type: ignore[dict-item]
    found = result(case)
    gradients, flips = found["gradients"], found["flips"]
    assert gradients["claim"]["evidence"] == pytest.approx(0.5 * 0.27)  # type: ignore[index]
    assert set(gradients) == {"claim", "B"}  # type: ignore[call-overload]
    # once the evidence is denied the two topics tie: the smaller id wins
    assert flips["evidence"]["deny"] == {"verdict": "B", "margin": 0.0}  # type: ignore[index]
    conceded = flips["evidence"]["concede"]  # type: ignore[index]
    assert (conceded["verdict"], conceded["margin"]) == ("claim", pytest.approx(0.5 * 0.27))
    assert set(flips) == {"claim", "evidence", "u", "B"}  # type: ignore[call-overload]


def test_the_default_semantics_is_that_of_the_pages() -> None:
    case = {key: value for key, value in WORKED.items() if key != "semantics"}
    assert result(case) == result({**WORKED, "semantics": "qe+dfquad-gate"})


def test_an_empty_case_is_a_case() -> None:
    found = result({"nodes": {}})
    assert (found["strengths"], found["converged"]) == ({}, True)
