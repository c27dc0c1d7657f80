"""All HTML routes, the static files they need, and the page for errors."""

from fastapi import FastAPI

from app import resources
from app.web import drawings, errors, export
from app.web.handlers import (
    elements,
    finding,
    history,
    overview,
    review,
    review_report,
    scenarios,
    session,
    sources,
    stand,
    taking,
    verdict,
    writing,
)
from app.web.static_files import Assets


def include(app: FastAPI) -> None:
    """Add the pages to the application."""
    app.mount("/static", Assets(directory=resources.PACKAGE / "static"), name="static")
    # What has an address of its own below a collection comes before the collection (/comments/new).
    for family in (writing, history, review, review_report, session):
        app.include_router(family.router)
    for family in (overview, scenarios, elements, sources, finding, stand, verdict, taking, export):
        app.include_router(family.router)
    drawings.include(app)
    app.state.error_page = errors.page
