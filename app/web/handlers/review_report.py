"""Reporting a misreading: on every node and relation, for anyone."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app.api import helping
from app.errors import InvalidInput
from app.model.records import Kind
from app.model.snapshot import MapSnapshot
from app.requests import CurrentDatabase, View
from app.store.database import Database
from app.store.services import editing
from app.web.forms import Fields, Pairs, checked, value
from app.web.pages import fresh
from app.web.views.difference import element

router = APIRouter(include_in_schema=False)


@router.get("/nodes/{key}/report")
def show_node_report(request: Request, view: View, key: str, sent: bool = False) -> Response:
    """The form; after it was sent, thanks."""
    return _page(request, view, "node", key, sent=sent)


@router.get("/relations/{key}/report")
def show_relation_report(request: Request, view: View, key: str, sent: bool = False) -> Response:
    """The form; after it was sent, thanks."""
    return _page(request, view, "relation", key, sent=sent)


@router.post("/nodes/{key}/report")
def report_node(
    request: Request, view: View, database: CurrentDatabase, key: str, fields: Fields
) -> Response:
    """Keep it for the editors."""
    return _report(request, view, database, "node", key, fields)


@router.post("/relations/{key}/report")
def report_relation(
    request: Request, view: View, database: CurrentDatabase, key: str, fields: Fields
) -> Response:
    """Keep it for the editors."""
    return _report(request, view, database, "relation", key, fields)


def _report(
    request: Request, view: MapSnapshot, database: Database, kind: Kind, key: str, fields: Pairs
) -> Response:
    text = value(fields, "text").strip()
    try:
        wanted = checked(helping.ReportIn, {"text": text})
    except InvalidInput as error:
        return _page(request, view, kind, key, text=text, error=str(error.problems[0].message))
    send = helping.report_node if kind == "node" else helping.report_relation
    send(key, wanted, request, view, database)
    return RedirectResponse(f"/{kind}s/{key}/report?sent=true", 303)


def _page(
    request: Request,
    view: MapSnapshot,
    kind: Kind,
    key: str,
    *,
    sent: bool = False,
    text: str = "",
    error: str = "",
) -> Response:
    editing.record_of(view.content, kind, key)
    model = {"ref": element(key, view), "group": f"{kind}s", "sent": sent, "text": text, "error": error}
    return fresh(request, view, "report.html", model, status=422 if error else 200)
