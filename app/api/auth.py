"""Who may call the routes that write."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from app.api.limits import limits
from app.api.problems import NotAuthenticated
from app.errors import NotAllowed
from app.requests import visitor
from app.store.services import Author
from app.store.tokens import Caller, Role

# Documents the scheme; what counts is decided by ``visitor``, so that errors have our one shape.
_scheme = HTTPBearer(
    scheme_name="token",
    auto_error=False,
    description="A token of `cruxmap token create`, or the one printed at start.",
)


def contributor(request: Request, _documented: Annotated[object, Security(_scheme)] = None) -> Caller:
    """The caller, who has a token that counts or a browser session.

    Raises
    ------
    NotAuthenticated : there is neither.
    TooManyRequests : too many writes, or attempts to write.
    """
    caller = visitor(request)
    if caller is None:
        limits(request).attempt(request)
        given = "authorization" in request.headers
        raise NotAuthenticated(
            "this token is unknown, expired or revoked" if given else "writing needs a bearer token",
            "Authorization",
            "send Authorization: Bearer <token>; cruxmap serve prints one, cruxmap token create makes more",
        )
    limits(request).write(request, caller.id)
    return caller


def at_least(caller: Caller, role: Role) -> Caller:
    """The caller, who has this role or one above it; NotAllowed otherwise."""
    if not caller.may(role):
        raise NotAllowed(
            f"this needs the role {role}; your token has the role {caller.role}", "Authorization"
        )
    return caller


def editor(caller: Annotated[Caller, Depends(contributor)]) -> Caller:
    """The caller, who is an editor; NotAllowed otherwise."""
    return at_least(caller, "editor")


def admin(caller: Annotated[Caller, Depends(contributor)]) -> Caller:
    """The caller, who is an admin; NotAllowed otherwise."""
    return at_least(caller, "admin")


def author(caller: Caller) -> Author:
    """On whose behalf a caller's writes are made: what contributors add waits for review."""
    return Author(caller.label, caller.participant, caller.may("editor"))


Contributor = Annotated[Caller, Depends(contributor)]
Editor = Annotated[Caller, Depends(editor)]
Admin = Annotated[Caller, Depends(admin)]
