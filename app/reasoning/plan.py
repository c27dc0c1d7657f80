"""The order of computation: which elements are computed together, and from which relations.

State rows: node ``i`` is row ``i``; every *gate* (a relation some relation ends in) gets a row ``n + k``. A
relation nothing ends in keeps its base score, so it needs no row: on most maps that saves three quarters
of the state.

A plan is a list of steps in topological order. A step is

- *wide*: rows that depend on earlier steps only, computed at once by numpy;
- *thin*: a long run of levels with hardly any rows each, computed one row at a time;
- *cyclic*: strongly connected components, solved by iteration.

Rows nothing ends in are in no step: their strength is their base score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Self

import numpy as np

from app.reasoning.arrays import FloatArray, IntArray, ranges
from app.reasoning.sparse import group_by, strong_components

StepKind = Literal["wide", "thin", "cyclic"]

THIN_WIDTH = 24
"""A level with fewer relations than this is faster row by row than through numpy's call overhead."""
THIN_RUN = 12
"""… but only in runs, since leaving numpy and coming back costs something too."""


@dataclass(frozen=True, eq=False)
class Part:
    """Rows of one sort (all nodes, or all gates) with the relations ending in them.

    Shapes: k rows, e relations sorted by row, supports before attacks. ``starts`` (k,) is where each row's relations begin. ``source``
    (e,) rows, ``relation`` (e,) relation numbers, ``sign`` (e,) ±1; ``gated`` lists the positions in 0…e−1
    whose relation is itself a gate, ``gate`` their state rows.
    """

    is_gate: bool
    rows: IntArray
    starts: IntArray
    source: IntArray
    relation: IntArray
    sign: FloatArray
    gated: IntArray
    gate: IntArray

    @cached_property
    def counts(self) -> IntArray:
        """Number of relations ending in each row."""
        return np.diff(self.starts, append=len(self.source))

    @cached_property
    def owner(self) -> IntArray:
        """For every relation, the position of its row in ``rows``."""
        return np.repeat(np.arange(len(self.rows)), self.counts)

    @cached_property
    def segments(self) -> tuple[IntArray, IntArray, IntArray]:
        """Runs of relations of one row and one sign (supports come first in every row).

        Returns where the runs start (g,), their places in a (2k,) array of [supports, attacks] by row (g,),
        and the run of every relation (e,).
        """
        new_row = np.zeros(len(self.sign), dtype=np.bool_)
        new_row[self.starts] = True
        new_run = new_row.copy()
        new_run[1:] |= self.sign[1:] < self.sign[:-1]
        first = np.flatnonzero(new_run)
        row = np.cumsum(new_row)[first] - 1
        return first, 2 * row + (self.sign[first] < 0), np.cumsum(new_run) - 1


@dataclass(frozen=True, eq=False)
class Step:
    """One step; ``parts`` holds at most one part of nodes and one of gates.

    ``component`` (cyclic steps) numbers the strongly connected component of every row, parts concatenated.
    Thin steps keep one part per run of rows of one sort, in topological order.
    """

    kind: StepKind
    parts: tuple[Part, ...]
    component: IntArray | None = None

    @cached_property
    def rows(self) -> IntArray:
        """All rows of the step, parts concatenated."""
        return np.concatenate([part.rows for part in self.parts])


@dataclass(frozen=True, eq=False)
class Topology:
    """Who depends on whom: ``row`` (m,) is where each relation ends, ``gate_row`` (m,) its own row or −1."""

    n: int
    size: int
    source: IntArray
    sign: FloatArray
    row: IntArray
    gate_row: IntArray
    gates: IntArray
    into: IntArray
    into_start: IntArray

    @classmethod
    def of(cls, n: int, source: IntArray, target: IntArray, sign: FloatArray) -> Self:
        """Number the state rows and group the relations by where they end."""
        gates = np.unique(target[target >= n]) - n
        gate_row = np.full(len(source), -1, dtype=np.intp)
        gate_row[gates] = n + np.arange(len(gates))
        row = target
        if gates.size:
            row = np.where(target < n, target, gate_row[np.maximum(target - n, 0)])
        size = n + len(gates)
        into, start = group_by(2 * row + (sign < 0), 2 * size)
        return cls(n, size, source, sign, row, gate_row, gates, into, start[::2].copy())

    @cached_property
    def in_degree(self) -> IntArray:
        """Number of relations ending in each row."""
        return np.diff(self.into_start)

    @cached_property
    def dependencies(self) -> tuple[IntArray, IntArray]:
        """Pairs (row, row that depends on it): sources and gates, both needed by a relation's end."""
        tail, head = self.source, self.row
        if self.gates.size:
            tail = np.concatenate((tail, self.gate_row[self.gates]))
            head = np.concatenate((head, self.row[self.gates]))
        return tail, head

    @cached_property
    def out(self) -> tuple[IntArray, IntArray]:
        """``(heads, start)``: the rows depending on row i are ``heads[start[i]:start[i + 1]]``."""
        tail, head = self.dependencies
        order, start = group_by(tail, self.size)
        return head[order], start

    @cached_property
    def plan(self) -> "Plan":
        """The plan for the whole framework. Time and space linear in nodes and relations."""
        heads, start = self.out
        tail, head = self.dependencies
        waiting = np.bincount(head, minlength=self.size).astype(np.intp)
        levels = _levels(heads, start, waiting)
        done = np.zeros(self.size, dtype=np.bool_)
        for level in levels:
            done[level] = True
        blocks: list[tuple[StepKind, list[IntArray], IntArray | None]] = _thicken(levels[1:], self.in_degree)
        if not done.all():
            blocks += self._cyclic_blocks(np.flatnonzero(~done), tail, head)
        steps = tuple(self._step(kind, rows, component) for kind, rows, component in blocks)
        return Plan(self, steps)

    def _cyclic_blocks(
        self, rest: IntArray, tail: IntArray, head: IntArray
    ) -> list[tuple[StepKind, list[IntArray], IntArray | None]]:
        """Condense what a topological order could not reach, and order the condensation by levels."""
        local = np.full(self.size, -1, dtype=np.intp)
        local[rest] = np.arange(len(rest))
        inside = (local[tail] >= 0) & (local[head] >= 0)
        tails, heads = local[tail[inside]], local[head[inside]]
        count, label = strong_components(tails, heads, len(rest))
        cyclic = np.bincount(label, minlength=count) > 1
        cyclic[label[tails[tails == heads]]] = True
        across = label[tails] != label[heads]
        order, start = group_by(label[tails[across]], count)
        waiting = np.bincount(label[heads[across]], minlength=count).astype(np.intp)
        members, member_start = group_by(label, count)
        blocks: list[tuple[StepKind, list[IntArray], IntArray | None]] = []
        pending: list[IntArray] = []
        for level in _levels(label[heads[across]][order], start, waiting):
            alone, joined = level[~cyclic[level]], level[cyclic[level]]
            if alone.size:
                pending.append(np.sort(rest[members[member_start[alone]]]))
            if joined.size:
                blocks += _thicken(pending, self.in_degree)
                pending = []
                counts = member_start[joined + 1] - member_start[joined]
                where = members[ranges(member_start[joined], counts)]
                order_ = np.argsort(rest[where], kind="stable")
                blocks.append(("cyclic", [rest[where][order_]], label[where][order_]))
        return blocks + _thicken(pending, self.in_degree)

    def part(self, rows: IntArray) -> Part:
        """The part made of ``rows`` (all nodes or all gates, each with at least one relation ending in it)."""
        counts = self.in_degree[rows]
        edges = self.into[ranges(self.into_start[rows], counts)]
        gate = self.gate_row[edges]
        gated = np.flatnonzero(gate >= 0) if self.gates.size else np.zeros(0, dtype=np.intp)
        return Part(
            is_gate=bool(rows[0] >= self.n),
            rows=rows,
            starts=np.cumsum(counts) - counts,
            source=self.source[edges],
            relation=edges,
            sign=self.sign[edges],
            gated=gated,
            gate=gate[gated],
        )

    def _step(self, kind: StepKind, groups: Sequence[IntArray], component: IntArray | None = None) -> Step:
        parts = []
        for rows in groups:
            if kind == "thin":
                cuts = np.flatnonzero(np.diff((rows >= self.n).astype(np.int8))) + 1
                parts += [self.part(piece) for piece in np.split(rows, cuts)]
            else:  # sorted, so the nodes come first
                cut = int(np.searchsorted(rows, self.n))
                parts += [self.part(piece) for piece in (rows[:cut], rows[cut:]) if piece.size]
        return Step(kind, tuple(parts), component)


@dataclass(frozen=True, eq=False)
class Plan:
    """Steps in topological order, over a topology."""

    topology: Topology
    steps: tuple[Step, ...]

    @cached_property
    def step_of(self) -> IntArray:
        """Step of every row, −1 for rows that are in none (nothing ends in them)."""
        steps = np.full(self.topology.size, -1, dtype=np.intp)
        for number, step in enumerate(self.steps):
            steps[step.rows] = number
        return steps

    def downstream(self, rows: IntArray) -> IntArray:
        """All rows that depend on any of ``rows``, those themselves included only where a cycle leads back.

        Time linear in the size of that cone.
        """
        return _reach(rows, *self.topology.out)

    def upstream(self, rows: IntArray) -> IntArray:
        """``rows`` and all rows any of them depends on. Time linear in nodes and relations."""
        topology = self.topology
        tail, head = topology.dependencies
        order, start = group_by(head, topology.size)
        return np.union1d(rows, _reach(rows, tail[order], start))

    def restrict(self, rows: IntArray) -> "Plan":
        """The plan for recomputing ``rows`` alone, in time linear in them and the relations ending in them.

        A component of a cycle is kept only as far as its rows are in ``rows``.
        """
        kept = rows[self.step_of[rows] >= 0]
        number = self.step_of[kept]
        order = np.lexsort((kept, number))
        kept, number = kept[order], number[order]
        cuts = np.flatnonzero(np.diff(number)) + 1
        steps = []
        for group in np.split(kept, cuts):
            if not group.size:
                continue
            step = self.steps[int(self.step_of[group[0]])]
            component = None
            if step.kind == "thin":
                position = np.argsort(step.rows, kind="stable")
                at = position[np.searchsorted(step.rows, group, sorter=position)]
                group = step.rows[np.sort(at)]
            elif step.component is not None:  # rows of cyclic steps are sorted
                component = step.component[np.searchsorted(step.rows, group)]
            steps.append(self.topology._step(step.kind, [group], component))
        return Plan(self.topology, tuple(steps))


def _reach(rows: IntArray, heads: IntArray, start: IntArray) -> IntArray:
    """Rows reachable in one arc or more, ascending."""
    seen: set[int] = set()
    frontier = np.unique(rows)
    while frontier.size:
        following = np.unique(heads[ranges(start[frontier], start[frontier + 1] - start[frontier])])
        if len(following) <= 64:
            fresh = [row for row in following.tolist() if row not in seen]
        else:
            known = np.fromiter(seen, dtype=np.intp, count=len(seen))
            fresh = np.setdiff1d(following, known).tolist()
        seen.update(fresh)
        frontier = np.array(fresh, dtype=np.intp)
    return np.sort(np.fromiter(seen, dtype=np.intp, count=len(seen)))


def _levels(heads: IntArray, start: IntArray, waiting: IntArray) -> list[IntArray]:
    """Kahn's algorithm, a whole level at a time; ``waiting`` counts arcs in and is used up.

    Vertices on or behind cycles are in no level. Runs of narrow levels are walked in plain Python.
    """
    levels = []
    frontier = np.flatnonzero(waiting == 0)
    narrow = 0
    while frontier.size:
        levels.append(frontier)
        narrow = narrow + 1 if len(frontier) < THIN_WIDTH else 0
        if narrow > THIN_RUN:
            frontier = _walk_narrow(frontier, heads, start, waiting, levels)
            narrow = 0
            continue
        counts = start[frontier + 1] - start[frontier]
        reached = heads[ranges(start[frontier], counts)]
        np.subtract.at(waiting, reached, 1)
        ready = reached[waiting[reached] == 0]
        frontier = np.unique(ready)
    return levels


def _walk_narrow(
    frontier: IntArray, heads: IntArray, start: IntArray, waiting: IntArray, levels: list[IntArray]
) -> IntArray:
    """Continue level by level without numpy until a level is wide again; returns that level (or none)."""
    level = frontier.tolist()
    left, first, ends = waiting.data, start.data, heads.data
    while True:
        ready = []
        for vertex in level:
            for arc in range(first[vertex], first[vertex + 1]):
                head = ends[arc]
                left[head] -= 1
                if left[head] == 0:
                    ready.append(head)
        ready.sort()
        if not ready or len(ready) >= 4 * THIN_WIDTH:
            return np.array(ready, dtype=np.intp)
        levels.append(np.array(ready, dtype=np.intp))
        level = ready


def _thicken(
    levels: Sequence[IntArray], in_degree: IntArray
) -> list[tuple[StepKind, list[IntArray], IntArray | None]]:
    """Turn levels into steps: wide ones as they are, long runs of narrow ones into one thin step."""
    blocks: list[tuple[StepKind, list[IntArray], IntArray | None]] = []
    run: list[IntArray] = []

    def close() -> None:
        if len(run) >= THIN_RUN:
            blocks.append(("thin", [np.concatenate(run)], None))
        else:
            blocks.extend(("wide", [rows], None) for rows in run)
        run.clear()

    for rows in levels:
        if len(rows) < THIN_WIDTH and int(in_degree[rows].sum()) < THIN_WIDTH:
            run.append(rows)
        else:
            close()
            blocks.append(("wide", [rows], None))
    close()
    return blocks
