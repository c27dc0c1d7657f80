"""Many what-ifs at once: set some nodes, recompute only what depends on them, look at the topics.

Flips, removals, tipping curves and jittered flips all ask the same: "what would the topics' strengths be if
these nodes had these values?", thousands of times with small differences. Each what-if touches only the
cone downstream of its nodes, so the state is kept as one shared block of the unchanged strengths plus one
entry for every pair (row, what-if) inside a cone; a whole level of the plan is computed for all what-ifs at
once. The cost is proportional to the sizes of the cones, not to what-ifs × framework.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.reasoning.arrays import BoolArray, FloatArray, IntArray, ranges
from app.reasoning.cyclic import TOLERANCE
from app.reasoning.framework import Framework
from app.reasoning.plan import Part, Plan, Step
from app.reasoning.problem import Problem, aggregate
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.solve import run

CELLS = 1_000_000
"""About how many numbers are held at once; more what-ifs are done in several goes."""

CYCLIC_CELLS = 100_000
ROUGH = 1e-6
ROUNDS = ((0.5, 120), (0.2, 200))
ROUGH_ROUNDS = ((1.0, 15), *ROUNDS)


@dataclass(frozen=True, eq=False)
class Change:
    """One what-if: ``nodes`` (p,) take ``values`` (p, w), w alternatives at once.

    ``established``: the values are the nodes' strengths, whatever bears on them; otherwise they are new base
    scores, and what supports and attacks the nodes still counts.
    """

    nodes: tuple[int, ...]
    values: FloatArray
    established: bool


@dataclass(frozen=True, eq=False)
class Outcomes:
    """Strengths of the topics, ``strengths`` (f, t, w), and whether every number behind them ``converged`` (f,)."""

    strengths: FloatArray
    converged: BoolArray


def what_if(
    framework: Framework,
    changes: Sequence[Change],
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    node_base: FloatArray | None = None,
    *,
    rough: bool = False,
) -> Outcomes:
    """Topics' strengths under each of the changes.

    ``node_base`` is None, or (n, w): the w alternatives of every change then each start from their own base
    scores (this is how flips are jittered). All changes must offer the same number w of alternatives.
    ``rough`` solves cycles to six digits only, which is plenty to see who leads.
    """
    topics = np.array(framework.topics, dtype=np.intp)
    if not changes:
        return Outcomes(np.zeros((0, len(topics), 0)), np.zeros(0, dtype=np.bool_))
    width = changes[0].values.shape[1]
    problem = Problem.of(framework, semantics, node_base)
    sigma = np.array(problem.base)
    residual, _ = run(problem, framework.plan, sigma, {})
    # only what leads to a topic can matter
    relevant = framework.plan.upstream(topics) if topics.size else topics
    wanted = np.zeros(framework.plan.topology.size, dtype=np.bool_)
    wanted[relevant] = True
    strengths = np.empty((len(changes), len(topics), width))
    converged = np.full(len(changes), bool(np.all(residual <= TOLERANCE)))
    on_cycles = sum(len(step.rows) for step in framework.plan.steps if step.kind == "cyclic")
    per_go = max(1, min(512, CELLS // (framework.plan.topology.size + 1)))
    if on_cycles:  # their rows are gone through again and again, so they had better stay in the cache
        per_go = max(1, min(per_go, CYCLIC_CELLS // (on_cycles * width)))
    for first in range(0, len(changes), per_go):
        group = changes[first : first + per_go]
        touched = np.unique(np.concatenate([np.array(change.nodes, dtype=np.intp) for change in group]))
        cone = np.union1d(framework.plan.downstream(touched), touched)
        plan = framework.plan.restrict(cone[wanted[cone]])
        wave = _Wave(problem, plan, sigma, group, width, rough)
        strengths[first : first + per_go], settled = wave.run(topics)
        converged[first : first + per_go] &= settled
    return Outcomes(strengths, converged)


class _Wave:
    """The state of one go: unchanged strengths, and the pairs (row, what-if) computed so far.

    ``slot`` (size, f) says where in ``store`` (s, w) the strength of a row under a what-if is found; rows
    0…size−1 of the store are the unchanged strengths.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        sigma: FloatArray,
        changes: Sequence[Change],
        width: int,
        rough: bool,
    ) -> None:
        self.rough = rough
        self.problem, self.plan, self.changes, self.width = problem, plan, changes, width
        self.size = plan.topology.size
        self.batched = sigma.ndim > 1
        start = sigma if self.batched else np.repeat(sigma[:, None], width, axis=1)
        self.store = np.empty((2 * self.size + 64, width))
        self.store[: self.size] = start
        self.used = self.size
        count = len(changes)
        self.slot = np.repeat(np.arange(self.size, dtype=np.intp)[:, None], count, axis=1)
        self.held = np.zeros((self.size, count), dtype=np.bool_)
        self.changed = np.zeros((self.size, count), dtype=np.bool_)
        self.new_base: dict[tuple[int, int], FloatArray] = {}
        self.settled = np.ones(count, dtype=np.bool_)
        in_step = plan.step_of >= 0
        for f, change in enumerate(changes):
            for row, values in zip(change.nodes, change.values, strict=True):
                self.changed[row, f] = True
                if change.established or not in_step[row]:
                    self.held[row, f] = True
                    self.slot[row, f] = self._reserve(1)
                    self.store[self.slot[row, f]] = values
                else:
                    self.new_base[row, f] = values
        self.rebased = self.changed & ~self.held

    def run(self, topics: IntArray) -> tuple[FloatArray, BoolArray]:
        """Go through the plan; returns (f, t, w) strengths of the topics, and which what-ifs converged."""
        for step in self.plan.steps:
            if step.kind == "cyclic":
                self._cyclic(step)
            elif step.kind == "thin":
                for row in step.rows:
                    self._acyclic(self.plan.topology.part(np.array([row])))
            else:
                for part in step.parts:
                    self._acyclic(part)
        return self.store[self.slot[topics].T], self.settled

    def _reserve(self, count: int) -> int:
        first = self.used
        self.used += count
        if self.used > len(self.store):
            grown = np.empty((max(self.used, 2 * len(self.store)), self.width))
            grown[:first] = self.store[:first]
            self.store = grown
        return first

    def _active(self, part: Part) -> tuple[IntArray, IntArray]:
        """Pairs (position in part.rows, what-if) whose value may differ from the unchanged one."""
        moved = self.changed[part.source]
        if part.gated.size:
            moved[part.gated] |= self.changed[part.gate]
        active = np.logical_or.reduceat(moved, part.starts, axis=0)
        active |= self.rebased[part.rows]
        active &= ~self.held[part.rows]
        where, f = np.nonzero(active)
        return where, f

    def _acyclic(self, part: Part) -> None:
        where, f = self._active(part)
        if not where.size:
            return
        expansion = _Expansion(self, part, where, f)
        values = expansion.evaluate()
        first = self._reserve(len(where))
        self.store[first : self.used] = values
        self.slot[part.rows[where], f] = np.arange(first, self.used)
        self.changed[part.rows[where], f] = True

    def _cyclic(self, step: Step) -> None:
        """All rows of a touched component, for every what-if that touches it, by damped rounds from the base.

        What the rounds leave unsettled is handed to the full solver, one what-if at a time.
        """
        assert step.component is not None
        touched = self.rebased[step.rows] | self.changed[step.rows]
        positions = {int(row): i for i, row in enumerate(step.rows)}
        for part in step.parts:
            where, f = self._active(part)
            touched[[positions[int(row)] for row in part.rows[where]], f] = True
        _, label = np.unique(step.component, return_inverse=True)
        by_component = np.zeros((label.max() + 1, touched.shape[1]), dtype=np.bool_)
        np.logical_or.at(by_component, label, touched)
        active = by_component[label] & ~self.held[step.rows]
        expansions: list[tuple[_Expansion, IntArray]] = []
        offset = 0
        for part in step.parts:
            where, f = np.nonzero(active[offset : offset + len(part.rows)])
            offset += len(part.rows)
            first = self._reserve(len(where))
            self.slot[part.rows[where], f] = np.arange(first, first + len(where))
            self.changed[part.rows[where], f] = True
            if where.size:
                expansions.append((_Expansion(self, part, where, f), np.arange(first, first + len(where))))
        if not expansions:
            return
        for expansion, slots in expansions:
            expansion.locate()
            self.store[slots] = self.store[expansion.pairs.rows] if self.rough else expansion.base
        unsettled = self._rounds(expansions)
        for number in np.flatnonzero(unsettled):
            self._alone(step, int(number))

    def _rounds(self, expansions: "list[tuple[_Expansion, IntArray]]") -> BoolArray:
        residual = np.zeros(len(self.changes))
        goal = ROUGH if self.rough else TOLERANCE / 10
        for damping, rounds in ROUGH_ROUNDS if self.rough else ROUNDS:
            for _ in range(rounds):
                steps = [(slots, e.evaluate() - self.store[slots], e.f) for e, slots in expansions]
                residual[:] = 0.0
                for _, change, f in steps:
                    np.maximum.at(residual, f, np.abs(change).max(axis=1))
                if residual.max() <= goal:
                    return np.zeros(len(residual), dtype=np.bool_)
                for slots, change, _ in steps:
                    self.store[slots] += change if damping == 1.0 else damping * change
            if damping == 1.0:  # undamped rounds went in circles: begin again
                for expansion, slots in expansions:
                    self.store[slots] = expansion.base
        unsettled: BoolArray = residual > goal
        return unsettled

    def _alone(self, step: Step, f: int) -> None:
        """One what-if's block by the full solver (Newton), every alternative."""
        problem, change = self.problem, self.changes[f]
        rows = step.rows
        base = problem.base if self.batched else np.repeat(problem.base[:, None], self.width, axis=1)
        base = base.copy()
        for node, values in zip(change.nodes, change.values, strict=True):
            base[node] = values
        single = Problem(problem.plan, problem.semantics, base, problem.weight, problem.unit)
        state = self.store[self.slot[:, f]].copy()
        state[rows] = np.where(self.held[rows, f][:, None], state[rows], base[rows])
        fixed = {int(row): state[row].copy() for row in rows[self.held[rows, f]]}
        block = Plan(self.plan.topology, (step,))
        residual, _ = run(single, block, state, fixed)
        own = rows[self.slot[rows, f] >= self.size]
        self.store[self.slot[own, f]] = state[own]
        self.settled[f] &= bool(np.all(residual <= TOLERANCE))


class _Expansion:
    """A part spread out over the active pairs (row, what-if): one segment of relations for each pair."""

    def __init__(self, wave: _Wave, part: Part, where: IntArray, f: IntArray) -> None:
        self.wave, self.f = wave, f
        counts = part.counts[where]
        self.edge = ranges(part.starts[where], counts)
        self.edge_f = np.repeat(f, counts)
        starts = np.cumsum(counts) - counts
        nothing = np.zeros(0, dtype=np.intp)
        self.pairs = Part(
            part.is_gate, part.rows[where], starts, nothing, part.relation[self.edge], part.sign[self.edge],
            nothing, nothing,
        )  # fmt: skip
        self.source = part.source[self.edge]
        self.gated, self.gate = nothing, nothing
        if part.gated.size:
            gate_of = np.full(len(part.source), -1, dtype=np.intp)
            gate_of[part.gated] = part.gate
            gate = gate_of[self.edge]
            self.gated = np.flatnonzero(gate >= 0)
            self.gate = gate[self.gated]
        base = wave.problem.base[self.pairs.rows]
        self.base = base if wave.batched else base[:, None]
        own = np.flatnonzero(wave.rebased[self.pairs.rows, f])
        if own.size:
            self.base = np.repeat(self.base, 1 if wave.batched else wave.width, axis=1)
            for i in own:
                self.base[i] = wave.new_base[int(self.pairs.rows[i]), int(f[i])]
        weight = wave.problem.weight
        self.weight = None if wave.problem.unit else weight[self.pairs.relation][:, None]
        self.locate()

    def locate(self) -> None:
        """Look up where the strengths of sources and gates are kept (again, when pairs have been added)."""
        self.source_slot = self.wave.slot[self.source, self.edge_f]
        self.gate_slot = self.wave.slot[self.gate, self.edge_f[self.gated]]

    def evaluate(self) -> FloatArray:
        """New strengths of the pairs, (pairs, w)."""
        store = self.wave.store
        c = store.take(self.source_slot, axis=0)
        if self.weight is not None:
            c *= self.weight
        if self.gated.size:
            c[self.gated] *= store[self.gate_slot]
        rule = self.wave.problem.rule(self.pairs)
        return rule.influence(self.base, aggregate(rule, self.pairs, c))
