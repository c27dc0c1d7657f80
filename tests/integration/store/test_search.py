"""Search over nodes, comments and quotes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store import search
from app.store.database import Database
from app.store.loading import load
from tests.support import maps


@pytest.fixture(autouse=True)
def small_map(database: Database) -> None:
    load(database, maps.content(), who="test", why="test")


def found(database: Database, query: str, **options: object) -> list[str]:
    with database.read() as session:
        return [hit.ref for hit in search.find(session.connection(), query, **options)]  # type: ignore[arg-type]


def test_words_find_nodes_and_comments(database: Database) -> None:
    refs = found(database, "inspectors cracks")
    assert {"no-cracks", "c1"} <= set(refs)


def test_word_forms_and_beginnings_are_found(database: Database) -> None:
    assert "no-cracks" in found(database, "crack")
    assert "only-above-water" in found(database, "wat")


def test_kinds_narrow_the_search(database: Database) -> None:
    assert set(found(database, "cracks", kinds=["comment"])) <= {"c1", "c2", "c3"}


def test_all_words_are_wanted_unless_any_will_do(database: Database) -> None:
    assert found(database, "cracks zeppelin") == []
    assert "no-cracks" in found(database, "cracks zeppelin", any_word=True)


def test_a_record_with_the_whole_phrase_comes_before_one_with_its_words(database: Database) -> None:
    entries = [
        search.Entry(
            "comment", "scattered", "Thought on chain after chain, thought after thought: chain, thought."
        ),
        search.Entry(
            "comment",
            "hyphens",
            "Long as it is, this text tells at its end of one chain-of-thought. " + "Filler. " * 40,
        ),
        search.Entry(
            "comment", "words", "A chain of thought, told in a text that is long. " + "Filler. " * 40
        ),
    ]
    with database.write() as session:
        search.put(session.connection(), entries)
    refs = found(database, "chain of thought")
    assert set(refs[:2]) == {"hyphens", "words"}
    assert refs[2] == "scattered"


def test_small_words_need_not_occur_unless_there_are_no_others(database: Database) -> None:
    with database.write() as session:
        search.put(
            session.connection(),
            [search.Entry("comment", "x", "Zeppelin lore"), search.Entry("comment", "y", "So be it")],
        )
    assert found(database, "the lore of zeppelins") == ["x"]
    assert found(database, "so be it") == ["y"]


def test_a_withdrawn_node_is_no_longer_found(database: Database) -> None:
    gone = maps.content().nodes["old-bridge-stood"].model_copy(update={"status": "withdrawn"})
    load(database, maps.content(gone), who="test", why="withdrawn")
    assert found(database, "hundred", kinds=["node"]) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    query=st.text(max_size=40)
    | st.sampled_from(['"', "NEAR(a b)", "a AND", "*", "a:b", "-x", "'", "a & | !", "\x00"])
)
def test_no_query_is_an_error(database: Database, query: str) -> None:
    found(database, query)
