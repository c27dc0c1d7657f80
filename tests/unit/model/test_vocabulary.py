"""The vocabulary: one file, from which everything else follows."""

import json

import pytest

from app import resources
from app.model import tables
from app.model.vocabulary import vocabulary

SCHEMA = json.loads((resources.path("schema") / "map-file.schema.json").read_text(encoding="utf-8"))["$defs"]


def test_scenarios_are_sinks_of_polar_relations() -> None:
    for kind in vocabulary().relations.values():
        if kind.polar:
            assert "scenario" not in kind.source


def test_only_undercuts_and_supports_reach_relations_with_polarity() -> None:
    words = vocabulary()
    reaching = {k.name for k in words.relations.values() if k.polar and k.target & words.polar}
    assert reaching == {"undercuts", "supports"}
    assert words.relations["undercuts"].target <= words.polar


def test_a_question_takes_no_part_in_polar_relations() -> None:
    for kind in vocabulary().relations.values():
        if kind.polar:
            assert "question" not in kind.source | kind.target


@pytest.mark.parametrize(
    ("kind", "source", "target", "word"),
    [
        ("supports", "scenario", "claim", "source"),
        ("undercuts", "claim", "claim", "target"),
        ("attacks", "claim", "supports", "target"),
        ("refutes", "claim", "claim", "no relation type"),
    ],
)
def test_a_forbidden_link_is_refused_in_words(kind: str, source: str, target: str, word: str) -> None:
    objection = vocabulary().objection(kind, source, target)
    assert objection is not None and word in objection


def test_an_allowed_link_meets_no_objection() -> None:
    assert vocabulary().objection("undercuts", "objection", "supports") is None


def test_the_schema_of_map_files_lists_the_same_words() -> None:
    words = vocabulary()
    assert SCHEMA["node"]["properties"]["type"]["enum"] == list(words.nodes)
    assert SCHEMA["relation"]["properties"]["type"]["enum"] == list(words.relations)
    assert SCHEMA["passage"]["properties"]["attitude"]["enum"] == list(words.attitudes)
    assert SCHEMA["relation"]["properties"]["basis"]["enum"] == list(words.bases)
    assert SCHEMA["comment"]["properties"]["type"]["enum"] == list(words.comment_kinds)
    for part in ("node", "relation", "comment"):
        assert SCHEMA[part]["properties"]["status"]["enum"] == list(words.statuses)


def test_the_constraints_of_the_tables_list_the_same_words() -> None:
    words = vocabulary()
    assert set(words.attitudes) == set(tables.ATTITUDES)
    assert set(words.statuses) == set(tables.STATUSES)


def test_what_has_no_plural_is_counted_in_pieces() -> None:
    words = vocabulary()
    assert words.nodes["evidence"].countable == ("piece of evidence", "pieces of evidence")
    assert words.nodes["crux"].countable == ("crux", "cruxes")
