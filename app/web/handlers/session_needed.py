"""Who may use the pages that write."""

from fastapi import Request

from app.api.limits import limits
from app.api.problems import NotAuthenticated
from app.errors import NotAllowed
from app.store.tokens import Caller, Role
from app.web.pages import caller


def editor(request: Request) -> Caller:
    """The editor whose session this is; each write counts against their limit.

    Raises
    ------
    NotAuthenticated, NotAllowed, TooManyRequests : there is no session, or it is not an editor's.
    """
    return needs(request, "editor")


def needs(request: Request, role: Role) -> Caller:
    """The holder of the session, who has at least this role."""
    found = caller(request)
    if found is None:
        limits(request).attempt(request)
        raise NotAuthenticated("this needs a session, and yours has ended or never began", remedy="sign in")
    if not found.may(role):
        raise NotAllowed(f"this needs the role {role}; yours is {found.role}")
    if request.method == "POST":
        limits(request).write(request, found.id)
    return found
