"""Errors as pages, for clients that read HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app import urls
from app.errors import CruxmapError
from app.model.nearest import nearest
from app.model.snapshot import Element, MapSnapshot
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.search import find
from app.urls import API
from app.web.pages import render
from app.web.views.common import Ref, comment_ref, ref


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


@dataclass(frozen=True)
class Told:
    """One thing that is wrong, for people."""

    field: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Near:
    """What is near an address where nothing lives: elements, and other things as (address, what it is)."""

    elements: tuple[Ref, ...] = ()
    others: tuple[tuple[str, str], ...] = ()


def page(request: Request, problem: Problem, twin: str | None = None) -> Response:
    """The error as a page: what is wrong, where, what to do; for a missing page, what is near it."""
    headers = {"Cache-Control": "no-store"}
    if twin is not None:
        headers["Link"] = f'<{twin}>; rel="alternate"; type="application/json"'
    try:
        current: CurrentMap = request.app.state.current
        view = current()
        # The page that explains a kind of error (it has a twin) misses nothing itself.
        near = _near(request, view) if problem.status in (404, 410) and twin is None else Near()
    except CruxmapError:
        # Without a database there is no frame to show: a plain page says what is wrong.
        return HTMLResponse(_bare(problem), problem.status, headers)
    # A remedy that sends programs to a list of the API sends people to its page.
    errors = [Told(e.field, e.message, _for_people(e.remedy)) for e in problem.errors]
    model = {"problem": problem, "errors": errors, "near": near}
    return HTMLResponse(render(request, view, "error.html", model, twin), problem.status, headers)


def _for_people(remedy: str) -> str:
    return remedy.replace(f"{API}/snapshots", "/history").replace(f"{API}/", "/")


def _near(request: Request, view: MapSnapshot) -> Near:
    """What has an id like the one in the address; for nodes also what shares words with it."""
    family, _, rest = request.url.path.strip("/").partition("/")
    if family == "review":
        family, _, rest = rest.partition("/")
    key = rest.partition("/")[0]
    content = view.content
    if family == "scenarios":
        return Near(tuple(ref(view, scenario) for scenario in view.scenarios))
    if family in ("history", "snapshots"):
        return Near(others=(("/history", f"What has changed, up to revision {view.revision}"),))
    if family == "documents":
        return Near(others=tuple((urls.document(d.id), d.title) for d in view.documents()))
    if family == "participants":
        # Two compared: the one who is not there.
        key = next((k for k in rest.split("/vs/") if k not in content.participants), key)
        people = (content.participants[k] for k in nearest(key, content.participants, 6))
        return Near(others=tuple((urls.participant(p), p.label) for p in people))
    if family == "comments":
        alike = [c.id for c in content.comments.values() if view.visible(c)]
        shown = (comment_ref(view, content.comments[k]) for k in nearest(key, alike, 6))
        return Near(others=tuple((c.url, f"{c.author.label}, {c.id}: {c.opening}") for c in shown))
    found: list[Element] = []
    if family == "relations":
        found += [content.relations[k] for k in nearest(key, content.relations, 4)]
    found += [content.nodes[k] for k in nearest(key, content.nodes, 4)]
    words = re.sub(r"[\W_]+", " ", key or family)[:200]
    database: Database = request.app.state.database
    with database.read() as session:
        hits = find(session.connection(), words, ["node"], limit=8, any_word=True)
    found += [content.nodes[hit.ref] for hit in hits if hit.ref in content.nodes]
    elements = {e.id: e for e in found if view.visible(e)}
    return Near(tuple(ref(view, e) for e in list(elements.values())[:8]))


def _bare(problem: Problem) -> str:
    said = "".join(f"<p>{escape(item.message)} {escape(item.remedy)}</p>" for item in problem.errors)
    title = escape(problem.title)
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>{said}</html>'
