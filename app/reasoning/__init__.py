"""The reasoning core: arrays in; strengths, stances, verdicts, cruxes and chains out. Pure functions.

Nothing here knows about databases, pages or any particular map. See docs/reasoning.md for what the numbers
mean, and above all for what they do not.
"""

from app.reasoning.cruxes import Comparison, Crux, Cruxes, FlipSet, FlipSets, compare, cruxes, flip_sets
from app.reasoning.cycles import OddCycle, odd_cycles
from app.reasoning.double import Dispute, DoubleCruxes, Party, double_cruxes
from app.reasoning.explain import CarriedChain, Explanation, explain
from app.reasoning.flips import Crossing, Flip, Outcome, Tipping, flips, tipping
from app.reasoning.framework import Framework, Relation
from app.reasoning.gradient import Gradient, gradients
from app.reasoning.grounded import Grounded, grounded
from app.reasoning.removal import removal_effects, without
from app.reasoning.robustness import Robustness, robustness
from app.reasoning.semantics import DEFAULT_SEMANTICS, SEMANTICS, Semantics, semantics_named
from app.reasoning.solve import Strengths, solve, solve_many
from app.reasoning.stance import Chain, Stance, Stances, stances
from app.reasoning.valuation import ATTITUDE_SCORES, NEUTRAL, Valuation, participant, reader
from app.reasoning.verdict import DEFAULT_THRESHOLDS, Thresholds, Verdict, verdict
from app.reasoning.words import Link, links_of, sentence

__all__ = [
    "ATTITUDE_SCORES",
    "DEFAULT_SEMANTICS",
    "DEFAULT_THRESHOLDS",
    "NEUTRAL",
    "SEMANTICS",
    "CarriedChain",
    "Chain",
    "Comparison",
    "Crossing",
    "Crux",
    "Cruxes",
    "Dispute",
    "DoubleCruxes",
    "Explanation",
    "Flip",
    "FlipSet",
    "FlipSets",
    "Framework",
    "Gradient",
    "Grounded",
    "Link",
    "OddCycle",
    "Outcome",
    "Party",
    "Relation",
    "Robustness",
    "Semantics",
    "Stance",
    "Stances",
    "Strengths",
    "Thresholds",
    "Tipping",
    "Valuation",
    "Verdict",
    "compare",
    "cruxes",
    "double_cruxes",
    "explain",
    "flip_sets",
    "flips",
    "gradients",
    "grounded",
    "links_of",
    "odd_cycles",
    "participant",
    "reader",
    "removal_effects",
    "robustness",
    "semantics_named",
    "sentence",
    "solve",
    "solve_many",
    "stances",
    "tipping",
    "verdict",
    "without",
]
