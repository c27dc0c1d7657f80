"""The verdict of the map."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import urls
from app.analysis.hinges import Sets
from app.api.twins import addressed
from app.requests import Reasoned
from app.web.pages import page
from app.web.views.verdict import verdict_page

router = APIRouter(include_in_schema=False)


@router.get("/verdict")
def show_verdict(
    request: Request,
    result: Reasoned,
    semantics: Annotated[str, Query(max_length=40)] = "",
    sets: Sets = "pairs",
) -> Response:
    """The neutral verdict: what it rests on, what would change it, how robust it is, who says what."""
    # The API searches for sets of flips only when asked; the page always does.
    pairs = [*request.query_params.items(), ("sets", sets)]
    return page(
        request,
        result.view,
        "verdict.html",
        lambda: {"page": verdict_page(result, semantics, sets)},
        twin=addressed(request, urls.twin("/verdict"), dict(pairs).items()),
    )
