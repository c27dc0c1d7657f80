"""Reasoning in sentences."""

import re
from dataclasses import replace

import pytest

from app.analysis import analysis, judgement, of_participant, of_reader, words
from app.analysis.bearing import bearings, footing
from app.analysis.hinges import (
    beside,
    hinges,
    overturning,
    overturning_words,
    searched_words,
    single_answer,
    single_words,
)
from app.analysis.judgement import thresholds
from app.analysis.verdicts import answered, badge, robustness_words, sentence
from app.reasoning import Verdict
from tests.support import disputed, maps, square

BRIDGE = analysis(maps.snapshot())


def test_a_chain_is_one_sentence_that_names_scenarios_by_letter() -> None:
    stance = BRIDGE.stances_of("only-above-water")["holds"].chains["-"]
    assert stance is not None
    assert words.chain(BRIDGE, stance.ids) == (
        "“The inspectors only looked above the water line” undercuts the inference from “The inspectors "
        "found no cracks in the bridge” to “The piers of the bridge are sound”, on which scenario A rests."
    )


def test_long_statements_are_cut_at_a_word() -> None:
    stance = BRIDGE.stances_of("no-cracks")["holds"].chains["+"]
    assert stance is not None
    assert "“The inspectors found no…”" in words.chain(BRIDGE, stance.ids, 25)


def test_a_clear_verdict_says_by_how_much_and_how_steadily() -> None:
    said = sentence(judgement(BRIDGE))
    assert re.fullmatch(
        r"A leads: its strength is 0\.\d\d, 0\.\d\d ahead of B, and stays ahead in \d+ % of 200 trials "
        r"in which every starting score is shaken by up to 0\.2\.",
        said,
    )


def test_a_narrow_verdict_names_who_is_close() -> None:
    assert sentence(judgement(square.result())).startswith(
        "Too close to call: A and B are within 0.05 of each other"
    )


def test_an_unsteady_lead_is_no_lead() -> None:
    found = Verdict("x", "holds", 0.3, {"holds": 0.8, "falls": 0.5}, ("holds",), 0.7999, "unstable")
    said = words.verdict(BRIDGE, replace(found, leader=None), thresholds())
    assert said.startswith("Too close to call: A is 0.30 ahead of B, but stays ahead in only 79 % of 200")


@pytest.mark.parametrize(
    ("reason", "start"), [("unsettled", "No verdict: some arguments bear on one another in a circle")]
)
def test_what_did_not_settle_is_never_shown_as_settled(reason: str, start: str) -> None:
    found = Verdict(None, "holds", 0.3, {"holds": 0.8, "falls": 0.5}, ("holds",), 0.9, reason)
    assert words.verdict(BRIDGE, found, thresholds()).startswith(start)
    assert words.short(BRIDGE, found) == "no verdict"


def test_what_the_chains_carry_adds_up_to_the_whole_effect() -> None:
    judged = judgement(BRIDGE)
    for node in ("no-cracks", "only-above-water", "sound-piers"):
        for each in bearings(judged, node):
            assert each.complete
            assert each.carried == pytest.approx(each.total, abs=1e-9)
            assert each.total == pytest.approx(judged.removal[node][each.scenario], abs=1e-12)
            assert "nothing worth listing remains" in each.accounted


def test_chains_that_are_not_listed_are_accounted_for() -> None:
    judged = judgement(square.result())
    for each in bearings(judged, "shops-need-cars", 1):
        assert each.carried + each.unlisted == pytest.approx(
            each.total, abs=1e-4
        )  # the integral is numerical
        if each.found > 1 and abs(each.remainder) >= words.SMALL:
            assert "weaker chains" in each.accounted


def test_what_leads_nowhere_is_said_to_do_nothing() -> None:
    found = bearings(judgement(BRIDGE), "old-bridge-stood")
    assert {each.summary for each in found} == {
        "No chain of arguments leads from it to A: it does nothing for or against A.",
        "No chain of arguments leads from it to B: it does nothing for or against B.",
    }


def test_scenarios_have_no_bearing_of_their_own() -> None:
    assert bearings(judgement(BRIDGE), "holds") == ()


def test_a_scenario_says_what_holds_it_up() -> None:
    found = footing(judgement(BRIDGE), "holds")
    assert found.holds_up[0].node == "sound-piers"
    assert found.sentence.startswith(
        "A is held up most by “The piers of the bridge are sound” (without it, A would stand at"
    )


def test_a_flip_that_only_unsettles_is_not_said_to_change_the_leader() -> None:
    judged = judgement(BRIDGE)
    found = hinges(judged)[0]
    assert (found.node, found.answer, found.effect) == ("sound-piers", "false", "unsettles")
    assert found.sentence == (
        "If “The piers of the bridge are sound” were established as false, the verdict would be too close "
        "to call between A and B."
    )
    assert "from 0." in found.tipping


def test_the_single_answer_changes_the_leader_where_one_can() -> None:
    judged = of_participant(disputed.result(), "ann")
    found = single_answer(judged, frozenset({"piers"}))
    assert found is not None
    assert (found.node, found.answer, found.effect) == ("piers", "false", "changes the leader")
    assert single_words(judged, found).endswith(found.if_false + ".")
    assert found.needed is not None
    assert 0 < found.needed <= found.strength


def test_without_any_such_answer_that_is_said() -> None:
    assert single_words(of_reader(BRIDGE, {"sound-piers": 0.9}), None).startswith(
        "No single answer would change"
    )
    assert single_words(judgement(square.result()), None).startswith(
        "No single answer would produce a leader"
    )


def test_every_curated_crux_is_compared_with_the_computed_ones() -> None:
    for result in (BRIDGE, square.result(), disputed.result()):
        rows = beside(judgement(result))
        assert {n.id for n in result.nodes if n.type == "crux"} <= {row.hinge.node for row in rows}
        assert all(row.remark for row in rows if row.side != "curated and computed")


def test_what_would_overturn_a_leader_is_listed() -> None:
    judged = of_participant(disputed.result(), "ann")
    found = overturning(judged, "stays")
    assert [hinge.node for hinge in found] == ["piers"]
    assert overturning_words(judged, "stays", found).startswith("One statement would take the lead from A")
    assert overturning_words(judged, "goes", overturning(judged, "goes")).startswith(
        "One statement would give the lead to B"
    )


def test_sets_of_flips_say_what_was_not_searched() -> None:
    found = judgement(square.result()).pairs
    assert f"{found.searched:,} of {found.possible:,} possible pairs" in searched_words(found)


def test_the_badge_names_scenarios_by_letter_and_abstentions_by_name() -> None:
    judged = judgement(square.result())
    assert badge(judged.result, judged.robustness) == "1 of 3 for B, 2 abstain"
    said = robustness_words(judged.result, judged.robustness)
    assert said.startswith(
        "1 of 3 ways of computing puts B ahead by enough. Quadratic energy and MLP abstain"
    )


def test_unanswered_is_never_called_defeated() -> None:
    judged = judgement(BRIDGE)
    assert answered(judged, "no-cracks") == "nothing in the map objects to it"
    assert "stands unanswered" in answered(judged, "falls")


@pytest.mark.parametrize(("value", "said"), [(0.004, "less than 0.01"), (0.0, "0.00"), (0.126, "0.13")])
def test_numbers_have_two_decimals_and_no_false_zero(value: float, said: str) -> None:
    assert words.number(value) == said
