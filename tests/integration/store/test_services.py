"""What services do to the map, on both databases."""

import threading
from typing import Any

import pytest

from app.errors import Conflict, InvalidInput
from app.model.records import Record
from app.store import history, idempotency
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.reading import current_revision, read_content
from app.store.services import Author, CommentIn, add_comment, editing, purging, reporting
from app.store.services.rewriting import rewrite
from app.store.services.suggesting import suggest
from tests.integration.api.small_map import CONTENT

EDITOR = Author("an editor")
BODY = "I doubt it. The pillars were cleaned in May, so there is no rust left."


@pytest.fixture
def current(database: Database) -> CurrentMap:
    """The small map."""
    load(database, CONTENT, who="tests", why="the small map")
    return CurrentMap(database)


def comment(**changes: Any) -> CommentIn:
    base: dict[str, Any] = {
        "participant": "newcomer",
        "reply_to": "c2",
        "body": BODY,
        "nodes": [
            {
                "ref": "none",
                "type": "objection",
                "text": "No rust is left.",
                "passages": [{"quote": "there is no rust left"}],
            }
        ],
        "relations": [{"type": "attacks", "source": "none", "target": "rust-weakens"}],
    }
    return CommentIn.model_validate(base | changes)


def stored(database: Database) -> dict[tuple[str, str], Record]:
    with database.read() as session:
        found: dict[Any, Record] = read_content(session).by_key()
        return found


def anyone(_record: Record) -> None:
    """A guard that lets everything through."""


def test_a_comment_is_stored_as_one_revision(current: CurrentMap) -> None:
    added = add_comment(current, comment(), EDITOR)
    assert stored(current.database) == added.after.content.by_key()
    assert current().content == added.after.content
    with current.database.read() as session:
        entry = history.revisions(session, None, 1)[0]
    assert (entry.revision.n, entry.revision.origin, entry.revision.who) == (2, "api", "an editor")
    assert entry.changes == len(added.changes)


def test_a_dry_run_stores_nothing(current: CurrentMap) -> None:
    before = stored(current.database)
    add_comment(current, comment(), EDITOR, dry_run=True)
    assert stored(current.database) == before
    assert current().revision == 1


def test_when_something_fails_late_nothing_is_stored(current: CurrentMap) -> None:
    before = stored(current.database)

    def fail(*_: object) -> None:
        raise RuntimeError("at the very end")

    with pytest.raises(RuntimeError, match="very end"):
        add_comment(current, comment(), EDITOR, then=fail)
    assert stored(current.database) == before
    with current.database.read() as session:
        assert current_revision(session) == 1


def test_comments_added_at_once_all_arrive_with_ids_of_their_own(current: CurrentMap) -> None:
    done: list[str] = []
    failed: list[BaseException] = []

    def add() -> None:
        try:
            done.append(add_comment(current, comment(), EDITOR).comment.id)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(set(done)) == 6
    assert set(done) < set(current().content.comments)
    assert current().revision == 7


def test_the_same_key_counts_once_also_when_sent_at_once(current: CurrentMap) -> None:
    given = idempotency.Answer(201, "/x", "{}")
    replays: list[bool] = []

    class Again(Exception):
        pass

    def first(session: Any) -> None:
        if idempotency.find(session, "caller", "key", "request") is not None:
            raise Again

    def send() -> None:
        try:
            add_comment(
                current,
                comment(),
                EDITOR,
                first=first,
                then=lambda session, _added: idempotency.keep(session, "caller", "key", "request", given),
            )
            replays.append(False)
        except Again:
            replays.append(True)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(replays) == [False, True, True, True]
    with current.database.read() as session:
        assert idempotency.find(session, "caller", "key", "request") == given
        assert idempotency.find(session, "another", "key", "request") is None
        with pytest.raises(Conflict, match="another request"):
            idempotency.find(session, "caller", "key", "other")


def test_each_edit_is_undone_to_exactly_what_was(current: CurrentMap) -> None:
    before = stored(current.database)
    done = editing.edit(
        current, "node", "steel-passed", {"text": "It passed.", "tags": ["x"]}, guard=anyone, who="e", why="w"
    )
    assert stored(current.database)["node", "steel-passed"].model_dump()["text"] == "It passed."
    editing.undo(current, done.revision, who="e", why="w")
    assert stored(current.database) == before


def test_retyping_goes_through_to_the_relations_or_is_refused(current: CurrentMap) -> None:
    editing.edit(current, "node", "steel-passed", {"type": "claim"}, guard=anyone, who="e", why="w")
    assert stored(current.database) == current().content.by_key()
    before = stored(current.database)
    with pytest.raises(InvalidInput, match="question"):
        editing.edit(
            current,
            "node",
            "rust-weakens",
            {"type": "question", "crux": None},
            guard=anyone,
            who="e",
            why="w",
        )
    assert stored(current.database) == before


def test_a_merge_keeps_every_argument(current: CurrentMap) -> None:
    done = editing.merge(current, "pillars-rusty", "steel-passed", guard=anyone, who="e", why="w")
    content = done.after.content
    assert stored(current.database) == content.by_key()
    assert done.after.element("pillars-rusty") is content.nodes["steel-passed"]
    outgoing = {(r.type, r.target) for r in done.after.outgoing["steel-passed"] if done.after.visible(r)}
    assert outgoing == {("supports", "holds"), ("supports", "rust-weakens")}


def test_accepting_a_contribution_takes_along_what_came_with_it(current: CurrentMap) -> None:
    added = add_comment(current, comment(participant=None), Author("c", "doubter", reviewed=False))
    assert {added.after.content.nodes[key].status for key in added.nodes_created} == {"unreviewed"}
    done = editing.decide(current, "comment", added.comment.id, "accept", guard=anyone, who="e", why="w")
    content = done.after.content
    assert content.comments[added.comment.id].status == "reviewed"
    assert {content.nodes[key].status for key in added.nodes_created} == {"reviewed"}
    assert {content.relations[key].status for key in added.relations_created} == {"reviewed"}
    assert stored(current.database) == content.by_key()


def test_a_new_text_is_a_new_version(current: CurrentMap) -> None:
    added = add_comment(current, comment(), EDITOR)
    done, passages = rewrite(
        current,
        added.comment.id,
        f"Well. {BODY}",
        guard=anyone,
        who="e",
        why="w",
        max_characters=1000,
    )
    assert [p.outcome for p in passages] == ["moved"]
    kept = done.after.content.comments[added.comment.id]
    assert [v.document for v in kept.versions] == [f"{kept.id}-v1", f"{kept.id}-v2"]
    assert stored(current.database) == done.after.content.by_key()
    editing.undo(current, done.revision, who="e", why="w")
    assert stored(current.database)["comment", kept.id] == added.comment


def test_what_is_removed_for_good_leaves_no_trace_but_a_tombstone(current: CurrentMap) -> None:
    before = stored(current.database)
    added = add_comment(current, comment(participant="author"), EDITOR)
    reply = add_comment(
        current,
        CommentIn(participant="doubter", body=f"> {BODY}\n\nNo.", reply_to=added.comment.id),
        EDITOR,
    )
    assert len(reply.quotations) == 1
    gone = purging.purge(current, added.comment.id, who="a", why="asked to")
    assert ("comment", added.comment.id) in gone
    after = stored(current.database)
    kept = {key: record for key, record in after.items() if not key[1].startswith(reply.comment.id)}
    assert kept == before
    with current.database.read() as session:
        assert purging.tombstones(session) == frozenset(gone)
        assert history.of_record(session, "node", added.nodes_created[0]) == []
    was = history.at(current, 3)
    assert added.comment.id not in was.content.comments
    assert was.content.comments[reply.comment.id].reply_to is None
    again = add_comment(current, comment(participant="author"), EDITOR)
    assert again.comment.id == f"{added.comment.id}-2"
    assert set(again.nodes_created).isdisjoint(added.nodes_created)


def test_search_finds_what_was_added_and_no_longer_what_was_removed(current: CurrentMap) -> None:
    from app.store import search

    added = add_comment(current, comment(), EDITOR)

    def found() -> set[str]:
        with current.database.read() as session:
            return {hit.ref for hit in search.find(session.connection(), "cleaned")}

    assert found() == {added.comment.id}
    purging.purge(current, added.comment.id, who="a", why="asked to")
    assert found() == set()


def test_suggestions_tell_a_negation_from_a_duplicate(current: CurrentMap) -> None:
    with current.database.read() as session:
        same = suggest(session, current(), "Rust weakened the steel of the pillars.")
        other = suggest(session, current(), "Rust has not weakened the steel of the pillars.")
    assert [(s.kind, s.node) for s in same][:1] == [("repeats", "rust-weakens")]
    assert [(s.kind, s.node) for s in other][:1] == [("contradicts", "rust-weakens")]


def test_reports_are_kept_until_they_are_closed(current: CurrentMap) -> None:
    made = reporting.add(current.database, "node", "steel-passed", "He did not say that.")
    assert reporting.listed(current.database) == [made]
    closed = reporting.close(current.database, made.id, "an editor")
    assert closed.closed_by == "an editor"
    assert reporting.listed(current.database) == []
    assert reporting.listed(current.database, closed=True) == [closed]
