"""Cruxes: nodes on which the verdict turns, found by flipping every one of them and computing again."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal

from app.reasoning.flips import Effect, Flip, FlipKind, Outcome, Tipping, flips, outcomes, tipping
from app.reasoning.framework import Framework
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.solve import solve
from app.reasoning.verdict import DEFAULT_THRESHOLDS, Thresholds, Verdict, verdict

_RANK: dict[Effect, int] = {"changes the leader": 0, "unsettles": 1, "settles": 1, "none": 2}


@dataclass(frozen=True, eq=False)
class Crux:
    """A node whose flip changes, unsettles or settles the verdict.

    ``effect`` is the stronger of its two flips', ``flip`` says which. ``needed`` is the smallest change of the
    node's present strength (base flips: base score) that has this effect by margin, None if the scanned
    curve shows none (an effect due to jitter stability only). ``movement`` is how far the topics' strengths move.
    """

    node: str
    effect: Effect
    flip: Literal["deny", "concede"]
    outcome: Outcome
    needed: float | None
    movement: float
    flips: Flip
    tipping: Tipping

    @property
    def is_crux(self) -> bool:
        """A crux in the strict sense: a flip moves the verdict from one named leader to another."""
        return self.effect == "changes the leader"


@dataclass(frozen=True, eq=False)
class Cruxes:
    """The verdict, all nodes that matter to it (best first), and every flip that was tried."""

    verdict: Verdict
    kind: FlipKind
    found: tuple[Crux, ...]
    flips: tuple[Flip, ...]

    @property
    def strict(self) -> tuple[Crux, ...]:
        """Those that change the leader."""
        return tuple(crux for crux in self.found if crux.is_crux)


def cruxes(
    framework: Framework,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    *,
    kind: FlipKind = "established",
    nodes: Sequence[str] | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> Cruxes:
    """Flip every node (or ``nodes``), keep those that move the verdict, rank them.

    Ranked by effect, then by how small a change does it, then by how far the strengths move, then by id.
    """
    solved = solve(framework, semantics)
    before = verdict(framework, semantics, thresholds, solved)
    tried = flips(
        framework, semantics, kind=kind, nodes=nodes, thresholds=thresholds, before=before, strengths=solved
    )
    moving = [flip for flip in tried if _RANK[_best(flip)[1].effect] < 2]
    curves = tipping(framework, [flip.node for flip in moving], semantics, kind=kind, thresholds=thresholds)
    found = []
    for flip, curve in zip(moving, curves, strict=True):
        side, outcome = _best(flip)
        number = framework.node(flip.node)
        now = flip.strength if kind == "established" else float(framework.node_base[number])
        needed = _needed(curve, now, outcome)
        found.append(Crux(flip.node, outcome.effect, side, outcome, needed, outcome.movement, flip, curve))
    found.sort(
        key=lambda crux: (
            _RANK[crux.effect],
            2.0 if crux.needed is None else crux.needed,
            -crux.movement,
            crux.node,
        )
    )
    return Cruxes(before, kind, tuple(found), tried)


def _best(flip: Flip) -> tuple[Literal["deny", "concede"], Outcome]:
    deny, concede = flip.deny, flip.concede
    better = (_RANK[concede.effect], -concede.movement) < (_RANK[deny.effect], -deny.movement)
    return ("concede", concede) if better else ("deny", deny)


def _needed(curve: Tipping, now: float, outcome: Outcome) -> float | None:
    """Distance from ``now`` to the nearest value at which the curve shows the outcome's leader.

    None where it shows that leader already, so that only the test of stability keeps it from being named.
    """
    goal = outcome.verdict.leader
    if _shown(curve, now) == goal:
        return None
    nearest = [
        abs(crossing.value - now)
        for crossing in curve.crossings
        if goal in (crossing.below, crossing.above) and crossing.below != crossing.above
    ]
    return min(nearest, default=None)


def _shown(curve: Tipping, now: float) -> str | None:
    """The leader by margin at a value of the curve; None where it is too close, or where nothing ever changes."""
    shown = curve.crossings[0].below if curve.crossings else None
    for crossing in curve.crossings:
        if crossing.value <= now:
            shown = crossing.above
    return shown


@dataclass(frozen=True)
class FlipSet:
    """Nodes flipped together: ``values`` 0 (deny) or 1 (concede), and what that does."""

    nodes: tuple[str, ...]
    values: tuple[float, ...]
    outcome: Outcome


@dataclass(frozen=True)
class FlipSets:
    """Sets of flips that change the leader (or name another than the one ahead) although no part of them does.

    ``searched`` sets of ``possible`` were tried: those among the ``candidates`` (the nodes that move the
    topics most on their own). What redundancy hides perfectly, moves nothing on its own and is not found.
    """

    size: int
    found: tuple[FlipSet, ...]
    candidates: tuple[str, ...]
    searched: int
    possible: int

    @property
    def not_searched(self) -> int:
        """Number of sets of this size that were not tried."""
        return self.possible - self.searched


def flip_sets(
    framework: Framework,
    size: int,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    *,
    base: Cruxes | None = None,
    kind: FlipKind = "established",
    candidates: int | None = None,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    exclude: Iterable[FlipSet] = (),
) -> FlipSets:
    """Bounded search for sets of 2 or 3 flips that change the leader (redundant support hides single cruxes).

    Where no leader is named, for sets that make one of a topic that is not ahead.

    ``candidates`` defaults to 24 nodes for pairs and 11 for triples. Pass the pairs found as ``exclude``
    when searching triples, so that only minimal sets are reported.
    """
    if size not in (2, 3):
        raise ValueError("flip sets are searched for sizes 2 and 3")
    known = base if base is not None else cruxes(framework, semantics, kind=kind, thresholds=thresholds)
    breadth = candidates if candidates is not None else {2: 24, 3: 11}[size]
    ranked = sorted(
        known.flips, key=lambda flip: (-max(flip.deny.movement, flip.concede.movement), flip.node)
    )
    chosen = ranked[:breadth]
    before = known.verdict
    alone = {
        (flip.node, value)
        for flip in known.flips
        for value, outcome in ((0.0, flip.deny), (1.0, flip.concede))
        if _turns(before, outcome)
    }
    smaller = [frozenset(zip(entry.nodes, entry.values, strict=True)) for entry in exclude]
    sets: list[tuple[tuple[str, ...], tuple[float, ...]]] = []
    for group in itertools.combinations([flip.node for flip in chosen], size):
        for values in itertools.product((0.0, 1.0), repeat=size):
            members = set(zip(group, values, strict=True))
            if not members & alone and not any(part <= members for part in smaller):
                sets.append((group, values))
    results = outcomes(
        framework,
        [([framework.node(node) for node in group], values) for group, values in sets],
        semantics,
        kind=kind,
        thresholds=thresholds,
        before=known.verdict,
    )
    found = [
        FlipSet(group, values, outcome)
        for (group, values), outcome in zip(sets, results, strict=True)
        if _turns(before, outcome)
    ]
    found.sort(key=lambda entry: (-entry.outcome.movement, entry.nodes, entry.values))
    tried = comb(len(chosen), size) * 2**size
    return FlipSets(
        size,
        tuple(found),
        tuple(flip.node for flip in chosen),
        tried,
        comb(len(known.flips), size) * 2**size,
    )


def _turns(before: Verdict, after: Outcome) -> bool:
    """Whether flips bring about another leader: than the one named, or, where none is, than the one ahead."""
    if before.leader is None:
        return after.verdict.leader is not None and after.verdict.leader != before.top
    return after.effect == "changes the leader"


@dataclass(frozen=True)
class Comparison:
    """Curated cruxes beside computed ones: ids in both, and in one of the two only."""

    both: tuple[str, ...]
    only_curated: tuple[str, ...]
    only_computed: tuple[str, ...]


def compare(curated: Iterable[str], computed: Cruxes) -> Comparison:
    """Where an editor's cruxes and the computed ones (strict sense) agree and disagree."""
    chosen = dict.fromkeys(curated)
    found = [crux.node for crux in computed.strict]
    return Comparison(
        tuple(node for node in found if node in chosen),
        tuple(node for node in chosen if node not in found),
        tuple(node for node in found if node not in chosen),
    )
