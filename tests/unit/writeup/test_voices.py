"""Reported speech is faithful to the attitude of its holder."""

import pytest

from app.model.records import Mention, Node
from app.writeup.lexicon import Lexicon
from app.writeup.people import People
from app.writeup.voices import Voices, possessive
from tests.support.maps import TEXT, mention, snapshot

VIEW = snapshot()
QUOTE = "The bridge will hold."
AGAIN = "They only looked above the water line."


def voices() -> Voices:
    people = People(VIEW.content.participants)
    return Voices(VIEW, people, Lexicon([TEXT], ["Ann", "Bob"]))


def node(*passages: Mention, kind: str = "claim", text: str = "The bridge holds.") -> Node:
    return Node(id="n", type=kind, text=text, passages=passages)


def by(attitude: str, holder: str = "ann", quote: str = QUOTE) -> Mention:
    return mention(TEXT, quote, attitude, holder)


@pytest.mark.parametrize(
    ("attitude", "words"),
    [
        ("asserts", "Ann argues that the bridge holds"),
        ("concedes", "Ann concedes that the bridge holds"),
        ("denies", "Ann denies that the bridge holds"),
        ("supposes", "Ann entertains, without asserting it, the thought that the bridge holds"),
        ("reports", "Ann reports, without taking it over, the view that the bridge holds"),
        ("asks", "Ann asks whether the bridge holds"),
        ("declines", "Ann takes no position on whether the bridge holds"),
    ],
)
def test_each_attitude_has_its_own_words(attitude: str, words: str) -> None:
    assert str(voices().said(node(by(attitude)))) == words


def test_what_is_quoted_is_said_by_whom_it_quotes() -> None:
    quoted = node(mention(TEXT, "The inspectors found no cracks", "quotes", "ann", occurrence=2))
    assert str(voices().said(quoted)) == "Ann, as quoted by Bob, argues that the bridge holds"
    assert voices().named(quoted) == "Ann's claim, quoted by Bob, that the bridge holds"


def test_who_is_heard_in_person_is_not_called_quoted() -> None:
    both = node(by("asks"), mention(TEXT, "The inspectors found no cracks", "quotes", "ann", occurrence=2))
    assert str(voices().said(both)) == "Ann asks whether the bridge holds"


def test_several_holders_are_named_together_and_the_verb_agrees() -> None:
    assert str(voices().said(node(by("asserts"), by("asserts", "bob", AGAIN)))) == (
        "Ann and Bob argue that the bridge holds"
    )


def test_an_assertion_that_another_concedes_is_said_with_both() -> None:
    assert str(voices().said(node(by("asserts"), by("concedes", "bob", AGAIN)))) == (
        "Ann argues, and Bob concedes, that the bridge holds"
    )


def test_a_thought_supposed_and_rejected_by_the_same_person_is_rejected() -> None:
    said = str(voices().said(node(by("supposes"), by("denies"))))
    assert said == "Ann considers, and rejects, the thought that the bridge holds"


def test_denials_by_others_are_told_after_an_assertion() -> None:
    assert voices().attitude_tail(node(by("asserts"), by("denies", "bob", AGAIN))) == "Bob denies it"


def test_a_question_is_asked_and_not_turned_into_a_statement() -> None:
    asked = node(by("asks"), kind="question", text="Will the bridge hold?")
    assert str(voices().said(asked)) == "Ann asks this: will the bridge hold?"


def test_verbs_take_turns() -> None:
    speaker = voices()
    verbs = [speaker.said(node(by("asserts"))).predicate.split()[0] for _ in range(3)]
    assert len(set(verbs)) == 3


def test_no_verb_endorses_what_is_said() -> None:
    speaker = voices()
    for kind in ("claim", "objection", "evidence", "proposal", "definition"):
        for reply in (True, False):
            for _ in range(5):
                said = str(speaker.said(node(by("asserts"), kind=kind), reply=reply))
                assert not any(
                    word in said for word in ("shows", "notes", "points out", "proves", "observes")
                )


def test_owners_that_end_in_s_get_an_apostrophe_only() -> None:
    assert possessive("the authors") == "the authors'"


def test_numbered_labels_are_said_together() -> None:
    from app.model.records import Participant

    people = People({f"p{n}": Participant(id=f"p{n}", label=f"commenter {n}") for n in (3, 5, 8)})
    assert people.names(["p3", "p5", "p8"]) == "commenters 3, 5 and 8"
    assert people.names(["p3"]) == "commenter 3"


def test_a_merged_participant_speaks_under_the_name_merged_into() -> None:
    from app.model.records import Participant

    merged = {
        "a": Participant(id="a", label="commenter 1", merged_into="b"),
        "b": Participant(id="b", label="commenter 2"),
    }
    assert People(merged).name("a") == "commenter 2"
