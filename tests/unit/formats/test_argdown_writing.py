"""Writing Argdown, and what survives the way there and back."""

from collections import Counter

from hypothesis import given, settings

from app.formats import argdown
from app.formats.argdown.writing import OWN_SOURCE
from app.formats.exchange import clean
from app.model.checks import check
from app.model.records import MapContent, MapInfo, Node, Relation
from app.model.vocabulary import vocabulary
from tests.support import maps
from tests.support.generated_maps import analysed, contents


def test_a_relation_something_bears_on_is_an_argument_between_its_ends() -> None:
    text = argdown.write(analysed(maps.content())).data.decode()
    assert "[only-above-water]: The inspectors only looked above the water line." in text
    assert "  _> <c1-r1>" in text
    assert "<c1-r1>: Cracks would show if the piers gave way." in text


def test_what_is_lost_of_the_small_map_is_named() -> None:
    losses = {loss.what: loss.count for loss in argdown.write(analysed(maps.content())).losses}
    assert losses == {
        "document": 2,
        "participant": 2,
        "comment": 3,
        "quotation": 1,
        "judgement on a sentence": 1,
        "description of the map": 1,
        "id of a relation": 3,
        "rationale of a relation": 3,
        "passage": 10,
    }


def test_what_does_not_count_is_left_out_and_named() -> None:
    node = maps.content().nodes["no-cracks"].model_copy(update={"status": "unreviewed"})
    written = argdown.write(analysed(maps.content(node)))
    assert b"no-cracks" not in written.data
    assert {"unreviewed node", "relation that does not count"} <= {loss.what for loss in written.losses}


def _ends(content: MapContent, relation: Relation) -> tuple[object, ...]:
    target = content.relations.get(relation.target)
    return (relation.type, relation.source, _ends(content, target) if target is not None else relation.target)


def test_what_the_source_of_a_relation_says_of_it_is_kept_or_named() -> None:
    ends = {"type": "claim", "text": "It is so."}
    content = MapContent.of([
        MapInfo(title="", description="", home=""),
        *(Node(id=key, **ends) for key in "ab"),
        Relation(id="r0", type="attacks", source="a", target="b"),
        Relation(id="r1", type="undercuts", source="a", target="r0"),
        Relation(id="r2", type="supports", source="a", target="r0"),
    ])  # fmt: skip
    written = argdown.write(analysed(content))
    back = argdown.read(written.data, "map.argdown").content
    assert sorted(r.type for r in back.relations.values()) == ["attacks", "undercuts"]
    assert OWN_SOURCE in {loss.what for loss in written.losses}


@settings(max_examples=40)
@given(contents())
def test_there_and_back_only_what_the_report_names_is_lost(content: MapContent) -> None:
    written = argdown.write(analysed(content))
    back = argdown.read(written.data, "map.argdown")
    assert check(back.content, vocabulary()) == []
    lost = Counter({loss.what: loss.count for loss in written.losses})
    assert back.content.nodes.keys() == content.nodes.keys()
    tags = 0
    for key, node in content.nodes.items():
        found = back.content.nodes[key]
        assert (found.type, found.base, found.crux, found.scenario) == (
            node.type,
            node.base,
            node.crux,
            node.scenario,
        )
        assert found.text == node.text or lost["line break or run of spaces"]
        assert found.text == (clean(node.text) or key)
        tags += len(set(node.tags) - set(found.tags))
    assert tags <= lost["tag"]
    polar = [r for r in content.relations.values() if r.type in vocabulary().polar]
    assert len(content.relations) - len(polar) == lost["neutral relation"]
    before, after = (
        {_ends(c, r) for r in c.relations.values() if r.type in vocabulary().polar}
        for c in (content, back.content)
    )
    assert after <= before
    own = {ends for ends in before if ends[0] == "supports" and ends[2][1:2] == (ends[1],)}
    assert before - after <= own and bool(before - after) <= bool(lost[OWN_SOURCE])
    aims = {r.target for r in polar}
    for relation in polar:
        if relation.id in aims and not lost["parallel relation"]:
            found_relation = back.content.relations[relation.id]
            assert found_relation.base == relation.base
            assert found_relation.rationale == clean(relation.rationale)
    named = lost["id of a relation"] + lost["parallel relation"] + len(aims & content.relations.keys())
    assert len(polar) <= named
