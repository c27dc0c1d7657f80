"""Answering with a page: templates, the headers every page carries, and "not modified" before any work."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app import resources
from app.api.twins import twin_of
from app.model.snapshot import MapSnapshot
from app.requests import COOKIE, session_caller
from app.settings import Settings
from app.store.tokens import Caller
from app.web import words
from app.web.build import build
from app.web.citing import Citation, citation
from app.web.kept import KeptPages
from app.web.markdown import markdown
from app.web.preferences import Preferences, preferences

# What every page carries beyond the headers that guard all answers (app/api/middleware.py).
HEADERS = {"Cache-Control": "no-cache", "Vary": "Accept, Cookie"}


@dataclass(frozen=True)
class Site:
    """What the frame around every page shows."""

    title: str
    revision: int
    path: str
    here: str
    canonical: str
    twin: str | None
    chosen: Preferences
    build: str
    caller: Caller | None
    revised: str

    def cite(self, title: str) -> Citation:
        """How to cite the page, under that title."""
        return citation(title, self.title, self.canonical, self.here, self.revision, self.revised)

    def at(self, section: str) -> bool:
        """Whether the page belongs to that section of the navigation."""
        return self.path == section or self.path.startswith(section + "/")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates. Every template is escaped, whatever its name ends in."""
    made = Environment(
        loader=FileSystemLoader(resources.path("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["clip"] = words.clip
    made.filters["quoted"] = words.quoted
    made.filters["count"] = words.count
    made.filters["markdown"] = markdown
    made.globals["asset"] = asset
    return made


def asset(path: str) -> str:
    """The address of a style sheet or script; changes with its content, so that it can be kept for ever."""
    return f"/static/{path}?v={build()}"


def page(
    request: Request,
    view: MapSnapshot,
    template: str,
    model: Callable[[], Mapping[str, Any]],
    *,
    twin: bool | str = True,
    status: int = 200,
) -> Response:
    """A page made from what ``model`` returns; ``model`` is not called when the reader's copy is still good.

    ``twin`` is the address of the page's JSON where that is not the page's own under ``/api/v1``; False: none.
    """
    tag = etag(request, view)
    headers = dict(HEADERS) | {"ETag": tag}
    address = twin if isinstance(twin, str) else twin_of(request) if twin else None
    if address is not None:
        headers["Link"] = f'<{address}>; rel="alternate"; type="application/json"'
    if status == 200 and tag in [
        known.strip() for known in request.headers.get("if-none-match", "").split(",")
    ]:
        return Response(status_code=304, headers=headers)
    if status != 200:
        return HTMLResponse(render(request, view, template, model(), address), status, headers)
    pages: KeptPages = request.app.state.kept_pages
    kept = pages.get(tag) or pages.put(tag, render(request, view, template, model(), address))
    headers["Vary"] += ", Accept-Encoding"
    if _takes_gzip(request):
        return HTMLResponse(kept.packed, headers=headers | {"Content-Encoding": "gzip"})
    return HTMLResponse(kept.plain, headers=headers)


def _takes_gzip(request: Request) -> bool:
    accepted = request.headers.get("accept-encoding", "").lower().replace(" ", "")
    return any(
        part == "gzip" or (part.startswith("gzip;q=") and part != "gzip;q=0") for part in accepted.split(",")
    )


def fresh(
    request: Request,
    view: MapSnapshot,
    template: str,
    model: Mapping[str, Any],
    *,
    twin: str | None = None,
    status: int = 200,
) -> Response:
    """A page that depends on more than the map's revision: who asks, what was sent, what waits."""
    headers = dict(HEADERS)
    if twin is not None:
        headers["Link"] = f'<{twin}>; rel="alternate"; type="application/json"'
    return HTMLResponse(render(request, view, template, model, twin), status, headers)


def caller(request: Request) -> Caller | None:
    """Whom the browser session stands for; asks the database only where there is a session, and once."""
    if COOKIE not in request.cookies:
        return None
    if not hasattr(request.state, "caller"):
        request.state.caller = session_caller(request)
    found: Caller | None = request.state.caller
    return found


def render(
    request: Request, view: MapSnapshot, template: str, model: Mapping[str, Any], twin: str | None = None
) -> str:
    """The text of a page."""
    path = request.url.path
    here = path + (f"?{request.url.query}" if request.url.query else "")
    site = Site(
        title=view.content.info.title,
        revision=view.revision,
        path=path,
        here=here,
        canonical=base_url(request) + here,
        twin=twin,
        chosen=preferences(request),
        build=build(),
        caller=caller(request),
        revised=view.at,
    )
    return (
        environment()
        .get_template(template)
        .render(site=site, words=view.words, letters=_letters(view), **model)
    )


def _letters(view: MapSnapshot) -> list[str]:
    return [node.scenario.letter for node in view.scenarios if node.scenario is not None]


def base_url(request: Request) -> str:
    """The site's public address, without a final slash."""
    configured: str = request.app.state.settings.base_url
    return (configured or str(request.base_url)).rstrip("/")


def settings_key(settings: Settings) -> tuple[object, ...]:
    """The settings that pages depend on."""
    return (
        settings.base_url,
        settings.verdict_margin,
        settings.verdict_jitters,
        settings.verdict_jitter_size,
        settings.verdict_jitter_share,
    )


def etag(request: Request, view: MapSnapshot) -> str:
    """Names what a page depends on: the revision, the program, the address and the reader's choices."""
    known = caller(request)
    whose = f"{known.id} {known.role}" if known is not None else ""
    shown = str(settings_key(request.app.state.settings))
    parts = (str(view.revision), build(), shown, str(request.url), preferences(request).key, whose)
    return f'W/"{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:24]}"'
