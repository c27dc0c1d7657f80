"""Browser sessions: a one-time link for the local user becomes a signed cookie."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.api.problems import NotAuthenticated
from app.requests import COOKIE, SESSION_DAYS, serializer, session_token
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
    begin(request, answer, token)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def begin(request: Request, answer: Response, token: str, begun_by: str | None = None) -> None:
    """Set the cookie of a session; one that was begun with a bearer token ends with it."""
    answer.set_cookie(
        COOKIE,
        serializer(request).dumps(token if begun_by is None else [token, begun_by]),
        max_age=SESSION_DAYS * 86400,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
        path="/",
    )


@routes.post("/leave")
def leave(request: Request) -> Response:
    """End the session, here and for good."""
    held = session_token(request)
    if held is not None:
        caller = tokens.caller_of(request.app.state.database, held[0], "session")
        if caller is not None:
            tokens.revoke(request.app.state.database, caller.id)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return answer
