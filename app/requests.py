"""What JSON routes and pages both need of a request: the map, its analysis, and who is asking."""

import hmac
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Query, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.analysis import Analysis, analysis
from app.model.snapshot import MapSnapshot
from app.settings import Settings
from app.store import tokens
from app.store.current import CurrentMap
from app.store.database import Database
from app.store.tokens import Caller


def get_settings(request: Request) -> Settings:
    """The settings the application was made with."""
    found: Settings = request.app.state.settings
    return found


def get_database(request: Request) -> Database:
    """The database behind the application."""
    found: Database = request.app.state.database
    return found


def get_current(request: Request) -> CurrentMap:
    """What hands out the newest snapshot of the map; services that write take it."""
    found: CurrentMap = request.app.state.current
    return found


def get_view(request: Request) -> MapSnapshot:
    """The map as it is now."""
    return get_current(request)()


def get_analysis(
    view: Annotated[MapSnapshot, Depends(get_view)],
    unreviewed: Annotated[
        bool, Query(description="Let content that no editor has reviewed yet enter stances and verdicts.")
    ] = False,
) -> Analysis:
    """Reasoning about the map as it is now."""
    return analysis(view, unreviewed)


def bearer(request: Request) -> Caller | None:
    """Whom the request's bearer token stands for; None without one that counts."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    return holder(request, token) if scheme.lower() == "bearer" and token else None


def holder(request: Request, token: str) -> Caller | None:
    """Whom a bearer token stands for, that of the settings included; None for one that does not count."""
    fixed = get_settings(request).token
    if fixed and hmac.compare_digest(token.encode(), fixed.encode()):
        return Caller("setting", "the token of the settings", "admin")
    return tokens.caller_of(get_database(request), token)


COOKIE = "cruxmap_session"
SESSION_DAYS = 30


def serializer(request: Request) -> URLSafeTimedSerializer:
    """Signs the session cookie, with a secret of this map."""
    kept = getattr(request.app.state, "serializer", None)
    if kept is None:
        kept = URLSafeTimedSerializer(tokens.secret(get_database(request), "cookie"), salt="session")
        request.app.state.serializer = kept
    found: URLSafeTimedSerializer = kept
    return found


def session_token(request: Request) -> tuple[str, str | None] | None:
    """What the session cookie holds: the session's token, and by which bearer token it was begun."""
    cookie = request.cookies.get(COOKIE)
    if not cookie:
        return None
    try:
        held = serializer(request).loads(cookie, max_age=SESSION_DAYS * 86400)
    except BadSignature:
        return None
    token, begun_by = held if isinstance(held, list) else (held, None)
    return str(token), begun_by


def session_caller(request: Request) -> Caller | None:
    """Whom the browser session stands for; None without one that counts.

    A session that was begun with a bearer token ends with it.
    """
    held = session_token(request)
    if held is None:
        return None
    token, begun_by = held
    if begun_by is not None and not _stands(request, begun_by):
        return None
    return tokens.caller_of(get_database(request), token, "session")


def mark_of(request: Request, caller: Caller) -> str:
    """What a session remembers of the bearer token it was begun with."""
    if caller.id != "setting":
        return caller.id
    key = tokens.secret(get_database(request), "cookie").encode()
    return "setting " + hmac.new(key, get_settings(request).token.encode(), sha256).hexdigest()[:20]


def _stands(request: Request, mark: str) -> bool:
    if mark.startswith("setting "):
        return hmac.compare_digest(mark, mark_of(request, Caller("setting", "", "admin")))
    return tokens.is_active(get_database(request), mark)


def visitor(request: Request) -> Caller | None:
    """Who is asking, by token or by browser session; None for the public."""
    return bearer(request) if "authorization" in request.headers else session_caller(request)


Visitor = Annotated[Caller | None, Depends(visitor)]
View = Annotated[MapSnapshot, Depends(get_view)]
Reasoned = Annotated[Analysis, Depends(get_analysis)]
CurrentDatabase = Annotated[Database, Depends(get_database)]
CurrentSettings = Annotated[Settings, Depends(get_settings)]
Current = Annotated[CurrentMap, Depends(get_current)]
