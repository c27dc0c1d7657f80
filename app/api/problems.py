"""Errors as RFC 9457 problem documents, and as pages for browsers.

Every error of the API and of the pages has one shape, and a ``type`` that never changes its meaning:
``/errors/<slug>``, explained in docs/errors.md and at that address. What the caller sent is never
repeated back.
"""

import html
import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.errors import CruxmapError, InvalidInput, NotAllowed, NotFound, Problem, StorageError
from app.store.services.purging import is_purged
from app.urls import API

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger("cruxmap")


class MalformedJson(InvalidInput):
    """The body is not JSON."""

    status = 400
    slug = "malformed-json"
    title = "The body is not JSON"


class NotAuthenticated(CruxmapError):
    """A bearer token is needed, and none that counts was given."""

    status = 401
    slug = "not-authenticated"
    title = "A token is needed"


class CrossSite(NotAllowed):
    """A page of another site tried to write here."""

    slug = "cross-site"
    title = "Other sites may not write here"


class MethodNotAllowed(CruxmapError):
    """This address does not answer to this method."""

    status = 405
    slug = "method-not-allowed"
    title = "This address does not take that method"


class Gone(NotFound):
    """It was here and has been purged."""

    status = 410
    slug = "gone"
    title = "This has been removed for good"


class PreconditionFailed(CruxmapError):
    """The resource has changed since the caller read it."""

    status = 412
    slug = "precondition-failed"
    title = "It has changed meanwhile"


class TooLarge(CruxmapError):
    """The body is larger than the server takes."""

    status = 413
    slug = "too-large"
    title = "The request is too large"


class UnsupportedMediaType(CruxmapError):
    """The body is of a type this address does not read."""

    status = 415
    slug = "unsupported-media-type"
    title = "This type of content is not read here"


class UnknownHost(CruxmapError):
    """The Host header names a host this server does not answer for."""

    status = 421
    slug = "unknown-host"
    title = "This server does not answer for that host"


class PreconditionRequired(CruxmapError):
    """An edit must say which state it starts from."""

    status = 428
    slug = "precondition-required"
    title = "Say which state you edit"


class TooManyRequests(CruxmapError):
    """More requests than the limit allows."""

    status = 429
    slug = "too-many-requests"
    title = "Too many requests"

    def __init__(self, problem: str, retry_after: int) -> None:
        super().__init__(problem, remedy=f"try again in {retry_after} seconds")
        self.retry_after = retry_after


class BadRequest(CruxmapError):
    """The request as such is malformed."""

    status = 400
    slug = "bad-request"
    title = "The request is malformed"


def catalogue() -> dict[str, type[CruxmapError]]:
    """Every kind of error, by its slug."""
    found: dict[str, type[CruxmapError]] = {}
    waiting: list[type[CruxmapError]] = [CruxmapError]
    while waiting:
        kind = waiting.pop(0)
        found.setdefault(kind.slug, kind)
        waiting += kind.__subclasses__()
    return dict(sorted(found.items()))


_OF_STATUS: Mapping[int, type[CruxmapError]] = {
    400: BadRequest,
    401: NotAuthenticated,
    403: NotAllowed,
    404: NotFound,
    405: MethodNotAllowed,
    409: InvalidInput,
    413: TooLarge,
    415: UnsupportedMediaType,
    422: InvalidInput,
    503: StorageError,
}


class ErrorItem(BaseModel):
    """One thing that is wrong: where, what, and what to do about it."""

    field: str = Field(description="A path into what was sent, such as `nodes[2].passages[0].quote`.")
    message: str
    remedy: str = ""


class ProblemDocument(BaseModel):
    """An RFC 9457 problem document."""

    type: str = Field(description="A stable address that names and explains this kind of error.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="The address that was asked for.")
    errors: list[ErrorItem] = []


def document(error: CruxmapError, instance: str) -> ProblemDocument:
    """The problem document of an error."""
    items = [
        ErrorItem(field=_clean(p.where), message=_clean(p.message), remedy=_clean(p.remedy))
        for p in error.problems[:100]
    ]
    return ProblemDocument(
        type=f"/errors/{error.slug}",
        title=error.title,
        status=error.status,
        detail=_detail(error.problems),
        instance=_clean(instance),
        errors=items,
    )


def _detail(problems: Sequence[Problem]) -> str:
    said = _clean(str(problems[0])) if problems else ""
    more = len(problems) - 1
    return said if more <= 0 else f"{said} (and {more} more)"


def _clean(text: str, limit: int = 2000) -> str:
    """Text that can be sent: no lone surrogates, no controls, not endless."""
    text = text.encode("utf-8", "replace").decode()
    text = "".join(c if c.isprintable() or c in " \n" else "\ufffd" for c in text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def response(request: Request, error: CruxmapError, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a request that met this error: a page for a browser, else a problem document."""
    problem = document(error, request.url.path)
    extra = dict(headers or {})
    if isinstance(error, NotAuthenticated):
        extra.setdefault("WWW-Authenticate", 'Bearer realm="cruxmap"')
    if isinstance(error, TooManyRequests):
        extra["Retry-After"] = str(error.retry_after)
    if wants_page(request):
        page = getattr(request.app.state, "error_page", None) if "app" in request.scope else None
        answer: Response = (
            page(request, problem) if page is not None else HTMLResponse(plain_page(problem), problem.status)
        )
        answer.headers.update(extra)
        return answer
    return JSONResponse(problem.model_dump(), problem.status, extra, MEDIA_TYPE)


def wants_page(request: Request) -> bool:
    """Whether a person with a browser is asking for a page."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


def plain_page(problem: ProblemDocument) -> str:
    """The error as a page without any template: for when there is no better one."""
    items = "".join(
        f"<li>{html.escape(f'{e.field}: ' if e.field else '')}{html.escape(e.message)}"
        f"{html.escape(f' ({e.remedy})' if e.remedy else '')}</li>"
        for e in problem.errors
    )
    title = html.escape(problem.title)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f'<h1>{title}</h1><ul>{items}</ul><p><a href="/">To the map</a></p></html>'
    )


# --- from what FastAPI and Starlette raise ------------------------------------------------------


def of_http(error: HTTPException) -> CruxmapError:
    """Starlette's own errors (no route, wrong method …) as ours."""
    kind = _OF_STATUS.get(error.status_code, NotFound if error.status_code == 404 else BadRequest)
    messages = {
        404: "nothing lives at this address",
        405: "this address does not take that method",
        413: "the request is too large",
    }
    phrases = {status.value: status.phrase for status in HTTPStatus}
    phrase = phrases.get(error.status_code, "error")
    detail = error.detail if error.detail and error.detail != phrase else ""
    made = kind(messages.get(error.status_code) or detail or phrase.lower())
    if made.status != error.status_code:
        made.status = error.status_code
    return made


def of_validation(error: RequestValidationError) -> InvalidInput:
    """What pydantic found wrong, without what was sent."""
    return InvalidInput(
        [Problem(_message(item), path(item["loc"]), _remedy(item)) for item in error.errors()[:100]]
    )


def _message(item: Mapping[str, object]) -> str:
    kind, said = item.get("type"), str(item.get("msg", ""))
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not a field here"
    said = said.removeprefix("Value error, ")
    return said[:1].lower() + said[1:]


def _remedy(item: Mapping[str, object]) -> str:
    return {"missing": "add it", "extra_forbidden": "take it out"}.get(str(item.get("type")), "")


def path(loc: Sequence[str | int]) -> str:
    """A pydantic location as a path: ``("body", "nodes", 2, "text")`` is ``nodes[2].text``."""
    parts = list(loc)
    if parts and parts[0] in ("body", "query", "path", "header", "cookie"):
        parts = parts[1:]
    out = ""
    for part in parts:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            shown = part if len(part) <= 80 else part[:79] + "…"
            out += f".{shown}" if out else shown
    return out


_PURGEABLE = {
    "comments": "comment",
    "nodes": "node",
    "cruxes": "node",
    "relations": "relation",
    "documents": "document",
}


def was_purged(request: Request) -> bool:
    """Whether the address is that of something an administrator removed for good."""
    parts = request.url.path.removeprefix(API).split("/")
    kind = _PURGEABLE.get(parts[1]) if len(parts) > 2 else None
    return kind is not None and is_purged(request.app.state.database, kind, parts[2])


def methods_of(app: FastAPI, path: str) -> list[str]:
    """The methods that a JSON address takes, by the description of the API."""
    found: set[str] = set()
    for template, operations in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path):
            found |= {method.upper() for method in operations}
    return sorted(found)


def install(app: FastAPI) -> None:
    """Answer every error with a problem document or its page.

    A page for browsers comes from ``app.state.error_page(request, problem) -> Response`` where the web
    side has set one.
    """

    async def on_cruxmap(request: Request, error: Exception) -> Response:
        assert isinstance(error, CruxmapError)
        if error.status >= 500:
            log.error("%s %s: %s", request.method, request.url.path, error)
        if isinstance(error, NotFound) and was_purged(request):
            error = Gone("this has been removed for good", remedy="its address will not be used again")
        return response(request, error)

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        headers = dict(error.headers or {})
        if error.status_code == 405:
            # The router names the methods of one route; an address may have several.
            headers["Allow"] = ", ".join(methods_of(app, request.url.path)) or headers.get("Allow", "GET")
        return response(request, of_http(error), headers)

    async def on_validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return response(request, of_validation(error))

    app.add_exception_handler(CruxmapError, on_cruxmap)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_validation)


def unexpected(request: Request) -> Response:
    """The answer to a request that met an error nobody foresaw."""
    return response(
        request, CruxmapError("an unexpected error; it has been logged", remedy="try again, or report it")
    )
