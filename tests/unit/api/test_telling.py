"""Differences are told as a person would tell them."""

import pytest

from app.analysis import analysis
from app.analysis.counterfactual import without
from app.analysis.difference import difference, unanswered
from app.analysis.telling import counted, listed, quoted, sentences, some
from app.model.records import MapContent, Node
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from tests.integration.api.small_map import CONTENT, RECORDS

VIEW = MapSnapshot(CONTENT, 1, vocabulary())


def told(before: MapSnapshot, after: MapSnapshot) -> tuple[str, ...]:
    one, other = analysis(before), analysis(after)
    return sentences(difference(one, other), one, other)


def changed(**nodes: dict[str, object]) -> MapSnapshot:
    """The small map with these nodes changed."""
    records = [
        type(r).model_validate({**r.model_dump(), **nodes[r.key.replace("-", "_")]})
        if isinstance(r, Node) and r.key.replace("-", "_") in nodes
        else r
        for r in RECORDS
    ]
    return VIEW.over(MapContent.of(records))


def test_the_same_map_has_nothing_to_tell() -> None:
    assert told(VIEW, VIEW) == ("Nothing changes.",)


def test_taking_a_comment_out_and_putting_it_back_are_told_alike() -> None:
    bare = VIEW.over(without(VIEW, CONTENT.comments["c2"]))
    there = told(bare, VIEW)
    assert there[0] == "New on the map: one crux, one piece of evidence, one objection and five relations."
    assert any(said.startswith("Nothing answers yet that “") for said in there)
    back = told(VIEW, bare)
    assert back[0].startswith("No longer on the map: “Divers found rust")


def test_what_is_withdrawn_is_gone() -> None:
    found = difference(analysis(VIEW), analysis(changed(rust_weakens={"status": "withdrawn"})))
    assert found.records["node"].gone == ("rust-weakens",)
    assert {(c.node, c.scenario, c.before, c.after) for c in found.stances} >= {
        ("rust-weakens", "B", "supports", None),
        ("pillars-rusty", "B", "supports", "none"),
    }


def test_an_answered_objection_is_no_longer_unanswered() -> None:
    assert set(unanswered(analysis(VIEW))) == {"c2-r1", "c2-r3"}


def test_a_comment_without_its_only_speaker_leaves_no_dangling_relation() -> None:
    for comment in CONTENT.comments.values():
        content = without(VIEW, comment)
        for relation in content.relations.values():
            assert relation.source in content.nodes
            assert relation.target in content.nodes or relation.target in content.relations


@pytest.mark.parametrize(
    ("count", "said"), [(0, "no claims"), (1, "one claim"), (3, "three claims"), (12, "12 claims")]
)
def test_small_numbers_are_words(count: int, said: str) -> None:
    assert counted(count, "claim", "claims") == said


def test_lists_read_as_people_write_them() -> None:
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert some([str(n) for n in range(8)]) == "0, 1, 2, 3, 4 and three more"


def test_quotations_within_quotations_get_other_marks() -> None:
    assert quoted('He said "no" twice.') == "“He said ‘no’ twice”"
    assert quoted("word " * 60).endswith(" …”")
