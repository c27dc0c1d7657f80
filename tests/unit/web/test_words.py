"""The map in words."""

from hypothesis import given
from hypothesis import strategies as st

from app.web import words
from tests.support import square


def chain(node: str, scenario: str) -> words.ChainWords:
    result = square.result()
    (found, *_) = words.stance_chains(result.view, result.stances.of(node, scenario))
    return found


def test_a_direct_chain_is_one_short_clause() -> None:
    assert chain("people-come", "picture-a").sentence == "supports scenario A"


def test_a_derived_chain_names_every_step_to_the_scenario() -> None:
    found = chain("no-late-buses", "picture-b")
    assert found.conclusion == "for"
    assert found.sentence == (
        "attacks “People would come to the square without a car”, which attacks scenario B"
    )
    assert [step.verb for step in found.steps] == ["attacks", "attacks"]
    assert [step.url for step in found.steps] == ["/cruxes/people-come", "/scenarios/B"]


def test_an_undercut_says_which_step_of_the_argument_it_denies() -> None:
    found = chain("one-saturday", "picture-a")
    undercut, objection, support = found.steps
    assert undercut.text.startswith("the objection “Most customers of the shops come by car")
    assert undercut.url == "/relations/r-car-crux"
    assert (objection.verb, objection.url) == ("which attacks", "/cruxes/people-come")
    assert support.text == "scenario A"
    assert found.sentence == (
        "undercuts the objection “Most customers of the shops come by car; the chamber counted 70 %” to "
        "“People would come to the square without a car”, which supports scenario A"
    )


def test_a_relation_is_a_sentence() -> None:
    view = square.view()
    said = words.sentence(view, view.content.relations["r-buses"])
    assert (
        said == "“The buses do not run after eight” attacks “People would come to the square without a car”"
    )


def test_a_quoted_sentence_keeps_what_is_not_a_full_stop() -> None:
    assert words.quoted("Is it?") == "“Is it?”"
    assert words.quoted("And so on..") == "“And so on..”"


@given(st.text(), st.integers(2, 50))
def test_clipping_never_exceeds_the_limit_and_leaves_short_text_alone(text: str, limit: int) -> None:
    cut = words.clip(text, limit)
    assert len(cut) <= limit
    assert cut == text or cut.endswith("…")
    if len(text) <= limit:
        assert cut == text


def test_counting_uses_the_plural_for_all_but_one() -> None:
    assert [words.count(n, "quote") for n in (0, 1, 2)] == ["0 quotes", "1 quote", "2 quotes"]


def test_whom_a_passage_quotes_is_not_said_to_quote() -> None:
    assert words.held(square.view(), "quotes") == "is quoted"
    assert words.held(square.view(), "asserts") == "asserts"


def test_quotation_marks_inside_quotation_marks_become_single_ones() -> None:
    assert words.quoted('"Safe" is used “loosely”.') == "“‘Safe’ is used ‘loosely’”"
    assert words.quoted('It is "cut off here', 12) == "“It is ‘cut…”"


def test_a_cut_text_does_not_end_in_a_word_that_waits_for_the_next() -> None:
    whole = "Models fake alignment without putting it in their chain of thought, and of the ones that do"
    for limit in range(24, len(whole)):
        cut = words.clip(whole, limit)
        assert len(cut) <= limit
        assert whole.startswith(cut[:-1])
        assert cut[:-1].split()[-1] not in {"of", "the", "in", "their", "and", "that", "without"}
