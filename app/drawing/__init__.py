"""Drawings of a map: what is known in, SVG text out. Nothing here knows the web or the database.

Every drawing is a :class:`Picture` (inlined in a page, or a file of its own) and comes with an outline, a
nested list of the same content.
"""

from app.analysis import Analysis
from app.drawing.boxes import ROOMY, SMALL
from app.drawing.features import axes, legend
from app.drawing.models import ModelView, model, modelled
from app.drawing.outline import OutlineItem
from app.drawing.picture import Picture
from app.drawing.render import picture
from app.drawing.schematic import Reading, schematic
from app.drawing.select import RINGS, between_scene, crux_scene, neighbourhood_scene
from app.drawing.style import hash_source, style_source
from app.drawing.whole import whole_picture

__all__ = [
    "ModelView",
    "OutlineItem",
    "Picture",
    "Reading",
    "axes",
    "between",
    "crux_map",
    "hash_source",
    "legend",
    "model",
    "modelled",
    "neighbourhood",
    "schematic",
    "style_source",
    "whole_map",
]


def neighbourhood(analysis: Analysis, element_id: str, limit: int = 60, rings: int = RINGS) -> Picture:
    """A node or relation and what is around it: what bears on it to its right, what it bears on to its left.

    At most ``limit`` nodes, at most ``rings`` relations away; a box says how many more links its node has.

    Raises
    ------
    NotFound : no such element, or it is not visible.
    """
    return picture(neighbourhood_scene(analysis, element_id, limit, rings))


def crux_map(analysis: Analysis, crux_id: str, limit: int = 40, steps: int = 2) -> Picture:
    """A crux with the arguments on both sides of it and the chains to the scenarios it separates.

    Arguments up to ``steps`` relations away; the direct ones alone are drawn smaller, for a page.

    Raises
    ------
    NotFound : no such node, or it is not visible.
    """
    scene = crux_scene(analysis, crux_id, limit, steps)
    return picture(scene, style=SMALL, focus_style=ROOMY) if steps == 1 else picture(scene)


def between(analysis: Analysis, a: str, b: str, limit: int = 40) -> Picture:
    """What separates two scenarios (by letter or id), the first on the left and the second on the right.

    Raises
    ------
    NotFound : no such scenario, or twice the same.
    """
    return picture(between_scene(analysis, a, b, limit), style=SMALL, focus_style=ROOMY)


def whole_map(analysis: Analysis) -> Picture:
    """Everything visible, gathered by crux."""
    return whole_picture(analysis)
