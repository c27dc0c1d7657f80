"""Strengths of all nodes and relations: the forward pass."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.reasoning.arrays import BoolArray, FloatArray
from app.reasoning.cyclic import TOLERANCE, Block, settle
from app.reasoning.framework import Framework
from app.reasoning.plan import Plan, Step
from app.reasoning.problem import Problem, relation_strengths
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics


@dataclass(frozen=True, eq=False)
class Strengths:
    """Strengths of nodes (n,) and relations (m,).

    ``residual`` is the largest amount by which any strength would move if everything were computed once more
    (0 where no cycles are); ``converged`` says whether that is small enough; ``iterations`` counts the rounds
    spent on cycles.
    """

    nodes: FloatArray
    relations: FloatArray
    converged: bool
    residual: float
    iterations: int
    state: FloatArray
    """Strengths by state row (see `plan`): what further computations start from."""


@dataclass(frozen=True, eq=False)
class ManyStrengths:
    """Strengths under many base vectors: ``nodes`` (n, b), ``converged`` (b,), ``residual`` (b,)."""

    nodes: FloatArray
    converged: BoolArray
    residual: FloatArray


def solve(
    framework: Framework,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    *,
    fixed: Mapping[int, float] | None = None,
) -> Strengths:
    """Strengths of everything. ``fixed`` (node number → strength) establishes nodes whatever bears on them.

    Time: linear in nodes and relations where there are no cycles.

    >>> from app.reasoning.framework import Relation
    >>> relations = [Relation("e1", "evidence", "claim", +1, 0.9), Relation("e2", "u", "e1", -1)]
    >>> framework = Framework.build({"claim": 0.5, "evidence": 0.8, "u": 0.7}, relations)
    >>> found = solve(framework, "dfquad")
    >>> round(float(found.relations[0]), 12), round(float(found.nodes[0]), 12)
    (0.27, 0.608)
    """
    problem = Problem.of(framework, semantics)
    pinned = {row: np.asarray(value, dtype=np.float64) for row, value in (fixed or {}).items()}
    sigma = problem.base.copy()
    residual, iterations = run(problem, framework.plan, sigma, pinned)
    return Strengths(
        nodes=sigma[: framework.n],
        relations=relation_strengths(problem, sigma, framework.relation_base),
        converged=bool(residual <= TOLERANCE),
        residual=float(residual),
        iterations=iterations,
        state=sigma,
    )


def solve_many(
    framework: Framework,
    semantics: str | Semantics,
    node_base: FloatArray,
    *,
    fixed: Mapping[int, FloatArray] | None = None,
    relation_base: FloatArray | None = None,
) -> ManyStrengths:
    """Strengths under b vectors of base scores at once: ``node_base`` (n, b), ``fixed`` node → (b,)."""
    problem = Problem.of(framework, semantics, node_base, relation_base)
    sigma = np.array(problem.base)
    residual, _ = run(problem, framework.plan, sigma, dict(fixed or {}))
    residual = np.broadcast_to(residual, node_base.shape[1:])
    return ManyStrengths(sigma[: framework.n], residual <= TOLERANCE, residual)


def run(
    problem: Problem, plan: Plan, sigma: FloatArray, pinned: Mapping[int, FloatArray]
) -> tuple[FloatArray, int]:
    """Carry out the steps of ``plan`` in place in ``sigma`` (size[, b]); returns residual and iterations.

    ``sigma`` must hold the strengths of all rows that are in no step, and the starting values of the rows
    on cycles. ``pinned`` maps rows to strengths they keep.
    """
    by_step: dict[int, list[int]] = {}
    for row, value in pinned.items():
        sigma[row] = value
        by_step.setdefault(int(plan.step_of[row]), []).append(row)
    residual = np.zeros(sigma.shape[1:])
    iterations = 0
    for number, step in enumerate(plan.steps):
        held = {row: pinned[row] for row in by_step.get(number, ())}
        if step.kind == "cyclic":
            rows = step.rows.tolist()
            settled = settle(Block(problem, step, {rows.index(row): v for row, v in held.items()}), sigma)
            residual = np.maximum(residual, settled.residual)
            iterations += settled.iterations
        elif step.kind == "thin" and sigma.ndim == 1:
            _run_thin(problem, step, sigma, held)
        elif step.kind == "thin":
            _run_row_by_row(problem, step, sigma, held)
        else:
            for part in step.parts:
                sigma[part.rows] = problem.evaluate(part, sigma)
            for row, value in held.items():
                sigma[row] = value
    return residual, iterations


def _run_thin(problem: Problem, step: Step, sigma: FloatArray, held: Mapping[int, FloatArray]) -> None:
    """One row at a time in plain Python, which beats numpy where a level has but a few rows."""
    state: memoryview[float] = sigma.data.cast("B").cast("d")  # plain floats, without numpy's overhead
    base = problem.base
    for part in step.parts:
        rule = problem.rule(part)
        weight = problem.part_weight(part)
        weights = [1.0] * len(part.source) if weight is None else weight.tolist()
        gates = dict(zip(part.gated.tolist(), part.gate.tolist(), strict=True))
        sources, signs = part.source.tolist(), part.sign.tolist()
        starts = [*part.starts.tolist(), len(sources)]
        bases, product = base[part.rows].tolist(), rule.aggregation == "product"
        for k, row in enumerate(part.rows.tolist()):
            total, supported, attacked = 0.0, 1.0, 1.0
            for e in range(starts[k], starts[k + 1]):
                c = state[sources[e]] * weights[e]
                if e in gates:
                    c *= state[gates[e]]
                if not product:
                    total += signs[e] * c
                elif signs[e] > 0:
                    supported *= 1.0 - c
                else:
                    attacked *= 1.0 - c
            x = attacked - supported if product else total
            state[row] = float(held[row]) if row in held else rule.scalar(bases[k], x)


def _run_row_by_row(problem: Problem, step: Step, sigma: FloatArray, held: Mapping[int, FloatArray]) -> None:
    """The same for a batch: numpy across the batch, one row after another."""
    topology = problem.plan.topology
    for row in step.rows:
        part = topology.part(np.array([row]))
        sigma[row] = held[int(row)] if int(row) in held else problem.evaluate(part, sigma)[0]
