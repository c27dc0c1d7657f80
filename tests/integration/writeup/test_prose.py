"""The bundled map's cruxes read as prose: said once, faithful, whole sentences."""

import re
from collections import defaultdict
from functools import lru_cache

import pytest

from app import resources
from app.analysis import analysis
from app.formats import map_files
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.writeup import Options, Writeup, compose
from app.writeup.document import Section, plain

SHORT = 12
"""Words up to which a sentence may come again, as a turn of phrase."""
VARIANTS: dict[str, dict[str, object]] = {
    "as it comes": {},
    "one point a side": {"points": 1},
    "many points": {"points": 20},
    "quotes in the text": {"quotes": "inline"},
    "places only": {"quotes": "none"},
    "strengths": {"strengths": True},
    "unreviewed": {"unreviewed": True},
    "one view": {"participant": "commenter-8"},
    "thread order": {"order": "thread"},
}


@lru_cache
def view() -> MapSnapshot:
    return MapSnapshot(map_files.read(resources.path("seeds"), vocabulary()), 1, vocabulary())


@lru_cache
def written(variant: str) -> Writeup:
    options = Options(base_url="https://map.example", figures=False, **VARIANTS[variant])  # type: ignore[arg-type]
    return compose(analysis(view(), options.unreviewed), options)


def sentences(section: Section) -> list[str]:
    """The sentences that are composed; what editors wrote of each answer is theirs."""
    texts = [
        plain(paragraph.run)
        for title, paragraphs in section.chapters
        for number, paragraph in enumerate(paragraphs)
        if not (title == "Why it matters" and number == 0)
    ]
    return [s for text in texts for s in re.split(r"(?<=[.?!])”?\)? +(?=[A-Z“])", text) if s]


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_sentence_of_any_length_comes_in_two_sections(variant: str) -> None:
    where: dict[str, set[int]] = defaultdict(set)
    for section in written(variant).sections:
        for sentence in sentences(section):
            if len(re.sub(r"\(.*?\)", "", sentence).split()) > SHORT:
                where[sentence].add(section.number)
    assert {s: sorted(n) for s, n in where.items() if len(n) > 1} == {}


@pytest.mark.parametrize("variant", VARIANTS)
def test_sentences_are_whole(variant: str) -> None:
    for section in written(variant).sections:
        for title, paragraphs in section.chapters:
            assert title and paragraphs
            for paragraph in paragraphs:
                text = plain(paragraph.run)
                assert text[0].isupper() or text[0] in '“"', text
                assert text.rstrip('”")').endswith((".", "?", "!", "…")), text
                assert not re.search(r"  | [.,;:)]|,,|(?<!etc)\.\.(?!\.)|\bthat that\b|@|\(\)", text), text
                assert not re.search(r"[a-z]\. [a-z]", re.sub(r"“.*?”|\b(?:e\.g|i\.e)\.", "", text)), text


def test_every_section_names_the_scenarios_it_separates() -> None:
    for section in written("as it comes").sections:
        why = " ".join(plain(p.run) for part in section.parts if part.key == "why" for p in part.paragraphs)
        letters = [letter for letter, stance in section.stances.items() if stance != "none"]
        counted = why[why.index("counts ") :] if letters else ""
        assert all(re.search(rf"\b{letter}\b", counted) for letter in letters), section.question
        assert letters or "separates none of the scenarios" in why


def test_every_section_says_what_would_settle_it_or_that_nothing_is_named() -> None:
    for section in written("as it comes").sections:
        told = " ".join(plain(p.run) for part in section.parts if part.key == "open" for p in part.paragraphs)
        if section.would_settle:
            assert section.would_settle.rstrip(".")[1:] in told
        else:
            assert told.lower().endswith("nothing is named that would settle it.")


@pytest.mark.parametrize("variant", ["as it comes", "quotes in the text"])
def test_every_quotation_is_verbatim(variant: str) -> None:
    texts = {key: d.text for key, d in view().content.documents.items()}
    writeup = written(variant)
    for note in writeup.notes:
        for quote in (*note.quotes, *note.bearing):
            assert texts[quote.document][quote.start : quote.end] == quote.exact
    if variant == "quotes in the text":
        whole = "\n".join(texts.values())
        shown = [
            q for s in writeup.sections for text in sentences(s) for q in re.findall(r"\(“(.*)”\)", text)
        ]
        assert len(shown) > 40
        assert all(
            " ".join(part.split()) in " ".join(whole.split()) for q in shown for part in q.split("”) (“")
        )
