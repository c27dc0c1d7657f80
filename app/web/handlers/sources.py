"""Where the map comes from: comments, participants, documents."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app.requests import Reasoned, View
from app.web.pages import page
from app.web.views.comment import comment_page, thread
from app.web.views.compare import differing
from app.web.views.document import documents, reader
from app.web.views.participant import comparison, participant_page, participants

router = APIRouter(include_in_schema=False)


@router.get("/comments")
def show_thread(request: Request, view: View) -> Response:
    """All comments in thread order."""
    return page(request, view, "comments.html", lambda: {"rows": thread(view)})


@router.get("/comments/{key}")
def show_comment(request: Request, result: Reasoned, key: str) -> Response:
    """One comment."""
    return page(request, result.view, "comment.html", lambda: {"page": comment_page(result, key)})


@router.get("/participants")
def show_participants(request: Request, view: View) -> Response:
    """Everybody who speaks or is quoted."""
    return page(request, view, "participants.html", lambda: {"rows": participants(view)})


@router.get("/participants/{key}")
def show_participant(request: Request, view: View, key: str) -> Response:
    """One participant; one merged into another is led there."""
    home = view.participant(key)
    if home != key:
        return RedirectResponse(f"/participants/{home}", 302)
    return page(request, view, "participant.html", lambda: {"page": participant_page(view, key)})


@router.get("/participants/{first}/vs/{second}")
def show_comparison(request: Request, result: Reasoned, first: str, second: str) -> Response:
    """Two participants compared; those merged into others are led there."""
    pair = [result.view.participant(key) for key in (first, second)]
    if pair != [first, second]:
        return RedirectResponse("/participants/{}/vs/{}".format(*pair), 302)
    return page(
        request,
        result.view,
        "comparison.html",
        lambda: {
            "page": comparison(result.view, first, second),
            "differing": differing(result, first, second),
        },
    )


@router.get("/compare")
def compare(
    one: Annotated[str, Query(max_length=120)], other: Annotated[str, Query(max_length=120)]
) -> Response:
    """From the form to the address of the comparison; of one with themselves, to their page."""
    first, second = (quote(key, safe="") for key in (one, other))
    return RedirectResponse(f"/participants/{first}" + (f"/vs/{second}" if one != other else ""), 303)


@router.get("/documents")
def show_documents(request: Request, view: View) -> Response:
    """The source documents."""
    return page(request, view, "documents.html", lambda: {"rows": documents(view)})


@router.get("/documents/{key}")
def show_document(request: Request, view: View, key: str, at: str = "") -> Response:
    """One document, verbatim, with what the map made of it."""
    return page(request, view, "document.html", lambda: {"page": reader(view, key, at)})
