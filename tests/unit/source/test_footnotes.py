"""Footnotes torn from their place, and the marks that are left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import ParagraphOutOfRange, anchored, footnotes, markers


@pytest.mark.parametrize("arrow", ["\u21a9", "\u21a9\ufe0e", "\u21a9\ufe0f", "\u21a9\ufe0e \u21a9\ufe0e \r"])
@pytest.mark.parametrize(
    ("label", "number"), [("", None), ("[2] ", 2), ("2. ", 2), ("[^2]: ", 2), ("^ ", None)]
)
def test_a_paragraph_that_ends_in_a_return_arrow_is_a_footnote(
    arrow: str, label: str, number: int | None
) -> None:
    text = f"Running text.\n{label}3.5 is meant. {arrow}\nMore."
    (note,) = footnotes(text)
    assert text[note.start : note.end] == "3.5 is meant."
    assert (note.paragraph, note.label) == (2, number)


def test_an_arrow_in_the_middle_makes_no_footnote() -> None:
    assert footnotes("Go back \u21a9 and on.\n\nEnd") == ()


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("So it is. [1] Then.[2] And [^3].", [1, 2, 3]),
        ("So it is.\u00b9 And this word\u00b2, and \u201cthat\u201d\u00b9\u2070.", [1, 2, 10]),
        ("A mass of 10\u207b\u00b2\u00b3 grams, x\u00b2, 10\u00b2 and 5 km\u00b2.", []),
        ("See [here] and [2024b] and a [1]: b.", []),
        ("[1] begins a list.\n2. so does this [4].", [4]),
    ],
)
def test_marks_in_running_text_are_told_from_numbers_and_labels(text: str, labels: list[int]) -> None:
    found = markers(text)
    assert [mark.label for mark in found] == labels
    assert all(text[mark.start : mark.end].strip() == text[mark.start : mark.end] for mark in found)


def test_footnotes_are_counted_off_against_the_marks_when_all_are_there() -> None:
    text = "One[1] and two[2] and one again[1].\nfirst \u21a9\nsecond \u21a9"
    assert [(one.footnote.paragraph, one.marker and one.marker.start) for one in anchored(text)] == [
        (2, text.index("[1]")),
        (3, text.index("[2]")),
    ]


def test_a_footnote_whose_mark_is_lost_is_given_none() -> None:
    assert [one.marker for one in anchored("Two[2] only.\nfirst \u21a9\nsecond \u21a9")] == [None, None]


def test_a_labelled_footnote_goes_to_the_mark_with_its_label() -> None:
    found = anchored("Two[2] only.\n[1] first \u21a9\n[2] second \u21a9")
    assert [one.marker and one.marker.label for one in found] == [None, 2]


def test_footnotes_belong_to_the_comment_whose_range_they_are_in() -> None:
    text = "Mine[1].\nmy note \u21a9\nYours[1].\nyour note \u21a9"
    (one,) = anchored(text, 3, 4)
    assert one.marker is not None
    assert (one.footnote.paragraph, one.marker.paragraph) == (4, 3)
    with pytest.raises(ParagraphOutOfRange):
        anchored(text, 3, 5)


@given(st.text(alphabet=st.one_of(st.sampled_from("a[1]^.2) \n\u21a9\ufe0e\u00b2"), st.characters())))
def test_footnotes_and_marks_lie_within_their_paragraphs(text: str) -> None:
    lines = text.split("\n")
    for one in (*footnotes(text), *markers(text)):
        assert text[one.start : one.end] in lines[one.paragraph - 1]
        assert text[: one.start].count("\n") == text[: one.end].count("\n") == one.paragraph - 1
