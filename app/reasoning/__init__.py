"""The reasoning core: arrays in, strengths, stances, verdicts, cruxes and chains out. Pure functions."""

from app.reasoning.cycles import OddCycle, odd_cycles
from app.reasoning.framework import Framework, Relation
from app.reasoning.stance import Chain, Stance, Stances, stances

__all__ = ["Chain", "Framework", "OddCycle", "Relation", "Stance", "Stances", "odd_cycles", "stances"]
