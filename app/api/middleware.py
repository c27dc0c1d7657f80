"""What guards every request, of the API and of the pages alike. Plain ASGI, bounded in memory."""

import hashlib
import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems
from app.errors import CruxmapError
from app.settings import Settings

log = logging.getLogger("cruxmap")

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
CONDITIONAL_LIMIT = 8_000_000

_PAGES_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_API_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"


def allowed_hosts(settings: Settings) -> frozenset[str] | None:
    """The host names the server answers to; None for any."""
    named = frozenset(part.strip().lower() for part in settings.allowed_hosts.split(",") if part.strip())
    if "*" in named:
        return None
    if named:
        return named
    return LOOPBACK if settings.host in LOOPBACK else None


def host_name(host: str) -> str | None:
    """The name in a Host header without its port; None for a malformed one."""
    if not host or any(c.isspace() or c in "/?#@\\" for c in host):
        return None
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
        return parts.hostname
    except ValueError:
        return None


class Edge:
    """Host check, no cross-site writes, security headers, and an answer even to what nobody foresaw."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.hosts = allowed_hosts(settings)
        self.base = urlsplit(settings.base_url).netloc.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False
        policy = _API_POLICY if scope["path"].startswith("/api/") else _PAGES_POLICY

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
                headers.setdefault("X-Frame-Options", "DENY")
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        request = Request(scope, receive)
        refusal = self._refusal(request)
        if refusal is not None:
            await problems.response(request, refusal)(scope, receive, send_guarded)
            return
        try:
            await self.app(scope, receive, send_guarded)
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
            if started:
                raise
            await problems.unexpected(request)(scope, receive, send_guarded)

    def _refusal(self, request: Request) -> CruxmapError | None:
        hosts = request.headers.getlist("host")
        name = host_name(hosts[0]) if len(hosts) == 1 else None
        if name is None:
            return problems.BadRequest("one well-formed Host header is needed", "Host")
        if self.hosts is not None and name not in self.hosts and name != host_name(self.base):
            return problems.UnknownHost(
                "this server does not answer for that host",
                "Host",
                "ask for it under its own name, or add the name to CRUXMAP_ALLOWED_HOSTS",
            )
        if request.method in SAFE:
            return None
        site = request.headers.get("sec-fetch-site", "none")
        origin = request.headers.get("origin")
        own = {hosts[0].lower(), self.base} - {""}
        foreign = origin is not None and urlsplit(origin).netloc.lower() not in own
        if site not in ("none", "same-origin") or foreign:
            return problems.CrossSite("a page of another site may not write here", "Origin")
        return None


class BodyLimit:
    """Reads the body before anything else sees it, and stops as soon as it is too large.

    ``others``: paths with a limit of their own.
    """

    def __init__(self, app: ASGIApp, limit: int, others: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.others = others or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        limit = self.others.get(scope["path"], self.limit)
        declared = request.headers.get("content-length", "0")
        if not declared.isascii() or not declared.isdigit():
            await self._refuse(
                request, send, problems.BadRequest("the length is no number", "Content-Length")
            )
            return
        if len(declared) > 18 or int(declared) > limit:
            await self._refuse(request, send, self._too_large(limit))
            return
        body = bytearray()
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > limit:
                await self._refuse(request, send, self._too_large(limit))
                return
        read = False

        async def replay() -> Message:
            nonlocal read
            if read:
                return await receive()
            read = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self.app(scope, replay, send)

    def _too_large(self, limit: int) -> CruxmapError:
        return problems.TooLarge(f"the body is larger than {limit} bytes", remedy="send less at a time")

    async def _refuse(self, request: Request, send: Send, error: CruxmapError) -> None:
        answer = problems.response(request, error, {"Connection": "close"})
        await answer(request.scope, request.receive, send)


class Conditional:
    """An ETag on every answer, 304 to who has it already, and HEAD wherever there is GET.

    A route that sets an ETag names the state of the editable resource; what is derived from it comes
    after a dot (``"<state>.<representation>"``), so that ``If-Match`` can look at the first part alone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        known = Headers(scope=scope).get("if-none-match", "")
        start: Message | None = None
        body = bytearray()
        streaming = False

        async def hold(message: Message) -> None:
            nonlocal start, streaming
            if message["type"] == "http.response.start":
                start = message
                streaming = message["status"] != 200
                if streaming:
                    await send(message)
                return
            if message["type"] != "http.response.body" or start is None:
                await send(message)
                return
            if streaming:
                await send({**message, "body": b""} if head else message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(start, bytes(body), known, head, send)
            elif len(body) > CONDITIONAL_LIMIT:
                streaming = True
                await send(start)
                await send(
                    {"type": "http.response.body", "body": b"" if head else bytes(body), "more_body": True}
                )

        await self.app({**scope, "method": "GET"}, receive, hold)

    async def _finish(self, start: Message, body: bytes, known: str, head: bool, send: Send) -> None:
        headers = MutableHeaders(scope=start)
        digest = hashlib.sha256(body).hexdigest()[:16]
        own = headers.get("etag", "").strip('"')
        if not own.startswith("W/"):
            headers["ETag"] = f'"{own}.{digest}"' if own else f'"{digest}"'
        if matches(known, headers["ETag"]):
            start["status"] = 304
            for name in ("content-length", "content-type"):
                if name in headers:
                    del headers[name]
            body = b""
        await send(start)
        await send({"type": "http.response.body", "body": b"" if head else body})


def matches(condition: str, tag: str) -> bool:
    """Whether an ``If-None-Match`` header names this tag (weak comparison)."""
    if condition.strip() == "*":
        return True
    return tag.removeprefix("W/") in (part.strip().removeprefix("W/") for part in condition.split(","))
