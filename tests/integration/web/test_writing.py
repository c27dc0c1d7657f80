"""Writing a comment in a plain form, as a browser without scripts does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.store import tokens
from tests.integration.web.writing import (
    BODY,
    FORM,
    KEY,
    TOKEN,
    contributor,
    database,
    open_site,
    press,
    read,
    sign_in,
)
from tests.support.html import Page, parse


@pytest.fixture
def own(square_url: str, tmp_path: Path) -> Iterator[TestClient]:
    with open_site(square_url, tmp_path) as site:
        yield site


def buttons(page: Page) -> list[str]:
    return [a["value"] for a in page.all("button", name="do")]


def invalid(page: Page) -> set[str]:
    return {a["id"] for _, a in page.tags if a.get("aria-invalid") == "true"}


def test_the_form_says_how_to_get_in_and_shows_what_is_answered(own: TestClient) -> None:
    page = read(own, "/comments/new?reply_to=k2")
    assert "In answer to doubter, k2" in page.words
    assert page.all("input", name="reply_to")[0]["value"] == "k2"
    before, folded, commands = page.words.partition("If you run this map yourself")
    assert "Ask whoever gave you the address of this map for a token" in before
    assert folded
    assert "make serve" in commands
    assert "make serve" not in before
    assert "cruxmap token create" in page.words
    assert page.all("input", name="token")


def test_every_sentence_of_the_text_but_quoted_ones_can_become_a_statement(own: TestClient) -> None:
    answer = own.post("/comments/new", data={"body": FORM["body"], "do": ""})
    page = parse(answer.text)
    start = BODY.index("They run")
    stretch = f"{start}-{start + len('They run until ten since May.')}"
    assert f"node {stretch}" in buttons(page)
    assert not [b for b in buttons(page) if b.startswith("node 0-")]
    page = parse(own.post("/comments/new", data={"body": FORM["body"], "do": f"node {stretch}"}).text)
    assert page.all("input", name="node-0-ref")[0]["value"] == "N1"
    assert page.words.count("They run until ten since May.") >= 3


def test_a_sentence_that_stands_twice_is_told_apart(own: TestClient) -> None:
    body = "So it is. Really. So it is."
    answer = own.post("/comments/new", data={"body": body, "do": "node 18-27"})
    assert parse(answer.text).all("input", name="node-0-occurrence")[0]["value"] == "2"


def test_what_the_map_seems_to_know_is_suggested_and_can_be_listed_or_taken_up(own: TestClient) -> None:
    body = "The buses do not run after eight, I think."
    page = parse(own.post("/comments/new", data={"body": body, "do": ""}).text)
    taken = next(b for b in buttons(page) if b.startswith("take-up no-late-buses "))
    assert "shelf no-late-buses" in buttons(page)
    page = parse(own.post("/comments/new", data={"body": body, "do": taken}).text)
    assert page.all("input", name="node-0-id")[0]["value"] == "no-late-buses"


def test_statements_are_found_by_words_and_put_on_the_list(own: TestClient) -> None:
    page = press(own, "", find="chamber")
    assert "shelf most-by-car" in buttons(page)
    page = press(own, "shelf most-by-car", find="chamber")
    assert [a["value"] for a in page.all("input", name="shelf")] == ["no-late-buses", "most-by-car"]
    options = {a["value"] for a in page.all("option")}
    # What bears on a listed statement can be undercut: its relations can be linked to, too.
    assert {"N1", "most-by-car", "no-late-buses"} <= options
    assert {a["value"] for a in page.all("option")} & {"r-undercut", "r-car-crux"} or any(
        key.startswith("r-") for key in options
    )


def test_rows_come_and_go_and_take_their_links_along(own: TestClient) -> None:
    page = press(own, "node-empty")
    assert not page.all("input", name="node-1-ref")
    page = press(own, "node")
    assert page.all("input", name="node-1-ref")[0]["value"] == "N2"
    page = press(own, "link")
    assert page.all("select", name="link-1-type")
    page = press(own, "drop-node 0")
    assert not page.all("fieldset", id="node-0")
    chosen = [a for a in page.all("option") if "selected" in a and a["value"] == "N1"]
    assert chosen == []
    assert not press(own, "drop-link 0").all("fieldset", id="link-0")


def test_a_preview_tells_the_difference_and_stores_nothing(own: TestClient) -> None:
    page = press(own, "preview")
    assert "New on the map: one claim and one relation." in page.words
    assert "“The buses run until ten” attacks “The buses do not run after eight”" in page.words
    assert "Recognised quotations" in page.words
    assert own.get(f"/comments/{KEY}").status_code == 404


def test_what_is_wrong_stands_by_its_field_and_nothing_typed_is_lost(own: TestClient) -> None:
    page = press(
        own,
        "preview",
        422,
        **{
            "node-0-quote": "They run until midnight",
            "node-0-type": "",
            "participant": "",
            "source_url": "x:y",
        },
    )
    assert "source_url" in invalid(page)
    page = press(own, "preview", 422, **{"node-0-quote": "They run until midnight", "node-0-type": ""})
    assert invalid(page) == {"node-0-quote", "node-0-type"}
    links = {a["href"] for a in page.all("a")}
    assert {"#node-0-quote", "#node-0-type"} <= links
    assert "They run until midnight" in page.words
    assert page.all("input", name="participant")[0]["value"] == "newcomer"
    assert "Ten is after eight." in page.words
    page = press(own, "preview", 422, **{"link-0-target": "", "node-0-occurrence": "two"})
    assert invalid(page) == {"link-0-target", "node-0-occurrence"}
    assert page.all("title") and "Error:" in page.text[:40]


def test_while_typing_what_is_missing_is_only_counted(own: TestClient) -> None:
    page = press(own, "live", **{"link-0-target": ""})
    assert invalid(page) == set()
    assert "Not complete yet: 1 thing to fill in" in page.words


def test_without_a_session_nothing_is_stored_and_the_form_says_why(own: TestClient) -> None:
    page = press(own, "submit", 422)
    assert invalid(page) == {"token"}
    assert "Ten is after eight." in page.words
    # What is wrong concerns sending, not the comment.
    before, _, sending = page.words.partition("6. Send it")
    assert "This needs another look" not in page.words
    assert "Sending needs a token." not in before
    assert "It was not sent" in sending
    assert invalid(press(own, "submit", 422, token="cmx_wrong")) == {"token"}
    assert own.get(f"/comments/{KEY}").status_code == 404


def test_a_contributors_comment_is_shown_at_once_as_unreviewed_with_its_difference(own: TestClient) -> None:
    told = press(own, "preview").words
    answer = own.post(
        "/comments/new", data={**FORM, "participant": "", "do": "submit", "token": contributor(own)}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, f"/comments/{KEY}/difference#main")
    page = read(own, f"/comments/{KEY}/difference")
    assert "Unreviewed." in page.words
    assert "When it was added" in page.words
    for sentence in page.words.split("with it.")[1].split("The figures")[0].split(". ")[:3]:
        assert sentence.strip() in told
    page = read(own, f"/comments/{KEY}")
    assert "Unreviewed." in page.words
    assert f"/comments/{KEY}/difference" in {a["href"] for a in page.all("a")}
    assert "Signed in: a contributor" in page.words


def test_sending_the_same_form_twice_adds_one_comment(own: TestClient) -> None:
    first = own.post("/comments/new", data={**FORM, "do": "submit", "token": TOKEN})
    again = own.post("/comments/new", data={**FORM, "do": "submit"})
    assert first.headers["location"] == again.headers["location"]
    assert own.get(f"/comments/{KEY}-2").status_code == 404
    other = own.post("/comments/new", data={**FORM, "body": BODY + " Yes.", "do": "submit"})
    assert other.headers["location"] == f"/comments/{KEY}-2/difference#main"


def test_a_contributor_writes_as_their_participant_only(own: TestClient) -> None:
    token = contributor(own)
    page = press(own, "submit", 422, token=token)
    assert "Your token is bound to another participant" in page.words
    # The token was good: the session has begun, and the form knows whose it is.
    page = read(own, "/comments/new")
    assert "You write as doubter." in page.words
    assert not page.all("input", name="participant")


def test_selected_words_begin_a_form(own: TestClient) -> None:
    page = read(own, "/comments/new?quote=The+buses+run&reply_to=k2")
    assert "> The buses run" in page.text
    page = read(own, "/comments/new?quote=I+doubt+it&document=thread&paragraph=5&occurrence=1&reply_to=k2")
    assert page.all("input", name="node-0-paragraph")[0]["value"] == "5"
    form = {
        **FORM,
        "node-0-quote": "I doubt it",
        "node-0-place": "thread",
        "node-0-paragraph": "5",
        "do": "submit",
        "token": TOKEN,
    }
    answer = own.post("/comments/new", data=form)
    assert answer.status_code == 303
    assert "thread ¶5" in read(own, "/nodes/the-buses-run-until-ten").words


def test_what_was_typed_is_never_markup(own: TestClient) -> None:
    evil = "</textarea><script>alert(1)</script>"
    text = own.post("/comments/new", data={**FORM, "body": evil, "find": evil, "node-0-text": evil}).text
    assert "<script>alert" not in text
    assert parse(text).problems == []


@pytest.mark.parametrize("body", ["", "a\x00b", "x" * 100_001])
def test_a_body_that_cannot_be_kept_is_refused_by_its_field(own: TestClient, body: str) -> None:
    assert invalid(press(own, "preview", 422, body=body)) >= {"body"}


def test_a_form_is_bounded(own: TestClient) -> None:
    many = {f"node-{n}-text": "x" for n in range(60)}
    assert own.post("/comments/new", data=many).status_code == 422
    assert own.post("/comments/new", data={f"f{n}": "x" for n in range(3000)}).status_code == 422
    assert own.post("/comments/new", json={"body": "x"}).status_code == 415


def test_pages_of_other_sites_cannot_send_the_form(own: TestClient) -> None:
    sign_in(own)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        answer = own.post("/comments/new", data={**FORM, "do": "submit"}, headers=headers)
        assert answer.status_code == 403
    assert own.get(f"/comments/{KEY}").status_code == 404


def test_writing_too_much_is_answered_with_when_to_come_back(square_url: str, tmp_path: Path) -> None:
    with open_site(square_url, tmp_path) as site:
        site.app.state.limits.looks.size = 3  # type: ignore[attr-defined]
        answers = [site.post("/comments/new", data=FORM) for _ in range(5)]
    assert [a.status_code for a in answers][-1] == 429
    assert int(answers[-1].headers["retry-after"]) > 0


# --- sessions ----------------------------------------------------------------------------------


def test_a_token_begins_a_session_that_ends_with_the_token(own: TestClient) -> None:
    token, info = tokens.create(database(own), "editor", "an editor")
    answer = own.post("/signin", data={"token": token, "next": "/review"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert token not in cookie
    assert own.get("/review").status_code == 200
    tokens.revoke(database(own), info.id)
    assert own.get("/review").headers["location"] == "/signin?next=/review"


def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(own: TestClient) -> None:
    sign_in(own)
    cookie = own.cookies["cruxmap_session"]
    own.post("/leave")
    assert own.get("/review", headers={"Cookie": f"cruxmap_session={cookie}"}).status_code == 303


def test_a_wrong_token_is_told_by_its_field_and_begins_nothing(own: TestClient) -> None:
    answer = own.post("/signin", data={"token": "cmx_nonsense"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert invalid(parse(answer.text)) == {"token"}


def test_the_way_back_after_signing_in_never_leaves_the_site(own: TestClient) -> None:
    answer = own.post("/signin", data={"token": TOKEN, "next": "https://evil.example/"})
    assert answer.headers["location"] == "/"


def test_the_one_time_link_opens_an_editors_session_once(own: TestClient) -> None:
    link, _ = tokens.create(database(own), "editor", "local editor", kind="link", days=1)
    assert own.get(f"/editor?link={link}").status_code == 303
    assert "As local editor" in read(own, "/signin").words
    own.cookies.clear()
    assert own.get(f"/editor?link={link}").status_code == 401


def test_a_page_kept_from_before_signing_in_is_not_shown_afterwards(own: TestClient) -> None:
    tag = own.get("/nodes/no-late-buses").headers["etag"]
    assert own.get("/nodes/no-late-buses", headers={"If-None-Match": tag}).status_code == 304
    sign_in(own)
    answer = own.get("/nodes/no-late-buses", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "/review/nodes/no-late-buses" in answer.text
