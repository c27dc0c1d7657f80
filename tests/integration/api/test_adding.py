"""Adding a comment: all or nothing, checked to the last character, and answered with what it changes."""

import copy

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from app.store.current import CurrentMap
from app.store.database import Database

from .conftest import Json, submission


def revision(client: TestClient) -> int:
    found: int = client.get("/api/v1").json()["revision"]
    return found


def graph(client: TestClient) -> Json:
    found: Json = client.get("/api/v1/graph").json()
    return found


def fields(answer: object) -> set[str]:
    return {item["field"] for item in answer.json()["errors"]}


def test_a_comment_is_stored_with_everything_it_carries(client: TestClient) -> None:
    answer = client.post("/api/v1/comments", json=submission())
    assert answer.status_code == 201
    done = answer.json()
    found = client.get(answer.headers["location"]).json()
    assert found["text"] == submission()["body"]
    assert (found["type"], found["participant_label"], found["reply_to"]) == ("api", "newcomer", "c2")
    assert {n["id"] for n in found["nodes"]} == {n["id"] for n in done["nodes_created"]}
    assert {r["id"] for r in found["relations"]} == {r["id"] for r in done["relations_created"]}
    assert [r["id"] for r in done["relations_created"]] == [f"{found['id']}-r1", f"{found['id']}-r2"]
    node = client.get(f"/api/v1/nodes/{done['refs']['none-left']}").json()
    assert node["passages"][0]["exact"] == "there is no rust left"
    assert node["passages"][0]["holder"] == "newcomer"
    assert revision(client) == done["revision"] == 2


def test_ids_are_made_from_the_words_and_never_taken_twice(client: TestClient) -> None:
    first = client.post("/api/v1/comments", json=submission()).json()
    second = client.post("/api/v1/comments", json=submission()).json()
    assert first["comment"]["id"] == "i-doubt-it-the-pillars-were-cleaned-in"
    assert second["comment"]["id"] == "i-doubt-it-the-pillars-were-cleaned-in-2"
    assert first["refs"]["cleaned"] == "the-pillars-were-cleaned-in-may"
    assert second["refs"]["cleaned"] == "the-pillars-were-cleaned-in-may-2"


def test_quoted_lines_are_recognised_abridged_and_in_other_typography(client: TestClient) -> None:
    done = client.post("/api/v1/comments", json=submission()).json()
    first, second = done["quotations"]
    assert first["quoted"].startswith("Those tests measure fresh steel — they say nothing")
    assert first["quoted"].endswith("below the waterline.")
    assert (second["exact"], second["quoted"]) == (
        'rust on "nearly every pillar"',
        "rust on “nearly every pillar”",
    )
    assert done["unknown_quotations"] == []
    assert [row["kind"] for row in done["ledger"]][:2] == ["quotation", "quotation"]


def test_a_quoted_line_from_nowhere_is_said_to_be_so(client: TestClient) -> None:
    body = "> The moon is made of green cheese, says my uncle.\n\nNo."
    done = client.post("/api/v1/comments", json={"participant": "x", "body": body}).json()
    assert done["quotations"] == []
    assert done["unknown_quotations"] == ["The moon is made of green cheese, says my uncle."]
    assert done["ledger"][0]["kind"] == "quotation"


def test_what_stands_in_a_quotation_is_held_by_whom_it_quotes(client: TestClient) -> None:
    item = {
        "type": "claim",
        "text": "Nearly every pillar has rust.",
        "passages": [{"quote": "nearly every pillar"}],
    }
    done = client.post("/api/v1/comments", json=submission(nodes=[item], relations=[])).json()
    (passage,) = client.get(done["nodes_created"][0]["url"]).json()["passages"]
    assert (passage["holder"], passage["attitude"]) == ("doubter", "quotes")


def test_what_stands_in_a_quotation_from_nowhere_needs_a_holder(client: TestClient) -> None:
    sent = {
        "participant": "x",
        "body": "> The moon is made of green cheese.",
        "nodes": [{"type": "claim", "text": "The moon is cheese.", "passages": [{"quote": "green cheese"}]}],
    }
    assert fields(client.post("/api/v1/comments", json=sent)) == {"nodes[0].passages[0].holder"}
    sent["nodes"][0]["passages"][0]["holder"] = "author"
    assert client.post("/api/v1/comments", json=sent).status_code == 201


def test_a_comment_with_a_body_only_is_fine_and_its_sentences_are_unread(client: TestClient) -> None:
    done = client.post("/api/v1/comments", json={"participant": "author", "body": "Hm. Let me think."}).json()
    assert done["participant_created"] is False
    assert [row["kind"] for row in done["ledger"]] == ["unread", "unread"]
    assert done["difference"]["stances"] == []


def test_an_existing_node_is_taken_up_and_an_existing_relation_found_again(client: TestClient) -> None:
    body = "Right, rust weakens things. That is why it will come down."
    done = client.post(
        "/api/v1/comments",
        json={
            "participant": "author",
            "body": body,
            "nodes": [
                {"id": "rust-weakens", "attitude": "concedes", "passages": [{"quote": "rust weakens things"}]}
            ],
            "relations": [
                {
                    "type": "supports",
                    "source": "rust-weakens",
                    "target": "falls",
                    "passages": [{"quote": "why it will come down"}],
                }
            ],
        },
    ).json()
    assert [n["id"] for n in done["nodes_reused"]] == ["rust-weakens"]
    assert [r["id"] for r in done["relations_reused"]] == ["c2-r4"]
    assert done["nodes_created"] == done["relations_created"] == []
    held = client.get("/api/v1/nodes/rust-weakens").json()["passages"]
    assert {(p["holder"], p["attitude"]) for p in held} == {("doubter", "asserts"), ("author", "concedes")}


def test_a_new_relation_may_end_in_another_new_relation(client: TestClient) -> None:
    sent = submission()
    sent["relations"].append({"type": "undercuts", "source": "steel-passed", "target": "because"})
    done = client.post("/api/v1/comments", json=sent).json()
    assert done["relations_created"][2]["target"] == done["refs"]["because"]


def test_a_passage_may_be_quoted_from_what_is_there_already(client: TestClient) -> None:
    sent = submission(relations=[])
    sent["nodes"] = [
        {
            "type": "claim",
            "text": "Somebody should ask the divers.",
            "passages": [
                {"quote": "asked the divers", "document": "001"},
                {"quote": "the divers", "comment": "c3"},
            ],
        }
    ]
    done = client.post("/api/v1/comments", json=sent).json()
    passages = client.get(done["nodes_created"][0]["url"]).json()["passages"]
    assert {(p["comment"], p["holder"]) for p in passages} == {("c3", "author")}


def test_the_answer_says_what_changes(client: TestClient) -> None:
    found = client.post("/api/v1/comments", json=submission()).json()["difference"]
    assert found["sentences"][0] == "New on the map: one claim, one objection and two relations."
    assert any("speak for scenario A and against scenario B" in said for said in found["sentences"])
    assert any(said.startswith("Nothing answers yet that “No rust is left") for said in found["sentences"])
    by_scenario = {row["scenario"]: row for row in found["strengths"]}
    assert by_scenario["A"]["after"] > by_scenario["A"]["before"]
    assert by_scenario["B"]["after"] < by_scenario["B"]["before"]
    changes = {(c["relation"], c["change"]) for c in found["objections"]}
    assert ("c2-r3", "answered") in changes


def test_a_dry_run_answers_the_same_and_stores_nothing(client: TestClient) -> None:
    before = graph(client)
    tried = client.post("/api/v1/comments?dry_run=true", json=submission())
    assert (tried.status_code, graph(client)) == (200, before)
    done = client.post("/api/v1/comments", json=submission()).json()
    answered = tried.json()
    assert answered.pop("dry_run") is True
    assert done.pop("dry_run") is False
    for answer in (answered, done):
        answer["comment"].pop("submitted_at")
    assert answered == done


WRONG: list[tuple[str, Json, str]] = [
    ("no body", {"body": None}, "body"),
    ("an empty body", {"body": ""}, "body"),
    ("a body of spaces", {"body": " \n\n "}, "body"),
    ("a body that is too long", {"body": "x" * 100_001}, "body"),
    ("no participant", {"participant": None}, "participant"),
    ("a participant of spaces", {"participant": "   "}, "participant"),
    ("an unknown field", {"colour": "red"}, "colour"),
    ("an unknown comment answered", {"reply_to": "c99"}, "reply_to"),
    ("a script as an address", {"source_url": "javascript:alert(1)"}, "source_url"),
    ("data as an address", {"source_url": "data:text/html,hi"}, "source_url"),
    ("an address without a host", {"source_url": "https:///x"}, "source_url"),
    ("an address with a space", {"source_url": "https://a b/"}, "source_url"),
    ("nodes that are no list", {"nodes": {}}, "nodes"),
    ("too many nodes", {"nodes": [{}] * 201}, "nodes"),
]


@pytest.mark.parametrize(("changes", "field"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_is_wrong_with_the_comment_is_named(client: TestClient, changes: Json, field: str) -> None:
    before = graph(client)
    sent = {k: v for k, v in submission(**changes).items() if v is not None}
    answer = client.post("/api/v1/comments", json=sent)
    assert answer.status_code == 422
    assert field in fields(answer)
    assert graph(client) == before


INSIDE: list[tuple[str, str, object, str]] = [
    ("an unknown type", "nodes.0.type", "assertion", "nodes[0].type"),
    ("a scenario", "nodes.0.type", "scenario", "nodes[0].type"),
    ("no text", "nodes.0.text", None, "nodes[0].text"),
    ("a text of spaces", "nodes.0.text", "  ", "nodes[0].text"),
    ("a crux without details", "nodes.0.type", "crux", "nodes[0].crux"),
    ("no passage", "nodes.0.passages", [], "nodes[0].passages"),
    (
        "a quote that is not in the body",
        "nodes.0.passages.0.quote",
        "never said",
        "nodes[0].passages[0].quote",
    ),
    ("a quote in other case", "nodes.0.passages.0.quote", "the Pillars were", "nodes[0].passages[0].quote"),
    ("a quote over two lines", "nodes.0.passages.0.quote", 'pillar"\n\nI', "nodes[0].passages[0].quote"),
    ("a quote that stands twice", "nodes.0.passages.0.quote", "rust", "nodes[0].passages[0].quote"),
    ("an occurrence too many", "nodes.0.passages.0.occurrence", 2, "nodes[0].passages[0].occurrence"),
    ("no such paragraph", "nodes.0.passages.0.paragraph", 9, "nodes[0].passages[0].paragraph"),
    ("an unknown attitude", "nodes.0.passages.0.attitude", "believes", "nodes[0].passages[0].attitude"),
    ("an unknown holder", "nodes.0.passages.0.holder", "nobody", "nodes[0].passages[0].holder"),
    ("an unknown document", "nodes.0.passages.0.document", "999", "nodes[0].passages[0].document"),
    ("an unknown comment", "nodes.0.passages.0.comment", "c99", "nodes[0].passages[0].comment"),
    ("a name given twice", "nodes.1.ref", "cleaned", "nodes[1].ref"),
    ("a name that is an id", "nodes.1.ref", "steel-passed", "nodes[1].ref"),
    ("a tag with a comma", "nodes.1.tags.0", "a,b", "nodes[1].tags[0]"),
    (
        "an unknown node to take up",
        "nodes.1",
        {"id": "nope", "passages": [{"quote": "I doubt"}]},
        "nodes[1].id",
    ),
    ("a relation to take up", "nodes.1", {"id": "c2-r1", "passages": [{"quote": "I doubt"}]}, "nodes[1].id"),
    ("a relation from nowhere", "relations.0.source", "nope", "relations[0].source"),
    ("a relation to nowhere", "relations.0.target", "nope", "relations[0].target"),
    ("a relation from a relation", "relations.0.source", "c2-r1", "relations[0].source"),
    ("a relation to itself", "relations.0.target", "cleaned", "relations[0].target"),
    ("an unknown relation type", "relations.0.type", "proves", "relations[0].type"),
    ("an undercut of a node", "relations.1.type", "undercuts", "relations[1].type"),
    ("an attack on a relation", "relations.1.target", "c2-r2", "relations[1].type"),
    ("an argument from a scenario", "relations.1.source", "holds", "relations[1].type"),
    ("an argument from a question", "relations.1.source", "how-deep", "relations[1].type"),
]


@pytest.mark.parametrize(("place", "value", "field"), [c[1:] for c in INSIDE], ids=[c[0] for c in INSIDE])
def test_what_is_wrong_within_is_named_and_nothing_is_stored(
    client: TestClient, place: str, value: object, field: str
) -> None:
    before = graph(client)
    sent = copy.deepcopy(submission())
    target: object = sent
    *path, last = place.split(".")
    for part in path:
        target = target[int(part) if part.isdigit() else part]
    target[int(last) if last.isdigit() else last] = value
    answer = client.post("/api/v1/comments", json=sent)
    assert answer.status_code == 422
    assert field in fields(answer)
    assert graph(client) == before


def test_all_that_is_wrong_is_listed_at_once(client: TestClient) -> None:
    sent = submission(reply_to="c99")
    sent["nodes"][0]["passages"][0]["quote"] = "never said"
    sent["relations"][1]["target"] = "nope"
    answer = client.post("/api/v1/comments", json=sent)
    assert fields(answer) == {"reply_to", "nodes[0].passages[0].quote", "relations[1].target"}


def test_a_withdrawn_end_is_refused(client: TestClient, settings: Settings) -> None:
    from app.store.writing import Change, commit

    database = Database(settings.database_url)
    view = CurrentMap(database)()
    node = view.content.nodes["rust-weakens"]
    gone = node.model_copy(update={"status": "withdrawn"})
    with database.write() as session:
        commit(session, view, [Change("node", node.id, node, gone)], who="t", why="t", origin="edit")
    database.dispose()
    assert fields(client.post("/api/v1/comments", json=submission())) == {"relations[1].target"}


def test_writing_needs_a_token_that_counts(anonymous: TestClient) -> None:
    for header in (None, "Bearer", "Bearer nonsense", "Basic dG9rZW4=", "Bearer token-of-the-test"):
        headers = {"Authorization": header} if header else {}
        answer = anonymous.post("/api/v1/comments", json=submission(), headers=headers)
        assert answer.status_code == 401
        assert answer.json()["type"] == "/errors/not-authenticated"
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert revision(anonymous) == 1


def test_line_ends_of_every_kind_become_one(client: TestClient) -> None:
    done = client.post("/api/v1/comments", json={"participant": "x", "body": "One.\r\nTwo.\rThree."}).json()
    assert done["comment"]["text"] == "One.\nTwo.\nThree."


def test_any_script_and_emoji_are_kept_as_they_are(client: TestClient) -> None:
    body = "桥会倒塌。 🌉 Jörg sagt: „Nein“. אבג"
    item = {"type": "claim", "text": "桥会倒塌。", "passages": [{"quote": "桥会倒塌"}]}
    done = client.post("/api/v1/comments", json={"participant": "赵", "body": body, "nodes": [item]}).json()
    assert done["comment"]["text"] == body
    assert client.get(done["nodes_created"][0]["url"]).json()["passages"][0]["start"] == 0
