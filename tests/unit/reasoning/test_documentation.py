"""The page that explains the numbers must not contradict them."""

import json
import re
from pathlib import Path

import pytest

from app.reasoning.casefile import evaluate, read_case
from app.reasoning.semantics import SEMANTICS

PAGE = Path("docs/reasoning.md").read_text(encoding="utf-8")


def test_the_worked_example_comes_out_as_the_page_says() -> None:
    block = re.search(r"<<'END'\n(.*?)\nEND", PAGE, re.DOTALL)
    assert block is not None
    found = evaluate(read_case(block[1]))
    assert f"**{found['edge_strengths']['e1']:.2f}**" in PAGE  # type: ignore[index]
    assert f"**{found['strengths']['claim']:.3f}**" in PAGE  # type: ignore[index]
    case = json.loads(block[1])
    others = {"dfquad": "0.608", "qe": "0.595"}
    for semantics, expected in others.items():
        strengths = evaluate(read_case(json.dumps({**case, "semantics": semantics})))["strengths"]
        assert f"{strengths['claim']:.3f}" == expected  # type: ignore[index]
        assert expected in PAGE
    del case["edge_relations"]
    assert f"{evaluate(read_case(json.dumps(case)))['strengths']['claim']:.3f}" in PAGE  # type: ignore[index]


@pytest.mark.parametrize("name", SEMANTICS)
def test_every_semantics_is_named_on_the_page(name: str) -> None:
    assert name.removeprefix("dfquad+") in PAGE
