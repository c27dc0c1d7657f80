"""Where a text says what somebody looks for, and which stretch of it to show."""

import pytest

from app.source.sought import pieces, sought


def marked(query: str, text: str) -> list[str]:
    """What of the text is marked."""
    return [piece for piece, hit in pieces(text, sought(query).places(text)) if hit]


def shown(query: str, text: str, length: int = 60) -> str:
    """The stretch of the text that is shown."""
    start, end = sought(query).excerpt(text, length)
    return text[start:end]


def test_a_phrase_is_marked_as_a_whole_and_then_nothing_else() -> None:
    text = "Of all the links of a chain of thought, some of the thoughts are of no use."
    assert marked("chain of thought", text) == ["chain of thought"]


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("chain of thought", "a Chain-of-Thought monitor", "Chain-of-Thought"),
        ("don't learn", "Models don’t learn that.", "don’t learn"),
        ("don’t learn", "Models don't learn that.", "don't learn"),
        ("long-term goals", "It has “long‑term goals”.", "long‑term goals"),
        ("naïve view", "the naive views", "naive views"),
        ("chain of tho", "a chain of thoughts", "chain of thoughts"),
    ],
)
def test_a_phrase_is_found_whatever_its_typography(query: str, text: str, found: str) -> None:
    assert marked(query, text) == [found]


def test_without_the_phrase_only_words_that_carry_the_query_are_marked() -> None:
    text = "The thought of a chain is often of no use."
    assert marked("chain of thought", text) == ["thought", "chain"]


def test_a_query_of_common_words_alone_is_looked_for_as_it_is() -> None:
    assert marked("it of", "Some of it, most often.") == ["of", "it"]


def test_the_last_word_may_be_a_beginning_and_others_have_their_other_forms() -> None:
    assert marked("monitoring", "Monitors monitor what monitoring misses") == [
        "Monitors",
        "monitor",
        "monitoring",
    ]
    assert marked("model dece", "Decent modelled ones often deceive") == ["Decent", "modelled", "deceive"]
    assert marked("art tax", "The article on tax") == ["tax"]


def test_marking_leaves_the_text_as_it_is() -> None:
    assert "".join(piece for piece, _ in pieces("a, b c", sought("b").places("a, b c"))) == "a, b c"


def test_an_excerpt_lies_around_the_phrase_and_not_around_its_words_elsewhere() -> None:
    text = "thoughts " * 40 + "in a chain of thought it says " + "chains " * 40
    assert "chain of thought" in shown("chain of thought", text)


def test_an_excerpt_lies_around_the_rarest_word() -> None:
    text = "model " * 60 + "deception " + "model " * 60
    cut = shown("model deception", text)
    assert "deception" in cut
    before, _, after = cut.partition("deception")
    assert abs(len(before) - len(after)) < 15


def test_an_excerpt_is_cut_at_words_and_not_longer_than_asked() -> None:
    text = "wording " * 100 + "needle " + "wording " * 100
    cut = shown("needle", text)
    assert len(cut) <= 60
    assert set(cut.split()) == {"wording", "needle"}
    assert shown("needle", "a short text") == "a short text"
