"""What participants hold, dispute, and would come over on."""

from app.analysis import analysis, as_heard, party, valuation
from app.analysis.disputes import differences
from app.analysis.verdicts import voices
from tests.support import disputed, maps


def test_attitudes_become_base_scores() -> None:
    result = analysis(maps.snapshot())
    assert valuation(result, "bob").scores["sound-piers"] == 0.1
    assert valuation(result, "ann").scores["no-cracks"] == 0.9


def test_whoever_denies_rejects() -> None:
    assert "sound-piers" in party(analysis(maps.snapshot()), "bob").rejects


def test_a_statement_that_brings_each_to_the_other_is_a_double_crux() -> None:
    found = differences(disputed.result(), "ann", "bob")
    assert [(d.dispute.node, d.dispute.kind) for d in found.disputes] == [("piers", "double crux")]
    assert found.disputes[0].sentence.startswith("Ann asserts it, Bob rejects it.")
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
