"""All JSON routes."""

from fastapi import FastAPI

from app.api import (
    editing,
    elements,
    explaining,
    export,
    helping,
    importing,
    matrix,
    models,
    openapi,
    past,
    problems,
    reasoning,
    search,
    session,
    stand,
    taking,
    thread,
    whole,
    writing,
)
from app.api.strict import StrictRoute

PARTS = (
    whole,
    matrix,
    search,
    elements,
    models,
    export,
    taking,
    reasoning,
    stand,
    thread,
    writing,
    importing,
    helping,
    editing,
    past,
    session,
    explaining,
)


def include(app: FastAPI) -> None:
    """Add the JSON routes and the handling of errors to the application."""
    for part in PARTS:
        app.include_router(part.routes)
    app.state.json_routes = [
        route for part in PARTS for route in part.routes.routes if isinstance(route, StrictRoute)
    ]
    app.include_router(explaining.pages)
    problems.install(app)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]
