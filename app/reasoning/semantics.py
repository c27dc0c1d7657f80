"""The semantics: how a base score and what bears on it become a strength.

Every semantics here is modular (Mossakowski & Neuhaus 2018): an *aggregation* turns the contributions c of
supporters and attackers into one number x, an *influence* moves the base score w by x.

Aggregations
    sum       x = Σ supports c − Σ attacks c
    product   x = v_s − v_a with v = 1 − Π (1 − c), that is Π attacks (1 − c) − Π supports (1 − c)

Influences
    qe        h = x²/(1+x²);  w + (1−w)·h if x > 0, else w − w·h     Potyka, KR 2018 (quadratic energy)
    dfquad    w + (1−w)·x if x ≥ 0, else w + w·x                     Rago et al., KR 2016
    euler     1 − (1−w²)/(1 + w·eˣ)                                  Amgoud & Ben-Naim, ECSQARU 2017
    mlp       logistic(logit w + x); 0 and 1 are fixed points        Potyka, AAAI 2021

DF-QuAD aggregates by product, the others by sum. A relation is scored like a node, by a rule of its own: the
*gate*. Its contribution to its target is strength(relation) · strength(source). Relations on relations in
gradual semantics: Amgoud, Doder & Lagasquie-Schiex, IJCAI 2024.

>>> round(float(QE.influence(np.array(0.5), np.array(1.0))), 3)
0.75
>>> round(DFQUAD.scalar(0.9, -0.7), 2)
0.27
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.errors import InvalidInput
from app.reasoning.arrays import FloatArray

Aggregation = Literal["sum", "product"]

_STEEP = 700.0
"""exp() of more than this overflows; the strength has long been 0 or 1 to the last digit."""


@dataclass(frozen=True)
class Rule:
    """One semantics for one sort of element, in two forms: over arrays, and over single numbers.

    ``slopes(w, x)`` is (∂σ/∂w, ∂σ/∂x). DF-QuAD has a kink at x = 0 unless w = ½; there the mean of the two
    one-sided slopes is given, which is what central differences converge to.
    """

    name: str
    aggregation: Aggregation
    influence: Callable[[FloatArray, FloatArray], FloatArray]
    slopes: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
    scalar: Callable[[float, float], float]


@dataclass(frozen=True)
class Semantics:
    """A rule for nodes and a rule for relations (gates)."""

    name: str
    node: Rule
    gate: Rule


def _qe(w: FloatArray, x: FloatArray) -> FloatArray:
    square = x * x
    h = square / (1.0 + square)
    return w + np.where(x > 0, 1.0 - w, -w) * h


def _qe_slopes(w: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    below = 1.0 / (1.0 + x * x)
    return below, np.where(x > 0, 1.0 - w, w) * (2.0 * np.abs(x) * below * below)


def _qe_scalar(w: float, x: float) -> float:
    h = x * x / (1.0 + x * x)
    return w + ((1.0 - w) if x > 0 else -w) * h


def _dfquad(w: FloatArray, x: FloatArray) -> FloatArray:
    return w + np.where(x >= 0, 1.0 - w, w) * x


def _dfquad_slopes(w: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    return 1.0 - np.abs(x), np.where(x > 0, 1.0 - w, np.where(x < 0, w, 0.5))


def _dfquad_scalar(w: float, x: float) -> float:
    return w + ((1.0 - w) if x >= 0 else w) * x


def _euler(w: FloatArray, x: FloatArray) -> FloatArray:
    return 1.0 - (1.0 - w * w) / (1.0 + w * np.exp(np.clip(x, -_STEEP, _STEEP)))


def _euler_slopes(w: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    half = np.exp(np.clip(-0.5 * x, -_STEEP / 2, _STEEP / 2))  # e^(−x/2): its square does not overflow
    below = half + w / half
    rest = 1.0 - w * w
    return 2.0 * w * half / below + rest / below**2, rest * w / below**2


def _euler_scalar(w: float, x: float) -> float:
    return 1.0 - (1.0 - w * w) / (1.0 + w * math.exp(max(-_STEEP, min(_STEEP, x))))


def _mlp(w: FloatArray, x: FloatArray) -> FloatArray:
    back = np.exp(np.clip(-x, -_STEEP, _STEEP))
    return w / (w + (1.0 - w) * back)


def _mlp_slopes(w: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    half = np.exp(np.clip(-0.5 * x, -_STEEP / 2, _STEEP / 2))  # e^(−x/2), as above
    below = w / half + (1.0 - w) * half
    return 1.0 / below**2, w * (1.0 - w) / below**2


def _mlp_scalar(w: float, x: float) -> float:
    return w / (w + (1.0 - w) * math.exp(max(-_STEEP, min(_STEEP, -x))))


QE = Rule("qe", "sum", _qe, _qe_slopes, _qe_scalar)
DFQUAD = Rule("dfquad", "product", _dfquad, _dfquad_slopes, _dfquad_scalar)
EULER = Rule("euler", "sum", _euler, _euler_slopes, _euler_scalar)
MLP = Rule("mlp", "sum", _mlp, _mlp_slopes, _mlp_scalar)

DEFAULT_SEMANTICS = "qe+dfquad-gate"

SEMANTICS: Mapping[str, Semantics] = {
    semantics.name: semantics
    for semantics in (
        *(Semantics(f"{rule.name}+dfquad-gate", rule, DFQUAD) for rule in (QE, DFQUAD, MLP, EULER)),
        *(Semantics(rule.name, rule, rule) for rule in (QE, DFQUAD, EULER, MLP)),
    )
}
"""All semantics by name. "dfquad" and "dfquad+dfquad-gate" are the same; "qe", "euler" and "mlp" use the one
rule for nodes and relations alike, so a certain undercut cannot bring a relation down to 0."""


def semantics_named(name: "str | Semantics") -> Semantics:
    """Look a semantics up; raises InvalidInput for an unknown name."""
    if isinstance(name, Semantics):
        return name
    try:
        return SEMANTICS[name]
    except KeyError:
        raise InvalidInput(
            f"unknown semantics “{name}”", "semantics", f"one of {', '.join(SEMANTICS)}"
        ) from None
