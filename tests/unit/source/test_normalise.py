"""Folding keeps a way back: every range of the folded text is a range of the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import fold, unsafe_characters

ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab \t\n\u00a0\u200b\u2014-\u2026'\u2019\u201c\"\u0130\u03c2"), st.characters()
    )
)


@given(ODD, st.booleans())
def test_each_folded_character_comes_from_what_folds_to_it(text: str, case: bool) -> None:
    folded = fold(text, case=case)
    done = 0
    for at, character in enumerate(folded.text):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert done <= end
        done = end
        assert character in fold(text[start:end], case=case).text


@given(ODD, st.data())
def test_a_range_of_the_folded_text_maps_to_a_range_that_contains_its_parts(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert folded.text[start:end] in fold(text[first:last]).text


@given(ODD)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(
    st.text(alphabet=st.characters(max_codepoint=0x7E, exclude_characters="-`", exclude_categories=["Cc"]))
)
def test_plain_text_with_single_spaces_is_left_alone(text: str) -> None:
    plain = " ".join(text.split(" ")) if "  " not in text else "plain"
    assert fold(plain).text == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u201cit isn\u2019t\u201d", '"it isn\'t"'),
        ("a \u2014 b", "a - b"),
        ("a\u2014b", "a -- b"),
        ("2\u201373", "2-73"),
        ("so \u2026 on", "so ... on"),
        ("a\u00a0 \t b", "a b"),
        ("in\u00advis\u200bible", "invisible"),
    ],
)
def test_what_differs_in_typography_only_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


def test_case_is_kept_unless_asked_for() -> None:
    assert fold("Ab").text != fold("aB").text
    assert fold("Ab", case=True).text == fold("aB", case=True).text


def test_part_of_an_ellipsis_is_widened_to_the_whole() -> None:
    assert fold("a\u2026b").span(2, 3) == (1, 2)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (1, 1), (-1, 2), (0, 4)])
def test_a_range_outside_the_folded_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no such range"):
        fold("abc").span(start, end)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_only_bidirectional_controls_are_unsafe_outside_the_control_characters(text: str) -> None:
    found = unsafe_characters(text)
    assert all("\u202a" <= text[one.offset] <= "\u2069" for one in found)
    assert all(ord(text[one.offset]) == one.codepoint for one in found)


def test_unsafe_characters_are_listed_with_offset_and_name() -> None:
    text = "a\x00b\x1f\x7f\x85\ud800\u202e\u2066\ufffe"
    assert [(one.offset, one.name) for one in unsafe_characters(text)] == [
        (1, "NULL"),
        (3, "C0 CONTROL"),
        (4, "DELETE"),
        (5, "C1 CONTROL"),
        (6, "LONE SURROGATE"),
        (7, "RIGHT-TO-LEFT OVERRIDE"),
        (8, "LEFT-TO-RIGHT ISOLATE"),
        (9, "NONCHARACTER"),
    ]
    assert str(unsafe_characters(text)[0]) == "U+0000 NULL at 1"


def test_line_ends_tabs_and_ordinary_text_are_safe() -> None:
    assert unsafe_characters("a\tb\r\nc \u00a0\u2028 \u05d0\u200f e\u0301 \U0001f600") == ()
