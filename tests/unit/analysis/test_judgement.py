"""Judgements of a map: kept, and right about what they say."""

import pytest

from app.analysis import analysis, judgement, of_participant, of_reader
from app.analysis.judgement import KEPT
from app.errors import InvalidInput
from tests.support import disputed, maps


def test_the_removal_effect_of_a_node_is_what_its_absence_changes() -> None:
    result = analysis(maps.snapshot())
    judged = judgement(result)
    gone = maps.content().nodes["no-cracks"].model_copy(update={"status": "withdrawn"})
    without = judgement(analysis(maps.snapshot(gone)))
    for scenario in ("holds", "falls"):
        expected = judged.strengths[scenario] - without.strengths[scenario]
        assert judged.removal["no-cracks"][scenario] == pytest.approx(expected, abs=1e-12)


def test_the_neutral_judgement_outlives_many_readers() -> None:
    result = analysis(maps.snapshot())
    neutral = judgement(result)
    for n in range(2 * KEPT):
        of_reader(result, {"sound-piers": n / (2 * KEPT)})
        assert judgement(result) is neutral


def test_what_a_reader_answers_moves_the_strengths() -> None:
    result = analysis(maps.snapshot())
    yes, no = (of_reader(result, {"sound-piers": c}).strengths["holds"] for c in (0.9, 0.1))
    assert yes > judgement(result).strengths["holds"] > no


def test_credences_for_what_is_not_there_are_refused() -> None:
    with pytest.raises(InvalidInput):
        of_reader(analysis(maps.snapshot()), {"nowhere": 0.5})


def test_two_who_differ_on_one_statement_have_different_leaders() -> None:
    result = disputed.result()
    assert of_participant(result, "ann").verdict.leader == "stays"
    assert of_participant(result, "bob").verdict.leader == "goes"
