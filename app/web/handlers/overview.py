"""Home, the matrix, the method."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.analysis.matrix import Filters, stance_filters
from app.requests import Reasoned, View
from app.web.figures import legend, thumbnails
from app.web.pages import page
from app.web.views.home import home
from app.web.views.matrix import matrix

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Query(max_length=200)]


@router.get("/")
def show_home(request: Request, result: Reasoned) -> Response:
    """The first page."""
    return page(
        request,
        result.view,
        "home.html",
        lambda: {"page": home(result), "drawings": thumbnails(result.view), "legend": legend(result.view)},
    )


@router.get("/matrix")
def show_matrix(
    request: Request,
    result: Reasoned,
    type: Text = "",  # noqa: A002 - the name of the field in the form
    participant: Text = "",
    document: Text = "",
    crux: Text = "",
    basis: Text = "",
    sort: Text = "",
    scenario: Text = "",
    stance: Text = "",
) -> Response:
    """Arguments × scenarios; further fields are the scenarios' letters (``C=supports``)."""
    chosen = Filters(
        type,
        participant,
        document,
        crux,
        basis,
        sort or "crux",
        result.include_unreviewed,
        stance_filters(result.view, request.query_params),
        "" if scenario else stance,
    )
    return page(request, result.view, "matrix.html", lambda: {"page": matrix(result, chosen)})


@router.get("/about")
def show_about(request: Request, view: View) -> Response:
    """Method, limits, words."""
    return page(request, view, "about.html", dict)
