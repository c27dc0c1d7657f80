"""Errors as pages, for clients that read HTML."""

import re
from collections.abc import Sequence
from html import escape
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.errors import CruxmapError
from app.model.snapshot import MapSnapshot
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.search import find
from app.web.pages import render
from app.web.views.search import NodeResult, results


class Item(Protocol):
    """One thing that is wrong."""

    @property
    def field(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class Problem(Protocol):
    """What the page needs of a problem document."""

    @property
    def title(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def errors(self) -> Sequence[Item]: ...


def page(request: Request, problem: Problem, twin: str | None = None) -> Response:
    """The error as a page: what is wrong, where, what to do; for a missing page, what is near it."""
    headers = {"Cache-Control": "no-store"}
    if twin is not None:
        headers["Link"] = f'<{twin}>; rel="alternate"; type="application/json"'
    try:
        current: CurrentMap = request.app.state.current
        view = current()
        near = _near(request, view) if problem.status in (404, 410) else ()
    except CruxmapError:
        # Without a database there is no frame to show: a plain page says what is wrong.
        return HTMLResponse(_bare(problem), problem.status, headers)
    text = render(request, view, "error.html", {"problem": problem, "near": near}, twin)
    return HTMLResponse(text, problem.status, headers)


def _near(request: Request, view: MapSnapshot) -> tuple[NodeResult, ...]:
    """Nodes that share words with the address."""
    query = re.sub(r"[\W_]+", " ", request.url.path.rstrip("/").rpartition("/")[2])[:200]
    database: Database = request.app.state.database
    with database.read() as session:
        hits = find(session.connection(), query, ["node"], limit=8, any_word=True)
    return results(view, query, hits).nodes


def _bare(problem: Problem) -> str:
    said = "".join(f"<p>{escape(item.message)} {escape(item.remedy)}</p>" for item in problem.errors)
    title = escape(problem.title)
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>{said}</html>'
