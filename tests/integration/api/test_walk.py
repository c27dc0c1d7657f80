"""The walk on the real thread: a comment taken out of a copy of the map and posted back by a stranger."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.analysis.counterfactual import without
from app.formats import map_dump, map_files
from app.main import create_app
from app.model.records import Comment, MapContent, Node, Relation
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.settings import Settings
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.loading import load
from app.store.migrate import prepare

TOKEN = "token-of-the-tests"
Json = dict[str, Any]
FIRST, LAST = 78, 85


@pytest.fixture
def seeded(seeded_url: str) -> MapSnapshot:
    """The bundled map."""
    database = Database(seeded_url)
    try:
        return CurrentMap(database)()
    finally:
        database.dispose()


@pytest.fixture
def taken_out(seeded: MapSnapshot, tmp_path: Path) -> tuple[str, Comment, MapContent]:
    """A map without the comment of lines 78–85 of document 001, its address; the comment; what it was."""
    (comment,) = (
        c
        for c in seeded.content.comments.values()
        if (c.document, c.first_paragraph, c.last_paragraph) == ("001", FIRST, LAST)
    )
    url = f"sqlite:///{tmp_path / 'without.sqlite3'}"
    database = Database(url)
    prepare(database)
    load(database, without(seeded, comment), who="tests", why="the map without one comment")
    database.dispose()
    return url, comment, seeded.content


def as_a_stranger_would(view: MapSnapshot, comment: Comment, have: MapContent) -> Json:
    """The comment with its nodes and relations, as somebody would send it who has only read the README."""
    mine = without(view, comment)
    start, end = view.span_of(comment)
    nodes: list[Json] = []

    def passages(element: Node | Relation) -> list[Json]:
        found = []
        for m in element.passages:
            if m.document == comment.document and start <= m.start <= end:
                line = view.paragraph_number(m.document, m.start) - FIRST + 1
                before = view.paragraphs[m.document][line + FIRST - 2].of(
                    view.content.documents[m.document].text
                )
                at = m.start - view.paragraphs[m.document][line + FIRST - 2].start
                nth = before[: at + len(m.exact)].count(m.exact)
                found.append(
                    {
                        "quote": m.exact,
                        "paragraph": line,
                        "occurrence": nth,
                        "attitude": m.attitude,
                        "holder": m.holder,
                    }
                )
        return found

    for node in view.content.nodes.values():
        quotes = passages(node)
        if node.id in mine.nodes:
            if quotes:
                nodes.append({"id": node.id, "passages": quotes})
            continue
        item: Json = {
            "ref": f"my-{node.id}"[:60],
            "type": node.type,
            "text": node.text,
            "tags": list(node.tags),
        }
        if node.crux is not None:
            item["crux"] = node.crux.model_dump()
        nodes.append({**item, "passages": quotes})
    refs = {
        node.id: f"my-{node.id}"[:60] for node in view.content.nodes.values() if node.id not in mine.nodes
    }
    gone = [r for r in view.content.relations.values() if r.id not in mine.relations]
    refs |= {relation.id: f"my-{relation.id}"[:60] for relation in gone}
    relations = [
        {
            "ref": refs[relation.id],
            "type": relation.type,
            "source": refs.get(relation.source, relation.source),
            "target": refs.get(relation.target, relation.target),
            "rationale": relation.rationale,
            "passages": passages(relation),
        }
        for relation in gone
    ]
    return {
        "participant": view.content.participants[comment.participant].label,
        "body": view.text_of(comment),
        "reply_to": comment.reply_to,
        "nodes": nodes,
        "relations": relations,
    }


def served(url: str) -> TestClient:
    app = create_app(Settings(database_url=url, token=TOKEN))
    return TestClient(app, base_url="http://localhost", headers={"Authorization": f"Bearer {TOKEN}"})


def stances(content: Json) -> dict[str, dict[str, str]]:
    """By the node's words, its stance on every scenario."""
    return {
        n["text"]: {letter: s["stance"] for letter, s in n["stances"].items()}
        for n in content["nodes"]
        if n["status"] == "reviewed"
    }


def test_a_comment_taken_out_and_posted_back_makes_the_map_what_it_was(
    taken_out: tuple[str, Comment, MapContent], seeded: MapSnapshot, seeded_url: str, tmp_path: Path
) -> None:
    url, comment, was = taken_out
    sent = as_a_stranger_would(seeded, comment, was)
    assert sent["nodes"]
    assert sent["relations"]
    with served(seeded_url) as original:
        whole = original.get("/api/v1/graph").json()
        expected = original.get(f"/api/v1/comments/{comment.id}/difference").json()["counterfactual"]
    with served(url) as client:
        tried = client.post("/api/v1/comments?dry_run=true", json=sent)
        assert tried.status_code == 200, tried.text
        answer = client.post("/api/v1/comments", json=sent)
        assert answer.status_code == 201, answer.text
        posted = answer.json()
        assert posted["difference"] == tried.json()["difference"]
        after = client.get("/api/v1/graph").json()

    # The difference names what changed for the scenarios and the cruxes: the same as taking it out undoes.
    difference = posted["difference"]
    assert [vars_of(row) for row in difference["strengths"]] == [
        vars_of(row) for row in expected["strengths"]
    ]
    assert len(difference["stances"]) == len(expected["stances"])
    # Ids differ, and with them the jitters that a verdict must survive: only what does not hang on them.
    assert leaders(difference) == leaders(expected)
    assert len(difference["objections"]) == len(expected["objections"])
    moved = [row["scenario"] for row in difference["strengths"] if abs(row["after"] - row["before"]) >= 0.005]
    told = " ".join(difference["sentences"])
    for scenario in moved:
        assert f"cenario {scenario} rises" in told or f"cenario {scenario} falls" in told
    assert "the verdict" in told
    # The curated cruxes it argues about are named with how much stronger or weaker their case gets.
    assert difference["cases"]
    assert [row["node"] for row in difference["cases"]] == [row["node"] for row in expected["cases"]]
    assert "The case for “" in told
    assert posted["comment"]["text"] == seeded.text_of(comment)
    assert stances(after) == stances(whole)

    # Restart, dump, load elsewhere: everything returns the same.
    with served(url) as restarted:
        assert restarted.get("/api/v1/graph").json() == after
        assert restarted.get(posted["comment"]["url"]).json()["text"] == posted["comment"]["text"]
    database = Database(url)
    content = CurrentMap(database)()
    map_dump.write(content, tmp_path / "dump")
    database.dispose()
    elsewhere = Database(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}")
    prepare(elsewhere)
    load(elsewhere, map_files.read(tmp_path / "dump", vocabulary()), who="tests", why="elsewhere")
    assert CurrentMap(elsewhere)().content == content.content
    elsewhere.dispose()


def vars_of(row: Json) -> tuple[str, float, float]:
    return row["scenario"], round(row["before"], 9), round(row["after"], 9)


def leaders(difference: Json) -> list[tuple[str, str, str]]:
    effects = [(c["change"], c["before"] or "", c["after"] or "") for c in difference["cruxes"]]
    return sorted(e for e in effects if "changes the leader" in e)
