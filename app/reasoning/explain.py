"""Explanations: which chains carry a node's bearing on a topic, and how much each of them carries.

What a chain carries is the integral, as the node's strength is raised from 0 to what it is, of the product of
the local derivatives along the chain (an Aumann–Shapley share, split by path). Why not the product at the
present state alone: under QE that vanishes wherever support and attack balance. The chains of an acyclic
map add up to the node's removal effect exactly (fundamental theorem of calculus, chain rule), so what is
listed can honestly be compared with the whole, and the remainder stated: chains beyond the bound, walks that
go round cycles, and the numerical error of the integral.
"""

import heapq
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.reasoning.arrays import FloatArray
from app.reasoning.framework import Framework
from app.reasoning.problem import Problem
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.solve import Strengths, run, solve
from app.reasoning.stance import Chain, ChainGraph

MAX_CHAINS = 400
MAX_RELATIONS = 12
QUADRATURE = 64


@dataclass(frozen=True)
class CarriedChain:
    """A chain and what it carries of the node's effect on the topic (signed)."""

    chain: Chain
    carries: float


@dataclass(frozen=True)
class Explanation:
    """Why ``node`` matters to ``topic``: chains by how much they carry, largest first.

    ``total`` is the removal effect: strength(topic) now − without the node. ``carried`` is the sum over
    ``chains``; ``complete`` says whether all simple chains are among them; ``remainder`` = total − carried.
    """

    node: str
    topic: str
    chains: tuple[CarriedChain, ...]
    carried: float
    total: float
    complete: bool

    @property
    def remainder(self) -> float:
        """What the listed chains do not account for."""
        return self.total - self.carried


def explain(
    framework: Framework,
    node: str,
    topic: str,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    *,
    max_chains: int = MAX_CHAINS,
    max_relations: int = MAX_RELATIONS,
    strengths: Strengths | None = None,
) -> Explanation:
    """Explain one node's bearing on one topic.

    Simple chains are listed shortest first up to ``max_chains`` and ``max_relations``, then ranked.
    """
    start, end = framework.node(node), framework.node(topic)
    solved = strengths if strengths is not None else solve(framework, semantics)
    paths, complete = _chains(framework, start, end, max_chains, max_relations)
    now = float(solved.nodes[start])
    points, weights = np.polynomial.legendre.leggauss(QUADRATURE)
    levels = np.concatenate((now * (points + 1.0) / 2.0, [0.0]))  # the last one: the node removed
    problem = Problem.of(framework, semantics, np.repeat(framework.node_base[:, None], len(levels), axis=1))
    sigma = np.repeat(solved.state[:, None], len(levels), axis=1)
    cone = np.union1d(framework.plan.downstream(np.array([start])), [start])
    plan = framework.plan.restrict(cone)
    for step in plan.steps:
        if step.kind == "cyclic":
            sigma[step.rows] = problem.base[step.rows]
    run(problem, plan, sigma, {start: levels})
    total = float(solved.nodes[end] - sigma[end, -1]) if start != end else 0.0
    slopes = _local_derivatives(framework, problem, sigma, paths)
    carried = []
    for path in paths:
        product = np.ones(len(levels))
        for before, element in itertools.pairwise(path):
            if (
                element >= framework.n
            ):  # a chain enters a relation from its source or from one that ends in it
                by_source, by_relation = slopes[element - framework.n]
                product *= by_source if before < framework.n else by_relation
        carried.append(float(product[:-1] @ weights) * now / 2.0)
    listed = [
        CarriedChain(_as_chain(framework, path), value) for path, value in zip(paths, carried, strict=True)
    ]
    listed.sort(key=lambda entry: (-abs(entry.carries), entry.chain.relations, entry.chain.ids))
    return Explanation(node, topic, tuple(listed), sum(entry.carries for entry in listed), total, complete)


def _local_derivatives(
    framework: Framework, problem: Problem, sigma: FloatArray, paths: Sequence[Sequence[int]]
) -> dict[int, tuple[FloatArray, FloatArray]]:
    """For every relation on a path: ∂σ(target)/∂σ(source) and ∂σ(target)/∂σ(relation), at all states (b,)."""
    wanted = {element - framework.n for path in paths for element in path if element >= framework.n}
    topology = framework.plan.topology
    rows = np.unique(topology.row[np.array(sorted(wanted), dtype=np.intp)])
    cut = int(np.searchsorted(rows, framework.n))
    found = {}
    for group in (rows[:cut], rows[cut:]):
        if not group.size:
            continue
        part = topology.part(group)
        _, by_source, by_relation = problem.slopes(part, sigma)
        for position, relation in enumerate(part.relation.tolist()):
            if relation in wanted:
                found[relation] = (by_source[position], by_relation[position])
    return found


def _chains(
    framework: Framework, start: int, end: int, max_chains: int, max_relations: int
) -> tuple[list[tuple[int, ...]], bool]:
    """Simple chains from node to topic as element numbers, shortest first; and whether these are all."""
    if start == end:
        return [], True
    graph = ChainGraph(framework)
    reach = graph.reach(end)
    nearest = {
        element: min(length for length in both if length >= 0)
        for element, both in enumerate(zip(reach.distance[1], reach.distance[-1], strict=True))
        if max(both) >= 0
    }
    if start not in nearest:
        return [], True
    n = framework.n
    heap: list[tuple[int, tuple[int, ...]]] = [(nearest[start], (start,))]
    paths: list[tuple[int, ...]] = []
    looked_at, limit = 0, 100 * max_chains
    while heap and len(paths) < max_chains and looked_at < limit:
        length, path = heapq.heappop(heap)
        looked_at += 1
        if length > max_relations:
            return paths, False
        last = path[-1]
        if last == end:
            paths.append(path)
            continue
        onward = [n + r for r in graph.outgoing[last]] if last < n else [graph.target[last - n]]
        walked = sum(element >= n for element in path)
        for following in onward:
            if following in nearest and following not in path:
                heapq.heappush(heap, (walked + nearest[following], (*path, following)))
    return paths, not heap


def _as_chain(framework: Framework, path: Sequence[int]) -> Chain:
    relations = [element - framework.n for element in path if element >= framework.n]
    sign = 1
    for relation in relations:
        sign = sign if framework.sign[relation] > 0 else -sign
    return Chain(tuple(framework.element_id(element) for element in path), sign, len(relations))
