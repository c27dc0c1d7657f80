"""Grounded labelling of the attack-only reading: which points stand unanswered?

Supports and base scores are ignored. What is labelled are elements, nodes and relations alike, since an
attack can itself be answered by an undercut:

- an attack *succeeds* when its source is in and the relation itself is in (not undercut);
- an element is **out** when some attack on it succeeds;
- an element is **in** when every attack on it fails: its source is out, or the relation itself is out;
- everything else is **undecided** (two points that attack one another and nothing else decides).

This is Dung's (1995) grounded labelling, with attacks on attacks to any depth (compare Baroni et al.'s AFRA,
2011). "Out" is one unanswered objection. It does not mean defeated.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.reasoning.arrays import BoolArray, IntArray, ranges
from app.reasoning.framework import Framework
from app.reasoning.sparse import group_by

Label = Literal["in", "out", "undecided"]

_UNDECIDED, _IN, _OUT = 0, 1, 2
_NAMES: tuple[Label, Label, Label] = ("undecided", "in", "out")
_NARROW = 64
"""Rounds with fewer new labels than this are faster in plain Python."""


@dataclass(frozen=True)
class Grounded:
    """Labels of nodes and of relations, by id. A support's label says whether it has been undercut."""

    nodes: dict[str, Label]
    relations: dict[str, Label]


def grounded(framework: Framework) -> Grounded:
    """The grounded labelling, in time linear in nodes and relations."""
    n = framework.n
    words = [_NAMES[code] for code in _Labelling(framework).run().tolist()]
    return Grounded(
        dict(zip(framework.node_ids, words[:n], strict=True)),
        dict(zip(framework.relation_ids, words[n:], strict=True)),
    )


class _Labelling:
    """Labels spread in rounds from what nothing attacks; each relation is settled at most once either way."""

    def __init__(self, framework: Framework) -> None:
        self.n = framework.n
        self.source, self.target = framework.source, framework.target
        self.attack: BoolArray = framework.sign < 0
        attacks = np.flatnonzero(self.attack)
        order, self.start = group_by(self.source[attacks], self.n)
        self.outgoing: IntArray = attacks[order]
        self.live = np.bincount(self.target[attacks], minlength=self.n + framework.m).astype(np.intp)
        self.label = np.where(self.live == 0, _IN, _UNDECIDED).astype(np.uint8)
        self.failed = np.zeros(framework.m, dtype=np.bool_)

    def run(self) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
        """Labels (n + m,) of all elements."""
        # relations that are in from the start need no round: they count once their source is labelled
        new = np.flatnonzero(self.label[: self.n] == _IN)
        while new.size:
            new = self._wide(new) if new.size >= _NARROW else self._narrow(new.tolist())
        return self.label

    def _wide(self, new: IntArray) -> IntArray:
        """One round: newly labelled elements in, newly labelled elements out."""
        nodes, relations = new[new < self.n], new[new >= self.n] - self.n
        reached = self.outgoing[ranges(self.start[nodes], self.start[nodes + 1] - self.start[nodes])]
        touched = np.unique(np.concatenate((reached, relations[self.attack[relations]])))
        by, link = self.label[self.source[touched]], self.label[self.n + touched]
        hit = self.target[touched[(by == _IN) & (link == _IN)]]
        out = np.unique(hit[self.label[hit] == _UNDECIDED])
        self.label[out] = _OUT
        fails = touched[((by == _OUT) | (link == _OUT)) & ~self.failed[touched]]
        self.failed[fails] = True
        ends = self.target[fails]
        np.subtract.at(self.live, ends, 1)
        freed = np.unique(ends[(self.live[ends] == 0) & (self.label[ends] == _UNDECIDED)])
        self.label[freed] = _IN
        return np.concatenate((out, freed))

    def _narrow(self, work: list[int]) -> IntArray:
        """The same one element at a time, until nothing is left or the front is wide again."""
        n, label, live, failed = self.n, self.label.data, self.live.data, self.failed.data
        source, target, attack = self.source.data, self.target.data, self.attack.data
        start, outgoing = self.start.data, self.outgoing.data
        while work and len(work) < 4 * _NARROW:
            element = work.pop()
            if element < n:
                touched = outgoing[start[element] : start[element + 1]].tolist()
            else:
                touched = [element - n] if attack[element - n] else []
            for r in touched:
                end = target[r]
                if label[element] == _OUT:
                    if not failed[r]:
                        failed[r] = True
                        live[end] -= 1
                        if not live[end] and label[end] == _UNDECIDED:
                            label[end] = _IN
                            work.append(end)
                elif label[source[r]] == label[n + r] == _IN and label[end] == _UNDECIDED:
                    label[end] = _OUT
                    work.append(end)
        return np.array(work, dtype=np.intp)
