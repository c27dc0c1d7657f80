"""What the vocabulary forbids the database refuses, even to those who go around the service."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.store.database import Database
from app.store.loading import load
from tests.support import maps

INSERT = (
    "INSERT INTO relation (element, type, source, source_type, target, target_type, basis, rationale, status) "
    "VALUES ('new', '{type}', '{source}', '{source_type}', '{target}', '{target_type}', '{basis}', 'why', '{status}')"
)
GOOD = {
    "type": "supports",
    "source": "no-cracks",
    "source_type": "evidence",
    "target": "holds",
    "target_type": "scenario",
    "basis": "inferred",
    "status": "reviewed",
}


def attempt(database: Database, *statements: str) -> None:
    with database.write() as session:
        for statement in statements:
            session.execute(text(statement))


def insert(**fields: str) -> tuple[str, str]:
    values = GOOD | fields
    return (
        f"INSERT INTO element (id, type, kind) VALUES ('new', '{values['type']}', 'relation')",
        INSERT.format(**values),
    )


@pytest.fixture(autouse=True)
def small_map(database: Database) -> None:
    load(database, maps.content(), who="test", why="test")


def test_an_allowed_relation_is_taken(database: Database) -> None:
    attempt(database, *insert())


@pytest.mark.parametrize(
    "fields",
    [
        {"source": "holds", "source_type": "scenario", "target": "no-cracks", "target_type": "evidence"},
        {"type": "undercuts"},
        {"source_type": "claim"},
        {"target": "nowhere"},
        {"basis": "guessed"},
        {"status": "gone"},
        {"target": "no-cracks", "target_type": "evidence"},
    ],
    ids=[
        "from a scenario",
        "undercut of a node",
        "a lie about a type",
        "to nowhere",
        "basis",
        "status",
        "a loop",
    ],
)
def test_a_forbidden_relation_is_refused(database: Database, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        attempt(database, *insert(**fields))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO element (id, type, kind) VALUES ('x', 'idea', 'node')",
        "INSERT INTO element (id, type, kind) VALUES ('no-cracks', 'claim', 'node')",
        "INSERT INTO crux (node, type, question, if_true, if_false) VALUES ('no-cracks', 'crux', 'q', 't', 'f')",
        "UPDATE node SET base = 1.5 WHERE element = 'no-cracks'",
        "UPDATE scenario SET letter = 'A' WHERE node = 'falls'",
        "UPDATE element SET type = 'question' WHERE id = 'no-cracks'",
        "UPDATE attitude SET kind = 'shouts'",
        "UPDATE attitude SET holder = 'nobody'",
        "DELETE FROM document WHERE id = 'one'",
        "DELETE FROM element WHERE id = 'no-cracks'",
        "UPDATE quotation SET outside = 'both'",
    ],
)
def test_the_database_guards_the_graph(database: Database, statement: str) -> None:
    with pytest.raises(IntegrityError):
        attempt(database, statement)
