"""GraphML, DOT and CSV: opened by other tools, and inert whatever the words are."""

import csv
import io
import zipfile
from itertools import combinations

import networkx as nx
import pygraphviz
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from app.formats import csv_tables, dot, graphml, yed
from app.formats.exchange import clean
from app.model.records import MapContent
from tests.support import maps
from tests.support.generated_maps import analysed, contents


def tables(content: MapContent) -> dict[str, list[dict[str, str]]]:
    found, _ = csv_tables.write_tables(analysed(content))
    return {
        name: list(csv.DictReader(io.StringIO(data.decode(), newline=""))) for name, data in found.items()
    }


def test_graphml_draws_an_undercut_through_the_relation_it_is_about() -> None:
    drawn = nx.read_graphml(io.BytesIO(graphml.write(analysed(maps.content())).data))
    assert drawn.nodes["c1-r1"]["kind"] == "relation"
    assert set(drawn.edges) == {
        ("no-cracks", "c1-r1"),
        ("c1-r1", "sound-piers"),
        ("only-above-water", "c1-r1"),
        ("sound-piers", "falls"),
        ("sound-piers", "holds"),
    }
    assert drawn.edges["sound-piers", "falls"]["polarity"] == -1


@settings(max_examples=30)
@given(contents())
def test_graphml_is_well_formed_and_declares_every_key(content: MapContent) -> None:
    root = fromstring(graphml.write(analysed(content)).data, forbid_dtd=True)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    declared = {(k.get("id"), k.get("for")) for k in root.iter(f"{space}key")}
    ids = [n.get("id") for n in root.iter(f"{space}node")]
    assert len(ids) == len(set(ids))
    for kind in ("node", "edge"):
        for element in root.iter(f"{space}{kind}"):
            for data in element:
                assert (data.get("key"), kind) in declared
    labels = {d.text or "" for n in root.iter(f"{space}node") for d in n if d.get("key") == "label"}
    assert {n.text for n in content.nodes.values()} <= labels
    ends = {edge.get(end) for edge in root.iter(f"{space}edge") for end in ("source", "target")}
    assert ends <= set(ids)


def test_gephi_and_networkx_take_the_whole_words_for_labels() -> None:
    data = graphml.write(analysed(maps.content())).data
    keys = {k.get("id"): k.attrib for k in fromstring(data).findall(".//{*}key")}
    # Gephi makes labels and colours only of keys that are for nodes alone or for edges alone; igraph reads no others.
    assert {k["for"] for k in keys.values()} == {"node", "edge"}
    assert {
        (k["for"], k["attr.name"]) for k in keys.values() if k.get("attr.name") in ("label", "color")
    } == {
        ("node", "label"),
        ("edge", "label"),
        ("edge", "color"),
    }
    drawn = nx.read_graphml(io.BytesIO(data))
    assert drawn.nodes["sound-piers"]["label"] == maps.content().nodes["sound-piers"].text
    assert drawn.edges["sound-piers", "falls"]["label"] == "attacks"


@settings(max_examples=30)
@given(contents())
def test_yed_finds_a_box_with_all_the_words_for_every_node_and_none_over_another(content: MapContent) -> None:
    root = fromstring(graphml.write(analysed(content)).data, forbid_dtd=True)
    boxes, words = [], {}
    for node in root.findall(".//{*}node"):
        (shape,) = node.iter(f"{{{yed.NAMESPACE}}}ShapeNode")
        place = shape.find(f"{{{yed.NAMESPACE}}}Geometry")
        label = shape.find(f"{{{yed.NAMESPACE}}}NodeLabel")
        assert place is not None
        assert label is not None
        boxes.append(tuple(float(place.get(name, "")) for name in ("x", "y", "width", "height")))
        words[node.get("id")] = "".join((label.text or "").split())
    assert all(words[key] == "".join(clean(n.text).split()) for key, n in content.nodes.items())
    for (x, y, wide, high), (x2, y2, wide2, high2) in combinations(boxes, 2):
        assert x + wide <= x2 or x2 + wide2 <= x or y + high <= y2 or y2 + high2 <= y


def test_yed_draws_each_line_with_its_arrow_and_name_and_through_the_point_of_an_undercut() -> None:
    root = fromstring(graphml.write(analysed(maps.content())).data)
    lines = {}
    for edge in root.findall(".//{*}edge"):
        (line,) = edge.iter(f"{{{yed.NAMESPACE}}}PolyLineEdge")
        arrow = line.find(f"{{{yed.NAMESPACE}}}Arrows")
        assert arrow is not None
        label = line.find(f"{{{yed.NAMESPACE}}}EdgeLabel")
        lines[edge.get("source"), edge.get("target")] = (
            arrow.get("target"),
            label.text if label is not None else None,
        )
    assert lines == {
        ("no-cracks", "c1-r1"): ("none", None),
        ("c1-r1", "sound-piers"): ("standard", "supports"),
        ("only-above-water", "c1-r1"): ("circle", "undercuts"),
        ("sound-piers", "falls"): ("t_shape", "attacks"),
        ("sound-piers", "holds"): ("standard", "supports"),
    }


@pytest.mark.parametrize(
    "text", ["<html><img src='http://x.example/'>", " <HTML>a", "< html>", "]]></data>&amp;"]
)
def test_yed_shows_words_as_they_are_and_renders_no_html(text: str) -> None:
    node = maps.content().nodes["no-cracks"].model_copy(update={"text": text})
    root = fromstring(graphml.write(analysed(maps.content(node))).data)
    labels = [label.text or "" for label in root.iter(f"{{{yed.NAMESPACE}}}NodeLabel")]
    assert not [found for found in labels if found.lstrip().lower().startswith("<")]
    assert [d.text for d in root.findall(".//{*}data") if d.get("key") == "label" and d.text == text]


@settings(max_examples=30)
@given(contents())
def test_dot_is_read_by_graphviz_with_every_node_once(content: MapContent) -> None:
    drawn = pygraphviz.AGraph(string=dot.write(analysed(content)).data.decode())
    aims = {r.target for r in content.relations.values()} & content.relations.keys()
    assert {str(n) for n in drawn.nodes()} == content.nodes.keys() | aims


@pytest.mark.parametrize("text", ['a"] evil [label="x', "\\N and \\", "&lt;b&gt;", "<b>", "a -> b;\n}"])
def test_dot_shows_words_as_they_are(text: str) -> None:
    node = maps.content().nodes["no-cracks"].model_copy(update={"text": text})
    drawn = pygraphviz.AGraph(string=dot.write(analysed(maps.content(node))).data.decode())
    label = drawn.get_node("no-cracks").attr["label"]
    assert "".join(label.replace("&amp;", "&").replace("\\\\", "\\").split()) in {
        "".join(text.split()), "".join(text.replace('"', '\\"').split())
    }  # fmt: skip
    assert len(drawn.nodes()) == 7


def test_csv_holds_nodes_relations_and_passages() -> None:
    found = tables(maps.content())
    assert {name: len(rows) for name, rows in found.items()} == {
        "nodes.csv": 6,
        "relations.csv": 4,
        "passages.csv": 10,
    }
    (undercut,) = [r for r in found["relations.csv"] if r["type"] == "undercuts"]
    assert (undercut["target"], undercut["target_kind"]) == ("c1-r1", "relation")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    node = maps.content().nodes["no-cracks"].model_copy(update={"text": text})
    rows = tables(maps.content(node))["nodes.csv"]
    assert f"'{text}" in {row["text"] for row in rows}
    losses = csv_tables.write(analysed(maps.content(node))).losses
    assert "cell like a formula" in {loss.what for loss in losses}


def test_csv_is_a_zip_that_is_the_same_each_time() -> None:
    first, again = (csv_tables.write(analysed(maps.content())).data for _ in range(2))
    assert first == again
    assert zipfile.ZipFile(io.BytesIO(first)).namelist() == ["nodes.csv", "relations.csv", "passages.csv"]
