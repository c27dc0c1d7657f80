"""A passage of an edited comment is kept only where it is surely the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import Passage, PassageMismatch, reattach

TEXT = "I think so. Models are safe today.\nBut will they be safe tomorrow? Nobody knows.\nSo we wait."


def passage(quote: str, text: str = TEXT) -> Passage:
    start = text.index(quote)
    return Passage.at(text, start, start + len(quote))


@given(st.text(min_size=1), st.text(), st.data())
def test_a_passage_survives_any_insertion_before_or_after_it(
    text: str, more: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    old = Passage.at(text, start, data.draw(st.integers(start + 1, len(text))))
    at = data.draw(st.integers(0, start))
    before = reattach(text, old, f"{text[:at]}\n{more}\n{text[at:]}")
    assert before.outcome in ("exact", "moved", "ambiguous")
    after = reattach(text, old, f"{text}\n{more}")
    assert after.outcome == "exact"
    assert after.passage is not None
    assert (after.passage.start, after.passage.exact) == (old.start, old.exact)


@given(st.text(alphabet="ab \n"), st.text(alphabet="ab ", min_size=1), st.text(alphabet="ab \n"))
def test_whatever_is_found_again_reads_the_same(text: str, old: str, new: str) -> None:
    whole = text + old
    found = reattach(whole, Passage.at(whole, len(text), len(whole)), new)
    assert (found.passage is not None) == (found.outcome in ("exact", "moved"))
    for place in (*found.candidates, *([found.passage] if found.passage else [])):
        assert new[place.start : place.end] == old
    if old not in new:
        assert found.outcome == "orphaned"


def test_an_edit_elsewhere_leaves_it_exact() -> None:
    assert reattach(TEXT, passage("safe today"), TEXT.replace("wait", "hurry")).outcome == "exact"


def test_an_edit_before_it_moves_it() -> None:
    found = reattach(TEXT, passage("Nobody knows."), TEXT.replace("I think so. ", ""))
    assert found.outcome == "moved"
    assert found.passage is not None
    assert found.passage.start == passage("Nobody knows.").start - len("I think so. ")


def test_an_edit_of_its_own_words_orphans_it() -> None:
    assert reattach(TEXT, passage("safe today"), TEXT.replace("today", "now")).outcome == "orphaned"


def test_edits_on_both_sides_are_survived_through_the_context() -> None:
    edited = TEXT.replace("I think so.", "Well.").replace("So we wait.", "So we go on.")
    found = reattach(TEXT, passage("be safe tomorrow"), edited)
    assert found.outcome == "moved"


def test_an_unchanged_paragraph_carries_even_a_short_word_along() -> None:
    lines = TEXT.split("\n")
    old = Passage.at(TEXT, TEXT.rindex("safe"), TEXT.rindex("safe") + 4)
    found = reattach(TEXT, old, "\n".join(["Now all is safe.", lines[1], "We do not wait."]))
    assert found.passage is not None
    assert found.passage.prefix.endswith("But will they be ")


def test_a_short_quote_in_other_surroundings_is_not_taken_for_the_same() -> None:
    found = reattach(TEXT, passage("safe today"), "Quite another text, where nobody is safe today at all")
    assert found.outcome == "ambiguous"
    assert [place.exact for place in found.candidates] == ["safe today"]


def test_several_places_without_telling_context_are_ambiguous() -> None:
    found = reattach("xx yes yy", passage("yes", "xx yes yy"), "a yes b yes c")
    assert (found.outcome, len(found.candidates)) == ("ambiguous", 2)


def test_a_word_is_not_found_inside_another() -> None:
    assert reattach("the cat sat", passage("cat", "the cat sat"), "the catalogue sat").outcome == "orphaned"


def test_a_passage_of_another_text_is_refused() -> None:
    with pytest.raises(PassageMismatch):
        reattach("other", passage("safe"), TEXT)


def test_the_second_of_two_equal_paragraphs_stays_the_second() -> None:
    text = "yes, so it is\nno\nyes, so it is"
    old = Passage.at(text, text.rindex("so"), text.rindex("so") + 2)
    edited = "Well.\nyes, so it is\nno, no\nyes, so it is\nEnd."
    found = reattach(text, old, edited)
    assert found.passage is not None
    assert found.passage.start == edited.rindex("so")
