"""Threads brought into a map: comments with replies and quotations, ready to be mapped."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InvalidInput
from app.formats import map_dump, map_files, threads
from app.formats.threads import Post, Thread
from app.model.records import Comment, MapContent, Mention, Node
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare
from app.store.services.purging import purge
from app.store.services.threads import ThreadImport, import_thread, plan
from app.store.writing import Change, applied, commit, validate
from tests.support import live, maps

ANN = "vJFdjigzmcXMhNTsx"
BOB = "bJFdjigzmcXMhNTsy"
HOLDS = "The bridge holds - the inspectors found no cracks, and they looked with care."


def item(key: str, html: str, **fields: object) -> dict[str, object]:
    return {"_id": key, "contents": {"html": html}, **fields}


def forum(*results: dict[str, object]) -> Thread:
    return threads.read(json.dumps({"results": results}).encode(), "comments.json")


def two(bob: str = "<p>I doubt it.</p>") -> Thread:
    """Ann says something; Bob quotes and answers her."""
    quoted = "<blockquote>The bridge holds &mdash; the inspectors found no cracks</blockquote>"
    return forum(
        item(
            BOB,
            quoted + bob,
            parentCommentId=ANN,
            postedAt="2024-05-04T08:00:00Z",
            user={"displayName": "Bob"},
        ),
        item(ANN, f"<p>{HOLDS}</p>", postedAt="2024-05-03T08:00:00Z", user={"displayName": "Ann Lee"}),
    )


@pytest.fixture
def current(tmp_path: Path) -> CurrentMap:
    """An empty map."""
    opened = Database(f"sqlite:///{tmp_path / 'map.sqlite3'}")
    prepare(opened)
    return CurrentMap(opened)


def bring(
    current: CurrentMap, thread: Thread, title: str = "Thread", *, dry_run: bool = False
) -> ThreadImport:
    return import_thread(current, thread, who="test", why="test", title=title, dry_run=dry_run)


def quoted(view: MapSnapshot, key: str) -> list[tuple[str, str | None]]:
    """What a comment quotes: its own words, and those of the source."""
    comment = view.content.comments[key]
    texts = view.content.documents
    return [
        (
            texts[q.document].text[q.start : q.end],
            texts[q.quotes.document].text[q.quotes.start : q.quotes.end] if q.quotes else None,
        )
        for q in view.quotations.get(comment.document, ())
    ]


def test_posts_become_reviewed_comments_with_author_date_and_reply(current: CurrentMap) -> None:
    done = bring(current, two())
    view = current()
    assert done.added == (ANN.lower(), BOB.lower())
    assert (done.replies, done.quotations, done.outside) == (1, 1, 0)
    ann, bob = (view.content.comments[key] for key in done.added)
    assert (ann.status, ann.attribution, ann.submitted_at) == (
        "reviewed",
        "stated",
        "2024-05-03T08:00:00+00:00",
    )
    assert bob.reply_to == ann.id
    assert view.content.participants[ann.participant].label == "Ann Lee"
    assert view.text_of(ann) == HOLDS
    assert view.content.info.title == "Thread"
    assert [comment.id for _, comment in view.thread] == [ann.id, bob.id]


def test_what_is_quoted_is_found_also_with_other_dashes(current: CurrentMap) -> None:
    bring(current, two())
    assert quoted(current(), BOB.lower()) == [
        (
            "The bridge holds — the inspectors found no cracks",
            "The bridge holds - the inspectors found no cracks",
        )
    ]


def test_a_quotation_of_something_else_is_nobodys_own_words(current: CurrentMap) -> None:
    bring(current, forum(item(ANN, "<blockquote>From the post.</blockquote><p>Indeed.</p>", author="Ann")))
    assert quoted(current(), ANN.lower()) == [("From the post.", None)]


def test_what_is_repeated_or_abridged_without_marks_is_a_quotation_too(current: CurrentMap) -> None:
    rows = [
        item("a" * 15, f"<p>{HOLDS}</p><p>Second thoughts are welcome here.</p>", author="Ann"),
        item("b" * 15, f"<p>{HOLDS}</p><p>No.</p>", author="Bob", parentCommentId="a" * 15),
        item(
            "c" * 15,
            "<p>The bridge holds [...] and they looked with care.</p>",
            author="C",
            parentCommentId="a" * 15,
        ),
        item("d" * 15, f'<p>You say "{HOLDS}" twice.</p>', author="D"),
        item("e" * 15, f"<p>Well, {HOLDS} So there.</p>", author="E"),
    ]
    bring(current, forum(*rows))
    view = current()
    assert quoted(view, "b" * 15) == [(HOLDS, HOLDS)]
    assert quoted(view, "c" * 15) == [("The bridge holds [...] and they looked with care.", HOLDS)]
    assert quoted(view, "d" * 15) == [(HOLDS, HOLDS)]
    assert quoted(view, "e" * 15) == []


def test_where_the_form_tells_no_replies_the_first_quotation_does(current: CurrentMap) -> None:
    text = "Ann wrote:\nIt holds, says the report.\n\nBob wrote:\n> says the report\nWhich one?\n\nCy wrote:\nHello.\n"
    done = bring(current, threads.read(text.encode(), "t.txt"))
    comments = current().content.comments
    assert [comments[key].reply_to for key in done.added] == [None, done.added[0], None]


def test_a_copy_of_a_comment_by_the_same_person_is_a_duplicate(current: CurrentMap) -> None:
    rows = [
        item(key * 15, f"<p>{HOLDS}</p>", author=who)
        for key, who in (("a", "Ann"), ("b", "Ann"), ("c", "Bob"))
    ]
    assert bring(current, forum(*rows)).duplicates == 1
    comments = current().content.comments
    assert [comments[key * 15].duplicate_of for key in "abc"] == [None, "a" * 15, None]


def test_whoever_is_not_named_is_someone_of_their_own(current: CurrentMap) -> None:
    bring(current, threads.read(b"It holds.\n\nIt does not.\n", "t.txt"), "one")
    bring(current, threads.read(b"Which one is it?\n", "t.txt"), "two")
    view = current()
    assert sorted(p.label for p in view.content.participants.values()) == [
        "unknown 1",
        "unknown 2",
        "unknown 3",
    ]
    for comment in view.content.comments.values():
        assert comment.attribution == "inferred"
        assert comment.reason


def test_a_label_of_the_map_is_the_same_person(current: CurrentMap) -> None:
    load(current.database, maps.content(), who="test", why="test")
    label = next(iter(current().content.participants.values())).label
    done = bring(current, forum(item(ANN, "<p>Hi</p>", author=label.upper())))
    assert done.participants == ()
    assert current().content.info.title == maps.content().info.title


def test_importing_twice_adds_nothing(current: CurrentMap) -> None:
    bring(current, two())
    before = current()
    again = bring(current, two(), "another title")
    assert (again.changes, again.revision, again.already) == ((), None, 2)
    assert current().revision == before.revision


def test_a_longer_thread_adds_what_is_new_and_links_what_now_has_its_parent(current: CurrentMap) -> None:
    whole = two()
    bob_alone = Thread(whole.form, tuple(p for p in whole.posts if p.id == BOB))
    first = bring(current, bob_alone)
    assert [loss.what for loss in first.losses] == ["links to what is answered"]
    done = bring(current, whole)
    assert (done.added, done.linked, done.already) == ((ANN.lower(),), (BOB.lower(),), 1)
    assert current().content.comments[BOB.lower()].reply_to == ANN.lower()
    assert bring(current, whole).changes == ()


def test_changed_words_become_a_new_version_and_passages_are_found_again(current: CurrentMap) -> None:
    bring(current, two())
    view = current()
    key = BOB.lower()
    old = view.content.comments[key]
    text = view.text_of(old)
    at = text.index("I doubt it")
    mention = Mention(
        document=old.document, start=at, end=at + 10, exact="I doubt it", attitude="asserts", holder=old.participant,
        prefix=text[max(0, at - 32) : at], suffix=text[at + 10 : at + 42],
    )  # fmt: skip
    node = Node(id="doubt", type="claim", text="It is doubtful.", passages=(mention,))
    with current.database.write() as session:
        commit(session, view, [Change("node", "doubt", None, node)], who="t", why="t", origin="edit")
    done = bring(current, two("<p>Really, I doubt it.</p>"))
    view = current()
    assert done.rewritten == (key,)
    assert [found.outcome for found in done.reattached] == ["moved"]
    new = view.content.comments[key]
    assert view.text_of(new).endswith("Really, I doubt it.")
    assert [version.document for version in new.versions] == [old.document, new.document]
    assert {m.document for m in view.content.nodes["doubt"].passages} == {old.document, new.document}
    assert len(quoted(view, key)) == 1
    assert quoted(view, key)[0][1] is not None
    # The older words are known, and left.
    assert bring(current, two()).changes == ()
    assert bring(current, two("<p>Really, I doubt it.</p>")).changes == ()


def test_an_id_of_another_thread_is_another_comment(current: CurrentMap) -> None:
    bring(current, threads.read(b"## Ann {#c1}\nIt holds.\n", "one.md"), "one")
    done = bring(current, threads.read(b"## Ann {#c1}\nSomething else.\n", "two.md"), "two")
    assert len(done.added) == 1
    assert done.added != ("c1",)
    assert len(current().content.comments) == 2
    assert bring(current, threads.read(b"## Ann {#c1}\nSomething else.\n", "two.md"), "two").changes == ()


def test_a_comment_of_a_source_document_is_left_as_it_is(current: CurrentMap) -> None:
    load(current.database, maps.content(), who="test", why="test")
    before = current().content.comments
    key = next(iter(before))
    done = bring(current, Thread("plain", (Post(key, "Other words.", "Ann"),)))
    assert done.added != (key,)
    assert {k: current().content.comments[k] for k in before} == dict(before)


def test_what_was_removed_for_good_does_not_come_back(current: CurrentMap) -> None:
    bring(current, two())
    purge(current, BOB.lower(), who="test", why="asked for")
    done = bring(current, two())
    assert done.changes == ()
    assert [loss.reason for loss in done.losses] == ["they were removed from the map for good"]


def test_a_dry_run_says_the_same_and_writes_nothing(current: CurrentMap) -> None:
    said = bring(current, two(), dry_run=True)
    assert current().revision == 0
    done = bring(current, two())
    assert (said.added, said.quotations, said.revision) == (done.added, done.quotations, None)


def test_an_imported_thread_is_dumped_and_loaded_as_it_is(current: CurrentMap, tmp_path: Path) -> None:
    bring(current, two())
    map_dump.write(current(), tmp_path / "files")
    assert map_files.read(tmp_path / "files", vocabulary()) == current().content


def test_a_refused_thread_leaves_nothing_behind(current: CurrentMap) -> None:
    bad = Thread("plain", (Post("fine", "Fine.", "Ann"), Post("bad", "Bad \x00.", "Bob")))
    with pytest.raises(InvalidInput):
        bring(current, bad)
    assert current().revision == 0
    assert not current().content.comments


# --- any thread ----------------------------------------------------------------------------------

_WORDS = st.sampled_from(
    [HOLDS, "> The bridge holds", "I doubt it...", "> nowhere", "Why?", "", "the bridge holds ... care"]
)


@st.composite
def generated(draw: st.DrawFn) -> Thread:
    """A thread with replies to any post before or after (never in a circle), or to none in the file."""
    ids = draw(
        st.lists(
            st.text(min_size=1, max_size=20).filter(str.isprintable),
            min_size=1,
            max_size=6,
            unique_by=threads.key_of,
        )
    )
    posts = []
    for number, key in enumerate(ids):
        body = "\n".join(draw(st.lists(_WORDS, min_size=1, max_size=3)))
        author = draw(st.sampled_from(["Ann", "ann", "Bob", None]))
        parent = draw(st.sampled_from([None, "elsewhere", *ids[:number]]))
        posts.append(Post(key, body or "x", author, "not told" if author is None else "", parent))
    return Thread("plain", tuple(draw(st.permutations(posts))), replies_stated=draw(st.booleans()))


def after(view: MapSnapshot, done: ThreadImport) -> MapSnapshot:
    validate(view.content, done.changes, view.words)
    return MapSnapshot(applied(view.content, done.changes), view.revision + 1, view.words)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated())
def test_any_thread_imported_twice_is_there_once_with_its_words(thread: Thread) -> None:
    empty = MapSnapshot(MapContent(), 0, vocabulary())
    once = plan(empty, thread, who="t", title="T")
    view = after(empty, once)
    assert sorted(view.text_of(c) for c in view.content.comments.values()) == sorted(
        p.body for p in thread.posts
    )
    assert plan(view, thread, who="t", title="T").changes == ()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(generated(), st.data())
def test_a_thread_imported_in_two_parts_has_each_post_once(thread: Thread, data: st.DataObject) -> None:
    empty = MapSnapshot(MapContent(), 0, vocabulary())
    number = data.draw(st.integers(1, len(thread.posts)))
    part = Thread("plain", thread.posts[:number], replies_stated=thread.replies_stated)
    view = after(empty, plan(empty, part, who="t", title="T"))
    whole = after(view, plan(view, thread, who="t", title="T"))
    assert sorted(whole.text_of(c) for c in whole.content.comments.values()) == sorted(
        p.body for p in thread.posts
    )
    assert all(isinstance(c, Comment) and len(c.versions) == 1 for c in whole.content.comments.values())


# --- the command ---------------------------------------------------------------------------------


def test_the_command_tells_what_it_did(tmp_path: Path) -> None:
    path = tmp_path / "thread.md"
    path.write_text(
        "## Ann (2024-05-03)\nIt holds, says the report.\n### Bob (2024-05-03)\n> It holds\n\nNo.\n"
    )
    database = str(tmp_path / "new.sqlite3")
    dry = live.run("import", "thread", str(path), "--dry-run", "--database", database)
    assert "Would add 2 comments" in dry.stdout, dry.stderr
    assert not Path(database).exists()
    done = live.run("import", "thread", str(path), "--title", "The bridge", "--json", "--database", database)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    added = told.pop("added")
    assert len(added) == 2
    assert told == {
        "form": "markdown",
        "posts": 2,
        "new_versions": [],
        "linked": [],
        "already": 0,
        "participants": ["Ann", "Bob"],
        "replies": 1,
        "quotations": {"of the map": 1, "of something else": 0},
        "duplicates": 0,
        "passages": {},
        "revision": 1,
        "skipped": [],
    }
    assert CurrentMap(Database(f"sqlite:///{database}"))().content.info.title == "The bridge"
    again = live.run("import", "thread", str(path), "--database", database)
    assert "nothing was changed" in again.stdout


def test_the_command_refuses_a_broken_file_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text('{"results": [{"_id": "a", ')
    done = live.run("import", "thread", str(path), "--database", str(tmp_path / "new.sqlite3"))
    assert done.returncode == 1
    assert "c.json:1" in done.stderr
    assert not (tmp_path / "new.sqlite3").exists()
    missing = live.run("import", "thread", str(tmp_path / "none.md"))
    assert missing.returncode == 1
    assert "cannot be read" in missing.stderr
