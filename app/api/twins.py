"""The JSON twin of a page: the resource at the same path, asked with what it takes of the page's query."""

from collections.abc import Iterable
from urllib.parse import urlencode

from fastapi import Request

from app import urls
from app.api.strict import StrictRoute


def twin_of(request: Request) -> str:
    """The address of the JSON behind the page that was asked for."""
    return addressed(request, urls.twin(request.url.path), request.query_params.multi_items())


def addressed(request: Request, path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A JSON address with those of the parameters that it takes."""
    routes: list[StrictRoute] = request.app.state.json_routes
    found = next((r for r in routes if "GET" in (r.methods or ()) and r.path_regex.match(path)), None)
    kept = [(name, value) for name, value in pairs if value and found is not None and found.takes(name)]
    return f"{path}?{urlencode(kept)}" if kept else path
