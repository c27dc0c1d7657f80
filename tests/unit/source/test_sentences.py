"""Sentences: a partition of what is not white space, split as forum prose is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.source import paragraph_at, paragraphs, sentences

PROSE = st.text(
    alphabet=st.one_of(
        st.sampled_from("aBi I1.!?\u2026\u3002:\"')[]\n\r\u21a9\ufe0e\u00b2 "), st.characters()
    )
)


def split(text: str) -> list[str]:
    return [sentence.of(text) for sentence in sentences(text)]


@given(PROSE)
def test_every_character_that_is_not_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    found = sentences(text)
    covered = [offset for sentence in found for offset in range(sentence.start, sentence.end)]
    assert len(covered) == len(set(covered))
    assert covered == sorted(covered)
    missed = set(range(len(text))) - set(covered)
    assert all(text[offset].isspace() for offset in missed)


@given(PROSE)
def test_no_sentence_is_blank_or_padded_or_crosses_a_paragraph(text: str) -> None:
    lines = paragraphs(text)
    for sentence in sentences(text):
        assert sentence.of(text).strip() == sentence.of(text) != ""
        line = lines[sentence.paragraph - 1]
        assert line == paragraph_at(lines, sentence.start)
        assert line.start <= sentence.start < sentence.end <= line.end


@pytest.mark.parametrize(
    "sentence",
    [
        "Models can do things (e.g. Gemini 2.5 Pro) that we like.",
        "That is, i.e. Avoiding it, i.e., not doing it.",
        "We compared linear vs. exponential growth.",
        "Ask Dr. Smith about it.",
        "They asked Widgets Inc. Founders about Smith et al. Reports of it.",
        "It was written by J. R. Smith in May.",
        "The value was 3.14 and then 2.5 again.",
        "See https://example.org/a.b/c?d=e&f=1. and more",
        "I question fake plots ...I know.",
        "Most went for it ... those who did were right.",
        "It was seen so far [\u2026] but not again.",
        "We should ... I think ... do it.",
        "Rewards, hacking, etc.. that can be better understood.",
        "Policies, instructions from system/developer etc..).",
        'It asks "which one is this?" and then goes on.',
        "I argue that 1) it breaks and 2) it breaks again.",
        "1. First of all.",
        "See No. 5 and Fig. 2 and p. 7 for that.",
        "The distinction is this: The one thing and the other.",
        "This is (maybe?) true.",
        "`",
        "\u21a9\ufe0e",
        "...",
    ],
)
def test_a_stop_that_does_not_end_a_sentence_is_passed_over(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["One.", "Two!", "Three?", "Four"],
        ["He said \u201cresist being shut down.\u201d", "Yet it did not."],
        ['We say "it will."', "Twice."],
        ["(Is that so?)", "It is."],
        ["They plot; etc.", "Adversaries do not."],
        ["RLAIF has been around since 2022.", "Models differ."],
        ["In scenario C.", "Boaz says so."],
        ["I think we are in graph A.", "The others think not."],
        ["It is easy (or not).", "it goes on in lower case (sometimes).", "like here."],
        ["Written (OpenAI, Ngo, 2022).", "Then more."],
        ["So far. [\u2026]", "But there is hope."],
        ["Is it so\u2026", "Then it is."],
        ["This calls on us. [1]", "And on you.[2]", "And them.\u00b3", "End."],
        ["First.", "Last one of the note. \u21a9\ufe0e"],
        ["Move on.", "1. One thing.", "2. Another."],
        ["\u65e5\u672c\u8a9e\u3002", "\u6b21\u306e\u6587\uff01", "\u306f\u3044"],
        ["In the U.S. policy differs.", "In the U.S.", "We differ."],
        ["Next.", "Fine :)"],
    ],
)
def test_prose_is_split_into_its_sentences(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_paragraph_end_ends_a_sentence_without_a_stop() -> None:
    assert split("I imagine them saying sth like:\n\nWhile I think\r\nso") == [
        "I imagine them saying sth like:",
        "While I think",
        "so",
    ]


def test_long_rows_of_stops_and_spaces_are_read_in_one_pass() -> None:
    for piece in (".", " ", ". ", "? ", "(", '."', "a. ", "\u2026 I ", "[1] "):
        text = piece * 20_000
        assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")
