"""Drawings as pages use them: made once a snapshot, wrapped with their caption and outline."""

import threading
from collections.abc import Callable, Hashable
from typing import TypeVar
from urllib.parse import quote
from weakref import WeakKeyDictionary

from markupsafe import Markup

from app import drawing
from app.analysis import Analysis
from app.drawing import Picture
from app.drawing.schematic import Reading
from app.model.records import Node
from app.model.snapshot import MapSnapshot, letter
from app.web.pages import environment

NEAR = 16  # boxes around a node on its page; the file has more

_Made = TypeVar("_Made")
_kept: WeakKeyDictionary[MapSnapshot, dict[Hashable, object]] = WeakKeyDictionary()
_lock = threading.Lock()
_FURTHER = "More of what is around it (SVG)"
_MOST = 400  # drawings kept of one snapshot


def once(view: MapSnapshot, key: Hashable, make: Callable[[], _Made]) -> _Made:
    """What ``make`` returns, made once for each snapshot and key."""
    with _lock:
        kept = _kept.setdefault(view, {})
        if key in kept:
            return kept[key]  # type: ignore[return-value]
    made = make()
    with _lock:
        if len(kept) >= _MOST:
            kept.pop(next(iter(kept)))
        kept[key] = made
    return made


def neighbourhood(result: Analysis, key: str, limit: int, rings: int) -> Picture:
    """The neighbourhood of an element."""
    name = ("near", result.include_unreviewed, key, limit, rings)
    return once(result.view, name, lambda: drawing.neighbourhood(result, key, limit, rings))


def crux_map(result: Analysis, key: str, steps: int = 2) -> Picture:
    """The map of a crux."""
    name = ("crux", result.include_unreviewed, key, steps)
    return once(result.view, name, lambda: drawing.crux_map(result, key, steps=steps))


def between(result: Analysis, a: str, b: str) -> Picture:
    """What lies between two scenarios."""
    name = ("between", result.include_unreviewed, a.upper(), b.upper())
    return once(result.view, name, lambda: drawing.between(result, a, b))


def whole_map(result: Analysis) -> Picture:
    """The whole map."""
    return once(result.view, ("whole", result.include_unreviewed), lambda: drawing.whole_map(result))


def node_figure(result: Analysis, key: str) -> Markup:
    """What is right around a node or relation, for its page."""
    made = neighbourhood(result, key, NEAR, 1)
    return figure(made, f"/drawings/neighbourhood/{quote(key)}.svg", _FURTHER)


def crux_figure(result: Analysis, key: str) -> Markup:
    """Both sides of a crux, for its page: what bears on it directly, so that it can be read without scrolling."""
    return figure(crux_map(result, key, steps=1), f"/drawings/crux/{quote(key)}.svg", _FURTHER)


def between_figure(result: Analysis, a: str, b: str) -> Markup:
    """What separates two scenarios, for the page that sets them side by side."""
    return figure(between(result, a, b), f"/drawings/between/{quote(a)}/{quote(b)}.svg")


def scenario_figure(scenario: Node, y: Reading | None = None) -> Markup | None:
    """A scenario's schematic with the switch of its y axis (``?y=`` of the page); None where there is none."""
    made = drawing.schematic(scenario, y=y)
    if made is None:
        return None
    template = environment().get_template("drawings/schematic.html")
    return Markup(template.render(picture=Markup(made.inline()), letter=letter(scenario), y=y))  # noqa: S704 - escaped


def thumbnails(view: MapSnapshot) -> dict[str, Markup]:
    """Small schematics by the scenario's id, for the home page."""
    made = {node.id: drawing.schematic(node, thumbnail=True) for node in view.scenarios}
    return {key: Markup(small.inline()) for key, small in made.items() if small is not None}  # noqa: S704 - escaped


def legend(view: MapSnapshot) -> Markup:
    """What the lines, dots and axes of the small schematics are."""
    template = environment().get_template("drawings/legend.html")
    return Markup(template.render(features=drawing.legend(view.scenarios), axes=drawing.axes(view.scenarios)))  # noqa: S704 - the template escapes


def figure(picture: Picture, href: str, link: str = "The drawing as a file (SVG)") -> Markup:
    """A drawing with links: the picture, how to read it, the outline, and where it is (or more of it) as a file."""
    template = environment().get_template("drawings/figure.html")
    # The drawing escapes every text it is given (app.drawing.svg).
    return Markup(template.render(picture=picture, svg=Markup(picture.inline()), href=href, link=link))  # noqa: S704
