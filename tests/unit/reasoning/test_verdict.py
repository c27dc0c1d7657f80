"""Verdicts: a leader is named only with a margin that survives jitter."""

import numpy as np
import pytest

from app.reasoning import Framework, Relation, Thresholds, robustness, verdict
from app.reasoning.verdict import jittered_bases, leads


def race(a: float, b: float, pushes: int = 4) -> Framework:
    """Two topics, each supported by so many nodes of the given base score."""
    nodes = {"A": 0.5, "B": 0.5}
    relations = []
    for topic, score in (("A", a), ("B", b)):
        for i in range(pushes):
            nodes[f"{topic}{i}"] = score
            relations.append(Relation(f"r{topic}{i}", f"{topic}{i}", topic, 1))
    return Framework.build(nodes, relations, ["A", "B"])


def test_a_clear_lead_is_named() -> None:
    found = verdict(race(0.9, 0.1))
    assert (found.leader, found.reason, found.close) == ("A", "clear", ("A",))
    assert found.margin == pytest.approx(found.strengths["A"] - found.strengths["B"])
    assert found.jitter_share >= 0.8


def test_a_small_margin_is_too_close_to_call_and_says_who_is_close() -> None:
    found = verdict(race(0.50, 0.49))
    assert (found.leader, found.top, found.reason) == (None, "A", "margin")
    assert set(found.close) == {"A", "B"}


def test_a_lead_that_jitter_upsets_is_not_named() -> None:
    found = verdict(race(0.6, 0.4, pushes=1))
    assert (found.leader, found.reason) == (None, "unstable")
    assert found.margin >= 0.05
    assert found.jitter_share < 0.8


def test_thresholds_are_settings() -> None:
    assert verdict(race(0.6, 0.4, pushes=1), thresholds=Thresholds(jitters=0)).leader == "A"
    assert verdict(race(0.9, 0.1), thresholds=Thresholds(margin=0.5)).leader is None


def test_ties_go_to_the_smaller_id() -> None:
    framework = Framework.build({"b": 0.5, "a": 0.5}, [], ["b", "a"])
    assert verdict(framework).top == "a"


def test_a_tie_up_to_rounding_is_a_tie() -> None:
    top, margin = leads(np.array([0.3 - 1e-16, 0.1 + 0.2]), ["a", "b"])
    assert (int(top), float(margin)) == (0, pytest.approx(0.0, abs=1e-12))


def test_a_single_topic_leads_by_its_strength() -> None:
    found = verdict(Framework.build({"a": 0.7}, [], ["a"]))
    assert (found.leader, found.margin) == ("a", 0.7)


def test_without_topics_there_is_no_verdict() -> None:
    assert verdict(Framework.build({"a": 0.7})).reason == "no topics"


def test_jitter_is_seeded_clipped_and_tied_to_ids() -> None:
    framework = Framework.build({"b": 0.95, "a": 0.05})
    swapped = Framework.build({"a": 0.05, "b": 0.95})
    bases = jittered_bases(framework)
    np.testing.assert_array_equal(bases, jittered_bases(framework))
    np.testing.assert_array_equal(bases, jittered_bases(swapped)[::-1])
    assert bases.shape == (2, 200)
    assert bases.min() == 0.0
    assert bases.max() == 1.0
    assert np.abs(bases - framework.node_base[:, None]).max() <= 0.2
    assert not np.array_equal(bases, jittered_bases(framework, Thresholds(seed=2)))


def test_topics_may_be_left_out_of_the_jitter() -> None:
    framework = Framework.build({"a": 0.5, "T": 0.5}, [], ["T"])
    bases = jittered_bases(framework, Thresholds(jitter_topics=False))
    assert np.all(bases[1] == 0.5)
    assert not np.all(bases[0] == 0.5)


def test_the_badge_names_a_leader_all_semantics_agree_on() -> None:
    badge = robustness(race(0.9, 0.1))
    assert (badge.agreed, badge.abstaining) == ("A", ())
    assert badge.summary == "3 of 3 for A"
    assert badge.grounded.nodes["A"] == "in"


def test_the_badge_shows_abstentions() -> None:
    # thirty supports against twenty: DF-QuAD saturates on both sides and abstains
    nodes = {"A": 0.5, "B": 0.5, **{f"x{i}": 0.5 for i in range(50)}}
    relations = [Relation(f"r{i}", f"x{i}", "A" if i < 6 else "B", 1) for i in range(50)]
    relations += [Relation(f"s{i}", f"x{i}", "A", -1) for i in range(6, 12)]
    badge = robustness(Framework.build(nodes, relations, ["A", "B"]))
    assert badge.agreed == "B"
    balanced = robustness(race(0.5, 0.5))
    assert balanced.agreed is None
    assert balanced.summary == "3 abstain"


def test_the_badge_shows_a_split() -> None:
    # five weak supports against one strong one: sums favour the many, the product the single strong one
    nodes = {"A": 0.5, "B": 0.5, "strong": 0.95, **{f"w{i}": 0.32 for i in range(4)}}
    relations = [Relation("s", "strong", "A", 1)]
    relations += [Relation(f"r{i}", f"w{i}", "B", 1) for i in range(4)]
    badge = robustness(Framework.build(nodes, relations, ["A", "B"]))
    leaders = {name: each.leader for name, each in badge.verdicts.items()}
    assert leaders["dfquad+dfquad-gate"] == "A"
    assert leaders["mlp+dfquad-gate"] == "B" or "mlp+dfquad-gate" in badge.abstaining
