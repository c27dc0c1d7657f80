"""Suggestions while writing, reports of misreadings, the review queue, and purging."""

from typing import Annotated, Literal

from fastapi import Path, Request, Response
from pydantic import Field

from app import urls
from app.api import shapes
from app.api.auth import Admin, Editor
from app.api.common import WRITING, Id, Rendered, errors, known, router
from app.api.limits import limits
from app.api.paging import Page, Paged
from app.errors import InvalidInput
from app.model.records import Kind
from app.requests import Current, CurrentDatabase, CurrentSettings, View
from app.store.services import purging, reporting
from app.store.services.submission import Input
from app.store.services.suggesting import suggest

routes = router("helping")


class BodyIn(Input):
    """A body, finished or not."""

    body: Annotated[str, Field(min_length=1)]


class SuggestionShape(shapes.Shape):
    """A stretch of the body (code points) and what in the map it seems to repeat, contradict or quote."""

    kind: Literal["repeats", "contradicts", "quotes"]
    start: int
    end: int
    exact: str
    score: float = Field(description="Likeness of the words, of 100. No measure of truth.")
    reason: str
    node: shapes.NodeBrief | None = None
    comment: str | None = None
    document: str | None = None
    source_start: int | None = None
    source_end: int | None = None


class SuggestionsShape(shapes.Shape):
    """Suggestions, best first."""

    items: list[SuggestionShape]


@routes.post(
    "/suggestions",
    operation_id="suggest",
    summary="What a body seems to repeat, contradict or quote",
    responses=errors(400, 403, 413, 415, 422, 429),
)
def suggestions(
    sent: BodyIn,
    request: Request,
    rendered: Rendered,
    database: CurrentDatabase,
    settings: CurrentSettings,
) -> SuggestionsShape:
    """Suggestions only: nothing is stored, and nothing is ever merged by them. Needs no token."""
    limits(request).look(request)
    if len(sent.body) > settings.max_comment_characters:
        raise InvalidInput(
            f"has more than {settings.max_comment_characters} characters", "body", "shorten it"
        )
    with database.read() as session:
        found = suggest(session, rendered.view, sent.body)
    nodes = rendered.view.content.nodes
    return SuggestionsShape(
        items=[
            SuggestionShape(
                **{name: value for name, value in vars(item).items() if name != "node"},
                exact=sent.body[item.start : item.end],
                node=rendered.node_brief(nodes[item.node]) if item.node is not None else None,
            )
            for item in found
        ]
    )


class ReportIn(Input):
    """What is wrong."""

    text: Annotated[str, Field(min_length=3, max_length=2000)]


class ReportShape(shapes.Shape):
    """A report of a misreading."""

    id: int
    kind: Literal["node", "relation"]
    ref: str
    page: str
    text: str
    at: str
    closed_at: str | None
    closed_by: str | None


def _report(view: View, report: reporting.Report) -> ReportShape:
    element = view.content.nodes.get(report.ref) or view.content.relations.get(report.ref)
    return ReportShape.model_validate({**vars(report), "page": urls.element(element) if element else ""})


def _reported(
    kind: Kind, key: str, sent: ReportIn, request: Request, view: View, database: CurrentDatabase
) -> ReportShape:
    known(view.content.nodes if kind == "node" else view.content.relations, key, kind)
    limits(request).report(request)
    return _report(view, reporting.add(database, kind, key, sent.text))


@routes.post(
    "/nodes/{id}/reports",
    operation_id="reportNode",
    summary="Report a misreading",
    status_code=201,
    responses=errors(404, 400, 403, 413, 415, 422, 429),
)
def report_node(
    id: Id,  # noqa: A002
    sent: ReportIn,
    request: Request,
    view: View,
    database: CurrentDatabase,
) -> ReportShape:
    """For the editors' queue. Needs no token; rate-limited."""
    return _reported("node", id, sent, request, view, database)


@routes.post(
    "/relations/{id}/reports",
    operation_id="reportRelation",
    summary="Report a misreading",
    status_code=201,
    responses=errors(404, 400, 403, 413, 415, 422, 429),
)
def report_relation(
    id: Id,  # noqa: A002
    sent: ReportIn,
    request: Request,
    view: View,
    database: CurrentDatabase,
) -> ReportShape:
    """For the editors' queue. Needs no token; rate-limited."""
    return _reported("relation", id, sent, request, view, database)


@routes.get(
    "/reports", operation_id="listReports", summary="Reported misreadings", responses=errors(401, 403, 429)
)
def reports(
    caller: Editor, view: View, database: CurrentDatabase, paged: Paged, closed: bool = False
) -> Page[ReportShape]:
    """For editors. The open ones, newest first; with `closed` all."""
    return paged.page(reporting.listed(database, closed), lambda r: str(r.id), lambda r: _report(view, r))


@routes.post(
    "/reports/{id}/close",
    operation_id="closeReport",
    summary="Close a report",
    responses=errors(401, 403, 404, 429),
)
def close_report(
    id: Annotated[int, Path(ge=1, le=2**31 - 1, description="The number of the report.")],  # noqa: A002
    caller: Editor,
    view: View,
    database: CurrentDatabase,
) -> ReportShape:
    """It has been seen to."""
    return _report(view, reporting.close(database, id, caller.label))


class ReviewShape(shapes.Shape):
    """What waits for an editor."""

    comments: list[shapes.CommentBrief]
    nodes: list[shapes.NodeBrief]
    relations: list[shapes.RelationBrief]
    reports: list[ReportShape]


@routes.get(
    "/review", operation_id="getReview", summary="What waits for an editor", responses=errors(401, 403, 429)
)
def review(caller: Editor, rendered: Rendered, database: CurrentDatabase) -> ReviewShape:
    """Everything unreviewed, and every open report."""
    view = rendered.view
    content = view.content
    return ReviewShape(
        comments=[rendered.comment_brief(d, c) for d, c in view.thread if c.status == "unreviewed"],
        nodes=[rendered.node_brief(n) for n in content.nodes.values() if n.status == "unreviewed"],
        relations=[
            rendered.relation_brief(r) for r in content.relations.values() if r.status == "unreviewed"
        ],
        reports=[_report(view, r) for r in reporting.listed(database)],
    )


class PurgeIn(Input):
    """Why it must not be kept. This reason is kept."""

    why: Annotated[str, Field(min_length=3, max_length=1000)]


class PurgedShape(shapes.Shape):
    """What was removed for good."""

    removed: list[str] = Field(description="As `kind/id`.")


@routes.post(
    "/comments/{id}/purge",
    operation_id="purgeComment",
    summary="Remove a comment for good",
    responses=errors(404, *WRITING),
)
def purge(
    id: Id,  # noqa: A002
    reason: PurgeIn,
    caller: Admin,
    current: Current,
    response: Response,
) -> PurgedShape:
    """For what must not be kept: its text, what only it carries, and both out of history. No undo."""
    response.headers["Cache-Control"] = "no-store"
    done = purging.purge(current, id, who=caller.label, why=reason.why)
    return PurgedShape(removed=[f"{kind}/{ref}" for kind, ref in done])
