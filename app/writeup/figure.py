"""The figure of a crux and what surrounds it, as SVG. For PNG and PDF see ``printed``."""

from app.analysis import Analysis
from app.drawing.boxes import BoxStyle
from app.drawing.render import picture
from app.drawing.select import crux_scene
from app.model.records import Node
from app.writeup.document import Figure, caption
from app.writeup.language import unstopped

MOST_NODES = 9
"""More would be too small to read at the width of a page."""
STYLE = BoxStyle(width=198, size=13, leading=16, lines=6, padding=10, label=11)


def neighbourhood(result: Analysis, crux: Node, base_url: str = "") -> Figure:
    """The crux with what bears on it and what it bears on, without the raster forms."""
    scene = crux_scene(result, crux.id, MOST_NODES)
    drawn = picture(scene, style=STYLE, focus_style=STYLE, links=bool(base_url))
    asked = crux.crux.question if crux.crux is not None else unstopped(crux.text)
    return Figure(caption(asked), drawn.standalone(base_url))
