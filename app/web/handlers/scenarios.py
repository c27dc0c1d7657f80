"""Scenarios, alone and two side by side."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.requests import Reasoned
from app.web.figures import between_figure, legend, scenario_figure, thumbnails
from app.web.pages import page
from app.web.views.bearing import scenario_standing
from app.web.views.common import find_scenario
from app.web.views.home import scenario_cards
from app.web.views.scenario import scenario_page, versus

router = APIRouter(include_in_schema=False)

Y = Annotated[Literal["log", "linear"] | None, Query(description="How to read the y axis of the schematic.")]


@router.get("/scenarios")
def show_scenarios(request: Request, result: Reasoned) -> Response:
    """All scenarios."""
    return page(
        request,
        result.view,
        "scenarios.html",
        lambda: {
            "cards": scenario_cards(result),
            "drawings": thumbnails(result.view),
            "legend": legend(result.view),
        },
    )


@router.get("/scenarios/{letter}")
def show_scenario(request: Request, result: Reasoned, letter: str, y: Y = None) -> Response:
    """One scenario."""
    return page(
        request,
        result.view,
        "scenario.html",
        lambda: {
            "page": scenario_page(result, letter),
            "standing": scenario_standing(result, letter),
            "drawing": scenario_figure(find_scenario(result.view, letter), y),
        },
    )


@router.get("/scenarios/{first}/vs/{second}")
def show_versus(request: Request, result: Reasoned, first: str, second: str) -> Response:
    """Two scenarios side by side."""
    return page(
        request,
        result.view,
        "versus.html",
        lambda: {
            "page": versus(result, first, second),
            "drawing": between_figure(result, first, second),
        },
    )
