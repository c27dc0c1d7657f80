"""Text directives lead to the passage that is meant, also where its words stand more than once."""

import pytest

from app.urls import directive

TEXT = "It is a bridge. Who says so?\nHe says: it is a bridge. I doubt it.\nit is a bridge"
LONG = " ".join(f"word{n}" for n in range(30))


def of(text: str, exact: str, nth: int = 1) -> str:
    """The directive of the n-th occurrence of some words."""
    start = -1
    for _ in range(nth):
        start = text.lower().index(exact.lower(), start + 1)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    return directive(text, start, start + len(exact), first, len(text) if last < 0 else last)


def test_short_words_are_written_whole_and_long_ones_from_first_to_last() -> None:
    assert of(TEXT, "Who says so?") == "Who%20says%20so%3F"
    assert of(LONG, LONG) == (
        "word0%20word1%20word2%20word3%20word4,word25%20word26%20word27%20word28%20word29"
    )


def test_a_dash_and_a_comma_are_no_part_of_the_syntax() -> None:
    assert of("well-behaved, mostly", "well-behaved, mostly") == "well%2Dbehaved%2C%20mostly"


@pytest.mark.parametrize(
    ("nth", "written"),
    [(1, "It%20is%20a%20bridge"), (2, "He%20says%3A-,it%20is%20a%20bridge"), (3, "")],
)
def test_words_that_stood_before_are_told_by_what_is_around_them_or_not_at_all(
    nth: int, written: str
) -> None:
    assert of(TEXT, "it is a bridge", nth) == written


def test_words_after_tell_the_beginnings_of_paragraphs_apart() -> None:
    assert of("No one knows.\nNo one cares.", "No one", 2) == "No%20one,-cares."
