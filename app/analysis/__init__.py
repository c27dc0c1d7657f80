"""Reasoning about a map: what of it enters a computation, and what the computation says of it.

Joins the two halves that know nothing of one another: the map (``app.model``) and the pure reasoning
core (``app.reasoning``). Still no database and no web.
"""

from app.analysis.analysis import Analysis, analysis, as_heard
from app.analysis.judgement import (
    Judgement,
    chain_sentence,
    double_cruxes_between,
    judgement,
    of_participant,
    of_reader,
)
from app.analysis.people import attitudes, party, valuation, who_holds

__all__ = [
    "Analysis",
    "Judgement",
    "analysis",
    "as_heard",
    "attitudes",
    "chain_sentence",
    "double_cruxes_between",
    "judgement",
    "of_participant",
    "of_reader",
    "party",
    "valuation",
    "who_holds",
]
