"""The Argument Interchange Format as JSON: AIFdb's node sets (``aif``) and the extended form (``xaif``).

Chesñevar et al., "Towards an argument interchange format", KER 21(4), 2006; Reed et al. on AIFdb, COMMA
2012. I-nodes are statements; RA, CA and MA nodes join them (supports, attacks, refines); L-nodes are
locutions, anchored in what they say by YA nodes (illocutions) and in one another by TA nodes (transitions).
arguebuf reads these files too, but drops locutions and speakers and needs a newer Python than ours.
"""

from app.formats.aif.graph import looks_like, looks_like_xaif
from app.formats.aif.reading import read
from app.formats.aif.writing import write_aif, write_xaif

__all__ = ["looks_like", "looks_like_xaif", "read", "write_aif", "write_xaif"]
