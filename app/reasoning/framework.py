"""The framework: nodes with base scores, and signed relations between nodes and elements.

An *element* is a node or a relation. Elements are numbered: node ``i`` is element ``i`` (``i < n``), relation
``r`` is element ``n + r``. A relation starts at a node and ends at any element, so an undercut of an
undercut is as good a relation as any.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple, Self, overload

import numpy as np
from numpy.typing import ArrayLike

from app.errors import InvalidInput, Problem
from app.reasoning.arrays import FloatArray, IntArray, frozen
from app.reasoning.plan import Plan, Topology

DEFAULT_NODE_BASE = 0.5
DEFAULT_RELATION_BASE = 1.0

_SHOWN = 20


class Relation(NamedTuple):
    """One relation: ``source`` is a node's id, ``target`` a node's or a relation's.

    ``sign`` is +1 for a support and −1 for an attack or an undercut; ``base`` is its base score in [0, 1].
    """

    id: str
    source: str
    target: str
    sign: int
    base: float = DEFAULT_RELATION_BASE


@dataclass(frozen=True)
class Numbered(Sequence[str]):
    """Ids made on demand: ``prefix0``, ``prefix1``, … (a million strings take longer than a million sums)."""

    prefix: str
    length: int

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [f"{self.prefix}{i}" for i in range(self.length)[index]]
        return f"{self.prefix}{range(self.length)[index]}"


@dataclass(frozen=True, eq=False)
class Framework:
    """A compiled quantitative bipolar argumentation framework with relations on relations.

    Shapes: n nodes, m relations. ``source`` (m,) holds node numbers, ``target`` (m,) element numbers,
    ``sign`` (m,) +1 or −1, ``node_base`` (n,) and ``relation_base`` (m,) base scores in [0, 1]; ``topics`` are
    the numbers of the nodes in question (the scenarios). All arrays are read-only.
    """

    node_ids: Sequence[str]
    relation_ids: Sequence[str]
    source: IntArray
    target: IntArray
    sign: FloatArray
    node_base: FloatArray
    relation_base: FloatArray
    topics: tuple[int, ...]

    @classmethod
    def build(
        cls,
        nodes: Mapping[str, float | None],
        relations: Sequence[Relation] = (),
        topics: Sequence[str] = (),
    ) -> Self:
        """Build from ids; a base of None stands for the default.

        Raises
        ------
        InvalidInput
            listing every duplicate id, unknown end, sign other than ±1 and base score outside [0, 1].
        """
        node_ids = tuple(nodes)
        relation_ids = tuple(relation.id for relation in relations)
        problems: list[Problem] = []
        number: dict[str, int] = {}
        for position, id_ in enumerate((*node_ids, *relation_ids)):
            if id_ in number:
                problems.append(
                    Problem("this id is used twice", id_, "give every node and relation its own id")
                )
            number.setdefault(id_, position)
        n = len(node_ids)
        source = np.zeros(len(relations), dtype=np.intp)
        target = np.zeros(len(relations), dtype=np.intp)
        for r, relation in enumerate(relations):
            start, end = number.get(relation.source, n), number.get(relation.target)
            if start >= n:
                message = f"its source “{relation.source}” is not a node"
                problems.append(Problem(message, relation.id))
            if end is None:
                message = f"its target “{relation.target}” is neither a node nor a relation"
                problems.append(Problem(message, relation.id))
            source[r], target[r] = start, end or 0
        topic_numbers = [number.get(topic, n) for topic in topics]
        for topic, position in zip(topics, topic_numbers, strict=True):
            if position >= n:
                problems.append(Problem("this topic is not a node", topic))
        if problems:
            raise InvalidInput(problems[:_SHOWN])
        bases = [DEFAULT_NODE_BASE if base is None else base for base in nodes.values()]
        return cls.from_arrays(
            node_ids=node_ids,
            relation_ids=relation_ids,
            source=source,
            target=target,
            sign=[relation.sign for relation in relations],
            node_base=bases,
            relation_base=[relation.base for relation in relations],
            topics=topic_numbers,
        )

    @classmethod
    def from_arrays(
        cls,
        *,
        source: ArrayLike,
        target: ArrayLike,
        sign: ArrayLike,
        node_base: ArrayLike,
        relation_base: ArrayLike | None = None,
        topics: Sequence[int] = (),
        node_ids: Sequence[str] | None = None,
        relation_ids: Sequence[str] | None = None,
    ) -> Self:
        """Build from arrays (shapes as in the class); ids default to ``n0…`` and ``r0…``.

        Raises
        ------
        InvalidInput
            when lengths disagree, an index is out of range, a sign is not ±1, a base is outside [0, 1].
        """
        scores = _floats(node_base, "node_base")
        n = len(scores)
        starts, ends = _indices(source, "source"), _indices(target, "target")
        m = len(starts)
        signs = _floats(sign, "sign")
        weights = (
            np.full(m, DEFAULT_RELATION_BASE) if relation_base is None else _floats(relation_base, "base")
        )
        names = tuple(node_ids) if node_ids is not None else Numbered("n", n)
        links = tuple(relation_ids) if relation_ids is not None else Numbered("r", m)
        if not (len(ends) == len(signs) == len(weights) == len(links) == m) or len(names) != n:
            raise InvalidInput("the arrays describing nodes or relations differ in length")
        for values, bound, what in ((starts, n, "source"), (ends, n + m, "target")):
            if m and (values.min() < 0 or values.max() >= bound):
                raise InvalidInput(f"a {what} lies outside the framework", what)
        if not np.all(np.abs(signs) == 1):
            where = links[int(np.flatnonzero(np.abs(signs) != 1)[0])]
            raise InvalidInput("the sign of a relation must be +1 (support) or −1 (attack)", where)
        _check_bases(scores, names)
        _check_bases(weights, links)
        if any(not 0 <= topic < n for topic in topics):
            raise InvalidInput("a topic is not a node", "topics")
        if len(set(topics)) != len(topics):
            raise InvalidInput("a topic is listed twice", "topics")
        for array in (starts, ends, signs, scores, weights):
            frozen(array)
        return cls(names, links, starts, ends, signs, scores, weights, tuple(int(topic) for topic in topics))

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.node_ids)

    @property
    def m(self) -> int:
        """Number of relations."""
        return len(self.relation_ids)

    @property
    def topic_ids(self) -> tuple[str, ...]:
        """Ids of the topics, in the order given."""
        return tuple(self.node_ids[topic] for topic in self.topics)

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Element number of every id."""
        return {id_: position for position, id_ in enumerate((*self.node_ids, *self.relation_ids))}

    @cached_property
    def plan(self) -> Plan:
        """The order of computation; depends on the relations only, so base scores may change under it."""
        return Topology.of(self.n, self.source, self.target, self.sign).plan

    def element_id(self, element: int) -> str:
        """Id of an element number."""
        return self.node_ids[element] if element < self.n else self.relation_ids[element - self.n]

    def node(self, id_: str) -> int:
        """Number of a node; raises InvalidInput when there is none of that id."""
        position = self.number.get(id_, self.n)
        if position >= self.n:
            raise InvalidInput("there is no such node", id_)
        return position

    def with_scores(self, scores: Mapping[str, float]) -> Self:
        """The same framework with some base scores (of nodes or relations) replaced; shares the plan."""
        nodes, relations = self.node_base.copy(), self.relation_base.copy()
        for id_, score in scores.items():
            element = self.number.get(id_)
            if element is None:
                raise InvalidInput("there is no such node or relation", id_)
            if element < self.n:
                nodes[element] = score
            else:
                relations[element - self.n] = score
        return self.with_bases(nodes, relations)

    def with_bases(self, node_base: FloatArray, relation_base: FloatArray | None = None) -> Self:
        """The same framework with other arrays of base scores; shares the plan."""
        nodes = _floats(node_base, "node_base")
        relations = self.relation_base if relation_base is None else _floats(relation_base, "relation_base")
        _check_bases(nodes, self.node_ids)
        _check_bases(relations, self.relation_ids)
        frozen(nodes)
        other = replace(self, node_base=nodes, relation_base=relations)
        other.__dict__["number"], other.__dict__["plan"] = self.number, self.plan
        return other


def _floats(values: ArrayLike, where: str) -> FloatArray:
    try:
        array = np.array(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise InvalidInput(f"numbers are expected here: {error}", where) from error
    return array.reshape(-1)


def _indices(values: ArrayLike, where: str) -> IntArray:
    array = np.asarray(values)
    if array.size and array.dtype.kind not in "iu":
        raise InvalidInput("whole numbers are expected here", where)
    return np.array(array, dtype=np.intp).reshape(-1)


def _check_bases(values: FloatArray, ids: Sequence[str]) -> None:
    if len(values) != len(ids):
        raise InvalidInput("there must be one base score for every node and relation")
    wrong = np.flatnonzero(~((values >= 0) & (values <= 1)))  # catches NaN too
    if wrong.size:
        shown = [
            Problem(f"the base score {_text(values[i])} is not a number from 0 to 1", ids[i])
            for i in wrong[:_SHOWN]
        ]
        raise InvalidInput(shown)


def _text(value: float) -> str:
    return "NaN" if math.isnan(value) else f"{value:g}"
