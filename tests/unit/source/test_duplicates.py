"""Comments that copy others, whole or with paragraphs dropped."""

from hypothesis import given
from hypothesis import strategies as st

from app.source import Duplicate, duplicates

LINES = [f"This is paragraph number {n} of a comment, and it says something of its own." for n in range(6)]


@given(st.sets(st.integers(0, 5), min_size=3))
def test_a_copy_with_some_paragraphs_dropped_is_found_with_what_it_lacks(kept: set[int]) -> None:
    copy = "\n\n".join(LINES[n] for n in sorted(kept))
    missing = tuple(n + 1 for n in range(6) if n not in kept)
    assert duplicates({"first": "\n".join(LINES), "again": copy}) == (Duplicate("again", "first", missing),)


def test_the_fuller_one_is_the_original_also_when_it_comes_later() -> None:
    (one,) = duplicates({"short": "\n".join(LINES[:5]), "full": "\n".join(LINES)})
    assert (one.comment, one.original, one.missing) == ("short", "full", (6,))


def test_of_equal_comments_the_later_ones_are_copies() -> None:
    text = "\n".join(LINES)
    found = duplicates({"a": text, "b": text.replace(" ", "\u00a0"), "c": text + "\n"})
    assert [(one.comment, one.original) for one in found] == [("b", "a"), ("c", "a")]


def test_a_comment_that_only_quotes_a_part_is_no_copy() -> None:
    assert duplicates({"a": "\n".join(LINES), "b": LINES[2]}) == ()


def test_other_words_or_another_order_make_another_comment() -> None:
    reply = "\n".join([*LINES[:4], "And a word of mine."])
    assert duplicates({"a": "\n".join(LINES), "b": reply, "c": "\n".join(reversed(LINES))}) == ()


def test_short_comments_may_say_the_same() -> None:
    assert duplicates({"a": "I agree with this.", "b": "I agree with this.", "c": "", "d": ""}) == ()
