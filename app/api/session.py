"""Browser sessions: a one-time link for the local user becomes a signed cookie."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import RedirectResponse, Response

from app.api.problems import NotAuthenticated
from app.requests import COOKIE, SESSION_DAYS, serializer
from app.store import tokens

routes = APIRouter(include_in_schema=False)


@routes.get("/editor")
def enter(request: Request, link: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Begin a session with a one-time link; the link counts no longer afterwards."""
    token = tokens.use_link(request.app.state.database, link, SESSION_DAYS)
    if token is None:
        raise NotAuthenticated(
            "this link is unknown, used or expired", "link", "start cruxmap serve again: it prints a new one"
        )
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        COOKIE,
        serializer(request).dumps(token),
        max_age=SESSION_DAYS * 86400,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.post("/leave")
def leave(request: Request) -> Response:
    """End the session, here and for good."""
    signer: URLSafeTimedSerializer = serializer(request)
    try:
        token = signer.loads(request.cookies.get(COOKIE, ""), max_age=SESSION_DAYS * 86400)
        caller = tokens.caller_of(request.app.state.database, str(token), "session")
        if caller is not None:
            tokens.revoke(request.app.state.database, caller.id)
    except BadSignature:
        pass
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return answer
