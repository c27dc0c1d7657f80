"""Kialo's text export."""

import pytest

from app.errors import InvalidInput
from app.formats import kialo
from app.formats.exchange import Imported
from app.model.checks import check
from app.model.vocabulary import vocabulary

EXPORT = """Discussion Title: Should the bridge be closed?

1. The bridge should be closed.
1.1. Pro: The piers are rotten.
They have been for years; see the [report](https://example.org/a_(b)).
1.1.1. Con: The inspectors found no cracks.
1.2. Con: Closing it would cut off the village.
1.2.1. Pro: -> See 1.1.1.
1.3. Pro: It is a hundred years old:
2. second point of the same claim
"""


def imported(text: str) -> Imported:
    found = kialo.read(text.encode(), "bridge.txt")
    assert check(found.content, vocabulary()) == []
    return found


def edges(found: Imported) -> set[tuple[str, str, str]]:
    texts = {key: node.text.split(" ")[0:2] for key, node in found.content.nodes.items()}
    return {
        (" ".join(texts[r.source]), r.type, " ".join(texts[r.target]))
        for r in found.content.relations.values()
    }


def test_each_claim_is_for_or_against_the_one_above_it() -> None:
    assert edges(imported(EXPORT)) == {
        ("The piers", "supports", "The bridge"),
        ("The inspectors", "attacks", "The piers"),
        ("Closing it", "attacks", "The bridge"),
        ("The inspectors", "supports", "Closing it"),
        ("It is", "supports", "The bridge"),
    }


def test_a_claim_seen_elsewhere_is_one_node_with_one_more_relation() -> None:
    counts = imported(EXPORT).counts
    assert (counts.statements, counts.relations) == (5, {"attacks": 2, "supports": 3})


def test_a_long_chain_of_references_leads_to_its_end() -> None:
    rows = [f"1.{n}. Pro: -> See 1.{n + 1}.\n" for n in range(1, 20_000)]
    found = imported("1. A.\n" + "".join(rows) + "1.20000. Con: B.\n")
    assert found.counts.relations == {"attacks": 1, "supports": 1}
    assert ("relation said again", 19_998) in {(loss.what, loss.count) for loss in found.losses}


def test_a_claim_goes_on_over_lines_also_when_they_begin_with_a_number() -> None:
    texts = {node.text for node in imported(EXPORT).content.nodes.values()}
    assert "It is a hundred years old: 2. second point of the same claim" in texts
    assert "The piers are rotten. They have been for years; see the report." in texts


def test_windows_line_ends_change_nothing() -> None:
    assert imported(EXPORT.replace("\n", "\r\n")).counts == imported(EXPORT).counts


def test_the_words_stand_in_the_file_itself_held_by_nobody_in_particular() -> None:
    found = imported(EXPORT)
    (document,) = found.content.documents.values()
    assert document.text == EXPORT
    for node in found.content.nodes.values():
        assert [document.text[m.start : m.end] for m in node.passages] == [m.exact for m in node.passages]
        assert {m.attitude for m in node.passages} == {"reports"}
    assert found.counts.participants == 0


def test_the_title_is_that_of_the_discussion() -> None:
    assert imported(EXPORT).content.info.title == "Should the bridge be closed?"


def test_a_link_that_is_not_kept_is_named() -> None:
    (loss,) = imported(EXPORT).losses
    assert (loss.what, loss.count) == ("link address", 1)
    assert "example.org" in loss.example


def test_theses_answer_the_question_they_stand_under() -> None:
    found = imported("1. What now?\n1.1. Close it.\n1.1.1. Pro: It is rotten.\n1.2. Mend it.\n")
    assert edges(found) == {
        ("Close it.", "answers", "What now?"),
        ("Mend it.", "answers", "What now?"),
        ("It is", "supports", "Close it."),
    }


NEWER = """Discussion Name:
Which bridge?

1. Question:
Which bridge is best?

  1.1. Thesis:
  The old one is best [1].

    1.1.1. Pro:
    It is pretty.
    And it stands.

    1.1.2. Con:
    -> See 1.2.1.

    1.1.3. Con:
    -> See discussion #35: Old things are bad.

  1.2. Thesis:
  The new one is best.

    1.2.1. Pro:
    It is sound [2].

    1.2.2. Con:
    -> See 1.1.1.

Sources:
[1] https://example.org/old
[2] https://example.org/new
1. a line of the quoted text
[3] https://example.org/third
"""


def test_the_newer_layout_has_its_labels_on_their_own_lines_and_its_sources_at_the_end() -> None:
    found = imported(NEWER)
    assert found.content.info.title == "Which bridge?"
    assert {node.text for node in found.content.nodes.values()} == {
        "Which bridge is best?",
        "The old one is best [1].",
        "The new one is best.",
        "It is pretty. And it stands.",
        "It is sound [2].",
        "Old things are bad.",
    }
    assert edges(found) == {
        ("The old", "answers", "Which bridge"),
        ("The new", "answers", "Which bridge"),
        ("It is", "supports", "The old"),
        ("It is", "attacks", "The old"),
        ("Old things", "attacks", "The old"),
        ("It is", "supports", "The new"),
        ("It is", "attacks", "The new"),
    }
    assert found.counts.relations == {"answers": 2, "attacks": 3, "supports": 2}
    assert {(loss.what, loss.count) for loss in found.losses} == {
        ("source", 3),
        ("link to another discussion", 1),
    }


def test_sources_within_a_claim_belong_to_it() -> None:
    found = imported("1. A thing.\n1.1. Pro: Read this.\n\nSources:\n[1] here\n1.2. Con: No.\n")
    assert "Read this. Sources: [1] here" in {node.text for node in found.content.nodes.values()}
    assert found.counts.relations == {"attacks": 1, "supports": 1}


def test_theses_side_by_side_are_told_from_numbered_points() -> None:
    found = imported("1. A.\n1.1. Pro: B.\n2. C.\n3. D.\n3.1. con: E, that is\n9. points\n")
    texts = {node.text for node in found.content.nodes.values()}
    assert texts == {"A.", "B.", "C.", "D.", "E, that is 9. points"}
    assert found.counts.relations == {"attacks": 1, "supports": 1}


def test_a_file_with_no_side_in_it_gives_statements_without_relations_and_says_so() -> None:
    found = imported("1. A thing.\n1.1. Another thing.\n1.2. A third.\n")
    assert (found.counts.statements, found.counts.relations) == (3, {})
    assert [(loss.what, loss.count) for loss in found.losses] == [("place under another claim", 2)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1. A.\n1.1. Pro: -> See 1.9.\n", "reference to no claim"),
        ("1. A.\n1.1. Pro: -> See 1.2.\n1.2. Pro: -> See 1.1.\n", "reference to no claim"),
        ("1. A.\n1.1. Pro: -> See 1.\n", "relation to itself"),
        ("1. A.\n1.4.1. Pro: B.\n", "relation to a missing claim"),
        ("Tags: a, b\n1. A.\n1.1. Pro: B.\n", "header line"),
    ],
)
def test_what_leads_nowhere_is_left_out_and_named(text: str, what: str) -> None:
    assert what in {loss.what for loss in imported(text).losses}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"1. A.\n1.1. Pro: B.\n1.1. Con: C.\n", "bridge.txt:3: the number 1.1. stands twice"),
        (b"1. A.\n" + b"1." * 5_000 + b" Pro: B.\n", "bridge.txt:2: the number of this claim is too long"),
        (b"1. A.\n1.1. Pro: caf\xe9\n", "bridge.txt:2: this is not UTF-8"),
        (b"No number here.\n", "there is no numbered claim"),
        (b"1. A.\x00\n", "bridge.txt:1: holds a NUL"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said.replace(".", r"\.")):
        kialo.read(data, "bridge.txt")
