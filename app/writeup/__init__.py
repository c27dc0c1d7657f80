"""Cruxes for a writeup: from the map and its reasoning to prose with citations, in the form a writer needs.

Two layers. ``compose`` makes an abstract document (sections, sentences, notes) and knows no format;
``renderers`` turns that document into one format each and knows nothing of arguments.
"""

from app.writeup.compose import compose
from app.writeup.document import Writeup
from app.writeup.options import Options

__all__ = ["Options", "Writeup", "compose"]
