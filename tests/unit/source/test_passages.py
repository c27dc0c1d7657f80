"""Passages: exact pieces of a text, written as paragraph + quote + occurrence and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.source import (
    OffsetOutOfRange,
    ParagraphOutOfRange,
    Passage,
    PassageMismatch,
    QuoteAmbiguous,
    QuoteNotFound,
    describe,
    locate,
    occurrence_of,
    paragraphs,
    verify,
)

TEXT = "The \u201cgap\u201d is real \u2014 it isn\u2019t bounded.\n\nthe cat and the hat and the bat\nA 'quote' here."


@given(st.one_of(st.text(), st.text(alphabet="ab\n")), st.data())
def test_any_piece_of_a_paragraph_is_found_again_from_its_description(text: str, data: st.DataObject) -> None:
    lines = [line for line in paragraphs(text) if line.end > line.start]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    start = data.draw(st.integers(line.start, line.end - 1))
    end = data.draw(st.integers(start + 1, line.end))
    passage = Passage.at(text, start, end)
    written = describe(text, passage)
    assert written.paragraph == line.number
    assert locate(text, written.quote, written.paragraph, written.occurrence) == passage
    assert (occurrence_of(text, passage) is None) == (_places(line.of(text), passage.exact) == 1)


def _places(body: str, quote: str) -> int:
    return sum(body.startswith(quote, at) for at in range(len(body)))


@given(st.text(min_size=1), st.data())
def test_a_passage_carries_its_text_and_what_surrounds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    passage = Passage.at(text, start, data.draw(st.integers(start + 1, len(text))))
    verify(text, passage)
    assert text[passage.start : passage.end] == passage.exact
    assert text[: passage.start].endswith(passage.prefix)
    assert len(passage.prefix) == min(32, passage.start)
    assert text[passage.end :].startswith(passage.suffix)
    assert len(passage.suffix) == min(32, len(text) - passage.end)


def test_a_long_quote_that_overlaps_itself_is_counted_without_searching_each_time() -> None:
    text = "a" * 200_000
    passage = Passage.at(text, 60_000, 160_000)
    assert occurrence_of(text, passage) == 60_001
    assert locate(text, passage.exact, 1, 60_001) == passage


@pytest.mark.parametrize(
    ("quote", "paragraph", "hint"),
    [
        (
            '"gap" is',
            1,
            r"it reads «\u201cgap\u201d is»: \" U\+0022 in the quote, \u201c U\+201C in the text",
        ),
        ("real - it", 1, r"- U\+002D in the quote, \u2014 U\+2014 in the text"),
        ("isn't bounded", 1, r"' U\+0027 in the quote, \u2019 U\+2019 in the text"),
        ("real  \u2014 it", 1, "the spaces, dashes or invisible characters differ"),
        ("THE GAP", 3, "nothing like it stands in the text"),
        ("The cat and", 3, "upper and lower case differ"),
        ("and the hat", 1, "it stands in paragraph 3"),
        ("a 'Quote'", 1, "paragraph 4 reads «A 'quote'»: upper and lower case differ"),
        ("the cat and the rat", 3, "after «the cat and the » the text goes on «hat and the bat»"),
        ("the cat and Xhe hat and the bat", 3, "before « hat and the bat» the text has «the cat and the»"),
        ("a rat and the hat and the bat", 3, "before « and the hat and the bat» the text has «the cat»"),
    ],
)
def test_a_quote_that_is_not_there_is_answered_with_what_is(quote: str, paragraph: int, hint: str) -> None:
    with pytest.raises(QuoteNotFound, match=hint):
        locate(TEXT, quote, paragraph)


def test_a_quote_that_repeats_needs_its_occurrence() -> None:
    with pytest.raises(QuoteAmbiguous, match=r"stands 3 times in paragraph 3 \(give its occurrence, 1 to 3"):
        locate(TEXT, "the", 3)
    assert locate(TEXT, "the", 3, 2).prefix.endswith("cat and ")


@pytest.mark.parametrize("occurrence", [0, -1, 4])
def test_an_occurrence_that_is_not_there_is_refused_with_how_many_there_are(occurrence: int) -> None:
    with pytest.raises(QuoteAmbiguous, match="it stands 3 times in paragraph 3"):
        locate(TEXT, "the", 3, occurrence)


def test_a_unique_quote_may_be_given_as_its_first_occurrence() -> None:
    assert locate(TEXT, "cat", 3, 1) == locate(TEXT, "cat", 3)
    with pytest.raises(QuoteAmbiguous, match="leave the occurrence out"):
        locate(TEXT, "cat", 3, 2)


def test_a_paragraph_that_is_not_there_is_refused() -> None:
    with pytest.raises(ParagraphOutOfRange, match="the text has 4"):
        locate(TEXT, "cat", 5)


@pytest.mark.parametrize("quote", ["", "bounded.\n"])
def test_an_empty_quote_or_one_with_a_line_end_is_refused(quote: str) -> None:
    with pytest.raises(QuoteNotFound):
        locate(TEXT, quote, 1)


def test_a_passage_is_refused_by_a_text_that_reads_otherwise() -> None:
    passage = locate(TEXT, "cat", 3)
    with pytest.raises(PassageMismatch, match=r"reads «dog».*says «cat»"):
        verify(TEXT.replace("cat", "dog"), passage)
    with pytest.raises(PassageMismatch, match="reads nothing"):
        verify("", passage)


def test_a_passage_over_two_paragraphs_has_offsets_but_no_description() -> None:
    passage = Passage.at(TEXT, 0, len(TEXT))
    verify(TEXT, passage)
    with pytest.raises(QuoteNotFound, match="beyond paragraph 1"):
        describe(TEXT, passage)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 1000)])
def test_an_empty_or_impossible_range_is_no_passage(start: int, end: int) -> None:
    with pytest.raises(OffsetOutOfRange):
        Passage.at(TEXT, start, end)


def test_all_errors_of_passages_are_invalid_input() -> None:
    for error in (QuoteNotFound, QuoteAmbiguous, PassageMismatch, ParagraphOutOfRange, OffsetOutOfRange):
        assert issubclass(error, InvalidInput)
