"""Verbatim text with marks: the text is never changed, and every mark is where it belongs."""

import re
from dataclasses import replace

from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.web.views.marked import MarkedParagraph, marked
from tests.support import square


def paragraph(number: int, at: tuple[int, int] | None = None) -> MarkedParagraph:
    view = square.view()
    return next(p for p in marked(view, "thread", 1, 14, at) if p.number == number)


def test_the_segments_of_every_paragraph_are_its_text() -> None:
    view = square.view()
    text = view.content.documents["thread"].text
    for line, made in zip(view.paragraphs["thread"], marked(view, "thread", 1, 14), strict=True):
        assert "".join(s.text for s in made.segments) == text[line.start : line.end]


def test_a_mapped_passage_leads_to_its_node_and_has_a_note_with_its_number() -> None:
    made = paragraph(6)
    (linked,) = [s for s in made.segments if s.url]
    assert (linked.text, linked.url) == ("the buses do not run after eight", "/nodes/no-late-buses")
    assert linked.numbers == (1,)
    assert [(n.kind, n.number, n.entries[0].ref.id) for n in made.notes] == [("element", 1, "no-late-buses")]


def test_where_a_node_and_a_relation_share_words_the_text_leads_to_the_node() -> None:
    made = paragraph(5)
    assert next(s for s in made.segments if s.text == "I doubt it").url == "/nodes/shops-need-cars"
    assert {e.ref.id for n in made.notes for e in n.entries} >= {"shops-need-cars", "r-car-crux"}


def test_overlapping_passages_are_cut_so_that_each_stretch_is_marked_by_what_covers_it() -> None:
    made = paragraph(9)
    assert [s.text for s in made.segments if "m" in s.classes.split()] == [
        "A count on one Saturday before Christmas ",
        "says nothing about the rest of the year",
    ]


def test_a_quoted_paragraph_says_what_it_quotes_and_leads_there() -> None:
    made = paragraph(8)
    assert made.kind == "quotation"
    (note,) = [n for n in made.notes if n.kind == "quotation"]
    assert note.text == "quotes paragraph 5, doubter"
    assert note.url.startswith("/documents/thread?at=")
    entry = next(e for n in made.notes for e in n.entries)
    assert (entry.holder, entry.attitude) == ("doubter", "is quoted")


def test_a_footnote_is_shown_where_its_mark_stands_and_leads_back() -> None:
    marked_at, foot = paragraph(5), paragraph(7)
    assert foot.kind == "footnote"
    assert any(s.text == "[1]" and s.url == "#p7" for s in marked_at.segments)
    assert any(n.kind == "footnote" and "Chamber of trade" in n.text for n in marked_at.notes)
    assert any(n.url == "#p5" for n in foot.notes)


def test_what_is_lost_and_what_is_no_argument_say_why() -> None:
    assert [(n.kind, n.text) for n in paragraph(4).notes] == [
        ("lost", "The figures after the colon are lost in the source.")
    ]
    assert [(n.kind, n.text) for n in paragraph(12).notes] == [
        ("not_argument", "not an argument: A farewell.")
    ]


def crowded(passages: int, node: int = 1) -> MarkedParagraph:
    """Paragraph 9 of the small map, where so many of its words are passages of so many other nodes."""
    content = square.content()
    view = square.view()
    line = view.paragraphs["thread"][8]
    words = list(re.finditer(r"\w+", view.content.documents["thread"].text[line.start : line.end]))
    keys = sorted(k for k, n in content.nodes.items() if n.type == "claim")[:node]
    nodes = dict(content.nodes)
    pattern = content.nodes["no-late-buses"].passages[0]
    for number, key in enumerate(keys):
        mentions = tuple(
            pattern.model_copy(
                update={
                    "start": line.start + w.start(),
                    "end": line.start + w.end(),
                    "exact": w.group(),
                    "holder": "doubter",
                }
            )
            for w in words[number:passages:node]
        )
        nodes[key] = nodes[key].model_copy(update={"passages": mentions})
    made = MapSnapshot(replace(content, nodes=nodes), 7, vocabulary())
    return next(p for p in marked(made, "thread", 1, 14) if p.number == 9)


def test_what_several_stretches_of_a_paragraph_carry_is_said_once_under_one_number() -> None:
    made = crowded(6)
    entries = [e for n in (*made.notes, *made.folded) for e in n.entries]
    said = [(e.text, e.attitude, e.holder) for e in entries]
    assert len(said) == len(set(said))
    (number,) = {n for s in made.segments if s.text in ("count", "one", "Saturday") for n in s.numbers}
    assert number in {note.number for note in made.notes}


def test_notes_that_find_no_room_beside_a_paragraph_are_folded_and_counted() -> None:
    made = crowded(12, 6)
    assert made.more > 1
    assert 3 <= made.said - made.more < made.said
    assert [n.number for n in (*made.notes, *made.folded)] == sorted(
        n.number for n in (*made.notes, *made.folded)
    )


def test_a_short_paragraph_with_few_notes_folds_none() -> None:
    assert [p.number for p in marked(square.view(), "thread", 1, 14) if p.folded] == []


def test_a_stretch_that_was_asked_for_is_pointed_out() -> None:
    line = square.view().paragraphs["thread"][5]
    made = paragraph(6, (line.start, line.start + 3))
    assert [s.text for s in made.segments if "at" in s.classes.split()] == ["And"]
