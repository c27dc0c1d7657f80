"""Scenarios, alone and two side by side."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.requests import Reasoned
from app.web.pages import page
from app.web.views.home import scenario_cards
from app.web.views.scenario import scenario_page, versus

router = APIRouter(include_in_schema=False)


@router.get("/scenarios")
def show_scenarios(request: Request, result: Reasoned) -> Response:
    """All scenarios."""
    return page(request, result.view, "scenarios.html", lambda: {"cards": scenario_cards(result)})


@router.get("/scenarios/{letter}")
def show_scenario(request: Request, result: Reasoned, letter: str) -> Response:
    """One scenario."""
    return page(request, result.view, "scenario.html", lambda: {"page": scenario_page(result, letter)})


@router.get("/scenarios/{first}/vs/{second}")
def show_versus(request: Request, result: Reasoned, first: str, second: str) -> Response:
    """Two scenarios side by side."""
    return page(request, result.view, "versus.html", lambda: {"page": versus(result, first, second)})
