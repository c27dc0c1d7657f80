"""The stable machine form."""

import json

import pytest
from jsonschema import Draft202012Validator

from app import resources
from app.analysis import analysis
from app.errors import InvalidInput
from app.formats import graph_json, map_files
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from tests.support import maps

SCHEMA = json.loads((resources.path("schema") / "graph.schema.json").read_text(encoding="utf-8"))


def exported() -> dict[str, object]:
    found: dict[str, object] = json.loads(json.dumps(graph_json.write(analysis(maps.snapshot()))))
    return found


def test_what_is_exported_imports_equal() -> None:
    assert graph_json.read(exported()) == maps.content()


def test_the_bundled_map_survives_the_round_trip() -> None:
    content = map_files.read(resources.path("seeds"), vocabulary())
    data = json.loads(json.dumps(graph_json.write(analysis(MapSnapshot(content, 3, vocabulary())))))
    Draft202012Validator(SCHEMA).validate(data)
    assert graph_json.read(data) == content


def test_the_export_keeps_to_its_schema() -> None:
    Draft202012Validator(SCHEMA).validate(exported())


def test_every_offset_slices_back() -> None:
    data = exported()
    texts = {d["id"]: d["text"] for d in data["documents"]}  # type: ignore[index,attr-defined]
    for element in data["nodes"] + data["relations"]:  # type: ignore[operator]
        for passage in element["passages"]:
            assert texts[passage["document"]][passage["start"] : passage["end"]] == passage["exact"]


def test_an_undercut_names_a_relation_as_its_target() -> None:
    (undercut,) = [r for r in exported()["relations"] if r["type"] == "undercuts"]  # type: ignore[attr-defined]
    assert undercut["target_kind"] == "relation"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "not a cruxmap-graph/1"),
        ({"format": "cruxmap-graph/9"}, "not a cruxmap-graph/1"),
        ({"format": "cruxmap-graph/1", "nodes": {}}, "must be a list"),
        ({"format": "cruxmap-graph/1", "nodes": [{"id": "a"}]}, "nodes[0].type"),
        ({"format": "cruxmap-graph/1", "participants": [{"id": "a", "label": "A"}] * 2}, "stands twice"),
    ],
)
def test_other_values_are_refused_with_their_place(data: object, said: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        graph_json.read(data)
    assert said in str(caught.value)
