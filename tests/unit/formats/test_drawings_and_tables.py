"""GraphML, DOT and CSV: opened by other tools, and inert whatever the words are."""

import csv
import io
import zipfile

import networkx as nx
import pygraphviz
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from app.formats import csv_tables, dot, graphml
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
                assert {(data.get("key"), kind), (data.get("key"), "all")} & declared
    labels = {d.text or "" for n in root.iter(f"{space}node") for d in n if d.get("key") == "label"}
    assert {n.text for n in content.nodes.values()} <= labels


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
