"""What is known about the two documents of the first map is what the readers find in them."""

from pathlib import Path

import pytest

from app.source import (
    abridgements,
    anchored,
    describe,
    duplicates,
    find_quotation,
    footnotes,
    locate,
    markers,
    paragraph_at,
    paragraphs,
    reattach,
    repeats,
    sentences,
    unsafe_characters,
)

FOLDER = Path(__file__).parents[3] / "seeds" / "documents"


def read(number: str) -> str:
    (path,) = FOLDER.glob(f"{number}_*.txt")
    return path.read_bytes().decode("utf-8")


TEXTS = {number: read(number) for number in ("001", "003")}


def line(document: str, number: int) -> str:
    return TEXTS[document].split("\n")[number - 1]


def test_the_documents_have_their_paragraphs() -> None:
    assert {name: len(paragraphs(text)) for name, text in TEXTS.items()} == {"001": 100, "003": 15}
    assert paragraphs(TEXTS["001"])[99].of(TEXTS["001"]) == "`"


def test_the_documents_hold_no_unsafe_characters() -> None:
    assert all(unsafe_characters(text) == () for text in TEXTS.values())


def test_repeats_are_exactly_the_quotations_the_source_does_not_mark() -> None:
    found = [
        (one.document, paragraph_at(TEXTS[one.document], one.start).number, one.source_document,
         paragraph_at(TEXTS[one.source_document], one.source_start).number, one.whole)
        for one in repeats(TEXTS)
    ]  # fmt: skip
    assert found == [
        ("001", 8, "001", 5, True),
        ("001", 46, "001", 45, False),
        ("001", 50, "001", 44, False),
        ("001", 63, "001", 61, False),
        ("001", 63, "001", 61, False),
        ("001", 74, "001", 45, False),
        ("001", 86, "001", 78, False),
        ("001", 94, "001", 92, False),
        *(
            ("003", copy, "003", source, True)
            for copy, source in zip(range(10, 16), (1, 3, 4, 6, 7, 9), strict=True)
        ),
    ]


@pytest.mark.parametrize("number", [46, 74, 94])
def test_a_paragraph_that_quotes_a_sentence_is_a_repeat_from_end_to_end(number: int) -> None:
    text = TEXTS["001"]
    (one,) = (
        one
        for one in repeats(TEXTS)
        if one.document == "001" and paragraph_at(text, one.start).number == number
    )
    assert text[one.start : one.end] == line("001", number)
    assert one.exact


def test_the_abridged_quotation_is_found_with_both_its_pieces() -> None:
    ((name, found),) = abridgements(TEXTS)
    text = TEXTS[name]
    assert paragraph_at(text, found.start).number == 63
    assert paragraph_at(text, found.source_start).number == 61
    assert (found.end, len(found.pieces)) == (paragraphs(text)[62].end, 2)
    assert all(text[p.start : p.end] == text[p.source_start : p.source_end] for p in found.pieces)


@pytest.mark.parametrize(("number", "source"), [(46, 45), (63, 61), (74, 45), (94, 92)])
def test_a_quoting_line_of_a_new_comment_finds_its_source(number: int, source: int) -> None:
    earlier = "\n".join(TEXTS["001"].split("\n")[: number - 1])
    straightened = line("001", number).replace('"', "\u201c")
    for quoted in (line("001", number), straightened):
        found = find_quotation(f"> {quoted}", {"003": TEXTS["003"], "001": earlier})
        assert found is not None
        assert found.document == "001"
        assert paragraph_at(earlier, found.source_start).number == source


def test_a_quotation_from_outside_the_documents_is_not_found_in_them() -> None:
    earlier = "\n".join(TEXTS["001"].split("\n")[:23])
    assert find_quotation(f"> {line('001', 24)}", {"001": earlier, "003": TEXTS["003"]}) is None


def test_the_second_copy_in_document_003_is_a_duplicate_without_the_quoted_lines() -> None:
    lines = TEXTS["003"].split("\n")
    (one,) = duplicates({"first": "\n".join(lines[:9]), "second": "\n".join(lines[9:])})
    assert (one.comment, one.original, one.missing) == ("second", "first", (2, 5, 8))


def test_footnotes_and_their_only_mark_are_found() -> None:
    text = TEXTS["001"]
    assert [note.paragraph for note in footnotes(text)] == [55, 56, 57, 58, 59, 68, 72]
    assert [(mark.paragraph, mark.label) for mark in markers(text)] == [(71, 1)]
    assert [one.marker is None for one in anchored(text, 52, 59)] == [True] * 5
    (one,) = anchored(text, 71, 72)
    assert one.marker is not None
    assert text[one.marker.start : one.marker.end] == "[1]"
    assert footnotes(TEXTS["003"]) == markers(TEXTS["003"]) == ()


def test_a_return_arrow_belongs_to_the_last_sentence_of_its_footnote() -> None:
    text = TEXTS["001"]
    for note in footnotes(text):
        last = [one for one in sentences(text) if one.paragraph == note.paragraph][-1]
        assert last.of(text).endswith("\u21a9\ufe0e")
        assert any(character.isalpha() for character in last.of(text))


@pytest.mark.parametrize(
    ("document", "number", "count"),
    [("001", 1, 1), ("001", 2, 0), ("001", 3, 3), ("001", 22, 3), ("001", 26, 3), ("001", 36, 5), ("001", 58, 1),
     ("001", 71, 6), ("001", 73, 5), ("001", 75, 3), ("001", 80, 6), ("001", 86, 3), ("001", 87, 2), ("001", 93, 2),
     ("001", 100, 1), ("003", 1, 3), ("003", 7, 3)],
)  # fmt: skip
def test_paragraphs_have_as_many_sentences_as_a_reader_counts(document: str, number: int, count: int) -> None:
    assert sum(one.paragraph == number for one in sentences(TEXTS[document])) == count


def test_every_sentence_can_be_written_as_a_quote_and_survives_an_edit_elsewhere() -> None:
    for text in TEXTS.values():
        before, after = "A new first line.\n", "\nAnd a last one."
        for one in sentences(text):
            passage = locate(text, one.of(text), one.paragraph)
            assert (passage.start, passage.end) == (one.start, one.end)
            assert describe(text, passage).occurrence is None
            found = reattach(text, passage, f"{before}{text}{after}")
            assert found.outcome == "moved"
            assert found.passage is not None
            assert found.passage.start == passage.start + len(before)
