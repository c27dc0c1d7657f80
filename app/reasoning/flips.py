"""Flips: what happens to the verdict when a node is denied or conceded.

*Established* flips fix the strength itself at 0 or 1, whatever supports or attacks it ("if this were found to
be false"); *base* flips set the base score to 0 or 1 and let what supports and attacks it still speak.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.reasoning.arrays import FloatArray
from app.reasoning.framework import Framework
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.solve import Strengths, solve
from app.reasoning.verdict import (
    DEFAULT_THRESHOLDS,
    Thresholds,
    Verdict,
    jittered_bases,
    judge,
    leads,
    verdict,
)
from app.reasoning.whatif import Change, what_if

FlipKind = Literal["established", "base"]
Effect = Literal["changes the leader", "unsettles", "settles", "none"]


@dataclass(frozen=True)
class Outcome:
    """The verdict after one flip, what it does to the verdict before, and how far the strengths moved.

    ``movement`` is the Euclidean length of the change of the topics' strengths.
    """

    verdict: Verdict
    effect: Effect
    movement: float


@dataclass(frozen=True)
class Flip:
    """Both flips of one node. ``strength`` is what the node has now."""

    node: str
    strength: float
    deny: Outcome
    concede: Outcome


def effect_of(before: Verdict, after: Verdict) -> Effect:
    """ "changes the leader" only from one *named* leader to another; losing or gaining one is less."""
    if before.leader == after.leader:
        return "none"
    if before.leader is None:
        return "settles"
    return "unsettles" if after.leader is None else "changes the leader"


def flips(
    framework: Framework,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    *,
    kind: FlipKind = "established",
    nodes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    before: Verdict | None = None,
    strengths: Strengths | None = None,
) -> tuple[Flip, ...]:
    """Both flips of every node that is not a topic (or of ``nodes``), each with its own jitter test.

    Time: the sizes of the cones downstream, twice for the flips and ``jitters`` times more for those whose
    margin is large enough to name a leader.
    """
    solved = strengths if strengths is not None else solve(framework, semantics)
    current = before if before is not None else verdict(framework, semantics, thresholds, solved)
    topics = set(framework.topics)
    chosen = (
        [node for node in range(framework.n) if node not in topics]
        if nodes is None
        else [framework.node(node) for node in nodes]
    )
    sets = [((node,), (value,)) for node in chosen for value in (0.0, 1.0)]
    found = outcomes(framework, sets, semantics, kind=kind, thresholds=thresholds, before=current)
    return tuple(
        Flip(framework.node_ids[node], float(solved.nodes[node]), found[2 * i], found[2 * i + 1])
        for i, node in enumerate(chosen)
    )


def outcomes(
    framework: Framework,
    sets: Sequence[tuple[Sequence[int], Sequence[float]]],
    semantics: str | Semantics,
    *,
    kind: FlipKind,
    thresholds: Thresholds,
    before: Verdict,
) -> list[Outcome]:
    """What each set of (node numbers, values) does to the verdict; sets of one are single flips."""
    ids = framework.topic_ids
    if not sets or not ids:
        idle = Outcome(before, "none", 0.0)
        return [idle] * len(sets)
    established = kind == "established"
    changes = [Change(tuple(nodes), np.array(values)[:, None], established) for nodes, values in sets]
    plain = what_if(framework, changes, semantics)
    after = plain.strengths[:, :, 0]
    top, margin = leads(after.T, ids)
    share = np.zeros(len(sets))
    tested = np.flatnonzero((margin >= thresholds.margin) & plain.converged)
    if thresholds.jitters and tested.size:
        width = thresholds.jitters
        again = [
            Change(tuple(nodes), np.repeat(np.array(values)[:, None], width, axis=1), established)
            for nodes, values in (sets[int(i)] for i in tested)
        ]
        shaken = what_if(framework, again, semantics, jittered_bases(framework, thresholds), rough=True)
        tops, _ = leads(np.moveaxis(shaken.strengths, 1, 0), ids)
        share[tested] = np.mean(tops == top[tested, None], axis=1) * shaken.converged
    now = np.array([before.strengths[topic] for topic in ids])
    results = []
    for i in range(len(sets)):
        judged = judge(ids, after[i], float(share[i]), bool(plain.converged[i]), thresholds)
        movement = float(np.linalg.norm(after[i] - now))
        results.append(Outcome(judged, effect_of(before, judged), movement))
    return results


@dataclass(frozen=True)
class Crossing:
    """Moving the node through ``value``, the verdict by margin goes from ``below`` to ``above`` (None: too close)."""

    value: float
    below: str | None
    above: str | None


@dataclass(frozen=True, eq=False)
class Tipping:
    """The tipping curve of one node: topics' strengths ``curve`` (t, g) over ``grid`` (g,), and every crossing.

    A crossing is found if the verdict differs between two neighbouring points of the grid (so one that is
    undone within a cell is missed) and is refined by bisection.
    """

    node: str
    kind: FlipKind
    grid: FloatArray
    curve: FloatArray
    crossings: tuple[Crossing, ...]


def tipping(
    framework: Framework,
    nodes: Sequence[str],
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    *,
    kind: FlipKind = "established",
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    points: int = 41,
    precision: float = 1e-6,
) -> tuple[Tipping, ...]:
    """Tipping curves. The verdict along the curve is by margin alone: jitter would blur every crossing."""
    numbers = [framework.node(node) for node in nodes]
    grid = np.linspace(0.0, 1.0, points)
    ids = framework.topic_ids
    if not numbers or not ids:
        return ()
    established = kind == "established"

    def labels(changes: list[Change]) -> tuple[FloatArray, np.ndarray[tuple[int, ...], np.dtype[np.intp]]]:
        strengths = what_if(framework, changes, semantics).strengths
        top, margin = leads(np.moveaxis(strengths, 1, 0), ids)
        return strengths, np.where(margin >= thresholds.margin, top, -1)

    curves, label = labels([Change((node,), grid[None, :], established) for node in numbers])
    where, cell = np.nonzero(label[:, 1:] != label[:, :-1])
    low, high = grid[cell].copy(), grid[cell + 1].copy()
    below = label[where, cell]
    while where.size and float((high - low).max()) > precision:
        middle = (low + high) / 2
        changes = [
            Change((numbers[w],), np.array([[v]]), established) for w, v in zip(where, middle, strict=True)
        ]
        same = labels(changes)[1][:, 0] == below
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    above = label[where, cell + 1]

    def name(code: int) -> str | None:
        return None if code < 0 else ids[code]

    results = []
    for i, node in enumerate(nodes):
        own = np.flatnonzero(where == i)
        crossings = tuple(
            Crossing(float((low[j] + high[j]) / 2), name(int(below[j])), name(int(above[j]))) for j in own
        )
        results.append(Tipping(node, kind, grid, curves[i], crossings))
    return tuple(results)
