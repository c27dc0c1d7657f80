"""What the routes share: the router they are made with, the renderer, looking things up."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Path

from app.api.problems import MEDIA_TYPE
from app.api.render import Renderer
from app.api.strict import StrictRoute
from app.errors import NotFound
from app.model.nearest import nearest
from app.requests import Reasoned
from app.urls import API

T = TypeVar("T")

_MEANING = {
    400: "The request is malformed.",
    401: "A token is needed.",
    403: "The token does not allow this.",
    404: "There is nothing here.",
    409: "It contradicts what is already there.",
    410: "It has been removed for good.",
    412: "It has changed meanwhile.",
    413: "The request is too large.",
    415: "The body is not JSON.",
    422: "The input is not valid; `errors` names each field.",
    428: "An `If-Match` header is needed.",
    429: "Too many requests; see `Retry-After`.",
}
WRITING = (400, 401, 403, 409, 413, 415, 422, 429)


def router(tag: str) -> APIRouter:
    """A router for JSON routes."""
    tags: list[str | Enum] = [tag]
    return APIRouter(prefix=API, tags=tags, route_class=StrictRoute, responses=errors(422))


def errors(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The documentation of these error answers."""
    schema = {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}
    return {code: {"description": _MEANING[code], "content": {MEDIA_TYPE: schema}} for code in codes}


def get_renderer(result: Reasoned) -> Renderer:
    """Renders the current map."""
    return Renderer(result)


Rendered = Annotated[Renderer, Depends(get_renderer)]
Id = Annotated[str, Path(min_length=1, max_length=120, description="The id, a slug.")]


def known(group: Mapping[str, T], key: str, what: str) -> T:
    """The thing with that id.

    Raises
    ------
    NotFound : there is none; names ids that look like it.
    """
    found = group.get(key)
    if found is None:
        like = nearest(key, group)
        remedy = f"perhaps {' or '.join(like)}; else look it up in the list or search for it"
        remedy = remedy if like else "look it up in the list or search for it"
        raise NotFound(f"there is no {what} with this id", "id", remedy)
    return found
