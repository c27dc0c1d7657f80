"""Which format a file has, and files that are none or mean harm."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.commands.export_graph import GraphFormat
from app.commands.import_map import ImportFormat
from app.errors import InvalidInput
from app.formats import registry
from app.formats.exchange import MAX_BYTES
from app.model.checks import check
from app.model.vocabulary import vocabulary
from tests.support import maps
from tests.support.generated_maps import HOSTILE, analysed


def test_the_command_line_offers_what_there_is() -> None:
    formats = registry.FORMATS.values()
    assert {f.value for f in GraphFormat} == {f.name for f in formats if f.write is not None} | {"sqlite"}
    assert {f.value for f in ImportFormat} == {f.name for f in formats if f.read is not None} | {"yaml"}


@pytest.mark.parametrize("name", ["json", "argdown", "aif", "xaif"])
def test_what_we_write_is_told_from_its_content(name: str) -> None:
    write = registry.FORMATS[name].write
    assert write is not None
    found, imported = registry.read(write(analysed(maps.content())).data, "file")
    assert found == name
    assert imported.counts.statements == 6


def test_json_loses_nothing() -> None:
    write = registry.FORMATS["json"].write
    assert write is not None
    written = write(analysed(maps.content()))
    _, imported = registry.read(written.data, "map.json")
    assert imported.content == maps.content()
    assert written.losses == imported.losses == ()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"Just a letter to a friend.", "letter.txt", "none of the formats"),
        (b'{"a": 1}', "a.json", "neither a Cruxmap map nor AIF"),
        (b'{"a": ', "a.json", "a.json:1: this is not JSON"),
        (b"\xff\xfe1\x00", "a.txt", "a.txt:1: this is not UTF-8"),
        (b"a" * (MAX_BYTES + 1), "a.argdown", "at most"),
        (b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>', "a.xml", "none of the formats"),
        (b"[" * 1_000_000, "a.json", "nested too deep"),
        (b'{"AIF": ' * 200_000, "a.json", "nested too deep"),
    ],
)
def test_what_is_no_map_is_refused(data: bytes, name: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        registry.read(data, name)


@pytest.mark.parametrize("piece", ["[", "{", "<", "*", "@[", "/*", "[a](", "{a: \"", "**a ", "{[", "===\n", "  - a\n", "[a]: b\n", "1.1. Pro: a\n"])  # fmt: skip
@pytest.mark.parametrize("form", ["argdown", "kialo"])
def test_one_piece_over_and_over_ends_in_a_map_or_in_a_clear_error(piece: str, form: str) -> None:
    # Were reading quadratic, this would take minutes rather than a moment.
    with contextlib.suppress(InvalidInput):
        registry.read(("[t]: word\n1. T\n" + piece * (60_000 // len(piece))).encode(), "x", form)


MARKS = ("[a]: ", "[a]", "<b>: ", "<b>", "\n", "\n  + ", "\n    - ", "\n  _> ", "\n\n", "(1) ", "\n----\n", "1. ", "1.1. Pro: ", "1.1.1. Con: -> See 1.", "{x: ", "}")  # fmt: skip


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from((*MARKS, *HOSTILE, " ")), max_size=25).map("".join),
    st.sampled_from(["argdown", "kialo"]),
)
def test_any_text_is_a_map_that_keeps_the_rules_or_a_clear_error(text: str, form: str) -> None:
    try:
        _, imported = registry.read(text.encode(), "x.txt", form)
    except InvalidInput as error:
        where = error.problems[0].where
    else:
        where = not check(imported.content, vocabulary())
    assert where


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, 6)
    | st.floats()
    | st.sampled_from(("", "1", "I", "RA", "CA", "L", "YA", "TA", "n1")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("nodeID", "type", "text", "fromID", "toID", "nodes", "edges", "cruxmap", "id")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
nodes = st.fixed_dictionaries(
    {"nodeID": st.integers(1, 6) | values, "type": st.sampled_from(("I", "RA", "CA", "MA", "L", "YA", "TA"))},
    optional={"text": values, "cruxmap": values},
)
edges = st.fixed_dictionaries({"fromID": st.integers(1, 6) | values, "toID": st.integers(1, 6) | values})


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {
            "nodes": st.lists(nodes, max_size=8, unique_by=lambda n: str(n["nodeID"])) | values,
            "edges": st.lists(edges, max_size=10) | values,
        },
        optional={"locutions": values, "participants": values, "AIF": values, "OVA": values, "text": values},
    )
)
def test_any_json_is_a_map_that_keeps_the_rules_or_a_clear_error(value: object) -> None:
    try:
        _, imported = registry.read(json.dumps(value).encode(), "x.json", "aif")
    except InvalidInput as error:
        where = error.problems[0].where
    else:
        where = not check(imported.content, vocabulary())
    assert where
