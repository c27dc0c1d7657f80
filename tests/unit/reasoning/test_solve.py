"""Solving: order of computation, cycles, depth, and honesty about convergence."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reasoning import Framework, Relation, cyclic, plan, solve, solve_many
from app.reasoning.plan import Plan, Step
from tests.unit.reasoning.graphs import SEMANTICS_NAMES, frameworks, influence, slow

names = st.sampled_from(SEMANTICS_NAMES)


@given(frameworks(cyclic=False), names)
@settings(max_examples=150, deadline=None)
def test_acyclic_strengths_follow_the_definition(framework: Framework, semantics: str) -> None:
    found = solve(framework, semantics)
    expected = slow(framework, semantics)
    got = dict(
        zip((*framework.node_ids, *framework.relation_ids), [*found.nodes, *found.relations], strict=True)
    )
    assert got == pytest.approx(expected, abs=1e-12)
    assert (found.converged, found.residual, found.iterations) == (True, 0.0, 0)


@given(frameworks(), names)
@settings(max_examples=150, deadline=None)
def test_cyclic_strengths_are_a_fixed_point_of_the_definition(framework: Framework, semantics: str) -> None:
    found = solve(framework, semantics)
    assert found.converged
    ids = (*framework.node_ids, *framework.relation_ids)
    values = np.concatenate((found.nodes, found.relations))
    assert np.all((values >= 0) & (values <= 1))
    again = _one_round(framework, semantics, dict(zip(ids, values.tolist(), strict=True)))
    assert dict(zip(ids, values.tolist(), strict=True)) == pytest.approx(again, abs=1e-9)


def _one_round(framework: Framework, semantics: str, value: dict[str, float]) -> dict[str, float]:
    node_rule, _, gate = semantics.partition("+")
    bases = np.concatenate((framework.node_base, framework.relation_base))
    result = {}
    for element, id_ in enumerate((*framework.node_ids, *framework.relation_ids)):
        given_: dict[float, list[float]] = {1.0: [], -1.0: []}
        for r in np.flatnonzero(framework.target == element):
            source = framework.node_ids[int(framework.source[r])]
            given_[float(framework.sign[r])].append(value[framework.relation_ids[r]] * value[source])
        rule = node_rule if element < framework.n or not gate else "dfquad"
        result[id_] = influence(rule, float(bases[element]), given_[1.0], given_[-1.0])
    return result


@given(frameworks(cyclic=False), names)
@settings(max_examples=75, deadline=None)
def test_the_cyclic_solver_agrees_with_the_acyclic_one_on_acyclic_frameworks(
    framework: Framework, semantics: str
) -> None:
    straight = solve(framework, semantics)
    rows = np.flatnonzero(framework.plan.step_of >= 0)
    topology = framework.plan.topology
    nodes, gates = rows[rows < framework.n], rows[rows >= framework.n]
    parts = tuple(topology.part(group) for group in (nodes, gates) if group.size)
    whole = Step("cyclic", parts, np.zeros(len(rows), dtype=np.intp))
    roundabout = framework.with_scores({})
    roundabout.__dict__["plan"] = Plan(topology, (whole,))
    found = solve(roundabout, semantics)
    assert found.converged
    np.testing.assert_allclose(found.nodes, straight.nodes, atol=1e-10)


@given(frameworks(), names, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_renaming_and_reordering_change_nothing(framework: Framework, semantics: str, random: object) -> None:
    order = list(range(framework.n))
    random.shuffle(order)  # type: ignore[attr-defined]
    fresh = {id_: f"x{order[i]}" for i, id_ in enumerate(framework.node_ids)}
    relations = [
        Relation(
            id_,
            fresh[framework.node_ids[s]],
            fresh.get(framework.element_id(t), framework.element_id(t)),
            int(sign),
            base,
        )
        for id_, s, t, sign, base in zip(
            framework.relation_ids,
            framework.source.tolist(),
            framework.target.tolist(),
            framework.sign.tolist(),
            framework.relation_base.tolist(),
            strict=True,
        )
    ]
    nodes = dict(sorted(zip(fresh.values(), framework.node_base.tolist(), strict=True)))
    renamed = Framework.build(nodes, relations[::-1])
    before, after = solve(framework, semantics), solve(renamed, semantics)
    for i, id_ in enumerate(framework.node_ids):
        assert after.nodes[renamed.node(fresh[id_])] == pytest.approx(before.nodes[i], abs=1e-9)


@given(frameworks(), names, st.integers(0, 2**16))
@settings(max_examples=60, deadline=None)
def test_many_base_vectors_at_once_equal_one_at_a_time(
    framework: Framework, semantics: str, seed: int
) -> None:
    bases = np.random.default_rng(seed).uniform(0.05, 0.95, (framework.n, 4))
    together = solve_many(framework, semantics, bases)
    for column in range(4):
        alone = solve(framework.with_bases(bases[:, column]), semantics)
        np.testing.assert_allclose(together.nodes[:, column], alone.nodes, atol=1e-7)
        assert together.converged[column] == alone.converged


@pytest.mark.parametrize("semantics", SEMANTICS_NAMES)
def test_a_deep_chain_is_solved_like_a_shallow_one(semantics: str) -> None:
    # row by row (thin) and level by level (wide) must not differ
    n = 300
    rng = np.random.default_rng(3)
    framework = Framework.from_arrays(
        source=[*range(n - 1), *rng.integers(0, n // 2, 20)],
        target=[*range(1, n), *rng.integers(n, n + n - 1, 20)],
        sign=rng.choice([-1, 1], n - 1 + 20),
        node_base=rng.uniform(0.1, 0.9, n),
        relation_base=rng.uniform(0.5, 1.0, n - 1 + 20),
    )
    thin = solve(framework, semantics)
    wide = framework.with_scores({})
    topology = framework.plan.topology
    steps = []
    for step in framework.plan.steps:
        steps += [Step("wide", (topology.part(np.array([row])),)) for row in _in_order(step)]
    wide.__dict__["plan"] = Plan(topology, tuple(steps))
    assert thin.converged
    np.testing.assert_allclose(thin.nodes, solve(wide, semantics).nodes, atol=1e-12)


def _in_order(step: Step) -> list[int]:
    return [int(row) for part in step.parts for row in part.rows]


def test_a_very_deep_chain_needs_no_recursion() -> None:
    n = 30_000
    framework = Framework.from_arrays(
        source=np.arange(n - 1), target=np.arange(1, n), sign=np.ones(n - 1), node_base=np.full(n, 0.5)
    )
    assert [step.kind for step in framework.plan.steps] == ["thin"]
    # far down the chain the strength is the fixed point of σ = ½ + ½ σ²/(1+σ²)
    last = solve(framework).nodes[-1]
    assert last == pytest.approx(0.5 + 0.5 * last**2 / (1 + last**2), abs=1e-12)


def test_mutual_attack_settles_in_the_middle() -> None:
    relations = [Relation("r", "x", "y", -1), Relation("s", "y", "x", -1)]
    found = solve(Framework.build({"x": 1.0, "y": 1.0}, relations), "dfquad")
    assert found.nodes.tolist() == pytest.approx([0.5, 0.5])
    assert found.converged


def test_a_result_that_did_not_converge_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cyclic, "ROUNDS", ((0.5, 2),))
    monkeypatch.setattr(cyclic, "NEWTON_STEPS", 0)
    relations = [Relation("r", "x", "y", 1), Relation("s", "y", "x", -1)]
    found = solve(Framework.build({"x": 0.9, "y": 0.2}, relations), "qe")
    assert not found.converged
    x, y = found.nodes
    moves = (abs(0.9 - 0.9 * y**2 / (1 + y**2) - x), abs(0.2 + 0.8 * x**2 / (1 + x**2) - y))
    assert found.residual == pytest.approx(max(moves), abs=1e-12)


def test_newton_takes_over_where_damped_rounds_do_not_settle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cyclic, "ROUNDS", ((1.0, 5),))
    rng = np.random.default_rng(5)
    n = 30
    framework = Framework.from_arrays(
        source=np.repeat(np.arange(n), 4),
        target=rng.integers(0, n, 4 * n),
        sign=rng.choice([-1, 1], 4 * n),
        node_base=rng.uniform(0, 1, n),
    )
    for semantics in SEMANTICS_NAMES:
        found = solve(framework, semantics)
        assert found.converged
        assert found.residual <= cyclic.TOLERANCE


def test_established_strengths_stay_whatever_bears_on_them() -> None:
    framework = Framework.build({"x": 0.9, "y": 0.5}, [Relation("r", "x", "y", -1)])
    assert solve(framework, fixed={1: 0.75}).nodes.tolist() == [0.9, 0.75]


def test_levels_of_a_wide_framework_are_topological() -> None:
    rng = np.random.default_rng(2)
    n = 2_000
    source = np.repeat(np.arange(1, n), 3)
    target = (rng.random(len(source)) * source).astype(int)
    framework = Framework.from_arrays(
        source=source, target=target, sign=np.ones(len(source)), node_base=np.full(n, 0.5)
    )
    step = framework.plan.step_of
    assert np.all(step[target] > step[source])
    assert {each.kind for each in framework.plan.steps} <= {"wide", "thin"}
    assert plan.THIN_WIDTH > 1
