"""Search, and the reader's own choices."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from app.requests import CurrentDatabase, View
from app.store.database import Database
from app.store.search import Hit, find
from app.web.pages import page
from app.web.preferences import SAME_SITE, THEMES, YEAR, way_back
from app.web.views.search import results

router = APIRouter(include_in_schema=False)


@router.get("/search")
def show_search(
    request: Request, view: View, database: CurrentDatabase, q: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """What holds the words of the query."""
    return page(request, view, "search.html", lambda: {"page": results(view, q, hits(database, q))})


def hits(database: Database, query: str) -> list[Hit]:
    """The records that hold all words of the query; where none does, those that hold any."""
    with database.read() as session:
        connection = session.connection()
        return find(connection, query) or find(connection, query, any_word=True, limit=20)


@router.post("/preferences")
def choose(
    theme: Annotated[str, Form(max_length=10)] = "",
    shortcuts: Annotated[str, Form(max_length=10)] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Keep a choice in a cookie and go back to the page it was made on."""
    answer = RedirectResponse(way_back(back), 303)
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=YEAR, samesite=SAME_SITE, httponly=True)
    if shortcuts in ("on", "off"):
        answer.set_cookie("shortcuts", shortcuts, max_age=YEAR, samesite=SAME_SITE, httponly=True)
    return answer
