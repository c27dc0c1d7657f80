"""Stance: what a node does for a topic, from the signs of chains alone (no numbers).

A *chain* leads from a node along relations to a topic; it enters a relation where it undercuts or supports
one, and goes on from there to that relation's target. Its sign is the product of the signs of its relations.
Written down it alternates node, relation, node, …, topic, with one exception: where relation ``u`` ends at
relation ``r`` the two ids stand side by side (``…, x, u, r, target of r, …``).

For each sign the shortest chain is kept (length = number of relations; ties go to the lexicographically
smaller sequence of ids). Walks are searched breadth first over the states (element, sign), in time linear in
the framework for each topic. The shortest walk of a sign may visit an element twice (only an odd cycle can
cause that); then the shortest *simple* chain is searched best first, within a bound.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.errors import InvalidInput
from app.reasoning.framework import Framework

StanceKind = Literal["supports", "opposes", "mixed", "none"]
Basis = Literal["direct", "derived"]

MIXED_WITHIN = 2
SEARCH_LIMIT = 20_000


@dataclass(frozen=True)
class Chain:
    """A simple chain: ``ids`` from the node to the topic, its ``sign``, and how many ``relations`` it has."""

    ids: tuple[str, ...]
    sign: int
    relations: int


@dataclass(frozen=True)
class Stance:
    """What ``node`` does for ``topic``.

    ``chains`` maps "+" and "-" to the shortest simple chain of that sign, or None. ``remote`` is the sign of
    a chain that exists but is too long to make the stance mixed ("also, more remotely, against").
    ``unsearched`` lists the signs for which only a chain through an odd cycle exists and the search for a
    simple one was given up at the bound.
    """

    node: str
    topic: str
    stance: StanceKind
    basis: Basis | None
    chains: Mapping[str, Chain | None]
    remote: Literal["+", "-"] | None = None
    unsearched: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stances:
    """All stances, by (node id, topic id). A topic has no stance on itself."""

    table: Mapping[tuple[str, str], Stance]
    topics: tuple[str, ...]

    def of(self, node: str, topic: str) -> Stance:
        """The stance of one node on one topic."""
        try:
            return self.table[node, topic]
        except KeyError:
            raise InvalidInput("there is no stance of this node on this topic", f"{node} → {topic}") from None

    def __iter__(self) -> Iterator[Stance]:
        return iter(self.table.values())


@dataclass
class ChainGraph:
    """Who leads where, as plain lists: searching small neighbourhoods is faster on them."""

    framework: Framework
    source: list[int] = field(init=False)
    target: list[int] = field(init=False)
    sign: list[int] = field(init=False)
    incoming: list[list[int]] = field(init=False)
    outgoing: list[list[int]] = field(init=False)
    rank: list[int] = field(init=False)
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        framework = self.framework
        self.source, self.target = framework.source.tolist(), framework.target.tolist()
        self.sign = [1 if sign > 0 else -1 for sign in framework.sign.tolist()]
        self.incoming = [[] for _ in range(framework.n + framework.m)]
        self.outgoing = [[] for _ in range(framework.n)]
        ids = framework.relation_ids
        self.names = [*framework.node_ids, *ids]
        self.rank = [0] * framework.m
        for place, r in enumerate(sorted(range(framework.m), key=ids.__getitem__)):
            self.rank[r] = place
        for r in range(framework.m):
            self.incoming[self.target[r]].append(r)
            self.outgoing[self.source[r]].append(r)

    def reach(self, topic: int) -> "Reach":
        """Shortest walks from every state (element, sign) to the topic, breadth first from its end."""
        n, width = self.framework.n, len(self.incoming)
        plus, minus = [-1] * width, [-1] * width
        via_plus, via_minus = [-1] * n, [-1] * n
        plus[topic] = 0
        frontier = [(topic, 1)]
        step = 0
        rank = self.rank
        while frontier:
            step += 1
            following = []
            for element, sign in frontier:
                for r in self.incoming[element]:
                    product = sign * self.sign[r]
                    distance, via = (plus, via_plus) if product > 0 else (minus, via_minus)
                    if distance[n + r] < 0:  # always so, except round a cycle
                        distance[n + r] = step
                        following.append((n + r, product))
                    node = self.source[r]
                    if distance[node] < 0:
                        distance[node], via[node] = step, r
                        following.append((node, product))
                    elif distance[node] == step and rank[r] < rank[via[node]]:
                        via[node] = r
            frontier = following
        return Reach({1: plus, -1: minus}, {1: via_plus, -1: via_minus})


@dataclass(frozen=True)
class Reach:
    """By sign: how many relations are left from each element to the topic (−1: no walk), and the relation a
    node's shortest walk starts with (of several, the one with the smallest id)."""

    distance: Mapping[int, Sequence[int]]
    via: Mapping[int, Sequence[int]]


def stances(framework: Framework, topics: Sequence[str] | None = None, limit: int = SEARCH_LIMIT) -> Stances:
    """Stance of every node on every topic.

    ``limit`` bounds the partial chains looked at in one search for a simple chain. Time: linear in the size
    of the framework for each topic, plus those searches where odd cycles call for them.
    """
    graph = ChainGraph(framework)
    chosen = framework.topics if topics is None else tuple(framework.node(topic) for topic in topics)
    table: dict[tuple[str, str], Stance] = {}
    for topic in chosen:
        reach = graph.reach(topic)
        for node in range(framework.n):
            if node != topic:
                stance = _stance(graph, node, topic, reach, limit)
                table[stance.node, stance.topic] = stance
    return Stances(table, tuple(framework.node_ids[topic] for topic in chosen))


def _stance(graph: ChainGraph, node: int, topic: int, reach: Reach, limit: int) -> Stance:
    found: dict[str, Chain | None] = {"+": None, "-": None}
    unsearched = []
    for sign, name in ((1, "+"), (-1, "-")):
        if reach.distance[sign][node] < 0:
            continue
        path = _shortest_walk(graph, node, topic, sign, reach)
        if len(set(path)) < len(path):
            simple, complete = _shortest_simple(graph, node, topic, sign, reach, limit)
            if simple is None:
                if not complete:
                    unsearched.append(name)
                continue
            path = simple
        n = graph.framework.n
        relations = sum([element >= n for element in path])
        found[name] = Chain(tuple([graph.names[element] for element in path]), sign, relations)
    kind, basis, remote = _judge(found["+"], found["-"])
    return Stance(graph.names[node], graph.names[topic], kind, basis, found, remote, tuple(unsearched))


def _judge(
    plus: Chain | None, minus: Chain | None
) -> tuple[StanceKind, Basis | None, Literal["+", "-"] | None]:
    if plus is None and minus is None:
        return "none", None, None
    if minus is None or (plus is not None and plus.relations <= minus.relations):
        assert plus is not None
        nearest, other, kind, far = plus, minus, "supports", "-"
    else:
        nearest, other, kind, far = minus, plus, "opposes", "+"
    basis: Basis = "direct" if nearest.relations == 1 else "derived"
    if other is None:
        return ("supports" if kind == "supports" else "opposes"), basis, None
    if other.relations <= nearest.relations + MIXED_WITHIN:
        return "mixed", basis, None
    return ("supports" if kind == "supports" else "opposes"), basis, ("-" if far == "-" else "+")


def _shortest_walk(graph: ChainGraph, node: int, topic: int, sign: int, reach: Reach) -> list[int]:
    """Follow the first relations of shortest walks; the walk ends where nothing is left."""
    n = graph.framework.n
    path, element = [node], node
    while element != topic or reach.distance[sign][element]:
        if element < n:
            element = n + reach.via[sign][element]
        else:
            sign *= graph.sign[element - n]
            element = graph.target[element - n]
        path.append(element)
    return path


def _shortest_simple(
    graph: ChainGraph, node: int, topic: int, sign: int, reach: Reach, limit: int
) -> tuple[list[int] | None, bool]:
    """Shortest chain without repetition, best first; what is left is never overestimated.

    Returns the chain or None, and whether the search was exhaustive.
    """
    n, names = graph.framework.n, graph.names
    heap: list[tuple[int, tuple[str, ...], int, int, tuple[int, ...]]] = [
        (reach.distance[sign][node], (names[node],), sign, 0, (node,))
    ]
    for _ in range(limit):
        if not heap:
            return None, True
        _, ids, left, walked, path = heapq.heappop(heap)
        element = path[-1]
        if element == topic:
            if left == 1:
                return list(path), True
            continue
        if element < n:
            onward: Iterable[tuple[int, int]] = ((n + r, left) for r in graph.outgoing[element])
        else:
            walked += 1
            onward = ((graph.target[element - n], left * graph.sign[element - n]),)
        for following, sign_left in onward:
            rest = reach.distance[sign_left][following]
            if rest >= 0 and following not in path:
                entry = (walked + rest, (*ids, names[following]), sign_left, walked, (*path, following))
                heapq.heappush(heap, entry)
    return None, not heap
