"""The formulas: worked values, published examples, and the properties each semantics promises."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.reasoning import SEMANTICS, Framework, Relation, gradients, removal_effects, semantics_named, solve
from app.reasoning.semantics import DFQUAD, EULER, MLP, QE, Rule

RULES = [QE, DFQUAD, EULER, MLP]
units = st.floats(0.0, 1.0)
pushes = st.floats(-1.0, 1.0)


def worked_case(semantics: str) -> tuple[float, float]:
    """A claim of 0.5, supported (0.9) by evidence of 0.8; the support is undercut by u of 0.7."""
    relations = [Relation("e1", "evidence", "claim", 1, 0.9), Relation("e2", "u", "e1", -1)]
    found = solve(Framework.build({"claim": 0.5, "evidence": 0.8, "u": 0.7}, relations), semantics)
    return float(found.relations[0]), float(found.nodes[0])


@pytest.mark.parametrize(
    ("semantics", "gate", "claim"),
    [
        ("dfquad", 0.27, 0.608),
        ("dfquad+dfquad-gate", 0.27, 0.608),
        ("qe", 0.604026845638, 0.594650356034),
        ("qe+dfquad-gate", 0.27, 0.5 + 0.5 * 0.216**2 / (1 + 0.216**2)),
        ("mlp+dfquad-gate", 0.27, 1 / (1 + math.exp(-0.216))),
        ("euler+dfquad-gate", 0.27, 1 - 0.75 / (1 + 0.5 * math.exp(0.216))),
    ],
)
def test_the_worked_case_has_its_known_values(semantics: str, gate: float, claim: float) -> None:
    assert worked_case(semantics) == pytest.approx((gate, claim), abs=1e-12)


def test_a_certain_undercut_brings_an_inference_to_nothing_only_with_dfquad_gates() -> None:
    relations = [Relation("r", "x", "y", 1), Relation("u", "z", "r", -1)]
    framework = Framework.build({"x": 1.0, "y": 0.5, "z": 1.0}, relations)
    for name in SEMANTICS:
        gate = solve(framework, name).relations[0]
        assert (gate == 0.0) == (name == "dfquad" or name.endswith("dfquad-gate")) or name == "euler"
    assert solve(framework, "qe").relations[0] == 0.5


def test_a_backed_relation_regains_what_an_undercut_took() -> None:
    relations = [Relation("r", "x", "y", 1, 0.5), Relation("u", "z", "r", -1), Relation("b", "z", "r", 1)]
    framework = Framework.build({"x": 0.8, "y": 0.5, "z": 0.6}, relations)
    assert solve(framework, "dfquad").relations[0] == 0.5


def test_e_democracy_debate_of_rago_et_al_2016() -> None:
    # Base scores and structure as distributed with Uncertainpy; the strengths follow by hand from Def. 1-3
    base = {"A1": 0.5, "A2": 0.5, "P1": 0.7, "P2": 0.5, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5}
    supports = [("P1", "A1"), ("P2", "A1"), ("P3", "A2")]
    attacks = [("C1", "A2"), ("C2", "P2"), ("C3", "P2"), ("C4", "P2")]
    relations = [Relation(f"{a}-{b}", a, b, 1) for a, b in supports]
    relations += [Relation(f"{a}-{b}", a, b, -1) for a, b in attacks]
    framework = Framework.build(base, relations)

    def strength(semantics: str, node: str) -> float:
        return float(solve(framework, semantics).nodes[framework.node(node)])

    assert strength("dfquad", "P2") == pytest.approx(0.08, abs=1e-12)
    assert strength("dfquad", "A1") == pytest.approx(0.862, abs=1e-12)
    assert strength("dfquad", "A2") == pytest.approx(0.85, abs=1e-12)
    p2 = 0.5 - 0.5 * 1.69 / 2.69  # quadratic energy (Potyka 2018), E = −1.3
    assert strength("qe", "P2") == pytest.approx(p2, abs=1e-12)
    assert strength("qe", "A1") == pytest.approx(
        0.5 + 0.5 * (0.7 + p2) ** 2 / (1 + (0.7 + p2) ** 2), abs=1e-12
    )
    assert strength("qe", "A2") == pytest.approx(0.5 + 0.5 * 0.49 / 1.49, abs=1e-12)


def test_fake_news_debate_of_yin_potyka_and_toni_2023() -> None:
    relations = [Relation("BA", "B", "A", 1), Relation("CA", "C", "A", 1), Relation("DA", "D", "A", -1)]
    relations += [Relation("EB", "E", "B", -1), Relation("FD", "F", "D", -1)]
    relations += [Relation("GF", "G", "F", -1), Relation("HF", "H", "F", -1)]
    framework = Framework.build(dict.fromkeys("ABCDEFGH", 0.5), relations, ["A"])
    assert solve(framework, "dfquad").nodes[0] == pytest.approx(0.59375, abs=1e-12)
    published = {"C": 0.375, "B": 0.125, "F": 0.0625, "G": -0.0625, "H": -0.0625, "E": -0.125, "D": -0.4375}
    gradient = gradients(framework, "dfquad")[0].nodes
    for node, expected in published.items():
        assert gradient[framework.node(node)] == pytest.approx(expected, abs=1e-12)
    without_base = {
        "C": 0.40625,
        "B": 0.53125,
        "F": 0.5625,
        "G": 0.625,
        "H": 0.625,
        "E": 0.65625,
        "D": 0.8125,
    }
    for node, expected in without_base.items():  # Table 1: the strength of A once a base score is 0
        found = solve(framework.with_scores({node: 0.0}), "dfquad").nodes[0]
        assert found == pytest.approx(expected, abs=1e-12)


def test_movie_debate_of_yin_potyka_and_toni_2023() -> None:
    base = {"m": 0.79, "acting": 0.16, "directing": 0.05, "writing": 0.02, "actor1": 0.05, "actor2": 0.07}
    relations = [
        Relation("1", "acting", "m", 1),
        Relation("2", "directing", "m", 1),
        Relation("3", "writing", "m", -1),
        Relation("4", "actor1", "acting", 1),
        Relation("5", "actor2", "acting", 1),
    ]
    framework = Framework.build(base, relations, ["m"])
    strengths = solve(framework, "dfquad").nodes
    assert strengths[0] == pytest.approx(0.85, abs=0.005)
    assert strengths[1] == pytest.approx(0.26, abs=0.005)
    gradient = gradients(framework, "dfquad")[0].nodes
    published = {
        "acting": 0.17625,
        "actor2": 0.15920,
        "actor1": 0.15585,
        "directing": 0.15584,
        "writing": -0.21,
    }
    for node, expected in published.items():
        assert gradient[framework.node(node)] == pytest.approx(expected, abs=1.5e-5)


def test_a_vanishing_gradient_does_not_mean_no_effect_kampik_et_al_2024() -> None:
    # Counterexample to contribution existence under DF-QuAD: a bears on e, yet its gradient is 0
    base = {"a": 0.5, "b": 0.0, "c": 0.0, "d": 0.0, "e": 0.5}
    relations = [Relation(f"a{x}", "a", x, 1) for x in "bcd"]
    relations += [Relation("be", "b", "e", -1), Relation("ce", "c", "e", -1), Relation("de", "d", "e", 1)]
    framework = Framework.build(base, relations, ["e"])
    assert gradients(framework, "dfquad")[0].nodes[0] == pytest.approx(0.0, abs=1e-12)
    assert removal_effects(framework, "dfquad", ["a"])[0, 0] == pytest.approx(-0.125, abs=1e-12)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(w=units, x=pushes)
def test_strengths_stay_within_bounds_and_move_the_right_way(rule: Rule, w: float, x: float) -> None:
    value = float(rule.influence(np.array(w), np.array(x)))
    assert -1e-12 <= value <= 1 + 1e-12
    assert (value - w) * x >= -1e-12


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(w=units)
def test_balanced_reasons_leave_the_base_score(rule: Rule, w: float) -> None:
    assert rule.influence(np.array(w), np.array(0.0)) == pytest.approx(w, abs=1e-12)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(w=units, x=pushes, more=st.floats(0.0, 0.5))
def test_more_support_never_weakens(rule: Rule, w: float, x: float, more: float) -> None:
    low, high = rule.influence(np.array([w, w]), np.array([x, x + more]))
    assert high >= low - 1e-12


@pytest.mark.parametrize("rule", [QE, DFQUAD, MLP], ids=lambda rule: rule.name)
@given(w=units, x=pushes)
def test_attack_and_support_are_mirror_images(rule: Rule, w: float, x: float) -> None:
    # Duality (Potyka 2018); the Euler-based semantics does not have it
    value = float(rule.influence(np.array(w), np.array(x)))
    mirrored = float(rule.influence(np.array(1 - w), np.array(-x)))
    assert value == pytest.approx(1 - mirrored, abs=1e-12)


def test_the_euler_based_semantics_has_no_duality() -> None:
    assert EULER.scalar(0.5, 1.0) != pytest.approx(1 - EULER.scalar(0.5, -1.0), abs=0.01)


@pytest.mark.parametrize("x", [-1e6, -3.0, 0.0, 3.0, 1e6])
def test_mlp_keeps_certainties_and_no_semantics_overflows(x: float) -> None:
    assert MLP.scalar(0.0, x) == 0.0
    assert MLP.scalar(1.0, x) == 1.0
    for rule in (QE, EULER, MLP):
        for w in (0.0, 1e-12, 0.3, 1.0):
            value = rule.influence(np.array(w), np.array(x))
            assert 0.0 <= value <= 1.0
            assert np.all(np.isfinite(rule.slopes(np.array(w), np.array(x))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(w=st.floats(0.01, 0.99), x=st.one_of(st.floats(0.01, 0.99), st.floats(-0.99, -0.01)))
def test_slopes_and_scalars_agree_with_the_influence(rule: Rule, w: float, x: float) -> None:
    h = 1e-6

    def at(w: float, x: float) -> float:
        return float(rule.influence(np.array(w), np.array(x)))

    by_base, by_push = rule.slopes(np.array(w), np.array(x))
    assert by_base == pytest.approx((at(w + h, x) - at(w - h, x)) / (2 * h), abs=1e-8)
    assert by_push == pytest.approx((at(w, x + h) - at(w, x - h)) / (2 * h), abs=1e-8)
    assert rule.scalar(w, x) == pytest.approx(at(w, x), abs=1e-15)


def test_an_unknown_semantics_is_refused_with_the_list_of_known_ones() -> None:
    with pytest.raises(InvalidInput, match=r"unknown semantics “eq”.*qe\+dfquad-gate"):
        semantics_named("eq")
