"""The figure of a crux and what surrounds it, as SVG. For PNG and PDF see ``printed``."""

from app.analysis import Analysis
from app.drawing.render import picture
from app.drawing.select import crux_scene
from app.model.records import Node
from app.writeup.document import Figure, caption
from app.writeup.language import unstopped

MOST_NODES = 14


def neighbourhood(result: Analysis, crux: Node, base_url: str = "") -> Figure:
    """The crux with what bears on it and what it bears on, without the raster forms."""
    scene = crux_scene(result, crux.id, MOST_NODES)
    drawn = picture(scene, links=bool(base_url))
    asked = crux.crux.question if crux.crux is not None else unstopped(crux.text)
    return Figure(caption(asked), drawn.standalone(base_url))
