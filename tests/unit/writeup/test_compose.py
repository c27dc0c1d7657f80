"""What is said of a crux, and that it is true of the map."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.model.records import Node, Relation
from app.writeup.document import Mark, plain
from tests.support.maps import SECOND, TEXT, mention, snapshot
from tests.unit.writeup.samples import hostile, told, written

OLD = Relation(
    id="x-r9",
    type="attacks",
    source="old-bridge-stood",
    target="sound-piers",
    basis="inferred",
    rationale="Age tells on piers.",
)


def test_a_crux_has_its_question_proposition_and_what_follows_either_way() -> None:
    (section,) = written().sections
    assert section.question == "Are the piers sound?"
    assert section.proposition == "The piers of the bridge are sound."
    why = told(section, "why")
    assert "If it is true, A: it holds. If it is false, B: it falls." in why
    assert "counts directly for scenario A and against scenario B" in why
    assert section.stances == {"A": "supports", "B": "opposes"}


def test_an_undercut_is_told_in_place_as_no_denial() -> None:
    case = told(written().sections[0], "for")
    answer = "Bob disputes the relevance of this: the inspectors only looked above the water line."
    assert "Ann's claim that the inspectors found no cracks in the bridge" in case
    assert case.index("found no cracks") < case.index(answer)


def test_who_makes_the_connection_is_said() -> None:
    inferred = told(written().sections[0], "for")
    assert "editors" in inferred
    stated = Relation(
        id="c1-r1", type="supports", source="no-cracks", target="sound-piers", basis="stated", rationale="So."
    )
    assert "editors" not in told(written(stated).sections[0], "for")


def test_what_nobody_asserts_is_told_in_the_conditional() -> None:
    reported = Node(
        id="old-bridge-stood",
        type="claim",
        text="The old bridge stood for a hundred years.",
        passages=(mention(SECOND, "the old bridge stood a hundred years", "reports", "ann", "two"),),
    )
    case = told(written(reported, OLD).sections[0], "against")
    assert case.startswith(
        "It would count against it that the old bridge stood for a hundred years, but nobody"
    )
    assert "Ann reports it as a view that others hold" in case


def test_where_people_stand_keeps_denials_apart_from_reports_and_refusals() -> None:
    quote = "I think the piers are rotten"
    crux = (
        snapshot()
        .content.nodes["sound-piers"]
        .model_copy(
            update={
                "passages": (
                    mention(TEXT, quote, "denies", "bob"),
                    mention(TEXT, "The bridge will hold.", "declines", "ann"),
                )
            }
        )
    )
    standing = told(written(crux).sections[0], "standing")
    assert standing == "Bob denies the proposition, and Ann declines to take a position on it."


def test_a_side_without_arguments_says_so() -> None:
    assert (
        told(written().sections[0], "against") == "Bob denies it, but the map records no argument against it."
    )


def test_unanswered_replies_are_listed_and_an_answer_takes_them_off() -> None:
    assert "No answer is recorded to the reply of Bob" in told(written().sections[0], "open")
    answer = Relation(
        id="x-r8", type="attacks", source="old-bridge-stood", target="only-above-water", rationale="No."
    )
    assert "No answer" not in told(written(answer).sections[0], "open")


def test_the_text_says_that_nothing_would_settle_it_or_what_would() -> None:
    assert "othing is named that would settle it" in told(written().sections[0], "open")
    crux = snapshot().content.nodes["sound-piers"]
    assert crux.crux is not None
    details = crux.crux.model_copy(update={"would_settle": "A dive to the piers."})
    open_part = told(written(crux.model_copy(update={"crux": details})).sections[0], "open")
    assert open_part.endswith("What would settle the question, going by the thread: a dive to the piers.")


def test_notes_quote_the_documents_verbatim_and_every_mark_has_its_note() -> None:
    writeup = written(OLD)
    texts = {key: d.text for key, d in snapshot().content.documents.items()}
    for note in writeup.notes:
        assert note.quotes or note.remark
        for quote in (*note.quotes, *note.bearing):
            assert texts[quote.document][quote.start : quote.end] == quote.exact
            assert quote.url.startswith(
                f"https://map.example/documents/{quote.document}?at={quote.start}-{quote.end}#at"
            )
    called = [
        piece.number
        for section in writeup.sections
        for part in section.parts
        for paragraph in part.paragraphs
        for piece in paragraph.run
        if isinstance(piece, Mark)
    ]
    assert sorted(set(called)) == [note.number for note in writeup.notes]


def test_references_are_the_comments_that_the_notes_cite() -> None:
    assert [(r.comment, r.author) for r in written().references] == [("c1", "Ann"), ("c2", "Bob")]


def test_unreviewed_content_is_left_out_unless_asked_in() -> None:
    fresh = snapshot().content.nodes["no-cracks"].model_copy(update={"status": "unreviewed"})
    assert "no cracks" not in told(written(fresh).sections[0], "for")
    assert "no cracks" in told(written(fresh, unreviewed=True).sections[0], "for")


def test_strengths_are_shown_only_when_asked_for_and_never_as_probabilities() -> None:
    assert "strength" not in told(written().sections[0], "why")
    with_them = written(strengths=True)
    assert "strength on the map is 0." in told(with_them.sections[0], "why")
    assert "no probabilities" in " ".join(plain(p.run) for p in with_them.method)
    assert all(s.strength is not None for s in with_them.scenarios)
    assert "not a probability" in " ".join(plain(p.run) for p in written().method)


def test_quotes_stand_in_the_text_or_nowhere_as_asked() -> None:
    assert "“The inspectors found no cracks”" in told(written(quotes="inline").sections[0], "for")
    none = written(quotes="none")
    assert all(not q.exact for note in none.notes for q in note.quotes)
    assert all(q.paragraph for note in none.notes for q in note.quotes)


def test_the_number_of_points_is_kept_and_the_rest_is_counted() -> None:
    more = [
        Relation(id=f"y-r{n}", type="supports", source=source, target="sound-piers", rationale="So.")
        for n, source in enumerate(("old-bridge-stood", "only-above-water"))
    ]
    few = written(*more, points=1).sections[0]
    assert len([p for p in few.points if p.depth == 0]) == 1
    assert "Two further points on this side are on the map." in told(few, "for")


def test_one_participants_points_come_first() -> None:
    more = Relation(
        id="y-r1", type="supports", source="only-above-water", target="sound-piers", rationale="So."
    )
    first = {who: written(more, participant=who).sections[0].points[0].node for who in ("ann", "bob")}
    assert first == {"ann": "no-cracks", "bob": "only-above-water"}


def test_captions_are_the_writers_own() -> None:
    titles = [part.title for part in written(caption_for="Pro", caption_against="Contra").sections[0].parts]
    assert "Pro" in titles and "Contra" in titles


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"cruxes": ("nope",)}, "crux"),
        ({"participant": "nobody"}, "participant"),
        ({"points": 0}, "points"),
        ({"order": "size"}, "order"),
        ({"quotes": "some"}, "quotes"),
        ({"caption_for": " "}, "caption_for"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_with_its_place(options: dict[str, object], where: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        written(**options)
    assert [problem.where for problem in refused.value.problems] == [where]


def test_a_map_without_cruxes_or_scenarios_still_gives_a_document() -> None:
    bare = snapshot()
    gone = [n.model_copy(update={"status": "withdrawn"}) for n in bare.content.nodes.values()]
    writeup = written(*gone)
    assert writeup.sections == ()
    assert writeup.head


def test_circles_of_arguments_end() -> None:
    circle = [
        Relation(id="z-r1", type="supports", source="no-cracks", target="old-bridge-stood", rationale="So."),
        Relation(id="z-r2", type="supports", source="old-bridge-stood", target="no-cracks", rationale="So."),
        Relation(id="z-r3", type="attacks", source="no-cracks", target="no-cracks", rationale="So."),
    ]
    assert written(*circle).sections[0].points


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(str.strip))
def test_any_text_makes_a_document_with_well_ended_sentences(text: str) -> None:
    (section,) = hostile(text).sections
    for part in section.parts:
        for paragraph in part.paragraphs:
            run = plain(paragraph.run)
            assert run.strip()
            assert run == run.rstrip()
