"""AIF and xAIF, in the variants found in the wild."""

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from app.errors import InvalidInput
from app.formats import aif
from app.formats.exchange import Imported, clean
from app.model.checks import check
from app.model.records import MapContent, Relation
from app.model.vocabulary import vocabulary
from tests.support import maps
from tests.support.generated_maps import analysed, contents

NODES: list[dict[str, Any]] = [
    {"nodeID": 1, "text": "The bridge holds.", "type": "I"},
    {"nodeID": 2, "text": "There are no cracks.", "type": "I"},
    {"nodeID": 3, "text": "Nobody looked below the water.", "type": "I"},
    {"nodeID": 4, "text": "Argument from Sign", "type": "RA"},
    {"nodeID": 5, "text": "Default Conflict", "type": "CA"},
    {"nodeID": 6, "text": "Ann Lee : There are no cracks.", "type": "L"},
    {"nodeID": 7, "text": "Asserting", "type": "YA"},
    {"nodeID": 8, "text": "Bob: Did anyone look below the water?", "type": "L"},
    {"nodeID": 9, "text": "Pure Questioning", "type": "YA"},
    {"nodeID": 10, "text": "Default Transition", "type": "TA"},
]
EDGES = [(2, 4), (4, 1), (3, 5), (5, 4), (6, 7), (7, 2), (8, 9), (9, 3), (6, 10), (10, 8)]


def graph(nodes: Any = None, edges: Any = None, **more: Any) -> dict[str, Any]:
    pairs = EDGES if edges is None else edges
    return {
        "nodes": NODES if nodes is None else nodes,
        "edges": [{"edgeID": n, "fromID": a, "toID": b} for n, (a, b) in enumerate(pairs)],
        "locutions": [{"nodeID": 6, "personID": 1}],
        "participants": [{"participantID": 1, "firstname": "Ann", "surname": "Lee"}],
        **more,
    }


def imported(value: Any) -> Imported:
    found = aif.read(json.dumps(value).encode(), "bridge.json")
    assert check(found.content, vocabulary()) == []
    return found


def counts(found: Imported) -> tuple[int, dict[str, int], int, int]:
    c = found.counts
    return (c.statements, dict(c.relations), c.participants, c.comments)


WHOLE = (3, {"supports": 1, "undercuts": 1}, 2, 2)


def test_a_conflict_with_an_inference_is_an_undercut() -> None:
    found = imported(graph())
    relations = {r.type: r for r in found.content.relations.values()}
    assert relations["undercuts"].target == relations["supports"].id
    assert relations["supports"].rationale == "Argument from Sign"
    assert counts(found) == WHOLE
    assert found.losses == ()


def test_speakers_say_and_ask_and_answer() -> None:
    found = imported(graph())
    said = {
        (n.text, m.attitude, found.content.participants[m.holder].label, m.exact)
        for n in found.content.nodes.values()
        for m in n.passages
    }
    assert said == {
        ("The bridge holds.", "reports", "whoever wrote bridge.json", "The bridge holds."),
        ("There are no cracks.", "asserts", "Ann Lee", "There are no cracks."),
        ("Nobody looked below the water.", "asks", "Bob", "Did anyone look below the water?"),
    }
    first, second = found.content.comments.values()
    assert second.reply_to == first.id


@pytest.mark.parametrize(
    "wrap",
    [
        lambda g: {"AIF": g},
        lambda g: {"aif": g, "OVA": None, "text": None},
        lambda g: g,
        lambda g: {"AIF": {"version": "1.0"}, **g},
    ],
)
@pytest.mark.parametrize(
    "number", [int, float, str, lambda n: f"node-{n}", lambda n: f"http://arg.tech/nodes/{n}"]
)
def test_ids_of_every_kind_and_graphs_at_every_depth_are_read(wrap: Any, number: Any) -> None:
    found = graph(
        [{**n, "nodeID": number(n["nodeID"])} for n in NODES],
        locutions=[{"nodeID": number(6), "personID": "1", "start": None}],
        schemefulfillments=None,
    )
    assert counts(imported(wrap(found))) == WHOLE  # the edges name bare numbers


@pytest.mark.parametrize("missing", [["locutions"], ["participants"], ["locutions", "participants"]])
@pytest.mark.parametrize("null", [True, False])
def test_lists_may_be_missing_or_null(missing: list[str], null: bool) -> None:
    value = graph()
    for key in missing:
        if null:
            value[key] = None
        else:
            del value[key]
    assert imported(value).counts.relations == {"supports": 1, "undercuts": 1}


def test_a_graph_without_edges_is_statements_without_relations() -> None:
    found = imported(graph(edges=[]))
    assert (found.counts.statements, found.counts.relations) == (3, {})


def test_reported_speech_is_held_by_whom_it_reports() -> None:
    nodes = [
        {"nodeID": 1, "text": "It holds.", "type": "I"},
        {"nodeID": 2, "text": "Bob : Ann said it holds.", "type": "L"},
        {"nodeID": 3, "text": "Asserting", "type": "YA"},
        {"nodeID": 4, "text": "Ann : it holds.", "type": "L"},
        {"nodeID": 5, "text": "Asserting", "type": "YA"},
    ]
    found = imported(
        {"nodes": nodes, "edges": [{"fromID": a, "toID": b} for a, b in [(2, 3), (3, 4), (4, 5), (5, 1)]]}
    )
    (node,) = found.content.nodes.values()
    assert {(m.attitude, m.holder) for m in node.passages} == {("reports", "bob"), ("quotes", "ann")}


@pytest.mark.parametrize("joined", [[], [(9, 8), (8, 6)]])
def test_an_analysts_note_on_a_locution_is_no_speech(joined: list[Any]) -> None:
    note = [
        {"nodeID": 9, "text": "Zed : Ann Lee : There are no cracks.", "type": "L"},
        {"nodeID": 8, "text": "Analysing", "type": "YA"},
        {"nodeID": 11, "text": "Zed: Bob : Did he look?", "type": "L"},
    ]
    found = imported(graph([n for n in NODES if n["nodeID"] not in (8, 9)] + note, EDGES[:6] + joined))
    assert [p.label for p in found.content.participants.values() if "wrote" not in p.label] == ["Ann Lee"]
    assert found.counts.comments == 1
    assert [(loss.what, loss.count) for loss in found.losses] == [("analyst's note", 2)]


def test_people_known_by_number_alone_have_the_name_their_locutions_begin_with() -> None:
    nodes = [
        {"nodeID": 1, "text": "It holds.", "type": "L"},
        {"nodeID": 2, "text": "Chief Engineer of the River Board : It held.", "type": "L"},
        {"nodeID": 3, "text": "chief engineer of the river board : It may.", "type": "L"},
        {"nodeID": 4, "text": "It shall.", "type": "L"},
    ]
    listed = [(1, 7), (2, 7), (4, 8), (4, 9)]
    found = imported({"nodes": nodes, "locutions": [{"nodeID": n, "personID": p} for n, p in listed]})
    labels = {p.id: p.label for p in found.content.participants.values()}
    speakers = [labels[c.participant] for c in found.content.comments.values()]
    assert speakers == ["Chief Engineer of the River Board"] * 3 + ["participant 8"]
    assert found.counts.participants == 3  # 9 is listed for a locution in which 8 speaks
    assert ("further person of a locution", 1) in {(loss.what, loss.count) for loss in found.losses}


def test_locutions_alone_are_the_statements() -> None:
    found = imported({"AIF": {"nodes": [{"nodeID": 0, "text": "A: It holds.", "type": "L"}], "edges": None}})
    (node,) = found.content.nodes.values()
    assert (node.text, node.passages[0].attitude) == ("It holds.", "asserts")
    assert [loss.what for loss in found.losses] == ["locution without a proposition"]


@pytest.mark.parametrize(
    ("extra", "edges", "what"),
    [
        ([], [(2, 4)], "RA without a conclusion"),
        ([], [(4, 1)], "RA without a premise"),
        ([], [(2, 4), (3, 4), (4, 1)], "scheme with several premises"),
        ([], [(1, 4), (2, 4), (4, 1), (4, 3), (3, 5), (5, 4)], "undercut of several relations"),
        ([], [(2, 1)], "edge between statements without a scheme"),
        ([], [(2, 99)], "edge to a missing node"),
        ([], [(2, 2)], "edge from a node to itself"),
        ([], [(2, 4), (4, 5), (5, 4), (3, 5)], "scheme in a circle"),
        ([{"nodeID": 20, "text": "P", "type": "PA"}], [(2, 20), (20, 1)], "preference (PA)"),
        ([{"nodeID": 20, "text": "?", "type": None}], [], "node of type (none)"),
        ([{"nodeID": 20, "text": None, "type": "I"}], [], "I-node without text"),
        ([NODES[0]], [], "repeated node"),
    ],
)
def test_what_is_irregular_is_left_out_and_named(extra: list[Any], edges: list[Any], what: str) -> None:
    assert what in {loss.what for loss in imported(graph([*NODES, *extra], edges)).losses}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"nodes": [', "bridge.json:1: this is not JSON"),
        (b'{\n"nodes": [\n{"nodeID": 1,,}]}', "bridge.json:3: this is not JSON"),
        (b"[]", "no object"),
        (b'{"AIF": {}}', "there are no nodes"),
        (b'{"nodes": 3}', "nodes: this must be a list"),
        (b'{"nodes": [3]}', r"nodes\[0\]: this must be an object"),
        (b'{"nodes": [{"text": "x"}]}', r"nodes\[0\].nodeID: the node has no id"),
        (b'{"nodes": [{"nodeID": 1, "text": "a", "type": "I"}, {"nodeID": "1", "text": "b", "type": "I"}]}', r"nodes\[1\].nodeID: .*twice"),
        (b'{"nodes": ' + b"[" * 100_000, "nested too deep"),
        (b'{"nodes": [{"nodeID": ' + b"1" * 5_000 + b"}]}", "cannot be read"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_its_line_or_path(data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        aif.read(data, "bridge.json")


def test_a_short_file_that_means_millions_of_relations_is_refused() -> None:
    nodes = [{"nodeID": n, "text": f"Statement {n}.", "type": "I"} for n in range(1_000)]
    edges = [(n, "r") if n < 500 else ("r", n) for n in range(1_000)]
    value = graph([*nodes, {"nodeID": "r", "text": "", "type": "RA"}], edges, locutions=None)
    with pytest.raises(InvalidInput, match="holds more than 200,000 relations"):
        imported(value)


def test_an_undercut_is_written_as_a_conflict_with_the_inference() -> None:
    body = json.loads(aif.write_aif(analysed(maps.content())).data)
    kinds = {n["nodeID"]: n["type"] for n in body["nodes"]}
    joined = {(kinds[e["fromID"]], kinds[e["toID"]]) for e in body["edges"]}
    assert ("CA", "RA") in joined
    assert [p["firstname"] for p in body["participants"]] == ["Ann", "Bob"]
    assert len(body["locutions"]) == 10


def _ends(content: MapContent, relation: Relation) -> tuple[object, ...]:
    target = content.relations.get(relation.target)
    return (relation.type, relation.source, _ends(content, target) if target is not None else relation.target)


@pytest.mark.parametrize("write", [aif.write_aif, aif.write_xaif])
@settings(max_examples=30)
@given(content=contents())
def test_there_and_back_only_what_the_report_names_is_lost(write: Any, content: MapContent) -> None:
    written = write(analysed(content))
    back = aif.read(written.data, "map.json")
    assert check(back.content, vocabulary()) == []
    lost = Counter({loss.what: loss.count for loss in written.losses})
    assert back.content.nodes.keys() == content.nodes.keys()
    for key, node in content.nodes.items():
        found = back.content.nodes[key]
        assert found.text == clean(node.text)
        assert found.text == node.text or lost["line break or run of spaces"]
        assert (found.type, found.base, found.crux, found.scenario) == (
            node.type,
            node.base,
            node.crux,
            node.scenario,
        )
        before = {(clean(m.exact), m.attitude, m.holder) for m in node.passages}
        assert {
            (m.exact, m.attitude, m.holder) for m in found.passages if m.holder in content.participants
        } == before
    kept = [r for r in content.relations.values() if not lost[f"relation {r.type}"]]
    assert {_ends(content, r) for r in kept} == {
        _ends(back.content, r) for r in back.content.relations.values()
    }
    assert len(kept) == len(back.content.relations) + lost["parallel relation"]
    assert {p.label for p in back.content.participants.values()} >= {
        clean(p.label) for p in content.participants.values()
    }
