"""Cruxes, nodes and relations. An element asked for under another kind's address is led to its own."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from app import urls
from app.analysis import Analysis
from app.errors import NotFound
from app.model.snapshot import MapSnapshot
from app.requests import CurrentDatabase, Reasoned, View
from app.web.figures import crux_figure, node_figure
from app.web.handlers.history import past_of
from app.web.pages import page
from app.web.views.bearing import node_bearing
from app.web.views.home import crux_cards
from app.web.views.node import crux_page, node_page, relation_page
from app.web.views.verdict import beside_page

router = APIRouter(include_in_schema=False)


@router.get("/cruxes")
def show_cruxes(request: Request, result: Reasoned) -> Response:
    """All cruxes, in the order of what they decide."""
    return page(
        request,
        result.view,
        "cruxes.html",
        lambda: {"cards": crux_cards(result), "beside": beside_page(result)},
    )


@router.get("/cruxes/{key}")
def show_crux(request: Request, result: Reasoned, database: CurrentDatabase, key: str) -> Response:
    """One crux."""
    return elsewhere(request, result.view, key) or page(
        request,
        result.view,
        "crux.html",
        lambda: {
            "page": crux_page(result, key),
            "bearing": node_bearing(result, key),
            "drawing": drawn(result, key, crux_figure),
            "past": past_of(result.view, database, "node", key),
        },
    )


@router.get("/nodes/{key}")
def show_node(request: Request, result: Reasoned, database: CurrentDatabase, key: str) -> Response:
    """One node."""
    return elsewhere(request, result.view, key) or page(
        request,
        result.view,
        "node.html",
        lambda: {
            "page": node_page(result, key),
            "bearing": node_bearing(result, key),
            "drawing": drawn(result, key, node_figure),
            "past": past_of(result.view, database, "node", key),
        },
    )


@router.get("/relations/{key}")
def show_relation(request: Request, view: View, database: CurrentDatabase, key: str) -> Response:
    """One relation."""
    return elsewhere(request, view, key) or page(
        request,
        view,
        "relation.html",
        lambda: {
            "page": relation_page(view, key),
            "past": past_of(view, database, "relation", key),
        },
    )


def drawn(result: Analysis, key: str, make: Callable[[Analysis, str], Markup]) -> Markup | None:
    """The drawing of an element; none for what lists leave out (withdrawn, rejected)."""
    found = result.view.element(key)
    return make(result, found.id) if found is not None and result.view.visible(found) else None


def elsewhere(request: Request, view: MapSnapshot, key: str) -> Response | None:
    """The way to where an element lives, where that is not the address asked for; NotFound."""
    found = view.element(key)
    if found is None:
        raise NotFound("there is no such element in this map", where=key)
    home = urls.element(found)
    if home == request.url.path:
        return None
    # 302: a merge can be taken back, and browsers keep a 301 for good.
    return RedirectResponse(home + (f"?{request.url.query}" if request.url.query else ""), 302)
