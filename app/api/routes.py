"""All JSON routes."""

from fastapi import FastAPI

from app.api import (
    editing,
    elements,
    explaining,
    export,
    helping,
    openapi,
    past,
    problems,
    reasoning,
    session,
    thread,
    whole,
    writing,
)


def include(app: FastAPI) -> None:
    """Add the JSON routes and the handling of errors to the application."""
    for part in (
        whole,
        elements,
        export,
        reasoning,
        thread,
        writing,
        helping,
        editing,
        past,
        session,
        explaining,
    ):
        app.include_router(part.routes)
    app.include_router(explaining.pages)
    problems.install(app)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]
