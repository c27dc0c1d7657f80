"""What participants hold, dispute, and would come over on."""

import pytest

from app.analysis import analysis, as_heard, party, valuation
from app.analysis.clashes import clashes, clashing
from app.analysis.disputes import differences
from app.analysis.verdicts import voices
from app.model.records import MapContent, Relation
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from tests.support import disputed, maps, square


def test_attitudes_become_base_scores() -> None:
    result = analysis(maps.snapshot())
    assert valuation(result, "bob").scores["sound-piers"] == 0.1
    assert valuation(result, "ann").scores["no-cracks"] == 0.9


def test_whoever_denies_rejects() -> None:
    assert "sound-piers" in party(analysis(maps.snapshot()), "bob").rejects


def test_a_statement_that_brings_each_to_the_other_is_a_double_crux() -> None:
    found = differences(disputed.result(), "ann", "bob")
    assert [(d.dispute.node, d.dispute.kind) for d in found.disputes] == [("piers", "double crux")]
    assert found.disputes[0].sentence.startswith("Ann asserts it; Bob denies it.")
    assert "for Ann B would lead" in found.disputes[0].sentence
    assert "for Bob A would lead" in found.disputes[0].sentence
    assert found.sentence.startswith("They have one double crux")
    assert set(found.agreements) == {"floods", "steel"}


def test_the_comparison_reads_the_same_from_either_side() -> None:
    one, other = (differences(disputed.result(), *pair) for pair in (("ann", "bob"), ("bob", "ann")))
    assert {d.dispute.node for d in one.disputes} == {d.dispute.node for d in other.disputes}
    assert one.verdicts == other.verdicts[::-1]
    assert one.disputes[0].asserted_by == other.disputes[0].asserted_by == "ann"


def test_whoever_says_too_little_has_no_verdict_and_no_double_crux() -> None:
    result = disputed.result()
    assert [v.words for v in voices(result) if v.participant == "eve"] == ["too little said"]
    assert "Eve says too little" in differences(result, "ann", "eve").sentence


def test_what_an_unreviewed_comment_says_of_a_reviewed_statement_is_not_heard_yet() -> None:
    waiting = maps.content().comments["c3"].model_copy(update={"status": "unreviewed"})
    again = maps.content().nodes["no-cracks"]
    said = maps.mention(maps.SECOND, "no cracks", "denies", "bob", "two")
    view = maps.snapshot(waiting, again.model_copy(update={"passages": (*again.passages, said)}))
    assert "no-cracks" not in valuation(analysis(view), "bob").scores
    assert valuation(analysis(view, True), "bob").scores["no-cracks"] == 0.1
    assert as_heard(analysis(view)).view.content.nodes["no-cracks"].passages == again.passages
    assert as_heard(analysis(view, True)) is analysis(view, True)


def objecting(basis: str, *, own: bool = False) -> MapSnapshot:
    """Ann and Bob, and an objection to the floods from what Bob says of the toll, of that basis."""
    content = disputed.content()
    passages = content.nodes["toll"].passages if own else ()
    link = Relation(
        id="r4",
        type="attacks",
        source="toll",
        target="floods",
        basis=basis,
        rationale="Why.",
        passages=passages,
    )
    floods = content.nodes["floods"]
    by_ann = floods.model_copy(update={"passages": floods.passages[:1]})
    records = {(r.kind, r.key): r for r in [*content.records(), by_ann, link]}
    return MapSnapshot(MapContent.of(list(records.values())), 1, vocabulary())


@pytest.mark.parametrize(
    ("basis", "own", "said"),
    [
        ("inferred", False, "says “Nobody pays a toll”, which the editors read as an objection to it"),
        ("stated", False, "says “Nobody pays a toll”, which the text sets against it"),
        ("stated", True, "sets “Nobody pays a toll” against it"),
    ],
)
def test_an_objection_that_an_editor_reads_into_the_text_is_not_told_as_the_persons_own(
    basis: str, own: bool, said: str
) -> None:
    view = objecting(basis, own=own)
    (found,) = (c for c in clashes(view, "ann", "bob") if c.element.id == "floods")
    assert (found.how.basis, found.how.sentence) == (basis, said)
    (dispute,) = (d for d in differences(analysis(view), "ann", "bob").disputes if d.dispute.node == "floods")
    assert dispute.how == found.how
    assert dispute.sentence.startswith(f"Ann asserts it; Bob {said}. Were it established")


def test_whoever_denies_something_outright_is_said_to_deny_it() -> None:
    (found,) = (c for c in clashes(objecting("inferred"), "ann", "bob") if c.element.id == "piers")
    assert (found.how.basis, found.how.sentence) == ("stated", "denies it")


def test_a_denial_goes_before_what_editors_read_as_an_objection() -> None:
    content = objecting("inferred").content
    link = content.relations["r4"].model_copy(update={"target": "piers"})
    records = {(r.kind, r.key): r for r in [*content.records(), link]}
    view = MapSnapshot(MapContent.of(list(records.values())), 1, vocabulary())
    (found,) = differences(analysis(view), "ann", "bob").disputes
    assert found.how.sentence == "denies it"


@pytest.mark.parametrize(
    "view", [square.view(), maps.snapshot(), objecting("stated")], ids=["square", "bridge", "toll"]
)
def test_clashes_are_counted_as_they_are_listed(view: MapSnapshot) -> None:
    people = [key for key, each in view.content.participants.items() if each.merged_into is None]
    for one in people:
        listed = {other: sum(1 for _ in clashes(view, one, other)) for other in people if other != one}
        assert dict(clashing(view, one)) == {other: n for other, n in listed.items() if n}
