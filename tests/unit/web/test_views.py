"""What pages are told: counted, ordered and grouped as readers expect."""

import pytest

from app.analysis.grouping import hanging_on, nearest_crux
from app.analysis.matrix import Filters
from app.errors import InvalidInput, NotFound
from app.web.views.comment import comment_page, thread
from app.web.views.document import reader
from app.web.views.home import crux_cards, home
from app.web.views.matrix import matrix
from app.web.views.node import crux_page, node_page, relation_page
from app.web.views.participant import comparison, participant_page, participants
from app.web.views.scenario import scenario_page, versus
from app.web.views.search import results
from tests.support import square


def rows(**filters: object) -> list[str]:
    made = matrix(square.result(unreviewed=bool(filters.get("unreviewed"))), Filters(**filters))  # type: ignore[arg-type]
    return [row.ref.id for group in made.groups for row in group.rows]


def test_a_crux_card_shows_which_scenarios_it_parts_and_what_hangs_on_it() -> None:
    (card,) = crux_cards(square.result())
    assert card.separates == ("A", "B")
    assert [cell.sign for cell in card.strip] == ["+", "−"]
    assert card.hanging == 4


def test_copies_of_comments_are_not_counted_on_the_first_page() -> None:
    assert home(square.result()).figures.comments == 3


def test_arguments_hang_on_their_nearest_crux_also_through_an_undercut() -> None:
    near = nearest_crux(square.view())
    assert near["one-saturday"] == ("people-come", 2)
    assert near["people-come"] == ("people-come", 0)
    assert "what-a-says" not in near
    assert hanging_on(square.view(), "people-come")[0] == ("most-by-car", 1)


def test_the_matrix_groups_by_crux_and_puts_what_has_no_bearing_last() -> None:
    made = matrix(square.result(), Filters())
    assert [group.title for group in made.groups] == [
        "Would people come to the square without a car?",
        "Beside the argument: no chain leads to a scenario",
    ]
    assert {row.ref.id for row in made.groups[-1].rows} == {
        "will-buses-run",
        "what-a-says",
        "footnote-source",
    }
    assert made.shown == made.total == 8


def test_the_matrix_leaves_out_scenarios_withdrawn_and_merged_nodes() -> None:
    assert not {"picture-a", "taken-back", "old-name", "not-checked-yet"} & set(rows())


def test_unreviewed_arguments_come_in_when_asked_for() -> None:
    assert "not-checked-yet" in rows(unreviewed=True)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"type": "objection"}, {"one-saturday"}),
        ({"stances": {"B": "supports"}}, {"most-by-car", "no-late-buses", "shops-need-cars"}),
        ({"basis": "direct"}, {"people-come", "shops-need-cars"}),
        ({"participant": "checker"}, {"people-come", "one-saturday", "no-late-buses", "will-buses-run"}),
        ({"crux": "people-come", "type": "claim"}, {"no-late-buses", "shops-need-cars"}),
    ],
)
def test_each_filter_narrows_the_matrix(filters: dict[str, object], expected: set[str]) -> None:
    assert set(rows(**filters)) == expected


def test_the_matrix_is_sorted_by_place_in_the_thread_when_asked_to() -> None:
    assert rows(sort="thread")[:3] == ["what-a-says", "shops-need-cars", "most-by-car"]


def test_a_filter_that_names_nothing_is_an_error_that_says_so() -> None:
    with pytest.raises(InvalidInput, match="no type 'opinion'"):
        rows(type="opinion")


def test_a_scenario_keeps_stated_from_implied_and_direct_from_derived() -> None:
    page = scenario_page(square.result(), "a")
    assert [link.other.id for link in page.stated] == ["what-a-says"]
    assert page.implied == ()
    supports, opposes, _ = page.sides
    assert [link.other.id for link in supports.direct] == ["people-come"]
    (group,) = opposes.derived
    assert (group.gate.id, group.verb) == ("people-come", "supports")
    assert [a.ref.id for a in group.arguments][:1] == ["most-by-car"]
    assert [hinge.ref.id for hinge in page.hinges] == ["people-come"]


def test_a_scenario_says_who_puts_forward_arguments_on_it() -> None:
    page = scenario_page(square.result(), "B")
    assert [(row.person.id, row.supports, row.opposes) for row in page.near] == [
        ("doubter", 3, 0),
        ("checker", 0, 1),
    ]


def test_an_unknown_scenario_is_not_found_and_the_error_lists_the_letters() -> None:
    with pytest.raises(NotFound, match="the scenarios are A, B"):
        scenario_page(square.result(), "Z")


def test_two_scenarios_side_by_side_show_what_parts_them() -> None:
    page = versus(square.result(), "A", "B")
    assert [row.ref.id for row in page.cruxes] == ["people-come"]
    assert {row.ref.id for row in page.arguments} >= {"most-by-car", "one-saturday"}


def test_a_node_shows_undercuts_on_its_relations_in_place() -> None:
    page = crux_page(square.result(), "people-come")
    objection = next(link for link in page.con if link.other.id == "most-by-car")
    assert [(link.verb, link.other.id) for link in objection.on_it] == [("undercut by", "one-saturday")]
    assert [link.other.id for link in page.pro] == []


def test_a_merged_node_is_found_under_its_old_id() -> None:
    assert node_page(square.result(), "old-name").ref.id == "no-late-buses"


def test_a_relation_whose_source_is_withdrawn_is_inactive() -> None:
    assert not relation_page(square.view(), "r-dead").active
    assert relation_page(square.view(), "r-crux-a").active


def test_the_thread_counts_what_each_comment_carries() -> None:
    found = {row.ref.id: row for row in thread(square.view())}
    assert (found["k2"].depth, found["k2"].nodes, found["k2"].relations) == (1, 4, 1)
    assert found["k4"].ref.duplicate_of == "k3"


def test_a_comment_knows_what_it_answers_what_answers_it_and_its_copies() -> None:
    page = comment_page(square.result(), "k3")
    assert page.parent is not None
    assert page.parent.id == "k2"
    assert [c.id for c in page.copies] == ["k4"]
    assert [c.id for c in comment_page(square.result(), "k2").replies] == ["k3"]


def test_the_reader_accounts_for_every_sentence() -> None:
    page = reader(square.view(), "thread")
    accounts = page.row.accounts
    assert sum(figure.count for figure in accounts.figures) == accounts.total
    assert {figure.kind for figure in accounts.figures} >= {
        "mapped",
        "duplicate",
        "lost",
        "not_argument",
        "unread",
    }
    assert accounts.accounted == accounts.total - len(page.unread)


def test_a_participant_is_found_under_a_label_that_was_merged() -> None:
    page = participant_page(square.view(), "doubter-again")
    assert page.person.id == "doubter"
    assert page.merged


def test_what_others_quote_from_a_participant_stands_apart_from_what_they_assert() -> None:
    kinds = {group.name: group for group in participant_page(square.view(), "doubter").attitudes}
    assert kinds["quotes"].label == "is quoted"
    assert [h.ref.id for h in kinds["quotes"].nodes] == ["most-by-car"]
    assert {h.ref.id for h in kinds["asserts"].nodes} >= {"most-by-car", "no-late-buses"}


def test_merged_labels_are_not_listed_as_people() -> None:
    assert "doubter-again" not in {row.person.id for row in participants(square.view())}


def test_a_comparison_shows_what_both_hold_and_who_answered_whom() -> None:
    page = comparison(square.view(), "doubter", "checker")
    assert [r.id for r in page.shared] == ["no-late-buses"]
    assert [c.id for c in page.replies] == ["k3"]


def test_a_crux_says_what_its_answer_would_do_to_the_verdict() -> None:
    (card,) = crux_cards(square.result())
    assert card.decides == "established as true, A would lead by 0.35"


def test_the_participants_are_counted_as_on_their_own_pages() -> None:
    view = square.view()
    for row in participants(view):
        page = participant_page(view, row.person.id)
        assert tuple((label, n) for label, n in row.attitudes if n) == tuple(
            (a.label, len(a.nodes) + len(a.relations)) for a in page.attitudes
        )


def test_a_quote_that_is_found_names_whose_words_it_is() -> None:
    found = results(square.view(), "buses", ()).quotes
    assert found
    assert all(row.holder.label and row.holder.url.startswith("/participants/") for row in found)
