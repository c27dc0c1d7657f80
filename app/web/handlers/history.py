"""The map's past: the list, one revision, two compared, the past of one record, what a comment changes."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app import urls
from app.api import past
from app.api.differing import between
from app.api.editing import WhyIn
from app.errors import Conflict, InvalidInput, NotFound
from app.model.records import Comment, Kind
from app.model.snapshot import MapSnapshot
from app.requests import Current, CurrentDatabase, View
from app.store import history
from app.store.database import Database
from app.store.services import editing
from app.store.writing import difference
from app.web.forms import Fields, checked, value
from app.web.handlers.session_needed import editor
from app.web.pages import fresh, page
from app.web.views import history as views
from app.web.views.difference import comment_difference, element, shown

router = APIRouter(include_in_schema=False)
PAGE = 50
Number = Annotated[int | None, Query(ge=0, le=2**31 - 1)]


@router.get("/history")
def show_history(request: Request, view: View, database: CurrentDatabase, before: Number = None) -> Response:
    """Revisions, newest first, and the names some of them have."""
    return _history(request, view, database, before)


def _history(
    request: Request,
    view: View,
    database: CurrentDatabase,
    before: int | None = None,
    error: str = "",
    name: str = "",
) -> Response:
    with database.read() as session:
        found = history.revisions(session, before, PAGE + 1)
        named = history.snapshots(session)
    entries = found[:PAGE]
    model = {
        "rows": views.rows(entries, named),
        "older": entries[-1].revision.n if len(found) > PAGE else None,
        "newer": before is not None,
        "named": named,
        "error": error,
        "name": name,
    }
    twin = f"{urls.API}/history" + (f"?before={before}" if before is not None else "")
    return fresh(request, view, "history.html", model, twin=twin, status=422 if error else 200)


@router.get("/history/compare")
def compare(
    before: Annotated[int, Query(alias="from", ge=0, le=2**31 - 1)],
    after: Annotated[int, Query(alias="to", ge=0, le=2**31 - 1)],
) -> Response:
    """From the form to the address of the comparison."""
    return RedirectResponse(f"/history/{min(before, after)}..{max(before, after)}", 303)


@router.post("/snapshots")
def name_snapshot(request: Request, view: View, database: CurrentDatabase, fields: Fields) -> Response:
    """Give a revision a name."""
    editor(request)
    name, n = value(fields, "name").strip(), value(fields, "revision").strip()
    try:
        wanted = checked(past.SnapshotIn, {"name": name, "revision": int(n) if n.isdecimal() else None})
        history.name_snapshot(database, wanted.name, wanted.revision)
    except InvalidInput as error:
        return _history(request, view, database, None, str(error.problems[0].message), name)
    return RedirectResponse("/history#named", 303)


@router.get("/snapshots/{name}")
def show_snapshot(name: str, database: CurrentDatabase) -> Response:
    """The permalink of a named revision."""
    with database.read() as session:
        found = history.snapshot(session, name)
    return RedirectResponse(f"/history/{found.revision}", 302)


@router.get("/feed.atom")
def feed(request: Request, database: CurrentDatabase, view: View) -> Response:
    """The last revisions, for feed readers."""
    return past.feed(request, database, view)


@router.get("/history/{which}")
def show_revision(request: Request, current: Current, which: str, unreviewed: bool = False) -> Response:
    """One revision (``7``), or two compared (``3..7``): in sentences, and record by record."""
    if (two := views.span(which)) is not None:
        return _two(request, current, *two, unreviewed)
    return _one(request, current, _number(which), tally=_tally(request))


def _number(which: str) -> int:
    if not which.isascii() or not which.isdecimal() or len(which) > 9:
        raise NotFound("there is no such revision", which, "see /history")
    return int(which)


def _tally(request: Request) -> str:
    """What became of passages when a text was rewritten: from the address that the edit led to."""
    names = ("exact", "moved", "ambiguous", "orphaned")
    counts = [(name, request.query_params.get(name, "")) for name in names]
    told = [
        f"{count} {name}" for name, count in counts if count.isascii() and count.isdecimal() and count != "0"
    ]
    return ", ".join(told)


def _one(request: Request, current: Current, n: int, error: str = "", tally: str = "") -> Response:
    with current.database.read() as session:
        found = history.revision(session, n)
        changes = history.changes_of(session, n)
        named = history.snapshots(session)
    before, after = history.at(current, n - 1), history.at(current, n)
    new = [c.after for c in changes if isinstance(c.after, Comment) and c.before is None]
    # What a comment changes is told as if it counted, here as where it was added.
    counted = past.counting(after, new[0]) if found.origin == "api" and len(new) == 1 else after
    model = {
        "row": views.row(found, len(changes), named),
        "newest": current().revision,
        "difference": shown(between(before, counted), after, before),
        "changes": views.changes(changes, after, before),
        "error": error,
        "tally": tally,
    }
    twin = f"{urls.API}/history/{n}"
    return fresh(request, current(), "history_revision.html", model, twin=twin, status=409 if error else 200)


def _two(request: Request, current: Current, first: int, second: int, unreviewed: bool) -> Response:
    before, after = history.at(current, first), history.at(current, second)
    model = {
        "first": first,
        "second": second,
        "newest": current().revision,
        "unreviewed": unreviewed,
        "difference": shown(between(before, after, unreviewed), after, before),
        "changes": views.changes(difference(before.content, after.content), after, before),
    }
    twin = views.diff_twin(first, second) + ("&unreviewed=true" if unreviewed else "")
    return fresh(request, current(), "history_compared.html", model, twin=twin)


@router.post("/history/{n}/undo")
def undo(request: Request, current: Current, n: int, fields: Fields) -> Response:
    """Take one revision back."""
    return _back(request, current, n, fields, "undo")


@router.post("/history/{n}/revert")
def revert(request: Request, current: Current, n: int, fields: Fields) -> Response:
    """Go back to a revision."""
    return _back(request, current, n, fields, "revert")


def _back(request: Request, current: Current, n: int, fields: Fields, what: str) -> Response:
    caller = editor(request)
    reason = checked(WhyIn, {"why": value(fields, "why").strip()})
    try:
        done = (past.undo if what == "undo" else past.revert)(n, caller, current, reason)
    except Conflict as error:
        said = "; ".join(f"{p.where} {p.message}" for p in error.problems[:5])
        return _one(request, current, n, f"This cannot be undone by itself: {said}.")
    return RedirectResponse(f"/history/{done.revision}", 303)


@router.get("/comments/{key}/difference")
def show_difference(request: Request, current: Current, key: str) -> Response:
    """What a comment changed when it was added, and what the map would be without it."""
    view = current()
    editing.record_of(view.content, "comment", key)
    return page(
        request,
        view,
        "difference.html",
        lambda: {"page": comment_difference(view, key, past.comment_difference(key, current))},
    )


@router.get("/nodes/{key}/history")
def node_history(request: Request, view: View, database: CurrentDatabase, key: str) -> Response:
    """The past of a node."""
    return _record(request, view, database, "node", key)


@router.get("/relations/{key}/history")
def relation_history(request: Request, view: View, database: CurrentDatabase, key: str) -> Response:
    """The past of a relation."""
    return _record(request, view, database, "relation", key)


@router.get("/comments/{key}/history")
def comment_history(request: Request, view: View, database: CurrentDatabase, key: str) -> Response:
    """The past of a comment."""
    return _record(request, view, database, "comment", key)


def _record(request: Request, view: View, database: CurrentDatabase, kind: Kind, key: str) -> Response:
    editing.record_of(view.content, kind, key)
    model = {"ref": element(key, view), "kind": kind, "rows": past_of(view, database, kind, key)}
    return page(request, view, "history_record.html", lambda: model)


def past_of(view: MapSnapshot, database: Database, kind: Kind, key: str) -> tuple[views.RecordRow, ...]:
    """What became of a record so far, newest first."""
    with database.read() as session:
        return views.record_rows(history.of_record(session, kind, key), view)
