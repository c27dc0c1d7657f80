"""Wrapping text without a browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.drawing.metrics import shorten, width, wrap

texts = st.text(max_size=200)
rooms = st.floats(40, 400)


@given(texts, rooms)
def test_no_line_is_wider_than_its_room(text: str, room: float) -> None:
    assert all(
        width(
            line,
            14,
        )
        <= room
        for line in wrap(text, 14, room)
    )


@given(texts, rooms)
def test_wrapping_loses_no_letter(text: str, room: float) -> None:
    assert "".join("".join(wrap(text, 14, room)).split()) == "".join(text.split())


@given(texts, rooms, st.integers(1, 5))
def test_a_limit_of_lines_is_kept_and_the_cut_shown(text: str, room: float, most: int) -> None:
    lines, whole = wrap(text, 14, room, most), wrap(text, 14, room)
    assert len(lines) <= most
    assert lines == whole or lines[-1].endswith("…")


@pytest.mark.parametrize(("wide", "narrow"), [("WWW", "iii"), ("漢字", "ab"), ("mm", "m")])
def test_wide_letters_are_wider(wide: str, narrow: str) -> None:
    assert width(wide, 14) > width(narrow, 14)


def test_combining_marks_take_no_room() -> None:
    assert width("e\u0301", 14) == width("e", 14)


def test_words_are_kept_whole_where_they_fit() -> None:
    assert wrap("one two three", 10, 50) == ("one two", "three")


def test_shortening_cuts_between_words() -> None:
    assert shorten("alpha beta gamma", 10, width("alpha beta", 10) + 12) == "alpha beta…"
