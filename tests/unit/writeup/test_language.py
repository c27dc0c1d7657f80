"""English joins."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.writeup.language import (
    capital,
    folded,
    listing,
    own,
    sentences,
    stopped,
    that,
    turned,
    unstopped,
    whether,
)
from app.writeup.lexicon import Lexicon
from app.writeup.people import with_article

SOURCE = [
    "Alice wrote that the models of OpenAI are fine, as Leike says; see Opus 3 and scenario C.",
    "We think it is so, and some evidence shows it.",
]


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("The gap is bounded.", "the gap is bounded"),
        ("OpenAI's models do not scheme.", "OpenAI's models do not scheme"),
        ("Leike claims it.", "Leike claims it"),
        ("RLHF works.", "RLHF works"),
        ("Scenario C is likely.", "scenario C is likely"),
        ("A positive test proves it.", "a positive test proves it"),
        ("A stands.", "A stands"),
        ("A's gap is bounded.", "A's gap is bounded"),
        ("Evidence is rare.", "evidence is rare"),
        ("I doubt it.", "I doubt it"),
        ("And so on …", "and so on …"),
        ("Éclairs are good.", "éclairs are good"),
        ("3 Opus is aligned.", "3 Opus is aligned"),
        ("Brian Scalabrine was bad.", "Brian Scalabrine was bad"),
    ],
)
def test_a_sentence_goes_on_in_lower_case_unless_it_starts_with_a_name(sentence: str, clause: str) -> None:
    assert Lexicon(SOURCE).lower_first(unstopped(sentence)) == clause


def test_a_name_known_from_the_participants_keeps_its_capital() -> None:
    assert Lexicon([], ["Boaz"]).lower_first("Boaz is right.") == "Boaz is right."


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("It rains.", "that it rains"),
        ("That it is raining is bad.", "that it is bad that it is raining"),
        ("Arguably, it rains.", "that, arguably, it rains"),
        ("Suppose that it rains.", "that it rains"),
        ("It rains. It pours.", "that it rains, and that it pours"),
        ("In Rome, it rains.", "that, in Rome, it rains"),
        ("As a rule of thumb, it rains.", "that, as a rule of thumb, it rains"),
        ("When it rains, it pours.", "that when it rains, it pours"),
        ("Models will fail. Imagine that they do.", "this: models will fail. Imagine that they do"),
        ("Does it rain?", "this: does it rain?"),
    ],
)
def test_a_statement_follows_a_verb_of_saying(text: str, clause: str) -> None:
    assert that(text, Lexicon([])) == clause


def test_a_statement_follows_a_verb_of_asking() -> None:
    assert whether("That it is raining is bad.", Lexicon([])) == "whether it is bad that it is raining"
    assert whether("It rains. It pours.", Lexicon([])) == "whether it rains, and whether it pours"
    assert whether("Does it rain?", Lexicon([])).startswith("whether this is so: ")


def test_a_demonstrative_that_is_left_where_it_stands() -> None:
    assert turned("That evidence is weak.") == "That evidence is weak."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("That old evidence from Rome is weak.", "That old evidence from Rome is weak."),
        (
            "That models follow goals will be seen only after it is too late.",
            "It will be seen only after it is too late that models follow goals.",
        ),
    ],
)
def test_a_clause_is_turned_at_its_own_verb_only(text: str, told: str) -> None:
    assert turned(text) == told


def test_abbreviations_do_not_end_a_sentence() -> None:
    assert len(sentences("Some, e.g. The Times, say so.")) == 1
    assert sentences("They say so. The Times does.") == ["They say so.", "The Times does."]


def test_reasons_that_begin_alike_say_the_beginning_once() -> None:
    alike = ["that late models will be able to plan", "that late models will hide"]
    assert folded(alike) == [alike[0], "will hide"]
    apart = ["that late models will plan", "that early models will hide"]
    assert folded(apart) == apart


def test_a_speaker_is_a_pronoun_in_their_own_words() -> None:
    text = "that commenter 8 guesses, as commenter 8's notes say, and commenter 8 this time says so"
    assert (
        own(text, "commenter 8") == "that they guess, as their notes say, and commenter 8 this time says so"
    )


@given(st.text(max_size=80))
@example("So it is.,")
def test_a_sentence_ends_in_exactly_one_mark(text: str) -> None:
    once = stopped(text)
    assert stopped(once) == once
    assert not once.endswith(("..", ",.", ";.", "?.", "!.")) or text.rstrip().endswith(
        ("..", ",.", ";.", "?.", "!.")
    )


@given(st.text(max_size=80))
def test_joining_changes_nothing_but_the_first_letter_and_the_stop(text: str) -> None:
    joined = Lexicon([]).lower_first(text)
    assert joined[1:] == text[1:] or joined == text
    if len(joined[:1].upper()) == 1:
        assert capital(joined)[1:] == joined[1:]


def test_lists_have_their_last_and() -> None:
    assert [listing(["A", "B", "C"][:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]


def test_descriptions_get_an_article_and_names_and_numbers_do_not() -> None:
    labels = ("thread author", "commenter 12", "Leike", "MIRI", "author of document 3", "the editor", "")
    assert [with_article(label) for label in labels] == [
        "the thread author",
        "commenter 12",
        "Leike",
        "MIRI",
        "the author of document 3",
        "the editor",
        "",
    ]
