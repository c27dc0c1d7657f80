"""Reported speech is faithful to the attitude of its holder."""

from typing import get_args

import pytest

from app.model.records import Mention, Node
from app.writeup.lexicon import Lexicon
from app.writeup.people import People
from app.writeup.voices import Manner, Voices, possessive
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
        ("asserts", "Ann holds that the bridge holds"),
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
    assert str(voices().said(quoted)) == "Ann, as quoted by Bob, holds that the bridge holds"
    assert voices().named(quoted) == "Ann's claim, quoted by Bob, that the bridge holds"


def test_who_is_heard_in_person_is_not_called_quoted() -> None:
    both = node(by("asks"), mention(TEXT, "The inspectors found no cracks", "quotes", "ann", occurrence=2))
    assert str(voices().said(both)) == "Ann asks whether the bridge holds"


def test_several_holders_are_named_together_and_the_verb_agrees() -> None:
    assert str(voices().said(node(by("asserts"), by("asserts", "bob", AGAIN)))) == (
        "Ann and Bob hold that the bridge holds"
    )


def test_an_assertion_that_another_concedes_is_said_with_both() -> None:
    assert str(voices().said(node(by("asserts"), by("concedes", "bob", AGAIN)))) == (
        "Ann holds, and Bob concedes, that the bridge holds"
    )


def test_a_thought_supposed_and_rejected_by_the_same_person_is_rejected() -> None:
    said = str(voices().said(node(by("supposes"), by("denies"))))
    assert said == "Ann considers, and rejects, the thought that the bridge holds"


def test_denials_by_others_are_told_after_an_assertion() -> None:
    assert (
        voices().attitude_tail(node(by("asserts"), by("denies", "bob", AGAIN)))
        == "Bob denies the claim itself"
    )


def test_a_question_is_asked_and_not_turned_into_a_statement() -> None:
    asked = node(by("asks"), kind="question", text="Will the bridge hold?")
    assert str(voices().said(asked)) == "Ann asks this: Will the bridge hold?"


@pytest.mark.parametrize(
    ("manner", "verb"),
    [
        ("argued", "argues"),
        ("disputed", "maintains"),
        ("plain", "holds"),
        ("reply", "replies"),
        ("backing", "holds"),
    ],
)
def test_the_verb_follows_from_how_it_is_said(manner: Manner, verb: str) -> None:
    assert str(voices().said(node(by("asserts")), manner)) == f"Ann {verb} that the bridge holds"


def test_a_guess_is_told_as_one() -> None:
    best = node(by("asserts"), text="As a best guess, the bridge holds.")
    assert str(voices().said(best)) == "Ann offers as a best guess that the bridge holds"
    assert voices().named(best) == "Ann's guess that the bridge holds"
    granted = node(by("concedes"), text="As a best guess, the bridge holds.")
    assert "guess" in voices().named(granted)


def test_what_supports_something_is_not_called_an_objection_there() -> None:
    against = node(by("asserts"), kind="objection")
    assert voices().named(against) == "Ann's objection that the bridge holds"
    assert voices().named(against, backing=True) == "Ann's claim that the bridge holds"
    assert str(voices().said(against, "plain")) == "Ann objects that the bridge holds"
    assert str(voices().said(against, "backing")) == "Ann holds that the bridge holds"


def test_no_verb_endorses_what_is_said() -> None:
    for kind in ("claim", "objection", "evidence", "proposal", "definition"):
        for manner in get_args(Manner):
            said = str(voices().said(node(by("asserts"), kind=kind), manner))
            assert not any(word in said for word in ("shows", "notes", "points out", "proves", "observes"))


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
