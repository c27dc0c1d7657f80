"""Explanations: chains by what they carry, and chains in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import UnknownReference
from app.reasoning import Framework, Relation, explain, links_of, removal_effects, sentence
from tests.unit.reasoning.graphs import SEMANTICS_NAMES, frameworks

SMOOTH = [name for name in SEMANTICS_NAMES if "dfquad" not in name]


def two_ways() -> Framework:
    relations = [
        Relation("xA", "x", "A", 1),
        Relation("xy", "x", "y", -1),
        Relation("yA", "y", "A", 1),
        Relation("zA", "z", "A", 1),
        Relation("xu", "x", "zA", -1, 0.5),
    ]
    return Framework.build({"A": 0.5, "x": 0.8, "y": 0.6, "z": 0.4}, relations, ["A"])


def test_chains_are_ranked_by_what_they_carry() -> None:
    found = explain(two_ways(), "x", "A")
    assert {each.chain.ids for each in found.chains} == {
        ("x", "xA", "A"),
        ("x", "xy", "y", "yA", "A"),
        ("x", "xu", "zA", "A"),
    }
    sizes = [abs(each.carries) for each in found.chains]
    assert sizes == sorted(sizes, reverse=True)
    assert found.complete
    for each in found.chains:
        assert each.carries * each.chain.sign > 0


@given(frameworks(cyclic=False), st.sampled_from(SMOOTH))
@settings(max_examples=60, deadline=None)
def test_the_chains_of_an_acyclic_map_carry_the_whole_removal_effect(
    framework: Framework, semantics: str
) -> None:
    effects = removal_effects(framework, semantics)
    for node in framework.node_ids[2:]:
        found = explain(framework, node, "n0", semantics)
        assert found.total == pytest.approx(effects[framework.node(node), 0], abs=1e-9)
        if found.complete:
            assert found.remainder == pytest.approx(0.0, abs=5e-4)  # corners of the integrand cost digits
            assert found.carried + found.remainder == pytest.approx(found.total, abs=1e-12)


def test_what_vanishing_gradients_hide_is_still_carried() -> None:
    # x balances what attacks A, so QE's derivative at the present state is 0, yet x does matter
    relations = [Relation("xA", "x", "A", 1), Relation("yA", "y", "A", -1)]
    framework = Framework.build({"A": 0.5, "x": 0.6, "y": 0.6}, relations, ["A"])
    found = explain(framework, "x", "A")
    assert found.chains[0].carries == pytest.approx(0.5 * 0.36 / 1.36, abs=1e-6)


def test_chains_left_out_are_in_the_remainder() -> None:
    found = explain(two_ways(), "x", "A", max_chains=1)
    assert [each.chain.ids for each in found.chains] == [("x", "xA", "A")]
    assert not found.complete
    assert abs(found.remainder) > 0.01


def test_cycles_leave_a_remainder() -> None:
    relations = [Relation("xA", "x", "A", 1), Relation("Ay", "A", "y", 1), Relation("yA", "y", "A", 1)]
    found = explain(Framework.build({"A": 0.5, "x": 0.8, "y": 0.3}, relations, ["A"]), "x", "A")
    assert found.complete
    assert found.remainder > 0.01


def test_a_node_without_a_chain_carries_nothing() -> None:
    found = explain(Framework.build({"A": 0.5, "x": 0.8}, [], ["A"]), "x", "A")
    assert (found.chains, found.total) == ((), 0.0)


TEXTS = {"A": "All will be well.", "x": "We have time", "y": "Growth is slow", "z": "Tools exist", "w": "W"}


def say(ids: tuple[str, ...], *relations: Relation) -> str:
    nodes = dict.fromkeys("Axyzw", 0.5)
    return sentence(ids, TEXTS, links_of(Framework.build(nodes, relations)))


def test_a_chain_of_nodes_reads_as_one_sentence() -> None:
    relations = (Relation("r", "x", "y", -1), Relation("s", "y", "A", 1))
    expected = "“We have time” attacks “Growth is slow”, which supports “All will be well”."
    assert say(("x", "r", "y", "s", "A"), *relations) == expected


def test_an_undercut_names_the_inference_it_hits_and_what_rests_on_it() -> None:
    relations = (Relation("r", "x", "y", 1), Relation("u", "z", "r", -1), Relation("s", "y", "A", 1))
    expected = (
        "“Tools exist” undercuts the inference from “We have time” to “Growth is slow”, "
        "on which “All will be well” rests."
    )
    assert say(("z", "u", "r", "y", "s", "A"), *relations) == expected


def test_an_undercut_objection_goes_on_with_what_the_objection_is_about() -> None:
    relations = (Relation("r", "x", "y", -1), Relation("u", "z", "r", -1), Relation("s", "y", "A", -1))
    expected = (
        "“Tools exist” undercuts the objection from “We have time” to “Growth is slow”, "
        "which attacks “All will be well”."
    )
    assert say(("z", "u", "r", "y", "s", "A"), *relations) == expected


def test_an_undercut_of_an_undercut_and_a_backing_are_sayable() -> None:
    relations = (Relation("r", "x", "A", 1), Relation("u", "z", "r", -1), Relation("v", "w", "u", -1))
    expected = (
        "“W” undercuts the objection from “Tools exist” to the inference from “We have time” "
        "to “All will be well”."
    )
    assert say(("w", "v", "u", "r", "A"), *relations) == expected
    backing = Relation("b", "w", "r", 1)
    assert say(("w", "b", "r", "A"), relations[0], backing).startswith("“W” backs the inference from")


def test_labels_come_from_the_vocabulary() -> None:
    links = links_of(Framework.build({"x": 0.5, "A": 0.5}, [Relation("r", "x", "A", 1)]))
    assert sentence(("x", "r", "A"), TEXTS, links, {"supports": "speaks for"}).startswith(
        "“We have time” speaks for"
    )


@pytest.mark.parametrize("ids", [("x",), ("x", "nothing", "A"), ("q", "r", "A")])
def test_unknown_ids_are_refused(ids: tuple[str, ...]) -> None:
    links = links_of(Framework.build({"x": 0.5, "A": 0.5}, [Relation("r", "x", "A", 1)]))
    with pytest.raises(UnknownReference):
        sentence(ids, TEXTS, links)
