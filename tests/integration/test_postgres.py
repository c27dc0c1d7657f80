"""The PostgreSQL the other tests get is a real and empty one, and each test has its own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine, inspect, text


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def test_it_is_a_postgresql_that_speaks_utf8(postgres_url: str) -> None:
    with connected(postgres_url) as connection:
        assert connection.scalar(text("SELECT version()")).startswith("PostgreSQL ")
        assert connection.scalar(text("SELECT length(:word)"), {"word": "née 🤔"}) == 5


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_finds_an_empty_database(postgres_url: str, turn: str) -> None:
    with connected(postgres_url) as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE left_over (n integer)"))
