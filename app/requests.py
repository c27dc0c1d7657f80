"""What JSON routes and pages both need of a request: the current map and its analysis."""

from typing import Annotated

from fastapi import Depends, Query, Request

from app.analysis import Analysis, analysis
from app.model.snapshot import MapSnapshot
from app.settings import Settings
from app.store.current import CurrentMap
from app.store.database import Database


def get_settings(request: Request) -> Settings:
    """The settings the application was made with."""
    found: Settings = request.app.state.settings
    return found


def get_database(request: Request) -> Database:
    """The database behind the application."""
    found: Database = request.app.state.database
    return found


def get_view(request: Request) -> MapSnapshot:
    """The map as it is now."""
    current: CurrentMap = request.app.state.current
    return current()


def get_analysis(
    view: Annotated[MapSnapshot, Depends(get_view)],
    unreviewed: Annotated[
        bool, Query(description="Let content that no editor has reviewed yet enter stances and verdicts.")
    ] = False,
) -> Analysis:
    """Reasoning about the map as it is now."""
    return analysis(view, unreviewed)


View = Annotated[MapSnapshot, Depends(get_view)]
Reasoned = Annotated[Analysis, Depends(get_analysis)]
CurrentDatabase = Annotated[Database, Depends(get_database)]
CurrentSettings = Annotated[Settings, Depends(get_settings)]
