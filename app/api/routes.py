"""All JSON routes."""

from fastapi import FastAPI

from app.api import elements, export, openapi, problems, reasoning, thread, whole, writing


def include(app: FastAPI) -> None:
    """Add the JSON routes and the handling of errors to the application."""
    for part in (whole, elements, export, reasoning, thread, writing):
        app.include_router(part.routes)
    problems.install(app)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]
