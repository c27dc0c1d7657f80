"""Files into a map, also one that people have changed meanwhile."""

import pytest

from app.errors import Conflict, InvalidInput
from app.model.records import Kind, MapContent, Node, Record
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.reading import current_revision, read_content
from app.store.writing import Change, commit
from tests.support import maps


def put(database: Database, content: MapContent | None = None) -> None:
    load(database, content or maps.content(), who="test", why="test")


def change_in_map(database: Database, after: Record) -> None:
    view = CurrentMap(database)()
    before = view.content.by_key().get((after.kind, after.key))
    with database.write() as session:
        commit(
            session, view, [Change(after.kind, after.key, before, after)], who="ed", why="edit", origin="edit"
        )


def now(database: Database) -> MapContent:
    return CurrentMap(database)().content


def node(key: str, **fields: object) -> Node:
    return maps.content().nodes[key].model_copy(update=fields)


def test_what_is_loaded_is_what_is_there(database: Database) -> None:
    put(database)
    assert now(database) == maps.content()


def test_loading_twice_changes_nothing(database: Database) -> None:
    put(database)
    done = load(database, maps.content(), who="test", why="again")
    assert done.revision is None
    assert CurrentMap(database)().revision == 1


def test_what_only_the_files_changed_is_applied(database: Database) -> None:
    put(database)
    changed = node("no-cracks", text="No cracks were found.", tags=("new",))
    done = load(database, maps.content(changed), who="test", why="again")
    assert (done.created, done.changed) == (0, 1)
    assert now(database) == maps.content(changed)


def test_what_only_the_map_changed_is_kept(database: Database) -> None:
    put(database)
    changed = node("no-cracks", text="Edited in the map.")
    change_in_map(database, changed)
    done = load(database, maps.content(), who="test", why="again")
    assert (done.revision, done.kept) == (None, 1)
    assert now(database).nodes["no-cracks"] == changed


def test_what_was_added_in_the_map_is_kept(database: Database) -> None:
    put(database)
    added = Node(id="added", type="claim", text="Added by hand.")
    change_in_map(database, added)
    load(database, maps.content(node("no-cracks", text="From the files.")), who="test", why="again")
    assert now(database).nodes["added"] == added
    assert now(database).nodes["no-cracks"].text == "From the files."


def test_what_both_changed_differently_is_a_conflict_and_nothing_is_written(database: Database) -> None:
    put(database)
    change_in_map(database, node("no-cracks", text="Edited in the map."))
    files = maps.content(
        node("no-cracks", text="Edited in the files."), node("only-above-water", text="Also new.")
    )
    with pytest.raises(Conflict, match="node no-cracks"):
        load(database, files, who="test", why="again")
    assert now(database).nodes["only-above-water"] == maps.content().nodes["only-above-water"]
    assert CurrentMap(database)().revision == 2


def test_what_both_changed_alike_is_no_conflict(database: Database) -> None:
    put(database)
    same = node("no-cracks", text="The same edit.")
    change_in_map(database, same)
    assert load(database, maps.content(same), who="test", why="again").revision is None


def test_what_left_the_files_stays_in_the_map_and_is_named(database: Database) -> None:
    put(database)
    gone: list[tuple[str, str]] = [("node", "old-bridge-stood")]
    done = load(database, maps.content(without=gone), who="test", why="again")
    removed: tuple[tuple[Kind, str], ...] = (("node", "old-bridge-stood"),)
    assert done.removed_from_files == removed
    assert "old-bridge-stood" in now(database).nodes
    assert "old-bridge-stood" in done.sentence()


def test_a_dry_run_writes_nothing(database: Database) -> None:
    done = load(database, maps.content(), who="test", why="dry", dry_run=True)
    assert done.created > 10
    assert CurrentMap(database)().revision == 0


def test_a_broken_map_is_refused_whole(database: Database) -> None:
    broken = maps.content().relations["c1-r1"].model_copy(update={"target": "nowhere"})
    with pytest.raises(InvalidInput, match="nowhere"):
        load(database, maps.content(broken), who="test", why="broken")
    assert now(database) == MapContent()


def test_a_node_can_be_retyped_where_its_relations_allow_it(database: Database) -> None:
    put(database)
    change_in_map(database, node("no-cracks", type="claim"))
    assert now(database).nodes["no-cracks"].type == "claim"
    with pytest.raises(InvalidInput):
        change_in_map(database, node("no-cracks", type="question"))
    assert now(database).nodes["no-cracks"].type == "claim"


def test_a_judgement_can_be_taken_back(database: Database) -> None:
    put(database)
    view = CurrentMap(database)()
    changes = [
        Change(record.kind, record.key, record, None)
        for record in view.content.records()
        if record.kind in ("ledger", "quotation")
    ]
    with database.write() as session:
        commit(session, view, changes, who="ed", why="wrong", origin="edit")
    assert not now(database).ledger and not now(database).quotations


def test_a_node_cannot_be_deleted(database: Database) -> None:
    put(database)
    view = CurrentMap(database)()
    with database.write() as session, pytest.raises(InvalidInput, match="withdraw it"):
        commit(
            session,
            view,
            [Change("node", "no-cracks", view.content.nodes["no-cracks"], None)],
            who="",
            why="",
            origin="",
        )


def test_a_change_of_an_older_revision_is_refused(database: Database) -> None:
    put(database)
    stale = CurrentMap(database)()
    change_in_map(database, node("no-cracks", text="Somebody was faster."))
    after = node("no-cracks", text="Too late.")
    with database.write() as session, pytest.raises(Conflict, match="changed meanwhile"):
        commit(session, stale, [Change("node", "no-cracks", None, after)], who="", why="", origin="")


def test_a_reader_sees_one_state_whoever_writes_meanwhile(database: Database) -> None:
    put(database)
    with database.read() as session:
        assert current_revision(session) == 1
        change_in_map(database, node("no-cracks", text="Written while somebody reads."))
        assert read_content(session) == maps.content()
    assert now(database).nodes["no-cracks"].text == "Written while somebody reads."
