"""Every page, over real SQLite: it answers, says what it must, and carries what every page carries."""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from tests.support.html import Page, parse

PAGES = (
    "/",
    "/matrix",
    "/matrix?A=supports&type=claim&sort=text",
    "/matrix?unreviewed=true",
    "/scenarios",
    "/scenarios/A",
    "/scenarios/B",
    "/scenarios/A/vs/B",
    "/cruxes",
    "/cruxes/people-come",
    "/nodes/most-by-car",
    "/nodes/one-saturday",
    "/nodes/not-checked-yet",
    "/nodes/taken-back",
    "/nodes/will-buses-run",
    "/relations/r-undercut",
    "/relations/r-car-crux",
    "/relations/r-dead",
    "/comments",
    "/comments/k1",
    "/comments/k2",
    "/comments/k3",
    "/comments/k4",
    "/participants",
    "/participants/doubter",
    "/participants/chamber",
    "/participants/doubter/vs/checker",
    "/documents",
    "/documents/thread",
    "/documents/thread?at=10-20",
    "/search",
    "/search?q=buses",
    "/search?q=nothingofthekind",
    "/about",
    "/export",
    "/export?unreviewed=true",
)
LIMIT = 100_000


def read(site: TestClient, path: str) -> Page:
    answer = site.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return parse(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_and_has_one_heading_and_landmarks(site: TestClient, path: str) -> None:
    page = read(site, path)
    assert page.problems == []
    assert len(page.all("h1")) == 1
    assert len(page.all("main", id="main")) == len(page.all("footer")) == 1
    assert page.all("a", class_="skip") == [{"class": "skip", "href": "#main"}]
    assert page.all("html")[0]["lang"] == "en"


@pytest.mark.parametrize("path", PAGES)
def test_headings_never_skip_a_level(site: TestClient, path: str) -> None:
    levels = [int(tag[1]) for tag, _ in read(site, path).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("path", PAGES)
def test_a_page_runs_under_a_policy_without_inline_styles_or_scripts(site: TestClient, path: str) -> None:
    answer = site.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = parse(answer.text)
    for tag, attributes in page.tags:
        assert "style" not in attributes, (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert tag != "style"
        assert tag != "script" or attributes.get("src", "").startswith("/static/")
        for name in ("src", "action"):
            assert attributes.get(name, "/").startswith("/")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_its_json_twin_which_answers(site: TestClient, path: str) -> None:
    answer = site.get(path)
    (found,) = parse(answer.text).all("link", rel="alternate")
    assert found["type"] == "application/json"
    assert answer.headers["link"] == f'<{found["href"]}>; rel="alternate"; type="application/json"'
    twin = site.get(found["href"], headers={"Accept": "application/json"})
    assert twin.status_code == 200, twin.text
    assert twin.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("path", PAGES)
def test_every_table_says_what_it_holds(site: TestClient, path: str) -> None:
    page = read(site, path)
    assert len(page.all("caption")) == len(page.all("table"))


@pytest.mark.parametrize("path", PAGES)
def test_links_that_name_a_place_or_a_relation_are_told_apart_by_their_words(
    site: TestClient, path: str
) -> None:
    links = re.findall(r"<a [^>]*>(.*?)</a>", site.get(path).text, re.DOTALL)
    names = {html.unescape(re.sub(r"<[^>]*>", "", link)).strip() for link in links}
    bare = re.compile(r"this relation|why|open \w+|\S+ ¶\d+", re.IGNORECASE)
    assert [name for name in names if bare.fullmatch(name)] == []


def test_whoever_never_appears_in_a_column_has_an_empty_cell_that_reads_as_none(site: TestClient) -> None:
    text = site.get("/participants").text
    cells = re.findall(r'<td data-label="[^"]*" class="nil">(.*?)</td>', text)
    assert cells
    assert set(cells) == {'<span class="vh">0</span>'}


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_who_has_the_page_is_told_that_it_is_still_good(site: TestClient, path: str) -> None:
    tag = site.get(path).headers["etag"]
    again = site.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert site.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_leads_somewhere(site: TestClient, path: str) -> None:
    page = read(site, path)
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    for link in page.all("a"):
        parts = urlsplit(link["href"])
        if not parts.path and parts.fragment:
            assert parts.fragment in ids, link
        elif not parts.netloc:
            target = site.get(link["href"].partition("#")[0] or path)
            assert target.status_code in (200, 302), (link, target.status_code)


def test_links_into_a_page_end_at_a_place_that_is_there(site: TestClient) -> None:
    for path in ("/matrix", "/nodes/most-by-car", "/comments", "/documents/thread", "/participants/doubter"):
        for link in read(site, path).all("a"):
            place = urlsplit(link["href"])
            fragment = place.fragment.partition(":~:")[0]
            if place.path and fragment:
                answer = site.get(link["href"].partition("#")[0], follow_redirects=True)
                assert f'id="{fragment}"' in answer.text, link


def test_the_theme_is_part_of_the_tag(site: TestClient) -> None:
    plain = site.get("/").headers["etag"]
    assert site.get("/", headers={"Cookie": "theme=dark"}).headers["etag"] != plain


# --- what single pages must say ---------------------------------------------------------------------


def test_the_first_page_leads_with_the_scenarios_and_the_cruxes(site: TestClient) -> None:
    page = read(site, "/")
    assert "A quarrel about cars, mapped." in page.words
    assert "3 comments by 3 participants" in page.words
    assert "Would people come to the square without a car?" in page.words
    assert {link["href"] for link in page.all("a")} >= {"/scenarios/A", "/cruxes/people-come", "/matrix"}


def test_a_cell_of_the_matrix_says_its_stance_in_words_with_its_chain(site: TestClient) -> None:
    page = read(site, "/matrix")
    assert (
        "opposes A, through 2 steps, 1 of them inferred. It attacks “People would come to the square without a car”"
        in page.words
    )
    assert page.words.count("no bearing") >= 3


def test_a_count_of_arguments_says_how_many_speak_directly_and_on_whose_word(site: TestClient) -> None:
    for path in ("/", "/scenarios"):
        assert "2 for, 1 of them directly 3 against, none directly" in read(site, path).words
    words = read(site, "/scenarios/A").words
    assert "1 speaks to it directly, 1 through other arguments." in words
    assert "None of the 3 speaks to it directly, all go through other arguments." in words
    assert "3 against it, none directly" in read(site, "/scenarios/A/vs/B").words


def test_a_step_that_editors_inferred_is_marked_as_theirs(site: TestClient) -> None:
    steps = read(site, "/nodes/most-by-car").words
    assert "attacks “People would come to the square without a car” why" in steps
    assert "scenario A inferred why" in steps
    assert "through 2 steps, 1 of them inferred" in read(site, "/matrix").words
    listed = read(site, "/scenarios/A").words
    assert "which supports scenario A inferred." in listed


def test_a_crux_in_a_list_says_who_brought_the_arguments_to_bear(site: TestClient) -> None:
    assert (
        "0 arguments speak for a yes, 2 for a no (1 of them as the text says)" in read(site, "/cruxes").words
    )


def test_two_participants_are_compared_from_a_form_without_scripts(site: TestClient) -> None:
    for path in ("/participants", "/participants/doubter"):
        page = read(site, path)
        assert page.all("form", action="/compare")
        assert {field["name"] for tag in ("select", "input") for field in page.all(tag)} >= {"one", "other"}
    led = site.get("/compare?one=doubter&other=checker")
    assert (led.status_code, led.headers["location"]) == (303, "/participants/doubter/vs/checker")
    assert site.get("/compare?one=doubter&other=doubter").headers["location"] == "/participants/doubter"
    assert site.get("/compare?one=../a&other=b").headers["location"] == "/participants/..%2Fa/vs/b"


def test_a_participant_is_compared_first_with_whom_they_clash_most(site: TestClient) -> None:
    page = read(site, "/participants/doubter")
    assert "Most clashes: with checker (1)" in page.words


def test_a_clash_says_whether_the_text_makes_it_and_comes_before_a_double_crux_that_is_none(
    site: TestClient,
) -> None:
    words = read(site, "/participants/doubter/vs/checker").words
    assert "stated Doubter asserts it; checker sets “A count on one Saturday" in words
    assert words.index("Where they clash") < words.index("What would bring one over to the other")


def test_what_the_thread_only_supposes_is_marked_wherever_it_is_listed(site: TestClient) -> None:
    mark = "People would come to the square without a car. crux nobody asserts it"
    for path in ("/matrix", "/verdict", "/scenarios/A", "/nodes/no-late-buses", "/participants/checker"):
        assert mark in read(site, path).words, path
    assert "come by car; the chamber counted 70 %. evidence nobody" not in read(site, "/matrix").words
    assert "Will the buses run longer? question nobody" not in read(site, "/matrix").words


def test_a_scenario_says_when_nothing_is_only_implied(site: TestClient) -> None:
    words = read(site, "/scenarios/A").words
    assert "Nothing in the map beyond what is stated." in words
    assert "The figure is lost." in words


def test_letters_of_scenarios_may_be_written_small(site: TestClient) -> None:
    assert "fills with people" in read(site, "/scenarios/a").words


def test_a_crux_says_what_follows_and_that_the_text_names_no_test(site: TestClient) -> None:
    words = read(site, "/cruxes/people-come").words
    assert "If so A stands." in words
    assert "If not B follows." in words
    assert "The text names nothing." in words
    assert "undercut by A count on one Saturday" in words


def test_a_node_shows_the_quote_in_its_context_and_who_holds_it(site: TestClient) -> None:
    page = read(site, "/nodes/most-by-car")
    assert "I doubt it. Most customers of the shops come by car, the chamber counted 70 %" in page.words
    assert "doubter asserts" in page.words
    assert "doubter is quoted in a comment by checker" in page.words
    assert any(":~:text=" in link["href"] for link in page.all("a"))


def test_chains_are_told_step_by_step_on_the_page_of_a_node(site: TestClient) -> None:
    words = read(site, "/nodes/one-saturday").words
    assert "Supports, through 3 steps, 1 of them inferred." in words
    assert (
        "undercuts the objection “Most customers of the shops come by car; the chamber counted 70 %”" in words
    )


@pytest.mark.parametrize(("key", "said"), [("taken-back", "Withdrawn."), ("not-checked-yet", "Unreviewed.")])
def test_what_does_not_count_keeps_its_page_and_says_so(site: TestClient, key: str, said: str) -> None:
    words = read(site, f"/nodes/{key}").words
    assert said in words
    assert "It does not count towards stances" in words


def test_unreviewed_nodes_are_marked_where_they_are_listed(site: TestClient) -> None:
    assert "The opener expects picture A. claim unreviewed" in read(site, "/matrix?unreviewed=true").words


def test_a_relation_with_a_withdrawn_end_says_that_it_is_inactive(site: TestClient) -> None:
    assert "Inactive" in read(site, "/relations/r-dead").words


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/nodes/people-come", "/cruxes/people-come"),
        ("/nodes/picture-a", "/scenarios/A"),
        ("/nodes/r-buses", "/relations/r-buses"),
        ("/cruxes/most-by-car", "/nodes/most-by-car"),
        ("/nodes/old-name", "/nodes/no-late-buses"),
        ("/nodes/old-name?unreviewed=true", "/nodes/no-late-buses?unreviewed=true"),
    ],
)
def test_an_element_is_found_under_every_address_it_ever_had(site: TestClient, path: str, to: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.headers["location"]) == (302, to)


def test_a_comment_is_shown_word_for_word(site: TestClient) -> None:
    page = read(site, "/comments/k3")
    assert "If the buses ran until eleven, I would agree that people come without a car." in page.words
    assert "In answer to doubter, k2" in page.words


def test_a_copy_says_of_what_and_carries_nothing(site: TestClient) -> None:
    words = read(site, "/comments/k4").words
    assert "A second copy of comment k3" in words


def test_the_reader_folds_the_copy_marks_losses_and_gives_the_figures(site: TestClient) -> None:
    page = read(site, "/documents/thread")
    assert "A second copy of k3, word for word; folded" in page.words
    assert "The figures after the colon are lost in the source." in page.words
    assert "sentences accounted for" in page.words
    assert page.all("div", id="p5")


def test_a_passage_in_the_address_is_pointed_out_in_the_reader(site: TestClient) -> None:
    spans = read(site, "/documents/thread?at=0-6").all("span", class_="at")
    assert len(spans) == 1


def test_search_finds_nodes_quotes_and_comments(site: TestClient) -> None:
    words = read(site, "/search?q=buses").words
    assert "Arguments and statements" in words
    assert "Quotes" in words
    assert "Comments" in words


@pytest.mark.parametrize("query", ['"', "a AND", "*", "NEAR(", "%00", "🚌", "a" * 500])
def test_search_takes_whatever_is_typed(site: TestClient, query: str) -> None:
    assert site.get("/search", params={"q": query}).status_code in (200, 422)


# --- errors, preferences, files ---------------------------------------------------------------------


def test_a_missing_page_helps_with_what_its_address_names(site: TestClient) -> None:
    answer = site.get("/nodes/late-buses")
    page = parse(answer.text)
    assert answer.status_code == 404
    assert page.problems == []
    assert "/nodes/no-late-buses" in {link["href"] for link in page.all("a")}
    assert answer.headers["cache-control"] == "no-store"


def test_an_address_that_was_never_there_is_a_page_for_browsers_and_a_problem_for_programs(
    site: TestClient,
) -> None:
    assert "<h1" in site.get("/no/such/page").text
    answer = site.get("/nodes/none", headers={"Accept": "application/json"})
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_what_an_address_holds_is_escaped_on_the_page_that_misses_it(site: TestClient) -> None:
    answer = site.get("/nodes/<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_a_bad_filter_is_answered_with_what_is_wrong(site: TestClient) -> None:
    answer = site.get("/matrix?type=opinion")
    assert answer.status_code == 422
    assert "there is no type" in parse(answer.text).words


def test_a_choice_is_kept_and_leads_back_to_the_page(site: TestClient) -> None:
    answer = site.post("/preferences", data={"theme": "dark", "back": "/cruxes?x=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/cruxes?x=1")
    assert "theme=dark" in answer.headers["set-cookie"]
    site.cookies.clear()
    assert 'data-theme="dark"' in site.get("/", headers={"Cookie": "theme=dark"}).text
    assert 'data-theme="auto"' in site.get("/", headers={"Cookie": "theme=nonsense"}).text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/a\r\nb"]
)
def test_the_way_back_never_leaves_the_site(site: TestClient, back: str) -> None:
    answer = site.post("/preferences", data={"theme": "dark", "back": back})
    assert answer.headers["location"] == "/"
    site.cookies.clear()


def test_shortcuts_can_be_switched_off(site: TestClient) -> None:
    assert 'data-shortcuts="off"' in site.get("/", headers={"Cookie": "shortcuts=off"}).text
    assert "data-shortcuts" not in site.get("/").text


@pytest.mark.parametrize("path", ["/", "/matrix", "/documents/thread"])
def test_style_sheets_and_scripts_are_there_and_kept_for_ever(site: TestClient, path: str) -> None:
    for address in assets(read(site, path)):
        answer = site.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def assets(page: Page) -> Iterator[str]:
    yield from (link["href"] for link in page.all("link") if link["rel"] in ("stylesheet", "icon"))
    yield from (script["src"] for script in page.all("script"))
