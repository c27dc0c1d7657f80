"""Building a framework: what is refused, and how elements are numbered."""

import math

import pytest

from app.errors import InvalidInput
from app.reasoning import Framework, Relation


def test_elements_are_numbered_nodes_first() -> None:
    framework = Framework.build(
        {"a": 0.2, "b": None}, [Relation("r", "a", "b", 1), Relation("u", "b", "r", -1)]
    )
    assert framework.element_id(2) == "r"
    assert framework.target.tolist() == [1, 2]
    assert framework.node_base.tolist() == [0.2, 0.5]
    assert framework.relation_base.tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("relation", "message"),
    [
        (Relation("a", "a", "b", 1), "used twice"),
        (Relation("r", "nobody", "b", 1), "not a node"),
        (Relation("r", "a", "nobody", 1), "neither a node nor a relation"),
        (Relation("r", "a", "b", 0), "sign"),
        (Relation("r", "a", "b", 1, 1.5), "1.5 is not a number from 0 to 1"),
        (Relation("r", "a", "b", 1, math.nan), "NaN is not a number from 0 to 1"),
    ],
)
def test_a_wrong_relation_is_refused_with_its_reason(relation: Relation, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        Framework.build({"a": 0.5, "b": 0.5}, [relation])


def test_a_relation_cannot_start_at_a_relation() -> None:
    with pytest.raises(InvalidInput, match="not a node"):
        Framework.build({"a": 0.5, "b": 0.5}, [Relation("r", "a", "b", 1), Relation("s", "r", "a", 1)])


@pytest.mark.parametrize("topics", [["nobody"], ["r"], ["a", "a"]])
def test_a_topic_must_be_a_node_and_listed_once(topics: list[str]) -> None:
    with pytest.raises(InvalidInput, match="topic"):
        Framework.build({"a": 0.5, "b": 0.5}, [Relation("r", "a", "b", 1)], topics)


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        Framework.build({"a": 0.5}, [Relation("r", "x", "a", 1), Relation("s", "a", "y", 1)])
    assert [problem.where for problem in caught.value.problems] == ["r", "s"]


@pytest.mark.parametrize(
    ("source", "target", "sign"), [([0], [9], [1]), ([5], [0], [1]), ([0], [1], [2]), ([0, 1], [1], [1])]
)
def test_wrong_arrays_are_refused(source: list[int], target: list[int], sign: list[int]) -> None:
    with pytest.raises(InvalidInput):
        Framework.from_arrays(source=source, target=target, sign=sign, node_base=[0.5, 0.5])


def test_other_scores_leave_the_original_alone() -> None:
    framework = Framework.build({"a": 0.5, "b": 0.5}, [Relation("r", "a", "b", 1)])
    other = framework.with_scores({"a": 0.9, "r": 0.4})
    assert (other.node_base[0], other.relation_base[0]) == (0.9, 0.4)
    assert (framework.node_base[0], framework.relation_base[0]) == (0.5, 1.0)
    assert other.plan is framework.plan


def test_scores_of_unknown_ids_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no such"):
        Framework.build({"a": 0.5}).with_scores({"z": 0.1})


def test_an_empty_framework_is_a_framework() -> None:
    framework = Framework.build({})
    assert (framework.n, framework.m, framework.plan.steps) == (0, 0, ())
