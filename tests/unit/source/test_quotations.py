"""Quotations are found whatever happened to their typography, and answered in original offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import abridged, abridgements, find_quotation, fold

SOURCE = (
    "First line here.\n"
    "I don\u2019t think \u201cthe gap\u201d \u2014 as you call it \u2014 is bounded; it grows. "
    "Most people went for the former, and they were right to do so in the long run.\n"
    "Last line here."
)
WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=3, max_size=8), min_size=12, max_size=30, unique=True)
TYPOGRAPHY = str.maketrans({"'": "\u2019", '"': "\u201c", " ": "\u00a0", "-": "\u2014"})


@given(WORDS, st.text(), st.text(), st.data())
def test_a_planted_quotation_is_found_with_other_quote_marks_and_spaces(
    words: list[str], before: str, after: str, data: st.DataObject
) -> None:
    marks = st.sampled_from([" ", "' ", ' "', " - ", ", "])
    said = "".join(word + data.draw(marks) for word in words) + "end"
    source = f"{before}\n{said}\n{after}"
    line = f"> {said.translate(TYPOGRAPHY)}"
    found = find_quotation(line, {"other": "nothing", "source": source})
    assert found is not None
    assert found.document == "source"
    assert source[found.source_start : found.source_end] == said
    assert line[found.start : found.end] == said.translate(TYPOGRAPHY)
    assert found.kind == "folded"


@given(WORDS, st.sampled_from([" ... ", "\u2026", " [\u2026] ", " [...] ", "... ", " . . . "]), st.data())
def test_a_planted_abridged_quotation_is_found_piece_by_piece(
    words: list[str], gap: str, data: st.DataObject
) -> None:
    first = data.draw(st.integers(4, 6))
    second = data.draw(st.integers(first + 1, len(words) - 4))
    source = "It begins. " + " ".join(words) + ". It ends."
    quoted = " ".join(words[:first]) + gap + " ".join(words[second:])
    found = abridged(quoted, {"source": source})
    assert found is not None
    assert found.kind == "abridged"
    assert [quoted[piece.start : piece.end] for piece in found.pieces] == [
        source[piece.source_start : piece.source_end] for piece in found.pieces
    ]
    assert found.pieces[0].source_start == len("It begins. ")
    assert found.source_end == len(source) - len(". It ends.")
    assert find_quotation(f"> {quoted}", {"source": source}) is not None


@pytest.mark.parametrize(
    ("line", "kind", "quoted"),
    [
        ("> Most people went for the former", "exact", "Most people went for the former"),
        ("> > Most people went", "exact", "Most people went"),
        ("Most people went for", "exact", "Most people went for"),
        ('> "Most people went for the former"', "exact", "Most people went for the former"),
        ("> *Most people went for the former*", "exact", "Most people went for the former"),
        ("> Most people went for the former.", "exact", "Most people went for the former"),
        ('>I don\'t think "the gap" - as', "folded", "I don\u2019t think \u201cthe gap\u201d \u2014 as"),
        ("> is  bounded; it grows.\r", "folded", "is bounded; it grows."),
    ],
)
def test_a_quoting_line_is_found(line: str, kind: str, quoted: str) -> None:
    found = find_quotation(line, {"source": SOURCE})
    assert found is not None
    assert found.kind == kind
    assert SOURCE[found.source_start : found.source_end] == quoted
    assert fold(line[found.start : found.end]).text == fold(quoted).text


@pytest.mark.parametrize(
    "line",
    [
        "",
        ">",
        "> ...",
        "> '",
        "> most people WENT for",
        "> ost people went",
        "> Most people came",
        "> line here",
    ],
)
def test_what_is_not_there_or_says_too_little_is_not_found(line: str) -> None:
    assert find_quotation(line, {"source": SOURCE}) is None


def test_an_exact_quotation_is_preferred_and_all_places_are_counted() -> None:
    texts = {"curly": "We don\u2019t know why it is.", "straight": "We don't know why it is."}
    found = find_quotation("> We don't know why it is.", texts)
    assert found is not None
    assert (found.document, found.kind, found.places) == ("straight", "exact", 2)


def test_texts_may_be_folded_beforehand() -> None:
    line = "> Most people went for the former"
    assert find_quotation(line, {"source": fold(SOURCE)}) == find_quotation(line, {"source": SOURCE})


def test_pieces_must_stand_in_order_and_near_one_another() -> None:
    assert (
        abridged("they were right to do so ... Most people went for the former", {"source": SOURCE}) is None
    )
    far = SOURCE.replace("and they", "x " * 5000 + "they")
    assert abridged("Most people went for the former ... they were right to do so", {"far": far}) is None


def test_an_ellipsis_in_prose_of_ones_own_is_no_abridged_quotation() -> None:
    assert (
        abridged("I'm questioning it ...I know. Most people would, the former do.", {"source": SOURCE})
        is None
    )
    assert abridged("the former ... in the", {"source": SOURCE}) is None
    assert abridged("Most people went for the former, and they were right", {"source": SOURCE}) is None


def test_the_nearest_stretch_is_taken_when_words_repeat() -> None:
    source = "we say yes. Then we talk of it at some length. we say yes. But now it is over and done."
    found = abridged("we say yes ... now it is over and done", {"source": source})
    assert found is not None
    assert found.source_start == source.rindex("we say yes")


def test_a_piece_may_carry_a_stop_its_source_does_not_have() -> None:
    assert (
        abridged("Most people went for the former. ... they were right to do so.", {"source": SOURCE})
        is not None
    )


def test_a_paragraph_can_abridge_only_what_stands_before_it() -> None:
    whole = "Most people went for the former, and they were right to do so."
    short = "Most people went for the former ... they were right to do so."
    assert [found.source_start for _, found in abridgements({"a": f"{whole}\n{short}"})] == [0]
    assert list(abridgements({"a": f"{short}\n{whole}"})) == []
    ((name, found),) = abridgements({"a": whole, "b": f"Yes.\n{short}"})
    assert (name, found.document, found.start) == ("b", "a", 5)
