"""Reasoning about a map: what of it enters a computation, and what the computation says of it.

Joins the two halves that know nothing of one another: the map (``app.model``) and the pure reasoning
core (``app.reasoning``). Still no database and no web.
"""

from app.analysis.analysis import Analysis, analysis

__all__ = ["Analysis", "analysis"]
