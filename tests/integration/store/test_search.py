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
