"""How many arguments bear on a scenario, and on whose word each step rests."""

import pytest

from app.analysis import analysis
from app.analysis.tallies import Tally, few, inferred, tallies
from app.model.records import MapContent
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from tests.support import square


def with_basis(**bases: str) -> MapSnapshot:
    """The square, some of its relations with another basis."""
    content = square.content()
    changed = [
        content.relations[key.replace("_", "-")].model_copy(update={"basis": basis})
        for key, basis in bases.items()
    ]
    records = {(r.kind, r.key): r for r in [*content.records(), *changed]}
    return MapSnapshot(MapContent.of(list(records.values())), 1, vocabulary())


def test_an_argument_counts_as_stated_only_if_the_text_states_every_step_of_its_chain() -> None:
    # Two go through the crux, whose own link to the scenario is inferred, though each states its first step.
    found = tallies(square.result(), "picture-a")
    assert (found["opposes"].total, found["opposes"].stated) == (3, 0)
    stated = tallies(analysis(with_basis(r_crux_a="stated")), "picture-a")
    # The car count alone: the buses and what shows the count are tied to it by editors.
    assert (stated["opposes"].total, stated["opposes"].stated) == (3, 1)


def test_direct_arguments_are_told_from_those_that_go_through_others() -> None:
    found = tallies(square.result(), "picture-a")
    assert (found["supports"].direct, found["supports"].through) == (1, 1)
    assert (found["opposes"].direct, found["opposes"].through) == (0, 3)


def test_an_undercut_rests_on_the_step_it_undercuts_too() -> None:
    result = analysis(with_basis(r_crux_a="stated", r_car_crux="inferred"))
    chain = result.stances.of("one-saturday", "picture-a").chains["+"]
    assert chain is not None
    assert inferred(result.view, chain) == ("r-car-crux",)


def test_what_does_not_count_is_not_counted() -> None:
    reviewed, everything = (tallies(square.result(unreviewed=u), "picture-a") for u in (False, True))
    assert everything["supports"].total == reviewed["supports"].total + 1


@pytest.mark.parametrize(
    ("tally", "after", "sentence"),
    [
        (Tally(0, 0, 0), "", ""),
        (Tally(1, 1, 1), "directly", "It speaks to it directly; the text itself states that."),
        (Tally(1, 1, 0), "directly", "It speaks to it directly; an editor inferred that."),
        (
            Tally(1, 0, 1),
            "none directly",
            "It reaches it through other arguments; the text itself states every step.",
        ),
        (
            Tally(1, 0, 0),
            "none directly",
            "It reaches it through other arguments; an editor inferred at least one step.",
        ),
        (
            Tally(81, 2, 2),
            "2 of them directly",
            (
                "2 speak to it directly, 79 through other arguments. For 2 of them the text itself states every "
                "step; for the others at least one step is an editor’s inference."
            ),
        ),
        (
            Tally(3, 0, 0),
            "none directly",
            (
                "None of the 3 speaks to it directly, all go through other arguments. For none of them does the "
                "text itself state every step: at least one is an editor’s inference."
            ),
        ),
        (
            Tally(2, 2, 2),
            "all directly",
            "All 2 speak to it directly. For all of them the text itself states every step.",
        ),
        (
            Tally(2, 1, 1),
            "1 of them directly",
            (
                "1 speaks to it directly, 1 through other arguments. For 1 of them the text itself states every "
                "step; for the other at least one step is an editor’s inference."
            ),
        ),
    ],
)
def test_both_divisions_are_said_in_words(tally: Tally, after: str, sentence: str) -> None:
    assert (tally.directly, tally.sentence) == (after, sentence)


def test_a_scenario_is_said_to_be_little_argued_about_below_five_arguments() -> None:
    assert [few(n) for n in (0, 1, 4, 5)] == [
        "no argument bears on it",
        "only 1 argument bears on it",
        "only 4 arguments bear on it",
        "",
    ]
