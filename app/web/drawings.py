"""Drawings as files, the page of the whole map, and the pages on which models are played with."""

from typing import Annotated, Literal

from fastapi import APIRouter, FastAPI, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from app import drawing, urls
from app.api.twins import addressed
from app.drawing import ModelView, Picture, style_source
from app.drawing.visible import Visible
from app.errors import NotFound
from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.requests import Reasoned, View
from app.web import figures
from app.web.pages import etag, page
from app.web.views.common import quotes

router = APIRouter(include_in_schema=False)

Limit = Annotated[int, Query(ge=1, le=120)]
Rings = Annotated[int, Query(ge=1, le=4)]
Y = Annotated[Literal["log", "linear"] | None, Query()]


def include(app: FastAPI) -> None:
    """Add the drawings to the application."""
    app.include_router(router)


@router.get("/drawings/neighbourhood/{key}.svg")
def neighbourhood(
    request: Request, result: Reasoned, key: str, limit: Limit = 60, rings: Rings = 2
) -> Response:
    """A node or relation and what is around it."""
    found = result.view.element(key)
    name = found.id if found is not None else key
    return file(request, result.view, figures.neighbourhood(result, name, limit, rings))


@router.get("/drawings/crux/{key}.svg")
def crux(request: Request, result: Reasoned, key: str) -> Response:
    """Both sides of a crux and the scenarios it separates."""
    return file(request, result.view, figures.crux_map(result, key))


@router.get("/drawings/between/{a}/{b}.svg")
def between(request: Request, result: Reasoned, a: str, b: str) -> Response:
    """What separates two scenarios."""
    return file(request, result.view, figures.between(result, a, b))


@router.get("/drawings/map.svg")
def whole(request: Request, result: Reasoned) -> Response:
    """The whole map."""
    return file(request, result.view, figures.whole_map(result))


@router.get("/drawings/scenario/{key}.svg")
def scenario(request: Request, view: View, key: str, y: Y = None, small: bool = False) -> Response:
    """A scenario's schematic; ``small`` without words."""
    made = drawing.schematic(Visible(view).scenario(key), y=y, thumbnail=small)
    if made is None:
        raise NotFound("The map holds no drawing of this scenario", key)
    return file(request, view, made)


@router.get("/drawings/model/{key}.svg")
def model_file(request: Request, view: View, key: str) -> Response:
    """A model with the settings in the address."""
    return file(request, view, model_of(view, key, request)[1].picture)


@router.get("/map")
def show_map(request: Request, result: Reasoned) -> Response:
    """The whole map as a picture with links."""
    return page(
        request,
        result.view,
        "drawings/map.html",
        lambda: _map(result.view, figures.whole_map(result)),
        twin=addressed(request, urls.GRAPH, request.query_params.items()),
    )


@router.get("/map/outline")
def show_outline(request: Request, result: Reasoned) -> Response:
    """The whole map as a nested list."""
    return page(
        request,
        result.view,
        "drawings/outline.html",
        lambda: {"picture": figures.whole_map(result)},
        twin=addressed(request, urls.GRAPH, request.query_params.items()),
    )


@router.get("/models")
def show_models(request: Request, view: View) -> Response:
    """The models the thread speaks of."""
    return page(request, view, "drawings/models.html", lambda: {"models": _models(view)})


@router.get("/models/{key}")
def show_model(request: Request, view: View, key: str) -> Response:
    """A model to play with."""
    node, made = model_of(view, key, request)
    return page(
        request,
        view,
        "drawings/model.html",
        lambda: {
            "node": node,
            "node_url": urls.node(node),
            "model": made,
            "quotes": quotes(view, node),
            "svg": Markup(made.picture.inline()),  # noqa: S704 - app.drawing.svg escapes
            "settings": request.url.query,
        },
    )


def model_of(view: MapSnapshot, key: str, request: Request) -> tuple[Node, ModelView]:
    """A node with a model, and the model with the settings in the address; NotFound."""
    node = Visible(view).node(key)
    made = drawing.model(node, request.query_params)
    if made is None:
        raise NotFound("This node has no model", key)
    return node, made


def file(request: Request, view: MapSnapshot, picture: Picture) -> Response:
    """A drawing as a file of its own, or 304 where the reader's copy is still good."""
    tag = etag(request, view)
    headers = {
        "ETag": tag,
        "Cache-Control": "no-cache",
        # Its own style sheet, known by its hash, and nothing else.
        "Content-Security-Policy": f"default-src 'none'; style-src {style_source()}; frame-ancestors 'self'",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": f'inline; filename="{picture.name}.svg"',
    }
    if tag in [known.strip() for known in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    base: str = request.app.state.settings.base_url
    return Response(picture.standalone(base), media_type="image/svg+xml", headers=headers)


def _map(view: MapSnapshot, picture: Picture) -> dict[str, object]:
    used = {node.type for node in Visible(view).nodes.values()}
    return {
        "picture": picture,
        "svg": Markup(picture.inline()),  # noqa: S704 - app.drawing.svg escapes
        "types": [term for name, term in view.words.nodes.items() if name in used],
        "count": len(picture.frames),
        "links": len(picture.badges),
    }


def _models(view: MapSnapshot) -> list[tuple[Node, ModelView, Markup]]:
    return [(node, m, Markup(m.picture.inline())) for node, m in drawing.modelled(view)]  # noqa: S704 - escaped
