"""All HTML routes."""

from fastapi import FastAPI


def include(app: FastAPI) -> None:
    """Add the pages to the application."""
