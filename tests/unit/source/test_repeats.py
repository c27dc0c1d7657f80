"""Repeats of whole paragraphs and of long runs, the later one quoting the earlier."""

from hypothesis import given
from hypothesis import strategies as st

from app.source import paragraph_at, repeats

RUN = "we have no way of reliably telling whether any of it is true"
WORDS = st.lists(st.sampled_from(("alpha", "beta", "gamma", "delta", "epsilon", "zeta")), max_size=60)


def said(texts: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (one.document, one.source_document, texts[one.document][one.start : one.end])
        for one in repeats(texts)
    ]


def test_a_long_run_is_found_within_other_words_and_across_documents() -> None:
    texts = {"a": f"I say {RUN}, but.", "b": f"Nothing.\nYou say \u201c{RUN}\u201d today."}
    assert said(texts) == [("b", "a", RUN)]
    assert texts["a"][repeats(texts)[0].source_start :].startswith("we have")


def test_a_run_ends_at_words_and_takes_the_stop_both_have() -> None:
    texts = {"a": f"{RUN}. One more", "b": f"So {RUN}. On it goes"}
    assert said(texts) == [("b", "a", f"{RUN}.")]


def test_a_repeated_paragraph_is_found_although_it_is_short() -> None:
    texts = {"a": "Is it all quite true?\nNo.\nIs it all quite true?\nNo."}
    (one,) = repeats(texts)
    assert (one.start, one.source_start, one.whole, one.exact) == (26, 0, True, True)


def test_a_repeat_in_other_typography_is_found_and_said_to_be_inexact() -> None:
    (one,) = repeats(
        {
            "a": "It isn't as we thought it was before, is it?",
            "b": "It isn\u2019t as we thought it was before, is it?",
        }
    )
    assert (one.whole, one.exact) == (True, False)


def test_common_phrases_are_no_repeats() -> None:
    assert (
        repeats(
            {
                "a": "Thank you for explaining.\nOn the other hand, as we said",
                "b": "Thank you for explaining.\nOn the other hand, as he said",
            }
        )
        == ()
    )
    assert repeats({"a": "x it is as it is to us or so y", "b": "z it is as it is to us or so w"}) == ()


def test_a_run_within_its_own_paragraph_does_not_overlap_its_source() -> None:
    for text in ("ha " * 100, "a b c d e f g h " * 8):
        found = repeats({"a": text})
        assert found
        assert all(one.source_end <= one.start for one in found)


def test_a_run_from_one_source_ends_where_a_run_from_another_has_begun() -> None:
    one, two = (
        "to be sure of all that you would have to look",
        "inside the thing itself while nobody else is watching",
    )
    texts = {"a": f"{one} it up", "b": f"that you would have to look {two}", "c": f"Well, {one} {two} today"}
    assert said(texts) == [("c", "a", one), ("c", "b", two)]


def test_the_longest_of_several_sources_is_taken() -> None:
    texts = {"a": f"x {RUN} x", "b": f"y {RUN} and nothing else y", "c": f"z {RUN} and nothing else z"}
    assert said(texts)[-1] == ("c", "b", f"{RUN} and nothing else")


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_repeats_do_not_overlap_and_say_what_their_source_says(lines: list[list[str]]) -> None:
    text = "\n".join(" ".join(words) for words in lines)
    end = 0
    for one in repeats({"a": text}):
        assert text[one.start : one.end] == text[one.source_start : one.source_end]
        assert end <= one.start
        assert one.source_end <= one.start
        assert paragraph_at(text, one.start) == paragraph_at(text, one.end)
        assert paragraph_at(text, one.source_start) == paragraph_at(text, one.source_end)
        end = one.end


@given(
    st.lists(st.text(alphabet="abcdefgh", min_size=6, max_size=9), min_size=8, max_size=20, unique=True),
    st.text(),
    st.text(),
)
def test_a_planted_run_is_covered(words: list[str], before: str, after: str) -> None:
    run = " ".join(words)
    texts = {"a": f"Once {run} it was", "b": f"{before}\nThen {run} it is\n{after}"}
    at = texts["b"].index(f"Then {run}") + len("Then ")
    assert any(one.start <= at and at + len(run) <= one.end for one in repeats(texts) if one.document == "b")


@given(st.text(alphabet=st.one_of(st.sampled_from("ab \n'.\u2019\u2014"), st.characters())))
def test_any_text_repeats_itself_within_its_bounds(text: str) -> None:
    for one in repeats({"a": text, "b": text}):
        assert 0 <= one.source_start < one.source_end <= len(text)
        assert 0 <= one.start < one.end <= len(text)
        assert (text[one.start : one.end] == text[one.source_start : one.source_end]) == one.exact
