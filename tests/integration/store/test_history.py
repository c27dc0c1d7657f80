"""The map as it was, at every revision."""

import pytest

from app.errors import Conflict, InvalidInput, NotFound
from app.model.records import MapContent, Record
from app.store import history
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.services import Author, CommentIn, add_comment, editing
from tests.integration.api.small_map import CONTENT


def anyone(_record: Record) -> None:
    """A guard that lets everything through."""


@pytest.fixture
def past(database: Database) -> tuple[CurrentMap, list[MapContent]]:
    """A map with a past, and what it was at each revision."""
    current = CurrentMap(database)
    seen = [current().content]
    load(database, CONTENT, who="tests", why="the small map")
    seen.append(current().content)
    added = add_comment(current, CommentIn(participant="x", body="Hm. Why?"), Author("a"))
    seen.append(current().content)
    editing.edit(current, "node", "steel-passed", {"text": "It passed."}, guard=anyone, who="e", why="w")
    seen.append(current().content)
    editing.merge(current, "pillars-rusty", "steel-passed", guard=anyone, who="e", why="w")
    seen.append(current().content)
    editing.decide(current, "comment", added.comment.id, "withdraw", guard=anyone, who="e", why="w")
    seen.append(current().content)
    return current, seen


def test_every_revision_is_read_back_as_it_was(past: tuple[CurrentMap, list[MapContent]]) -> None:
    current, seen = past
    for n, content in enumerate(seen):
        assert history.at(current, n).content == content
        assert history.at(current, n).revision == n
    for n in (-1, len(seen)):
        with pytest.raises(NotFound):
            history.at(current, n)


def test_going_back_withdraws_what_came_since_and_loses_nothing(
    past: tuple[CurrentMap, list[MapContent]],
) -> None:
    current, seen = past
    done = editing.revert(current, 1, who="e", why="w")
    now = done.after.content
    assert {k: n for k, n in now.nodes.items() if n.status != "withdrawn"} == dict(seen[1].nodes)
    assert set(now.comments) > set(seen[1].comments)
    assert current().content == now
    assert history.at(current, len(seen) - 1).content == seen[-1]


def test_an_undo_of_an_undo_is_what_was_done(past: tuple[CurrentMap, list[MapContent]]) -> None:
    current, seen = past
    first = editing.undo(current, 5, who="e", why="w")
    assert first.after.content == seen[4]
    second = editing.undo(current, first.revision, who="e", why="w")
    assert second.after.content == seen[5]


def test_the_changes_of_each_revision_lead_from_one_state_to_the_next(
    past: tuple[CurrentMap, list[MapContent]],
) -> None:
    current, seen = past
    with current.database.read() as session:
        for n in range(1, len(seen)):
            assert history.undone(seen[n], history.changes_of(session, n)) == seen[n - 1]


def test_one_record_s_past_is_read_newest_first(past: tuple[CurrentMap, list[MapContent]]) -> None:
    current, _ = past
    with current.database.read() as session:
        found = history.of_record(session, "node", "steel-passed")
        assert [item.n for item, _ in found] == [4, 3, 1]
        assert found[-1][1].before is None
        assert history.revision_that_added(session, "node", "steel-passed") == 1
        assert history.total(session) == 5


def test_a_snapshot_is_named_once(past: tuple[CurrentMap, list[MapContent]]) -> None:
    current, _ = past
    database = current.database
    made = history.name_snapshot(database, "first", 1)
    assert history.name_snapshot(database, "now").revision == 5
    with pytest.raises(Conflict):
        history.name_snapshot(database, "first")
    with pytest.raises(NotFound):
        history.name_snapshot(database, "other", 99)
    with database.read() as session:
        assert history.snapshot(session, "first") == made
        assert [s.name for s in history.snapshots(session)] == ["now", "first"]


def test_an_empty_map_has_nothing_to_name(database: Database) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        history.name_snapshot(database, "x")
