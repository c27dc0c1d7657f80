"""Grounded labelling of the attack-only reading."""

import numpy as np
import pytest
from hypothesis import given, settings

from app.reasoning import Framework, Relation, grounded, solve
from tests.unit.reasoning.graphs import frameworks


def labels(*relations: tuple[str, str, str, int]) -> tuple[dict[str, str], dict[str, str]]:
    ids = {r[0] for r in relations}
    nodes = {end: 0.5 for r in relations for end in (r[1], r[2]) if end not in ids}
    found = grounded(Framework.build(nodes, [Relation(*r) for r in relations]))
    return dict(found.nodes), dict(found.relations)


def test_an_unanswered_objection_puts_out() -> None:
    assert labels(("r", "x", "y", -1))[0] == {"x": "in", "y": "out"}


def test_an_answered_objection_does_not() -> None:
    assert labels(("r", "x", "y", -1), ("s", "z", "x", -1))[0] == {"x": "out", "y": "in", "z": "in"}


def test_mutual_attack_is_undecided_until_something_decides_it() -> None:
    mutual = [("r", "x", "y", -1), ("s", "y", "x", -1)]
    assert labels(*mutual)[0] == {"x": "undecided", "y": "undecided"}
    assert labels(*mutual, ("t", "z", "x", -1))[0] == {"x": "out", "y": "in", "z": "in"}


def test_supports_are_ignored() -> None:
    assert labels(("r", "x", "y", -1), ("s", "z", "y", 1))[0]["y"] == "out"


def test_an_undercut_attack_fails_and_its_source_stays_in() -> None:
    nodes, relations = labels(("r", "x", "y", -1), ("u", "z", "r", -1))
    assert nodes == {"x": "in", "y": "in", "z": "in"}
    assert relations == {"r": "out", "u": "in"}


def test_an_undercut_of_an_undercut_lets_the_attack_through() -> None:
    nodes, relations = labels(("r", "x", "y", -1), ("u", "z", "r", -1), ("v", "w", "u", -1))
    assert nodes["y"] == "out"
    assert relations == {"r": "in", "u": "out", "v": "in"}


def test_an_attack_undercut_by_something_undecided_leaves_its_target_undecided() -> None:
    nodes, relations = labels(("r", "x", "y", -1), ("u", "z", "r", -1), ("self", "z", "z", -1))
    assert nodes == {"x": "in", "y": "undecided", "z": "undecided"}
    assert relations["r"] == "undecided"


def test_an_undercut_support_is_labelled_out_and_does_nothing() -> None:
    nodes, relations = labels(("r", "x", "y", 1), ("u", "z", "r", -1))
    assert (nodes["y"], relations["r"]) == ("in", "out")


@given(frameworks(max_nodes=6, max_relations=14))
@settings(max_examples=200, deadline=None)
def test_labels_are_the_least_fixed_point_of_the_definition(framework: Framework) -> None:
    label = dict.fromkeys((*framework.node_ids, *framework.relation_ids), "undecided")
    for _ in range(2 * len(label)):
        new = {}
        for element, id_ in enumerate(label):
            attacks = [
                (framework.node_ids[int(framework.source[r])], framework.relation_ids[r])
                for r in np.flatnonzero((framework.target == element) & (framework.sign < 0))
            ]
            if any(label[a] == label[r] == "in" for a, r in attacks):
                new[id_] = "out"
            elif all("out" in (label[a], label[r]) for a, r in attacks):
                new[id_] = "in"
            else:
                new[id_] = "undecided"
        label = new
    found = grounded(framework)
    assert {**found.nodes, **found.relations} == label


@given(frameworks(cyclic=False))
@settings(max_examples=100, deadline=None)
def test_with_all_scores_certain_dfquad_is_the_grounded_labelling(framework: Framework) -> None:
    # Corollary 1 of Rago et al. 2016, extended to undercuts: acyclic, attacks only, all base scores 1
    attacks = Framework.from_arrays(
        source=framework.source,
        target=framework.target,
        sign=-np.ones(framework.m),
        node_base=np.ones(framework.n),
    )
    found = grounded(attacks)
    strengths = solve(attacks, "dfquad")
    code = {"in": 1.0, "out": 0.0}
    assert [code[each] for each in found.nodes.values()] == strengths.nodes.tolist()
    assert [code[each] for each in found.relations.values()] == strengths.relations.tolist()


@pytest.mark.parametrize("length", [10_001])
def test_a_long_chain_needs_no_recursion(length: int) -> None:
    framework = Framework.from_arrays(
        source=np.arange(length - 1),
        target=np.arange(1, length),
        sign=-np.ones(length - 1),
        node_base=np.full(length, 0.5),
    )
    assert list(grounded(framework).nodes.values()) == ["in", "out"] * (length // 2) + ["in"]
