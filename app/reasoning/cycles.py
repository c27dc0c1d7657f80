"""Odd cycles: circles of relations whose signs multiply to −1, such as a claim that attacks its own support.

A chain through an odd cycle proves both signs, so the map's editor should look at every one of them.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from app.reasoning.framework import Framework
from app.reasoning.sparse import strong_components


@dataclass(frozen=True)
class OddCycle:
    """A strongly connected part with an odd cycle.

    ``members`` are the ids of all its elements, ``example`` one simple odd cycle in it, written like a chain
    and closed (the first id is repeated at the end).
    """

    members: tuple[str, ...]
    example: tuple[str, ...]


def odd_cycles(framework: Framework) -> tuple[OddCycle, ...]:
    """All strongly connected parts in which some cycle has a negative product, by smallest member.

    The graph is that of chains: node → relation → the relation's target. A strongly connected signed graph
    has an odd cycle if and only if its vertices cannot be given signs that every arc respects (Harary 1953),
    so detection is linear; the example is a short one, not always the shortest.
    """
    n, m = framework.n, framework.m
    relations = np.arange(n, n + m)
    tail = np.concatenate((framework.source, relations))
    head = np.concatenate((relations, framework.target))
    sign = np.concatenate((np.ones(m), framework.sign)).astype(int)
    _, label = strong_components(tail, head, n + m)
    inside = label[tail] == label[head]
    arcs: dict[int, list[tuple[int, int]]] = {}
    for a, b, s in zip(tail[inside].tolist(), head[inside].tolist(), sign[inside].tolist(), strict=True):
        arcs.setdefault(a, []).append((b, s))
    found = []
    seen: set[int] = set()
    for root in sorted(arcs):
        if root in seen:
            continue
        side, conflict = _colour(arcs, root)
        seen.update(side)
        if conflict is not None:
            members = tuple(sorted(framework.element_id(element) for element in side))
            cycle = _odd_cycle_at(arcs, conflict)
            found.append(OddCycle(members, tuple(framework.element_id(element) for element in cycle)))
    return tuple(sorted(found, key=lambda cycle: cycle.members))


def _colour(arcs: dict[int, list[tuple[int, int]]], root: int) -> tuple[dict[int, int], int | None]:
    """Signs for everything reachable from ``root``, and the end of an arc that contradicts them, if any."""
    side, queue, conflict = {root: 1}, deque([root]), None
    while queue:
        vertex = queue.popleft()
        for following, sign in arcs[vertex]:
            if following not in side:
                side[following] = side[vertex] * sign
                queue.append(following)
            elif conflict is None and side[following] != side[vertex] * sign:
                conflict = following
    return side, conflict


def _odd_cycle_at(arcs: dict[int, list[tuple[int, int]]], start: int) -> list[int]:
    """A shortest odd closed walk through ``start``, cut down to an odd simple cycle within it."""
    before: dict[tuple[int, int], tuple[int, int] | None] = {(start, 1): None}
    queue = deque([(start, 1)])
    while (start, -1) not in before:  # every vertex of a part with an odd cycle has such a walk
        state = queue.popleft()
        for following, sign in arcs[state[0]]:
            reached = (following, state[1] * sign)
            if reached not in before:
                before[reached] = state
                queue.append(reached)
    walk: list[tuple[int, int]] = []
    state_: tuple[int, int] | None = (start, -1)
    while state_ is not None:
        walk.append(state_)
        state_ = before[state_]
    return _odd_simple(walk[::-1])


def _odd_simple(walk: list[tuple[int, int]]) -> list[int]:
    """Peel simple cycles off a closed walk until the one with the negative product turns up."""
    stack: list[tuple[int, int]] = []
    for vertex, sign in walk:
        place = next((i for i, (other, _) in enumerate(stack) if other == vertex), None)
        if place is not None:
            if stack[place][1] != sign:
                return [other for other, _ in stack[place:]] + [vertex]
            del stack[place:]
        stack.append((vertex, sign))
    raise AssertionError("an odd closed walk holds an odd simple cycle")  # pragma: no cover
