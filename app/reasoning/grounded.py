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

from app.reasoning.framework import Framework

Label = Literal["in", "out", "undecided"]


@dataclass(frozen=True)
class Grounded:
    """Labels of nodes and of relations, by id. A support's label says whether it has been undercut."""

    nodes: dict[str, Label]
    relations: dict[str, Label]


def grounded(framework: Framework) -> Grounded:
    """The grounded labelling, in time linear in nodes and relations."""
    n, m = framework.n, framework.m
    source, target = framework.source.tolist(), framework.target.tolist()
    attacks = [r for r in range(m) if framework.sign[r] < 0] if m else []
    outgoing: list[list[int]] = [[] for _ in range(n)]
    live = [0] * (n + m)  # attacks on each element that have not failed yet
    is_attack = bytearray(m)
    for r in attacks:
        is_attack[r] = 1
        outgoing[source[r]].append(r)
        live[target[r]] += 1
    undecided, inside, outside = 0, 1, 2
    label = bytearray(n + m)
    failed = bytearray(m)
    work = []
    for element in range(n + m):
        if not live[element]:
            label[element] = inside
            work.append(element)
    while work:
        element = work.pop()
        touched = outgoing[element] if element < n else ((element - n,) if is_attack[element - n] else ())
        if label[element] == inside:
            for r in touched:
                end = target[r]
                if label[source[r]] == label[n + r] == inside and label[end] == undecided:
                    label[end] = outside
                    work.append(end)
        else:
            for r in touched:
                if not failed[r]:
                    failed[r] = 1
                    end = target[r]
                    live[end] -= 1
                    if not live[end] and label[end] == undecided:
                        label[end] = inside
                        work.append(end)
    names: tuple[Label, Label, Label] = ("undecided", "in", "out")
    words = [names[code] for code in label]
    return Grounded(
        dict(zip(framework.node_ids, words[:n], strict=True)),
        dict(zip(framework.relation_ids, words[n:], strict=True)),
    )
