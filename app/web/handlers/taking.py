"""Taking the whole map along: every format, what it is for and what it cannot hold."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app import taking, urls
from app.requests import CurrentDatabase, Reasoned
from app.web.pages import page

router = APIRouter(include_in_schema=False)


@router.get("/export")
def show_formats(request: Request, result: Reasoned, database: CurrentDatabase) -> Response:
    """The formats, each with its file."""
    query = "?unreviewed=true" if result.include_unreviewed else ""
    return page(
        request,
        result.view,
        "taking.html",
        lambda: {
            "offers": [
                (offer, urls.export(offer.form.name) + query) for offer in taking.offers(result, database)
            ],
            "unreviewed": result.include_unreviewed,
        },
    )
