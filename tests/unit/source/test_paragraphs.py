"""Paragraphs are the lines of a text, and their offsets slice it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import (
    OffsetOutOfRange,
    ParagraphOutOfRange,
    paragraph_at,
    paragraph_numbered,
    paragraphs,
    range_of,
)


@given(st.text())
def test_paragraphs_are_what_splitting_at_newlines_gives(text: str) -> None:
    lines = paragraphs(text)
    assert [line.of(text) for line in lines] == text.split("\n")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@given(st.text(alphabet="ab\n\r\u2028\f"), st.data())
def test_every_offset_lies_in_the_paragraph_found_for_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line = paragraph_at(text, offset)
    assert line.start <= offset <= line.end
    assert line.number == text[:offset].count("\n") + 1
    assert paragraph_at(paragraphs(text), offset) == line


def test_only_the_newline_ends_a_paragraph() -> None:
    text = "a\r\nb\fc\u2028d\x85e\x1cf"
    assert [line.of(text) for line in paragraphs(text)] == ["a\r", "b\fc\u2028d\x85e\x1cf"]


def test_an_empty_text_has_one_empty_paragraph() -> None:
    assert [(line.number, line.start, line.end) for line in paragraphs("")] == [(1, 0, 0)]


def test_a_range_runs_from_the_first_paragraph_to_the_end_of_the_last() -> None:
    text = "one\ntwo\nthree"
    start, end = range_of(paragraphs(text), 2, 3)
    assert text[start:end] == "two\nthree"


@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 4), (-1, 2), (3, 2)])
def test_a_range_that_is_not_there_is_refused(first: int, last: int) -> None:
    with pytest.raises(ParagraphOutOfRange):
        range_of(paragraphs("one\ntwo\nthree"), first, last)


def test_a_missing_paragraph_is_reported_with_how_many_there_are() -> None:
    with pytest.raises(ParagraphOutOfRange, match="no paragraph 3: the text has 2"):
        paragraph_numbered(paragraphs("a\nb"), 3)


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(OffsetOutOfRange):
        paragraph_at("a\nb", offset)
