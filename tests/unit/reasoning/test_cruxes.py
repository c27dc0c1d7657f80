"""Flips, tipping points, cruxes and flip sets."""

import pytest

from app.reasoning import Framework, Relation, Thresholds, compare, cruxes, flip_sets, flips, solve, tipping

STILL = Thresholds(jitters=0)


def hinge() -> Framework:
    """Everything hangs on k: it supports A and attacks B, and is itself well supported."""
    nodes = {"A": 0.4, "B": 0.6, "k": 0.9, "e": 0.9, "idle": 0.5}
    relations = [Relation("kA", "k", "A", 1), Relation("kB", "k", "B", -1), Relation("ek", "e", "k", 1)]
    return Framework.build(nodes, relations, ["A", "B"])


def test_denying_what_the_lead_hangs_on_changes_the_leader() -> None:
    flip = next(f for f in flips(hinge(), thresholds=STILL) if f.node == "k")
    assert flip.deny.effect == "changes the leader"
    assert (flip.deny.verdict.leader, flip.concede.verdict.leader) == ("B", "A")
    assert flip.concede.effect == "none"
    assert flip.strength == pytest.approx(solve(hinge()).nodes[2])


def test_an_established_flip_silences_what_supports_the_node_and_a_base_flip_does_not() -> None:
    for kind, expected in (("established", 0.4), ("base", None)):
        flip = next(f for f in flips(hinge(), kind=kind, thresholds=STILL) if f.node == "k")  # type: ignore[arg-type]
        strength = flip.deny.verdict.strengths["A"]
        assert (strength == pytest.approx(0.4)) == (expected is not None)
        assert strength >= 0.4


def test_flips_leave_topics_alone_unless_asked() -> None:
    assert {flip.node for flip in flips(hinge(), thresholds=STILL)} == {"k", "e", "idle"}
    assert [flip.node for flip in flips(hinge(), nodes=["A"], thresholds=STILL)] == ["A"]


def test_a_flip_into_too_close_to_call_only_unsettles() -> None:
    nodes = {"A": 0.5, "B": 0.5, "k": 0.9}
    framework = Framework.build(nodes, [Relation("r", "k", "A", 1)], ["A", "B"])
    flip = flips(framework, thresholds=STILL)[0]
    assert (flip.deny.effect, flip.deny.verdict.leader) == ("unsettles", None)
    assert not any(crux.is_crux for crux in cruxes(framework, thresholds=STILL).found)


def test_a_flip_out_of_too_close_to_call_only_settles() -> None:
    nodes = {"A": 0.5, "B": 0.5, "k": 0.1}
    framework = Framework.build(nodes, [Relation("r", "k", "A", 1)], ["A", "B"])
    flip = flips(framework, thresholds=STILL)[0]
    assert (flip.deny.effect, flip.concede.effect) == ("none", "settles")


def test_a_flipped_leader_must_survive_jitter_too() -> None:
    plain = next(f for f in flips(hinge(), thresholds=STILL) if f.node == "k")
    shaken = next(f for f in flips(hinge(), thresholds=Thresholds(jitter=0.9)) if f.node == "k")
    assert plain.deny.verdict.leader == "B"
    assert shaken.deny.verdict.leader is None
    assert shaken.deny.verdict.reason == "unstable"


def test_the_tipping_point_is_where_the_verdict_changes() -> None:
    curve = tipping(hinge(), ["k"], thresholds=STILL)[0]
    assert [(c.below, c.above) for c in curve.crossings] == [("B", None), (None, "A")]
    for crossing in curve.crossings:
        found = solve(hinge(), fixed={2: crossing.value}).nodes
        assert abs(found[0] - found[1]) == pytest.approx(0.05, abs=1e-5)


def test_every_crossing_of_a_curve_that_turns_back_is_found() -> None:
    # k attacks A in proportion, and supports it through four others that rise steeply and level off
    nodes = {"A": 0.5, "B": 0.5, "k": 0.5, **{f"m{i}": 0.0 for i in range(4)}}
    relations = []
    for i in range(4):
        relations += [Relation(f"kA{i}", "k", "A", -1), Relation(f"m{i}A", f"m{i}", "A", 1)]
        relations += [Relation(f"km{i}{j}", "k", f"m{i}", 1) for j in range(3)]
    framework = Framework.build(nodes, relations, ["A", "B"])
    curve = tipping(framework, ["k"], thresholds=STILL, points=101)[0]
    assert [(c.below, c.above) for c in curve.crossings] == [(None, "A"), ("A", None), (None, "B")]
    values = [crossing.value for crossing in curve.crossings]
    assert values == sorted(values)


def test_cruxes_come_first_and_the_smallest_change_ranks_highest() -> None:
    found = cruxes(hinge(), thresholds=STILL)
    assert found.verdict.leader == "A"
    assert [crux.node for crux in found.strict] == ["k"]
    crux = found.found[0]
    assert (crux.flip, crux.effect) == ("deny", "changes the leader")
    first = next(c for c in crux.tipping.crossings if c.below == "B")
    assert crux.needed == pytest.approx(crux.flips.strength - first.value)
    assert all(crux.node != "idle" for crux in found.found)


def redundant() -> Framework:
    """Two strong supports of A, either of which would do."""
    nodes = {"A": 0.3, "B": 0.5, "s": 1.0, "t": 1.0, "idle": 0.5}
    relations = [Relation("sA", "s", "A", 1), Relation("tA", "t", "A", 1)]
    return Framework.build(nodes, relations, ["A", "B"])


def test_redundant_support_hides_every_single_crux_but_not_the_pair() -> None:
    alone = cruxes(redundant(), thresholds=STILL)
    assert alone.verdict.leader == "A"
    assert alone.strict == ()
    pairs = flip_sets(redundant(), 2, base=alone, thresholds=STILL)
    assert [(entry.nodes, entry.values) for entry in pairs.found] == [(("s", "t"), (0.0, 0.0))]
    assert pairs.not_searched == 0


def test_larger_sets_are_reported_only_if_no_part_of_them_does_it() -> None:
    alone = cruxes(redundant(), thresholds=STILL)
    pairs = flip_sets(redundant(), 2, base=alone, thresholds=STILL)
    triples = flip_sets(redundant(), 3, base=alone, thresholds=STILL, exclude=pairs.found)
    assert triples.found == ()


def test_a_bounded_search_says_what_it_left_out() -> None:
    found = flip_sets(redundant(), 2, candidates=2, thresholds=STILL)
    assert (found.searched, found.possible, found.not_searched) == (4, 12, 8)
    assert set(found.candidates) == {"s", "t"}


def test_sets_of_other_sizes_are_refused() -> None:
    with pytest.raises(ValueError, match="2 and 3"):
        flip_sets(redundant(), 4)


def test_curated_and_computed_cruxes_are_compared() -> None:
    found = compare(["idle", "k"], cruxes(hinge(), thresholds=STILL))
    assert (found.both, found.only_curated, found.only_computed) == (("k",), ("idle",), ())
