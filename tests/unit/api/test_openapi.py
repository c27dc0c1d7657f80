"""The published description of the API is that of the code."""

import json
from pathlib import Path

from app.api import openapi
from app.model.vocabulary import vocabulary

PUBLISHED = Path(__file__).parents[3] / "schema" / "openapi.json"


def test_the_published_description_is_up_to_date() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == openapi.text(), "run make openapi"


def test_every_operation_has_an_id_a_summary_and_a_tag() -> None:
    found = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    ids = []
    for methods in found["paths"].values():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["tags"]
            ids.append(operation["operationId"])
    assert len(ids) == len(set(ids))


def test_the_closed_lists_are_those_of_the_vocabulary() -> None:
    text = PUBLISHED.read_text(encoding="utf-8")
    for group in (vocabulary().nodes, vocabulary().relations, vocabulary().attitudes):
        names = ",".join(f'"{name}"' for name in group)
        assert names in "".join(text.split())


def test_errors_are_described_as_problem_documents() -> None:
    found = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    for methods in found["paths"].values():
        for operation in methods.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert list(answer["content"]) == ["application/problem+json"]
