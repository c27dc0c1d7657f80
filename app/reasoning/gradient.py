"""Gradients: how much a topic's strength moves per unit of any base score, in one reverse pass.

Reverse-mode differentiation through the plan (Yin, Potyka & Toni, ECAI 2023, attribute by the same
derivatives); on cycles the adjoint linear system (I − Jᵀ) μ = λ takes the place of the pass. Gradients are local: under
QE the derivative vanishes wherever what supports and what attacks balance, which is common on neutral base
scores. Rank by removal effects (`removal`), show gradients as what they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.reasoning.arrays import FloatArray
from app.reasoning.framework import Framework
from app.reasoning.plan import Step
from app.reasoning.problem import Problem
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.solve import Strengths, solve
from app.reasoning.sparse import solve_linear


@dataclass(frozen=True, eq=False)
class Gradient:
    """∂strength(topic)/∂base of every node (n,) and relation (m,).

    ``exact`` is False where a cycle's linear system is singular (the strength is then not a differentiable
    function of the base scores) or the strengths themselves did not converge.
    """

    topic: str
    nodes: FloatArray
    relations: FloatArray
    exact: bool


def gradients(
    framework: Framework,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    topics: Sequence[str] | None = None,
    strengths: Strengths | None = None,
) -> tuple[Gradient, ...]:
    """One gradient for each topic. Time for each: a small multiple of one forward pass.

    ``strengths`` may be given if they have been computed already (same framework, same semantics).
    """
    solved = strengths if strengths is not None else solve(framework, semantics)
    problem = Problem.of(framework, semantics)
    chosen = framework.topics if topics is None else tuple(framework.node(topic) for topic in topics)
    return tuple(_gradient(framework, problem, solved, topic) for topic in chosen)


def _gradient(framework: Framework, problem: Problem, solved: Strengths, topic: int) -> Gradient:
    plan, sigma = framework.plan, solved.state
    adjoint = np.zeros(len(sigma))  # ∂σ(topic)/∂σ(row), complete once all later steps are done
    adjoint[topic] = 1.0
    by_base = np.zeros(len(sigma))
    relations = np.zeros(framework.m)
    exact = solved.converged
    for step in reversed(plan.steps):
        if not adjoint[step.rows].any():
            continue
        if step.kind == "cyclic":
            exact &= _back_through_cycle(problem, step, sigma, adjoint, by_base, relations)
            continue
        for part in reversed(step.parts):
            base_slope, by_source, by_relation = problem.slopes(part, sigma)
            if step.kind == "thin":
                _back_row_by_row(part.starts.tolist(), part.rows.tolist(), part.source, by_source, adjoint)
            incoming = adjoint[part.rows]
            by_base[part.rows] = incoming * base_slope
            spread = incoming[part.owner]
            if step.kind != "thin":
                np.add.at(adjoint, part.source, spread * by_source)
            # a relation ends in one place only, so nothing needs adding up here
            relations[part.relation] = spread * by_relation
            adjoint[part.gate] = relations[part.relation[part.gated]]
    untouched = plan.step_of < 0
    by_base[untouched] = adjoint[untouched]
    relations[plan.topology.gates] = by_base[framework.n :]
    return Gradient(framework.node_ids[topic], by_base[: framework.n], relations, exact)


def _back_row_by_row(
    starts: list[int],
    rows: list[int],
    source: FloatArray | np.ndarray,
    by_source: FloatArray,
    adjoint: FloatArray,
) -> None:
    """Thin steps: a row's adjoint is complete only when the rows after it have been gone through."""
    state: memoryview[float] = adjoint.data.cast("B").cast("d")
    ends, slopes = source.tolist(), by_source.tolist()
    stop = len(ends)
    for start, row in zip(reversed(starts), reversed(rows), strict=True):
        incoming = state[row]
        if incoming:
            for e in range(start, stop):
                state[ends[e]] += incoming * slopes[e]
        stop = start


def _back_through_cycle(
    problem: Problem,
    step: Step,
    sigma: FloatArray,
    adjoint: FloatArray,
    by_base: FloatArray,
    relations: FloatArray,
) -> bool:
    rows = step.rows
    local = np.full(len(sigma), -1, dtype=np.intp)
    local[rows] = np.arange(len(rows))
    slopes = [problem.slopes(part, sigma) for part in step.parts]
    targets, causes, values = [], [], []
    for part, (_, by_source, by_relation) in zip(step.parts, slopes, strict=True):
        target = local[part.rows][part.owner]
        targets += [target, target[part.gated]]
        causes += [local[part.source], local[part.gate]]
        values += [by_source, by_relation[part.gated]]
    target, cause, value = np.concatenate(targets), np.concatenate(causes), np.concatenate(values)
    inside = cause >= 0
    total, regular = solve_linear(cause[inside], target[inside], value[inside], adjoint[rows])
    adjoint[rows] = total
    for part, (base_slope, by_source, by_relation) in zip(step.parts, slopes, strict=True):
        incoming = adjoint[part.rows]
        by_base[part.rows] = incoming * base_slope
        spread = incoming[part.owner]
        outside = local[part.source] < 0
        np.add.at(adjoint, part.source[outside], (spread * by_source)[outside])
        relations[part.relation] = spread * by_relation
        far = local[part.gate] < 0
        adjoint[part.gate[far]] = relations[part.relation[part.gated[far]]]
    return regular
