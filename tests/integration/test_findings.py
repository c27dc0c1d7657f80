"""docs/findings.md says of the bundled map what the computation says. Where one moves, so must the other."""

import re
from collections.abc import Mapping
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

NAMED = ("commenter-1", "commenter-3", "commenter-8")
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


def letters(strengths: Mapping[str, float]) -> dict[str, float]:
    return {key[-1].upper(): value for key, value in strengths.items()}


def section(title: str) -> str:
    return PAGE.split(f"## {title}\n")[1].split("\n## ")[0]


def row(first: str) -> list[str]:
    (line,) = [line for line in PAGE.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_the_neutral_verdict_is_too_close_to_call_with_c_ahead(neutral: Judgement) -> None:
    found = neutral.verdict
    assert (found.leader, found.top, found.reason) == (None, "scenario-c", "margin")
    assert found.margin == pytest.approx(0.04, abs=CLOSE)
    assert found.jitter_share == pytest.approx(0.495, abs=0.02)
    assert list(letters(found.strengths).values()) == pytest.approx(
        [float(cell) for cell in row("strength")], abs=CLOSE
    )


def test_c_is_attacked_once_and_falls_to_the_stated_depth_by_one_answer(neutral: Judgement) -> None:
    attacked = [r.target for r in neutral.result.relations if r.type == "attacks"]
    assert [attacked.count(f"scenario-{x}") for x in "abcd"] == [3, 1, 1, 2]
    reached = [o.verdict.strengths["scenario-c"] for f in neutral.cruxes.flips for o in (f.deny, f.concede)]
    assert min(reached) == pytest.approx(0.47, abs=CLOSE)


def test_no_answer_moves_the_verdict_and_the_ten_rows_move_the_strengths_most(neutral: Judgement) -> None:
    assert not neutral.cruxes.found
    flips = sorted(neutral.cruxes.flips, key=lambda f: -max(f.deny.movement, f.concede.movement))
    for number, flip in enumerate(flips[:10], 1):
        answer, stronger = max(
            ("false", flip.deny), ("true", flip.concede), key=lambda pair: pair[1].movement
        )
        statement, said, ahead, moves = row(str(number))
        assert f"(`{flip.node}`)" in statement and said == answer
        letter, margin = ahead.split(" by ")
        assert stronger.verdict.top == f"scenario-{letter.lower()}"
        assert stronger.verdict.margin == pytest.approx(float(margin), abs=CLOSE)
        assert float(moves) == pytest.approx(stronger.movement, abs=CLOSE)


def test_every_disagreement_of_curated_and_computed_cruxes_is_named_in_its_place(neutral: Judgement) -> None:
    curated = {n.id for n in neutral.result.nodes if n.type == "crux"}
    assert not neutral.comparison.both and not neutral.comparison.only_computed
    _, *groups = re.split(r"\n\d\. \*\*", section("Where curated and computed cruxes disagree"))
    named = [set(re.findall(r"`([a-z-]+)`", group)) & curated for group in groups]
    assert [len(group) for group in named] == [int(re.findall(r"\((\d)\)", group)[0]) for group in groups]
    assert set().union(*named) == curated and sum(map(len, named)) == len(curated)


def test_the_cruxes_of_the_other_question_do_not_reach_a_scenario(neutral: Judgement) -> None:
    for node in ("additive-progress-enough", "alignment-meets-need", "handoff-good-enough"):
        assert all(stance.stance == "none" for stance in neutral.result.stances_of(node).values())


def test_four_pairs_name_d_and_two_triples_name_a(neutral: Judgement) -> None:
    text = section("Sets of two and three")
    for sets in (neutral.pairs, neutral.triples):
        assert len(sets.found) == 4
        assert f"{sets.searched:,} of {sets.possible:,}" in text
    pairs = {frozenset(zip(s.nodes, s.values, strict=True)) for s in neutral.pairs.found}
    assert {s.outcome.verdict.leader for s in neutral.pairs.found} == {"scenario-d"}
    already = ("long-term-goals-already", 1.0)
    assert all(already in pair for pair in pairs)
    assert {other for pair in pairs for other in pair - {already}} == {
        ("undetected-misalignment-now", 1.0),
        ("models-already-good-at-hiding", 1.0),
        ("gap-bounded", 0.0),
        ("long-term-goals-emerge", 0.0),
    }
    leaders = [s.outcome.verdict.leader for s in neutral.triples.found]
    assert (leaders.count("scenario-a"), leaders.count("scenario-d")) == (2, 2)


def test_sets_unseat_the_authors_leader_where_no_single_answer_does(seeded: Analysis) -> None:
    judged = of_participant(seeded, AUTHOR)
    assert not judged.cruxes.strict and {crux.node for crux in judged.cruxes.found} == {
        "gap-bounded",
        "long-term-goals-already",
        "undetected-misalignment-now",
    }
    leaders = [found.outcome.verdict.leader for found in judged.pairs.found]
    assert (leaders.count("scenario-c"), leaders.count("scenario-d")) == (2, 1)
    assert [found.outcome.verdict.leader for found in judged.triples.found] == ["scenario-d"] * 4


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
    assert neutral.robustness.summary == "2 of 3 for scenario-c, 1 abstains"


def test_dfquad_alone_names_a_leader_and_has_two_cruxes_in_the_full_sense(seeded: Analysis) -> None:
    found = judgement(seeded, semantics="dfquad+dfquad-gate").cruxes.strict
    assert {(c.node, c.flip, c.outcome.verdict.leader) for c in found} == {
        ("gap-bounded", "concede", "scenario-a"),
        ("long-term-goals-already", "concede", "scenario-d"),
    }


def test_a_leads_firmly_for_the_thread_author_and_nothing_for_anybody_else(seeded: Analysis) -> None:
    found = of_participant(seeded, AUTHOR).verdict
    assert found.leader == "scenario-a" and found.jitter_share > 0.97
    assert found.margin == pytest.approx(0.40, abs=CLOSE)
    for person in NAMED:
        found = of_participant(seeded, person).verdict
        _, lead, share, _ = row(person.replace("-", " "))
        assert found.margin == pytest.approx(float(lead), abs=CLOSE)
        assert found.jitter_share * 100 == pytest.approx(float(share.removesuffix(" %")), abs=1.1)
    others = set(seeded.view.content.participants) - {AUTHOR}
    enough = [judged for p in others if (judged := of_participant(seeded, p)).valuation.enough]
    assert len(enough) == 15
    for judged in enough:
        assert (judged.verdict.leader, judged.verdict.top) == (None, "scenario-c")


@pytest.mark.parametrize("half", [0.3, 0.5, 0.7, 1.0])
@pytest.mark.parametrize("gap", [0.3, 0.5, 0.7, 1.0])
def test_other_scores_at_c_and_d_name_nobody_and_leave_the_authors_lead(half: float, gap: float) -> None:
    result = with_scores(c01_r20=half, c01_r25=half, c01_r71=gap, c01_r72=gap)
    found = judgement(result).verdict
    assert (found.leader, found.top) == (None, "scenario-c")
    assert of_participant(result, AUTHOR).verdict.leader == "scenario-a"
    led = ["scenario-c"] * 2 + [None] if (half, gap) == (1.0, 0.3) else [None] * 3
    assert [of_participant(result, person).verdict.leader for person in NAMED] == led


@pytest.mark.parametrize("score", [0.0, 1.0])
@pytest.mark.parametrize("relation", ["c01_r21", "c17_r12", "c02_r11", "c01_r9"])
def test_other_scores_elsewhere_name_nobody_and_leave_the_authors_lead(relation: str, score: float) -> None:
    result = with_scores(**{relation: score})
    assert judgement(result).verdict.leader is None
    assert of_participant(result, AUTHOR).verdict.leader == "scenario-a"


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


def test_removing_any_one_comment_names_nobody(seeded: Analysis) -> None:
    margins = {}
    for comment in bundled().comments.values():
        found = judgement(analysed(without(seeded.view, comment))).verdict
        margins[comment.id] = found.margin
        assert found.leader is None
    assert [margins[key] for key in ("c02", "c17", "c25")] == pytest.approx([0.01] * 3, abs=CLOSE)
    rest = {key: margin for key, margin in margins.items() if key not in ("c01", "c02", "c17", "c25")}
    assert all(0.025 < margin < 0.055 for margin in rest.values())


def test_the_lines_that_reproduce_the_figures_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(ROOT)
    exec(compile(lines, "findings.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "neutral: too close to call, scenario-c ahead by 0.04" in printed
    assert "thread-author scenario-a by 0.40" in printed
