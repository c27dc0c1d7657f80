"""One evaluation problem: a plan, a semantics and base scores; how parts are computed and differentiated.

Everything works on one vector of base scores, shape (size,), and on many at once, shape (size, b): the batch
is the last axis.
"""

from dataclasses import dataclass

import numpy as np

from app.reasoning.arrays import FloatArray, IntArray
from app.reasoning.framework import Framework
from app.reasoning.plan import Part, Plan
from app.reasoning.semantics import Rule, Semantics, semantics_named


@dataclass(frozen=True, eq=False)
class Problem:
    """Base scores of state rows, ``base`` (size[, b]), and weights of relations, ``weight`` (m[, b])."""

    plan: Plan
    semantics: Semantics
    base: FloatArray
    weight: FloatArray
    unit: bool
    """All relations have base 1, as on most maps: the multiplication can be left out."""

    @classmethod
    def of(
        cls,
        framework: Framework,
        semantics: str | Semantics,
        node_base: FloatArray | None = None,
        relation_base: FloatArray | None = None,
    ) -> "Problem":
        """``node_base`` (n,) or (n, b) and ``relation_base`` (m,) or (m, b) replace the framework's."""
        plan = framework.plan
        nodes = framework.node_base if node_base is None else node_base
        weight = framework.relation_base if relation_base is None else relation_base
        gates = plan.topology.gates
        base = nodes
        if gates.size:
            gate_base = weight[gates]
            if nodes.ndim > gate_base.ndim:
                gate_base = np.broadcast_to(gate_base[:, None], (len(gates), nodes.shape[1]))
            elif gate_base.ndim > nodes.ndim:
                base = np.broadcast_to(nodes[:, None], (len(nodes), gate_base.shape[1]))
            base = np.concatenate((base, gate_base))
            weight = weight.copy()
            weight[gates] = 1.0  # a gate contributes through its own strength
        elif weight.ndim > nodes.ndim:
            base = np.repeat(nodes[:, None], weight.shape[1], axis=1)
        return cls(plan, semantics_named(semantics), base, weight, bool(np.all(weight == 1.0)))

    def rule(self, part: Part) -> Rule:
        """The rule that applies to a part's rows."""
        return self.semantics.gate if part.is_gate else self.semantics.node

    def part_weight(self, part: Part) -> FloatArray | None:
        """Weights of a part's relations, shaped to multiply contributions; None where all are 1."""
        if self.unit:
            return None
        weight = self.weight[part.relation]
        return weight[:, None] if self.base.ndim > weight.ndim else weight

    def contributions(self, part: Part, sigma: FloatArray) -> FloatArray:
        """strength(relation) · strength(source) for every relation of the part, shape (e[, b])."""
        c = sigma[part.source]
        weight = self.part_weight(part)
        if weight is not None:
            c *= weight
        if part.gated.size:
            c[part.gated] *= sigma[part.gate]
        return c

    def evaluate(self, part: Part, sigma: FloatArray) -> FloatArray:
        """New strengths of the part's rows, given the strengths of all rows."""
        rule = self.rule(part)
        x = aggregate(rule, part, self.contributions(part, sigma))
        return rule.influence(self.base[part.rows], x)

    def slopes(self, part: Part, sigma: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Local derivatives of a part's strengths at ``sigma``.

        Returns ``(by_base, by_source, by_relation)``: (k[, b]) with respect to the row's own base score, and
        (e[, b]) with respect to the strength of each relation's source and of the relation itself.
        """
        rule = self.rule(part)
        c = self.contributions(part, sigma)
        x = aggregate(rule, part, c)
        by_base, by_x = rule.slopes(self.base[part.rows], x)
        along = by_x[part.owner]
        if rule.aggregation == "product":
            along *= _others(part, c)
        along *= _column(part.sign, c)
        by_relation = along * sigma[part.source]
        weight = self.part_weight(part)
        if weight is None and not part.gated.size:
            return by_base, along, by_relation
        by_source = along if weight is None else along * weight
        if part.gated.size:
            by_source = by_source.copy()
            by_source[part.gated] = along[part.gated] * sigma[part.gate]
        return by_base, by_source, by_relation


def _column(values: FloatArray, like: FloatArray) -> FloatArray:
    return values[:, None] if like.ndim > 1 else values


def aggregate(rule: Rule, part: Part, c: FloatArray) -> FloatArray:
    """Aggregate the contributions of each row's relations, shape (k[, b])."""
    if rule.aggregation == "sum":
        return np.add.reduceat(c * _column(part.sign, c), part.starts, axis=0)
    first, place, _ = part.segments
    left = np.ones((2 * len(part.rows), *c.shape[1:]))
    left[place] = np.multiply.reduceat(1.0 - c, first, axis=0)
    difference: FloatArray = left[1::2] - left[::2]
    return difference


def _others(part: Part, c: FloatArray) -> FloatArray:
    """Π (1 − c) over the *other* relations of the same row and sign.

    The product over all is divided by the own factor, with factors of exactly 0 counted apart, so a source
    at full strength (which blots out all others of its sign, but not itself) is handled exactly.
    """
    first, _, run = part.segments
    remaining = 1.0 - c
    zero = remaining == 0.0
    if not zero.any():
        return np.multiply.reduceat(remaining, first, axis=0)[run] / remaining
    safe = np.where(zero, 1.0, remaining)
    zeros = np.add.reduceat(zero.astype(np.intp), first, axis=0)[run] - zero
    return np.where(zeros > 0, 0.0, np.multiply.reduceat(safe, first, axis=0)[run] / safe)


def relation_strengths(problem: Problem, sigma: FloatArray, base: FloatArray) -> FloatArray:
    """Strengths of all relations, shape (m[, b]): those of gates from the state, the base score of the rest."""
    gates: IntArray = problem.plan.topology.gates
    if sigma.ndim > 1 and base.ndim == 1:
        strengths = np.repeat(base[:, None], sigma.shape[1], axis=1)
    else:
        strengths = base.copy()
    strengths[gates] = sigma[problem.plan.topology.n :]
    return strengths
