"""Gradients against central differences; removal effects and what-ifs against full recomputation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.reasoning import Framework, Relation, gradients, removal_effects, solve, without
from app.reasoning.whatif import Change, what_if
from tests.unit.reasoning.graphs import SEMANTICS_NAMES, frameworks


def random_framework(seed: int, *, cyclic: bool, n: int = 14, per_node: int = 3) -> Framework:
    """Scores in general position, so that no kink of DF-QuAD is hit."""
    rng = np.random.default_rng(seed)
    m = n * per_node
    source = rng.integers(0 if cyclic else 1, n, m)
    target = rng.integers(0, n, m) if cyclic else (rng.random(m) * source).astype(int)
    onto = rng.random(m) < 0.2
    onto[: m // 2] = False
    for r in np.flatnonzero(onto):  # undercut an earlier, plain relation
        hit = int(rng.integers(0, m // 2))
        if cyclic or source[r] > target[hit]:
            target[r] = n + hit
    return Framework.from_arrays(
        source=source,
        target=target,
        sign=rng.choice([-1, 1], m),
        node_base=rng.uniform(0.1, 0.9, n),
        relation_base=rng.uniform(0.3, 0.95, m),
        topics=(0, 1),
    )


def central_differences(framework: Framework, semantics: str, topic: int, h: float = 2e-5) -> np.ndarray:
    """Fourth-order differences by every base score."""
    both = np.concatenate((framework.node_base, framework.relation_base))
    result = []
    for k in range(len(both)):
        values = []
        for step in (-2 * h, -h, h, 2 * h):
            moved = both.copy()
            moved[k] += step
            changed = framework.with_bases(moved[: framework.n], moved[framework.n :])
            values.append(solve(changed, semantics).nodes[topic])
        result.append((values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h))
    return np.array(result)


@pytest.mark.parametrize("semantics", SEMANTICS_NAMES)
@pytest.mark.parametrize("cyclic", [False, True])
def test_gradients_equal_central_differences(semantics: str, cyclic: bool) -> None:
    for seed in range(3):
        framework = random_framework(seed, cyclic=cyclic)
        gradient = gradients(framework, semantics)[0]
        assert gradient.exact
        expected = central_differences(framework, semantics, framework.topics[0])
        np.testing.assert_allclose(
            np.concatenate((gradient.nodes, gradient.relations)), expected, rtol=0, atol=1e-8
        )


def test_gradients_of_a_thin_chain_equal_the_product_of_its_slopes() -> None:
    n = 40
    framework = Framework.from_arrays(
        source=np.arange(n - 1),
        target=np.arange(1, n),
        sign=np.where(np.arange(n - 1) % 2, 1, -1),
        node_base=np.full(n, 0.6),
        relation_base=np.full(n - 1, 0.9),
        topics=(n - 1,),
    )
    assert [step.kind for step in framework.plan.steps] == ["thin"]
    gradient = gradients(framework)[0]
    np.testing.assert_allclose(gradient.nodes, central_differences(framework, "qe", n - 1)[:n], atol=1e-8)


def test_a_source_at_full_strength_still_has_its_own_gradient() -> None:
    # 1 − (1−1)(1−b): the other supporter is blotted out, the certain one is not
    relations = [Relation("r", "a", "T", 1), Relation("s", "b", "T", 1)]
    framework = Framework.build({"T": 0.5, "a": 1.0, "b": 0.4}, relations, ["T"])
    found = gradients(framework, "dfquad")[0].nodes
    assert found.tolist() == pytest.approx([0.0, 0.5 * 0.6, 0.0])
    both = gradients(framework.with_scores({"b": 1.0}), "dfquad")[0].nodes
    assert both.tolist() == [0.0, 0.0, 0.0]


def test_a_singular_cycle_is_not_called_exact() -> None:
    relations = [Relation("r", "x", "y", -1), Relation("s", "y", "x", -1)]
    framework = Framework.build({"x": 1.0, "y": 1.0}, relations, ["x"])
    assert not gradients(framework, "dfquad")[0].exact


def bare(framework: Framework, node: int) -> Framework:
    """The framework with a node's outgoing relations, and what ends in those, left out."""
    gone = {n for n in range(framework.m) if framework.source[n] == node}
    while True:
        more = {r for r in range(framework.m) if framework.target[r] - framework.n in gone} - gone
        if not more:
            break
        gone |= more
    kept = [r for r in range(framework.m) if r not in gone]
    relations = [
        Relation(
            framework.relation_ids[r],
            framework.node_ids[framework.source[r]],
            framework.element_id(int(framework.target[r])),
            int(framework.sign[r]),
            float(framework.relation_base[r]),
        )
        for r in kept
    ]
    nodes = dict(zip(framework.node_ids, framework.node_base.tolist(), strict=True))
    return Framework.build(nodes, relations, framework.topic_ids)


@given(frameworks(), st.sampled_from(SEMANTICS_NAMES))
@settings(max_examples=60, deadline=None)
def test_removal_recomputes_what_a_full_computation_would(framework: Framework, semantics: str) -> None:
    effects = removal_effects(framework, semantics)
    now = solve(framework, semantics).nodes
    for node, id_ in enumerate(framework.node_ids):
        expected = solve(bare(framework, node), semantics).nodes
        found = without(framework, id_, semantics)
        others = np.arange(framework.n) != node
        np.testing.assert_allclose(found[others], expected[others], atol=1e-8)
        for t, topic in enumerate(framework.topics):
            if topic == node:
                assert np.isnan(effects[node, t])
            else:
                assert effects[node, t] == pytest.approx(now[topic] - expected[topic], abs=1e-8)


@given(frameworks(), st.sampled_from(SEMANTICS_NAMES), st.booleans(), st.data())
@settings(max_examples=120, deadline=None)
def test_what_ifs_equal_full_computations(
    framework: Framework, semantics: str, established: bool, data: st.DataObject
) -> None:
    nodes = data.draw(st.lists(st.integers(0, framework.n - 1), min_size=1, max_size=3, unique=True))
    values = data.draw(st.lists(st.sampled_from([0.0, 0.25, 1.0]), min_size=len(nodes), max_size=len(nodes)))
    single = [Change((node,), np.array([[0.0, 1.0]]), established) for node in range(framework.n)]
    joint = Change(tuple(nodes), np.repeat(np.array(values)[:, None], 2, axis=1), established)
    found = what_if(framework, [*single, joint], semantics)
    topics = list(framework.topics)

    def full(assigned: dict[int, float]) -> np.ndarray:
        if established:
            return solve(framework, semantics, fixed=assigned).nodes[topics]
        scores = {framework.node_ids[node]: value for node, value in assigned.items()}
        return solve(framework.with_scores(scores), semantics).nodes[topics]

    for node in range(framework.n):
        for w, value in enumerate((0.0, 1.0)):
            np.testing.assert_allclose(found.strengths[node, :, w], full({node: value}), atol=1e-8)
    expected = full(dict(zip(nodes, values, strict=True)))
    np.testing.assert_allclose(found.strengths[-1, :, 0], expected, atol=1e-8)


def test_jittered_what_ifs_start_from_their_own_base_scores() -> None:
    framework = random_framework(4, cyclic=True)
    bases = np.random.default_rng(1).uniform(0.1, 0.9, (framework.n, 3))
    change = Change((5,), np.zeros((1, 3)), established=True)
    found = what_if(framework, [change], node_base=bases)
    for w in range(3):
        expected = solve(framework.with_bases(bases[:, w]), fixed={5: 0.0}).nodes[[0, 1]]
        np.testing.assert_allclose(found.strengths[0, :, w], expected, atol=1e-8)
