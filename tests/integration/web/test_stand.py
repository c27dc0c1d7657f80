"""Where do you stand, the verdict, and reasoning on the other pages, over the small map."""

import re

import pytest
from starlette.testclient import TestClient


def text(site: TestClient, address: str) -> str:
    answer = site.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def test_the_form_asks_every_crux_and_leaves_it_to_the_map(site: TestClient) -> None:
    page = text(site, "/stand")
    assert "Would people come to the square without a car?" in page
    assert page.count('name="is.people-come"') == 6
    assert re.search(r'name="is.people-come" value="" checked', page)


def test_answers_in_the_address_change_the_verdict_without_any_script(site: TestClient) -> None:
    assert "Too close to call" in text(site, "/stand")
    page = text(site, "/stand?is.people-come=yes&hold=true")
    assert re.search(r'name="is.people-come" value="yes" checked', page)
    assert "A leads: its strength is 0." in page


def test_a_sent_form_leads_to_the_short_address(site: TestClient) -> None:
    answer = site.get("/stand?from=&is.people-come=yes&is.other=&semantics=")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/stand?is.people-come=yes"


def test_answers_that_the_map_outweighs_are_said_to_be_and_can_be_held_fast(site: TestClient) -> None:
    outweighed = r'data-against="people-come">That is the other side of your answer'
    assert re.search(outweighed, text(site, "/stand?is.people-come=probably"))
    held = text(site, "/stand?is.people-come=probably&hold=true")
    assert not re.search(outweighed, held)
    assert 'data-node="people-come">0.70<' in held


def test_a_number_in_a_link_is_kept_as_a_choice_of_its_own(site: TestClient) -> None:
    assert "0.66, from the link" in text(site, "/stand?is.people-come=0.66")


def test_a_link_to_what_is_gone_still_works_and_says_so(site: TestClient) -> None:
    page = text(site, "/stand?is.people-come=no&is.taken-back=yes&is.never-there=yes")
    assert "2 answers in this link left out" in page
    assert "“Nobody drives on market days”" in page


@pytest.mark.parametrize(
    "query", ["is.people-come=maybe", "is.people-come=2", "from=nobody", "semantics=magic"]
)
def test_what_is_no_answer_is_refused_in_words(site: TestClient, query: str) -> None:
    assert site.get(f"/stand?{query}").status_code == 422


def test_one_can_start_from_what_a_participant_says(site: TestClient) -> None:
    page = text(site, "/stand?from=doubter")
    assert re.search(r'<option value="doubter" selected>', page)
    assert "B leads" in page


def test_participants_who_say_too_little_are_not_offered(site: TestClient) -> None:
    assert '<option value="opener"' not in text(site, "/stand")
    assert re.search(r"opener</a></th><td>2</td><td>too little said", text(site, "/verdict"))


@pytest.mark.parametrize(
    "address",
    [
        "/stand",
        "/verdict",
        "/cruxes",
        "/nodes/most-by-car",
        "/scenarios/A",
        "/participants/doubter/vs/checker",
    ],
)
def test_wherever_a_number_is_shown_it_is_said_to_be_no_probability(site: TestClient, address: str) -> None:
    page = text(site, address)
    assert 'href="/about#strengths">a strength, not a probability</a>' in page
    assert 'id="strengths"' in text(site, "/about")


def test_a_node_says_what_each_chain_carries_and_what_remains(site: TestClient) -> None:
    page = text(site, "/nodes/most-by-car")
    assert "Without it, A would stand at 0." in page
    assert "What each chain carries" in page
    assert "of a whole effect of" in page


def test_a_scenario_says_what_would_overturn_it(site: TestClient) -> None:
    page = text(site, "/scenarios/A")
    assert "Holds it up most" in page
    assert "Pulls it down most" in page
    assert "give the lead to A" in page


def test_the_verdict_says_what_was_not_searched(site: TestClient) -> None:
    assert "possible pairs" in text(site, "/verdict")
    assert "possible triples" not in text(site, "/verdict")
    assert "possible triples" in text(site, "/verdict?sets=triples")


def test_unreviewed_content_counts_only_when_asked_in(site: TestClient) -> None:
    assert "no editor has reviewed yet is counted" not in text(site, "/verdict")
    assert "no editor has reviewed yet is counted" in text(site, "/verdict?unreviewed=true")


def test_another_way_of_computing_is_named(site: TestClient) -> None:
    assert "in another way than usual: MLP" in text(site, "/verdict?semantics=mlp%2Bdfquad-gate")


def test_the_verdict_has_a_twin(site: TestClient) -> None:
    twin = re.search(r'rel="alternate" type="application/json" href="([^"]+)"', text(site, "/verdict"))
    assert twin is not None
    assert site.get(twin[1]).json()["sentence"] in text(site, "/verdict").replace("&#39;", "'")


def test_participants_are_compared_by_what_would_bring_them_together(site: TestClient) -> None:
    page = text(site, "/participants/doubter/vs/checker")
    assert "No double crux can be named: from what checker says, no scenario clearly leads." in page
