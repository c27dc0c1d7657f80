"""All JSON routes."""

from fastapi import FastAPI


def include(app: FastAPI) -> None:
    """Add the JSON routes to the application."""
