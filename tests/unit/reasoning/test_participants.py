"""Valuations and double cruxes."""

import pytest

from app.errors import InvalidInput
from app.reasoning import NEUTRAL, Framework, Party, Relation, double_cruxes, participant, reader


def hinge() -> Framework:
    nodes = {"A": 0.5, "B": 0.5, "k": 0.5, "side": 0.5}
    relations = [
        Relation("kA", "k", "A", 1),
        Relation("kB", "k", "B", -1),
        Relation("sA", "side", "A", 1, 0.1),
        Relation("sB", "side", "B", -1, 0.1),
    ]
    return Framework.build(nodes, relations, ["A", "B"])


def test_attitudes_become_scores() -> None:
    found = participant("p", {"a": ["asserts"], "b": ["denies"], "c": ["concedes", "quotes"], "d": ["asks"]})
    assert found.scores == {"a": 0.9, "b": 0.1, "c": 0.8}
    assert (found.said, found.enough) == (3, True)


def test_contrary_attitudes_to_one_thing_are_averaged() -> None:
    assert participant("p", {"a": ["asserts", "denies"]}).scores == {"a": 0.5}


def test_under_three_scored_attitudes_is_too_little() -> None:
    assert not participant("p", {"a": ["asserts"], "b": ["denies"], "c": ["asks"]}).enough


def test_the_table_of_scores_can_be_replaced() -> None:
    assert participant("p", {"a": ["reports"]}, table={"reports": 0.6}, enough=1).scores == {"a": 0.6}


def test_a_valuation_changes_base_scores_and_nothing_else() -> None:
    framework = hinge()
    applied = participant("p", {"k": ["asserts"], "elsewhere": ["denies"]}).apply(framework)
    assert applied.node_base.tolist() == [0.5, 0.5, 0.9, 0.5]
    assert NEUTRAL.apply(framework).node_base.tolist() == framework.node_base.tolist()


def test_an_asserted_relation_keeps_its_score_and_a_denied_one_loses_it() -> None:
    applied = participant("p", {"kA": ["asserts"], "kB": ["denies"], "sA": ["denies"]}).apply(hinge())
    assert applied.relation_base.tolist() == [1.0, 0.1, 0.1, 0.1]


def test_a_readers_credences_are_checked() -> None:
    assert reader({"k": 0.2}, hinge()).scores == {"k": 0.2}
    with pytest.raises(InvalidInput) as caught:
        reader({"k": 1.2, "kA": 0.5, "nobody": 0.5}, hinge())
    assert len(caught.value.problems) == 3


def party(name: str, attitudes: dict[str, list[str]], said: int = 3) -> Party:
    valuation = participant(name, attitudes, enough=0 if said >= 3 else 99)
    return Party(
        valuation,
        asserts={id_ for id_, kinds in attitudes.items() if "asserts" in kinds},
        rejects={id_ for id_, kinds in attitudes.items() if "denies" in kinds},
    )


def test_a_point_on_which_both_would_change_sides_is_a_double_crux() -> None:
    p = party("p", {"k": ["asserts"]})
    q = party("q", {"k": ["denies"]})
    framework = hinge().with_scores({"A": 0.4, "B": 0.6})
    found = double_cruxes(framework, p, q)
    assert [each.leader for each in found.verdicts] == ["A", "B"]
    assert [(d.node, d.kind, d.asserted_by) for d in found.disputes] == [("k", "double crux", 0)]
    assert found.disputes[0].outcomes[0].verdict.leader == "B"
    assert found.disputes[0].outcomes[1].verdict.leader == "A"


def test_who_asserts_it_does_not_matter() -> None:
    framework = hinge().with_scores({"A": 0.4, "B": 0.6})
    found = double_cruxes(framework, party("q", {"k": ["denies"]}), party("p", {"k": ["asserts"]}))
    assert [(d.kind, d.asserted_by) for d in found.disputes] == [("double crux", 1)]


def test_a_disagreement_that_moves_neither_is_a_shared_dispute() -> None:
    framework = hinge().with_scores({"A": 0.4, "B": 0.6})
    p = party("p", {"k": ["asserts"], "side": ["asserts"]})
    q = party("q", {"k": ["denies"], "side": ["denies"]})
    found = double_cruxes(framework, p, q)
    assert [(d.node, d.kind) for d in found.disputes] == [("k", "double crux"), ("side", "shared dispute")]
    assert [d.node for d in found.cruxes] == ["k"]


def test_agreement_is_no_dispute() -> None:
    found = double_cruxes(hinge(), party("p", {"k": ["asserts"]}), party("q", {"k": ["asserts"]}))
    assert found.disputes == ()
    assert found.reason == "same leader"


def test_there_is_no_double_crux_with_someone_who_said_too_little() -> None:
    framework = hinge().with_scores({"A": 0.4, "B": 0.6})
    p, q = party("p", {"k": ["asserts"]}), party("q", {"k": ["denies"]}, said=1)
    found = double_cruxes(framework, p, q)
    assert found.reason == "too little said"
    assert [d.kind for d in found.disputes] == ["shared dispute"]
