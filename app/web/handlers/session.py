"""Signing in: a one-time link (app/api/session.py), or a token, becomes the session of this browser."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.api.limits import limits
from app.api.session import begin
from app.requests import SESSION_DAYS, CurrentDatabase, View, holder, mark_of
from app.store import tokens
from app.store.tokens import Caller
from app.web.forms import Fields, value
from app.web.pages import fresh
from app.web.preferences import way_back

router = APIRouter(include_in_schema=False)


@router.get("/signin")
def show_signin(
    request: Request, view: View, back: Annotated[str, Query(alias="next", max_length=2000)] = "/"
) -> Response:
    """Who you are here, and how to become somebody who may write."""
    return fresh(request, view, "signin.html", {"back": way_back(back), "error": ""})


@router.post("/signin")
def sign_in(request: Request, view: View, fields: Fields) -> Response:
    """Begin a session with a token."""
    back = way_back(value(fields, "next") or "/")
    caller = known(request, value(fields, "token"))
    if caller is None:
        error = "This token is unknown, expired or revoked."
        return fresh(request, view, "signin.html", {"back": back, "error": error}, status=403)
    answer = RedirectResponse(back, 303)
    start(request, answer, caller)
    return answer


def known(request: Request, token: str) -> Caller | None:
    """Whom a pasted token stands for; None for one that does not count, which is counted as an attempt."""
    caller = holder(request, token.strip()) if token.strip() else None
    if caller is None:
        limits(request).attempt(request)
    return caller


def start(request: Request, answer: Response, caller: Caller) -> None:
    """Begin a session for the holder of a token; it ends with the token."""
    database: CurrentDatabase = request.app.state.database
    session, _ = tokens.create(
        database,
        caller.role,
        caller.label,
        participant=caller.participant,
        days=SESSION_DAYS,
        kind="session",
    )
    begin(request, answer, session, mark_of(request, caller))
