"""Removal effects: what a topic's strength owes to a node's being there.

Removing a node takes its outgoing relations with it. In every semantics here a contribution of 0 counts for
nothing, so that equals fixing the node's strength at 0, and only the cone downstream has to be recomputed.
"""

from collections.abc import Sequence

import numpy as np

from app.reasoning.arrays import FloatArray
from app.reasoning.framework import Framework
from app.reasoning.problem import Problem
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.solve import Strengths, run, solve
from app.reasoning.whatif import Change, what_if


def without(
    framework: Framework,
    node: str,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    strengths: Strengths | None = None,
) -> FloatArray:
    """Strengths of all nodes (n,) once ``node`` is gone; its own entry is NaN.

    Only the rows downstream are recomputed. ``strengths`` may be given if computed already.
    """
    number = framework.node(node)
    solved = strengths if strengths is not None else solve(framework, semantics)
    problem = Problem.of(framework, semantics)
    sigma = solved.state.copy()
    cone = framework.plan.downstream(np.array([number]))
    cone = cone[cone != number]
    in_cycle = [
        part.rows
        for step in framework.plan.restrict(cone).steps
        if step.kind == "cyclic"
        for part in step.parts
    ]
    for rows in in_cycle:  # cycles start from the base scores, as they do in a full computation
        sigma[rows] = problem.base[rows]
    sigma[number] = 0.0
    run(problem, framework.plan.restrict(cone), sigma, {})
    nodes = sigma[: framework.n].copy()
    nodes[number] = np.nan
    return nodes


def removal_effects(
    framework: Framework,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    nodes: Sequence[str] | None = None,
    strengths: Strengths | None = None,
) -> FloatArray:
    """strength(topic) now − strength(topic) without the node, shape (nodes, topics).

    A positive effect means the node helps the topic. The row of a topic itself is its effect on the others;
    its effect on itself is NaN.
    """
    solved = strengths if strengths is not None else solve(framework, semantics)
    chosen = range(framework.n) if nodes is None else [framework.node(node) for node in nodes]
    topics = list(framework.topics)
    changes = [Change((number,), np.zeros((1, 1)), established=True) for number in chosen]
    if not changes or not topics:
        return np.zeros((len(changes), len(topics)))
    found = what_if(framework, changes, semantics).strengths[:, :, 0]
    effects: FloatArray = solved.nodes[topics] - found
    for position, number in enumerate(chosen):
        if number in topics:
            effects[position, topics.index(number)] = np.nan
    return effects
