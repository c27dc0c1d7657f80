"""Stances of a map's nodes."""

from app.analysis import analysis
from tests.support import maps


def test_stances_run_through_the_graph() -> None:
    found = analysis(maps.snapshot()).stances_of("no-cracks")
    assert (found["holds"].stance, found["holds"].basis) == ("supports", "derived")
    assert found["falls"].stance == "opposes"


def test_an_undercut_speaks_against_what_its_target_supports() -> None:
    found = analysis(maps.snapshot()).stances_of("only-above-water")
    assert found["holds"].stance == "opposes"
    chain = found["holds"].chains["-"]
    assert chain is not None
    assert chain.ids == ("only-above-water", "c2-r1", "c1-r1", "sound-piers", "x-r1", "holds")


def test_what_does_not_count_has_no_stance() -> None:
    node = maps.content().nodes["no-cracks"].model_copy(update={"status": "unreviewed"})
    view = maps.snapshot(node)
    assert analysis(view).stances_of("no-cracks") == {}
    assert analysis(view, True).stances_of("no-cracks")["holds"].stance == "supports"


def test_the_analysis_of_a_snapshot_is_made_once() -> None:
    view = maps.snapshot()
    assert analysis(view) is analysis(view)
