"""Where do you stand?"""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app import urls
from app.analysis.credences import PREFIX
from app.analysis.verdicts import chosen_semantics
from app.requests import Reasoned
from app.web.pages import page
from app.web.views.stand import position_of, stand_page

router = APIRouter(include_in_schema=False)


@router.get("/stand")
def show_stand(
    request: Request,
    result: Reasoned,
    start: Annotated[str, Query(alias="from", max_length=120)] = "",
    hold: bool = False,
    semantics: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """The questions and what follows from the answers; further fields are ``is.<node>=<answer>``."""
    pairs = request.query_params.multi_items()
    position = position_of(result, pairs, start, hold)
    chosen_semantics(semantics)
    if any(not value and (name.startswith(PREFIX) or name in ("from", "semantics")) for name, value in pairs):
        # A form sends what was left to the map, too: the address to share does without.
        return RedirectResponse(urls.stand(position.query(), semantics, result.include_unreviewed), 303)
    return page(request, result.view, "stand.html", lambda: {"page": stand_page(result, position, semantics)})
