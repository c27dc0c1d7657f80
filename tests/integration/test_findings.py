"""docs/findings.md says of the bundled map what the computation says. Where one moves, so must the other."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.analysis import Analysis, Judgement, analysis, double_cruxes_between, judgement, of_participant
from app.analysis.counterfactual import without
from app.formats import map_files
from app.model.records import MapContent
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
CLOSE = 0.0101
"""The page gives two decimals."""

EDGE = ("commenter-1", "commenter-3", "commenter-8")
AUTHOR = "thread-author"


@cache
def bundled() -> MapContent:
    return map_files.read(ROOT / "seeds", vocabulary())


def analysed(content: MapContent) -> Analysis:
    return analysis(MapSnapshot(content, 1, vocabulary()))


@pytest.fixture(scope="module")
def seeded() -> Analysis:
    return analysed(bundled())


@pytest.fixture(scope="module")
def neutral(seeded: Analysis) -> Judgement:
    return judgement(seeded)


def with_scores(**scores: float) -> Analysis:
    relations = dict(bundled().relations)
    for name, base in scores.items():
        key = name.replace("_", "-")
        relations[key] = relations[key].model_copy(update={"base": base})
    return analysed(replace(bundled(), relations=relations))


def rewired(relation: str, target: str) -> Analysis:
    content = bundled()
    moved = content.relations[relation].model_copy(update={"target": target})
    return analysed(replace(content, relations={**content.relations, relation: moved}))


def letters(strengths: Mapping[str, float]) -> dict[str, float]:
    return {key[-1].upper(): value for key, value in strengths.items()}


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def row(first: str) -> list[str]:
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_the_neutral_verdict_is_too_close_to_call_with_c_ahead(neutral: Judgement) -> None:
    found = neutral.verdict
    assert (found.leader, found.top, found.reason) == (None, "scenario-c", "unstable")
    assert found.margin == pytest.approx(0.14, abs=CLOSE)
    assert found.jitter_share == pytest.approx(0.695, abs=0.02)
    assert list(letters(found.strengths).values()) == pytest.approx(
        [float(cell) for cell in row("strength")], abs=CLOSE
    )


def test_nothing_attacks_c_and_so_it_cannot_fall_below_where_it_starts(neutral: Judgement) -> None:
    attacked = [r.target for r in neutral.result.relations if r.type == "attacks"]
    assert [attacked.count(f"scenario-{x}") for x in "abcd"] == [3, 1, 0, 1]
    reached = [o.verdict.strengths["scenario-c"] for f in neutral.cruxes.flips for o in (f.deny, f.concede)]
    assert min(reached) >= 0.5 - 1e-9


def test_the_ten_rows_are_the_strongest_computed_cruxes_in_their_order(neutral: Judgement) -> None:
    found = neutral.cruxes.found
    rest = sorted(
        (f for f in neutral.cruxes.flips if f.node not in {crux.node for crux in found}),
        key=lambda f: -max(f.deny.movement, f.concede.movement),
    )
    expected = [(c.node, "true" if c.flip == "concede" else "false", c.movement) for c in found]
    for flip in rest[: 10 - len(found)]:
        deny, concede = flip.deny.movement, flip.concede.movement
        expected.append((flip.node, "false" if deny > concede else "true", max(deny, concede)))
    assert len(found) == 5 and {crux.effect for crux in found} == {"settles"}
    assert {crux.outcome.verdict.leader for crux in found} == {"scenario-c"}
    for number, (node, answer, movement) in enumerate(expected, 1):
        statement, said, effect, moves = row(str(number))
        assert f"(`{node}`)" in statement and said == answer
        assert effect == ("settles on C" if number <= 5 else "none")
        assert float(moves) == pytest.approx(movement, abs=CLOSE)


def test_every_disagreement_of_curated_and_computed_cruxes_is_named_in_its_place(neutral: Judgement) -> None:
    curated = {n.id for n in neutral.result.nodes if n.type == "crux"}
    computed = {crux.node for crux in neutral.cruxes.found}
    text = section("Where curated and computed cruxes disagree")
    head, *groups = re.split(r"\n\d\. \*\*", text.split("\n\nComputed only")[0])
    named = [set(re.findall(r"`([a-z-]+)`", group)) & curated for group in groups]
    assert [len(group) for group in named] == [int(re.findall(r"\((\d)\)", group)[0]) for group in groups]
    assert set().union(*named) == curated - computed and sum(map(len, named)) == len(curated - computed)
    assert set(re.findall(r"`([a-z-]+)`", head)) == curated & computed
    assert (
        set(re.findall(r"`([a-z-]+)`", text.split("\n\nComputed only")[1].split("\n")[0]))
        == computed - curated
    )
    assert not neutral.comparison.both and not neutral.comparison.only_computed


def test_the_cruxes_of_the_other_question_do_not_reach_a_scenario(neutral: Judgement) -> None:
    for node in ("additive-progress-enough", "alignment-meets-need", "handoff-good-enough"):
        assert all(stance.stance == "none" for stance in neutral.result.stances_of(node).values())


def test_the_first_row_is_an_artefact_of_one_link() -> None:
    found = judgement(rewired("c17-r12", "long-term-goals-already")).cruxes.found
    assert [crux.node for crux in found] == ["long-term-goals-already", "long-term-goals-emerge"]


def test_no_set_replaces_a_leader_that_is_not_named_and_the_figures_searched_are_right(
    neutral: Judgement,
) -> None:
    text = section("Sets of two and three")
    for sets in (neutral.pairs, neutral.triples):
        assert not sets.found
        assert f"{sets.searched:,} of {sets.possible:,}" in text


def test_sets_unseat_the_authors_leader_where_no_single_answer_does(seeded: Analysis) -> None:
    judged = of_participant(seeded, AUTHOR)
    assert not judged.cruxes.strict and len(judged.cruxes.found) == 5
    leaders = [found.outcome.verdict.leader for found in judged.pairs.found]
    assert (leaders.count("scenario-c"), leaders.count("scenario-d")) == (5, 2)
    assert len(judged.triples.found) == 9


@pytest.mark.parametrize(
    ("name", "semantics"),
    [
        ("quadratic energy (default)", "qe+dfquad-gate"),
        ("DF-QuAD", "dfquad+dfquad-gate"),
        ("MLP", "mlp+dfquad-gate"),
        ("Euler (not in the badge)", "euler+dfquad-gate"),
    ],
)
def test_each_way_of_computing_says_what_its_row_says(seeded: Analysis, name: str, semantics: str) -> None:
    found = judgement(seeded, semantics=semantics).verdict
    *numbers, share = row(name)
    assert [*found.strengths.values(), found.margin] == pytest.approx([float(n) for n in numbers], abs=CLOSE)
    assert found.jitter_share * 100 == pytest.approx(float(share.removesuffix("%")), abs=1.1)
    assert (found.leader == "scenario-c") == (name == "DF-QuAD")


def test_the_grounded_labels_are_as_counted(neutral: Judgement) -> None:
    labels = neutral.robustness.grounded.nodes
    assert [labels[f"scenario-{x}"] for x in "abcd"] == ["out", "out", "in", "out"]
    cruxes = [labels[n.id] for n in neutral.result.nodes if n.type == "crux"]
    assert (cruxes.count("in"), cruxes.count("out")) == (11, 14)
    assert neutral.robustness.summary == "3 of 3 for scenario-c"


def test_a_leads_firmly_for_the_thread_author_and_c_at_the_edge_for_three(seeded: Analysis) -> None:
    found = of_participant(seeded, AUTHOR).verdict
    assert found.leader == "scenario-a" and found.jitter_share > 0.9
    assert found.margin == pytest.approx(0.27, abs=CLOSE)
    for person in EDGE:
        found = of_participant(seeded, person).verdict
        assert found.leader == "scenario-c" and 0.8 <= found.jitter_share <= 0.815
    others = set(seeded.view.content.participants) - {AUTHOR, *EDGE}
    enough = [judged for p in others if (judged := of_participant(seeded, p)).valuation.enough]
    assert len(enough) == 12
    for judged in enough:
        assert (judged.verdict.leader, judged.verdict.top) == (None, "scenario-c")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lambda: with_scores(c01_r20=0.6), id="0.6 on the link to C"),
        pytest.param(lambda: with_scores(c01_r21=0.0), id="0 on the attack on A"),
        pytest.param(lambda: with_scores(c02_r11=0.5), id="0.5 against B"),
        pytest.param(lambda: rewired("c17-r12", "long-term-goals-already"), id="first row rewired"),
    ],
)
def test_small_changes_of_chosen_scores_take_the_three_leads_away_and_leave_the_authors(
    other: Callable[[], Analysis],
) -> None:
    result = other()
    assert judgement(result).verdict.leader is None
    assert [of_participant(result, person).verdict.leader for person in EDGE] == [None] * 3
    assert of_participant(result, AUTHOR).verdict.leader == "scenario-a"


def test_c_would_be_named_if_its_first_half_carried_the_whole() -> None:
    assert judgement(with_scores(c01_r20=1.0)).verdict.leader == "scenario-c"


def test_the_leads_on_the_grid_of_scores_at_b_are_as_counted() -> None:
    named = dict.fromkeys((*EDGE, AUTHOR), 0)
    for against in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        for for_ in (0.1, 0.2, 0.3):
            result = with_scores(c02_r11=against, c01_r9=for_)
            assert judgement(result).verdict.leader is None
            for person in named:
                named[person] += of_participant(result, person).verdict.leader is not None
    assert list(named.values()) == pytest.approx([9, 6, 6, 18], abs=1)


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        ("commenter-1", {"gap-bounded", "looks-aligned-no-matter-what"}),
        ("commenter-3", {"models-not-human-level-yet"}),
        ("commenter-5", {"scheming-is-conjunction"}),
        ("commenter-8", {"gap-bounded"}),
        ("commenter-9", set()),
        ("commenter-16", {"more-capable-more-aligned", "handing-off-breaks-alignment"}),
        ("commenter-18", set()),
    ],
)
def test_the_author_shares_disputes_and_no_double_crux(
    seeded: Analysis, other: str, shared: set[str]
) -> None:
    found = double_cruxes_between(seeded, AUTHOR, other)
    assert not found.cruxes
    assert {dispute.node for dispute in found.disputes} == shared


def test_removing_a_comment_names_c_twice_and_never_another(seeded: Analysis) -> None:
    margins, named = {}, []
    for comment in bundled().comments.values():
        found = judgement(analysed(without(seeded.view, comment))).verdict
        margins[comment.id] = found.margin
        if found.leader is not None:
            named.append((comment.id, found.leader))
    assert named == [("c05", "scenario-c"), ("c19", "scenario-c")]
    assert [margins["c17"], margins["c25"]] == pytest.approx([0.06, 0.08], abs=CLOSE)
    weak = {"c01", "c02", "c17", "c25"}
    assert all(margin == pytest.approx(0.14, abs=0.012) for key, margin in margins.items() if key not in weak)


def test_the_lines_that_reproduce_the_figures_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(lines, "findings.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "neutral: too close to call, scenario-c ahead by 0.14" in printed
    assert "thread-author scenario-a by 0.27" in printed
