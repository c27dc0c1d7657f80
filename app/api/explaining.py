"""What each kind of error means, at the address its ``type`` names."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse, Response

from app.api import problems, shapes
from app.api.common import errors, known, router
from app.errors import CruxmapError
from app.urls import API

routes = router("whole")
pages = APIRouter(include_in_schema=False)
Slug = Annotated[str, Path(max_length=60, description="The last part of a problem's `type`.")]


class ErrorKind(shapes.Shape):
    """A kind of error."""

    type: str
    status: int
    title: str
    help: str


def _kind(error: type[CruxmapError]) -> ErrorKind:
    help_text = (error.__doc__ or "").strip().split("\n")[0]
    return ErrorKind(type=f"/errors/{error.slug}", status=error.status, title=error.title, help=help_text)


@routes.get("/errors", operation_id="listErrors", summary="Every kind of error")
def kinds() -> list[ErrorKind]:
    """By the last part of its `type`."""
    return [_kind(error) for error in problems.catalogue().values()]


@routes.get("/errors/{slug}", operation_id="getError", summary="A kind of error", responses=errors(404))
def kind(slug: Slug) -> ErrorKind:
    """What it means."""
    return _kind(known(problems.catalogue(), slug, "kind of error"))


@pages.get("/errors/{slug}")
def page(slug: Slug, request: Request) -> Response:
    """The same as a page."""
    found = _kind(known(problems.catalogue(), slug, "kind of error"))
    problem = problems.ProblemDocument(
        type=found.type, title=found.title, status=found.status, detail=found.help, instance=request.url.path
    )
    render = getattr(request.app.state, "error_page", None)
    answer: Response = (
        render(request, problem, f"{API}{found.type}")
        if render is not None
        else HTMLResponse(problems.plain_page(problem))
    )
    answer.status_code = 200
    return answer
