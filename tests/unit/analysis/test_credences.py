"""A reader's answers and the address that keeps them."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis import analysis, judgement
from app.analysis.credences import CHOICES, Position, read
from app.errors import InvalidInput, UnknownReference
from app.reasoning import NEUTRAL
from tests.support import maps

RESULT = analysis(maps.snapshot())


def pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


@given(
    st.dictionaries(
        st.sampled_from(["sound-piers", "no-cracks", "old-bridge-stood"]),
        st.sampled_from([c.credence for c in CHOICES]) | st.floats(0, 1).map(lambda x: round(x, 4)),
    ),
    st.sampled_from([None, "ann"]),
    st.booleans(),
)
def test_a_position_survives_its_own_address(
    credences: dict[str, float], start: str | None, hold: bool
) -> None:
    position = Position(credences, start, hold=hold and bool(credences))
    query = pairs(position.query())
    again = read(RESULT, query, start or "", ("hold", "true") in query)
    assert again == position
    assert again.query() == position.query()


def test_an_empty_answer_leaves_the_statement_to_the_map() -> None:
    assert read(RESULT, [("is.sound-piers", ""), ("other", "yes")]) == Position()
    assert Position().valuation(RESULT) is NEUTRAL


def test_yes_and_no_weigh_what_a_participants_assertion_and_denial_weigh() -> None:
    assert read(RESULT, [("is.sound-piers", "yes"), ("is.no-cracks", "no")]).credences == {
        "sound-piers": 0.9,
        "no-cracks": 0.1,
    }


@pytest.mark.parametrize("answer", ["perhaps", "1.01", "-0.1", "nan", "inf", "1e400"])
def test_an_answer_that_is_none_is_refused_by_name(answer: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(RESULT, [("is.sound-piers", answer)])
    assert caught.value.problems[0].where == "is.sound-piers"


def test_an_old_address_works_without_what_is_gone() -> None:
    position = read(RESULT, [("is.sound-piers", "yes"), ("is.was-here-once", "no"), ("is.c1-r1", "no")])
    assert position.credences == {"sound-piers": 0.9}
    assert position.gone == ("was-here-once", "c1-r1")


def test_nobody_unknown_can_be_started_from() -> None:
    with pytest.raises(UnknownReference):
        read(RESULT, [], "nobody")


@given(st.floats(0, 1), st.floats(0, 1))
def test_answers_held_fast_stand_whatever_bears_on_them(piers: float, cracks: float) -> None:
    position = Position({"sound-piers": piers, "no-cracks": cracks}, "bob", hold=True)
    found = judgement(RESULT, position.valuation(RESULT)).strengths
    assert (found["sound-piers"], found["no-cracks"]) == (piers, cracks)


def test_own_answers_stand_over_the_participants() -> None:
    scores = Position({"no-cracks": 0.1}, "ann").valuation(RESULT).scores
    assert scores["no-cracks"] == 0.1
    assert scores["old-bridge-stood"] == 0.9


def test_too_many_answers_are_refused() -> None:
    with pytest.raises(InvalidInput, match="more than 500"):
        read(RESULT, [(f"is.x{n}", "yes") for n in range(501)])
