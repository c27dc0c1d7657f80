"""The map's past: revisions, differences, snapshots, a feed; undoing and reverting."""

from collections.abc import Iterable
from typing import Annotated, Any
from xml.sax.saxutils import escape as escape_markup
from xml.sax.saxutils import quoteattr

from fastapi import Path, Query, Request, Response
from pydantic import Field, JsonValue
from starlette.responses import JSONResponse

from app import urls
from app.analysis import analysis
from app.analysis.counterfactual import without
from app.api import shapes
from app.api.auth import Editor
from app.api.common import WRITING, Id, errors, known, router
from app.api.differing import DifferenceShape, between
from app.api.editing import WhyIn
from app.api.paging import Page, Paged, decode, encode
from app.errors import InvalidInput
from app.formats import graph_json
from app.model.records import Comment, Kind, MapContent, Record
from app.model.snapshot import MapSnapshot
from app.requests import Current, CurrentDatabase, View
from app.store import history
from app.store.services import editing
from app.store.services.submission import Input
from app.store.writing import Change, Revision

routes = router("history")
N = Annotated[int, Path(ge=0, le=2**31 - 1, description="The number of a revision.")]


class RevisionShape(shapes.Shape):
    """One committed change of the map."""

    n: int
    at: str
    who: str
    why: str
    origin: str = Field(description="By which way it came: load, api, edit, review, undo …")
    changes: int
    url: str


class ChangeShape(shapes.Shape):
    """One record, before and after; null where it was not there."""

    kind: str
    id: str
    fields: list[str] = Field(description="Which fields differ.")
    before: dict[str, JsonValue] | None
    after: dict[str, JsonValue] | None


class RevisionDetail(RevisionShape):
    """A revision with everything it changed."""

    changed: list[ChangeShape]


class RecordRevision(shapes.Shape):
    """A revision, as far as it concerns one record."""

    n: int
    at: str
    who: str
    why: str
    change: ChangeShape


class CommentDifference(shapes.Shape):
    """What a comment changed when it was added, and what the map would be without it today."""

    as_added: DifferenceShape | None = Field(
        description="Null for a comment that came with others in one revision: then there is no such moment."
    )
    revision: int | None = Field(description="The revision that added it.")
    counterfactual: DifferenceShape = Field(description="From the map without it to the map with it.")


class SnapshotShape(shapes.Shape):
    """A named revision."""

    name: str
    revision: int
    at: str
    url: str


class UndoneShape(shapes.Shape):
    """What undoing or reverting did."""

    revision: int
    changed: list[str]
    difference: DifferenceShape


def _revision(item: Revision, changes: int) -> dict[str, Any]:
    return {**vars(item), "changes": changes, "url": f"{urls.API}/history/{item.n}"}


def _change(change: Change) -> ChangeShape:
    before, after = _data(change.before), _data(change.after)
    names = (before or after or {}).keys()
    differ = [name for name in names if (before or {}).get(name) != (after or {}).get(name)]
    return ChangeShape(kind=change.kind, id=change.key, fields=differ, before=before, after=after)


def _data(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else record.model_dump(mode="json")


@routes.get("/history", operation_id="listHistory", summary="Revisions, newest first")
def revisions(
    database: CurrentDatabase,
    paged: Paged,
    before: Annotated[
        int | None, Query(ge=0, le=2**31 - 1, description="Only revisions before this one.")
    ] = None,
) -> Page[RevisionShape]:
    """Who changed the map, when and why."""
    if paged.cursor is not None:
        text = decode(paged.cursor)
        if not text.isdecimal() or len(text) > 9:
            raise InvalidInput("is no cursor of this list", "cursor", "start again without one")
        before = int(text)
    with database.read() as session:
        found = history.revisions(session, before, paged.limit + 1)
        total = history.total(session)
    shown = found[: paged.limit]
    following = encode(str(shown[-1].revision.n)) if len(found) > paged.limit else None
    return paged.ready([RevisionShape(**_revision(e.revision, e.changes)) for e in shown], total, following)


@routes.get("/history/{n}", operation_id="getRevision", summary="A revision", responses=errors(404))
def revision(n: N, database: CurrentDatabase) -> RevisionDetail:
    """A revision with every record it changed, before and after."""
    with database.read() as session:
        found = history.revision(session, n)
        changes = history.changes_of(session, n)
    return RevisionDetail(**_revision(found, len(changes)), changed=[_change(c) for c in changes])


@routes.get(
    "/history/{n}/graph",
    operation_id="getGraphAt",
    summary="The whole map as it was",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "The map at that revision, in the form `cruxmap-graph/1`.",
            "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
        },
        **errors(404),
    },
)
def graph_at(n: N, current: Current) -> JSONResponse:
    """Nodes and relations both, as they were at that revision."""
    return JSONResponse(graph_json.write(analysis(history.at(current, n))))


@routes.get("/diff", operation_id="diff", summary="What differs between two revisions", responses=errors(404))
def diff(
    current: Current,
    before: Annotated[
        int, Query(alias="from", ge=0, le=2**31 - 1, description="The earlier revision; 0 is empty.")
    ],
    after: Annotated[
        int | None, Query(alias="to", ge=0, le=2**31 - 1, description="The later; the newest.")
    ] = None,
    unreviewed: Annotated[bool, Query(description="Count what is unreviewed on both sides.")] = False,
) -> DifferenceShape:
    """In sentences and as data."""
    one = history.at(current, before)
    return between(one, current() if after is None else history.at(current, after), unreviewed)


def _history_of(
    kind: Kind, key: str, database: CurrentDatabase, group: Iterable[str]
) -> list[RecordRevision]:
    known(dict.fromkeys(group, True), key, kind)
    with database.read() as session:
        found = history.of_record(session, kind, key)
    return [
        RecordRevision(n=item.n, at=item.at, who=item.who, why=item.why, change=_change(change))
        for item, change in found
    ]


@routes.get("/nodes/{id}/history", operation_id="nodeHistory", summary="A node's past", responses=errors(404))
def node_history(id: Id, view: View, database: CurrentDatabase) -> list[RecordRevision]:  # noqa: A002
    """Every change of it, newest first."""
    return _history_of("node", id, database, view.content.nodes)


@routes.get(
    "/relations/{id}/history",
    operation_id="relationHistory",
    summary="A relation's past",
    responses=errors(404),
)
def relation_history(id: Id, view: View, database: CurrentDatabase) -> list[RecordRevision]:  # noqa: A002
    """Every change of it, newest first."""
    return _history_of("relation", id, database, view.content.relations)


@routes.get(
    "/comments/{id}/history", operation_id="commentHistory", summary="A comment's past", responses=errors(404)
)
def comment_history(id: Id, view: View, database: CurrentDatabase) -> list[RecordRevision]:  # noqa: A002
    """Every change of it, newest first."""
    return _history_of("comment", id, database, view.content.comments)


@routes.get(
    "/comments/{id}/difference",
    operation_id="commentDifference",
    summary="What a comment changes",
    responses=errors(404),
)
def comment_difference(id: Id, current: Current) -> CommentDifference:  # noqa: A002
    """As it was when it was added, and against the map as it would be without it."""
    view = current()
    comment = known(view.content.comments, id, "comment")
    n, as_added = added_in(current, view, comment)
    counted = counting(view, comment)
    return CommentDifference(
        as_added=as_added,
        revision=n,
        counterfactual=between(counted.over(without(counted, comment)), counted),
    )


def added_in(
    current: Current, view: MapSnapshot, comment: Comment
) -> tuple[int | None, DifferenceShape | None]:
    """The revision that added a comment, and the difference it made where it came alone.

    It is the difference that adding it was answered with: told as if the comment, and nothing else that
    is unreviewed, counted.
    """
    with current.database.read() as session:
        n = history.revision_that_added(session, "comment", comment.id)
        alone = n is not None and (
            sum(c.kind == "comment" and c.before is None for c in history.changes_of(session, n)) == 1
        )
    if n is None or not alone:
        return n, None
    after = history.at(current, n)
    return n, between(history.at(current, n - 1), counting(after, after.content.comments[comment.id]))


def counting(view: MapSnapshot, comment: Comment) -> MapSnapshot:
    """The map as if an editor had reviewed this comment and what came with it."""
    own = [r for r in (comment, *editing.came_with(view, comment)) if r.status == "unreviewed"]
    if not own:
        return view
    records = view.content.by_key() | {
        (r.kind, r.key): r.model_copy(update={"status": "reviewed"}) for r in own
    }
    return view.over(MapContent.of(list(records.values())))


class SnapshotIn(Input):
    """A name for a revision."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    revision: Annotated[
        int | None, Field(strict=True, ge=1, le=2**31 - 1, description="The newest by default.")
    ] = None


def _snapshot(found: history.Named) -> SnapshotShape:
    return SnapshotShape(**vars(found), url=f"{urls.API}/snapshots/{found.name}")


@routes.get("/snapshots", operation_id="listSnapshots", summary="Named snapshots, newest first")
def snapshots(database: CurrentDatabase, paged: Paged) -> Page[SnapshotShape]:
    """Revisions somebody gave a name."""
    with database.read() as session:
        return paged.page(history.snapshots(session), lambda s: s.name, _snapshot)


@routes.get("/snapshots/{name}", operation_id="getSnapshot", summary="A snapshot", responses=errors(404))
def snapshot(
    name: Annotated[str, Path(min_length=1, max_length=80, description="The snapshot's name.")],
    database: CurrentDatabase,
    response: Response,
) -> SnapshotShape:
    """The revision it names; the map as it was is at `/history/{revision}/graph`."""
    with database.read() as session:
        found = _snapshot(history.snapshot(session, name))
    response.headers["Link"] = f'<{urls.API}/history/{found.revision}/graph>; rel="describes"'
    return found


@routes.post(
    "/snapshots",
    operation_id="nameSnapshot",
    summary="Name a revision",
    status_code=201,
    responses=errors(404, *WRITING),
)
def name_snapshot(
    wanted: SnapshotIn, caller: Editor, database: CurrentDatabase, response: Response
) -> SnapshotShape:
    """Nodes and relations, the whole map. A name is given once and for all."""
    found = _snapshot(history.name_snapshot(database, wanted.name, wanted.revision))
    response.headers["Location"] = found.url
    return found


def _undone(done: editing.Edited) -> UndoneShape:
    return UndoneShape(
        revision=done.revision,
        changed=[change.key for change in done.changes],
        difference=between(done.before, done.after),
    )


@routes.post(
    "/history/{n}/undo", operation_id="undo", summary="Undo a revision", responses=errors(404, *WRITING)
)
def undo(n: N, caller: Editor, current: Current, reason: WhyIn | None = None) -> UndoneShape:
    """As a new revision. What it created is withdrawn; what has changed again since is refused."""
    why = (reason.why if reason else "") or f"revision {n} was undone"
    return _undone(editing.undo(current, n, who=caller.label, why=why))


@routes.post(
    "/history/{n}/revert",
    operation_id="revert",
    summary="Go back to a revision",
    responses=errors(404, *WRITING),
)
def revert(n: N, caller: Editor, current: Current, reason: WhyIn | None = None) -> UndoneShape:
    """As a new revision: the map says again what it said then. Nothing is deleted."""
    why = (reason.why if reason else "") or f"back to revision {n}"
    return _undone(editing.revert(current, n, who=caller.label, why=why))


# Not in the OpenAPI document: generated clients have no use for a feed.
@routes.get("/history.atom", include_in_schema=False)
def feed(request: Request, database: CurrentDatabase, view: View) -> Response:
    """The last 50 revisions, for feed readers."""
    with database.read() as session:
        found = history.revisions(session, None, 50)
    base = request.app.state.settings.base_url.rstrip("/") or str(request.base_url).rstrip("/")
    return Response(atom(found, view.content.info.title, base), media_type="application/atom+xml")


def escape(text: str) -> str:
    """Text for XML, which forbids control characters even when escaped."""
    return escape_markup("".join(c if c.isprintable() or c in "\t\n" else "\ufffd" for c in text))


def atom(entries: list[history.Entry], title: str, base: str) -> str:
    """Revisions as an Atom feed (RFC 4287)."""
    updated = entries[0].revision.at if entries else "1970-01-01T00:00:00+00:00"
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(title)}: changes</title>",
        f"<id>{escape(base)}/history</id>",
        f"<link href={quoteattr(base + '/history')}/>",
        f'<link rel="self" href={quoteattr(base + urls.API + "/history.atom")}/>',
        f"<updated>{escape(updated)}</updated>",
    ]
    for entry in entries:
        item = entry.revision
        address = f"{base}/history/{item.n}"
        changes = "1 record" if entry.changes == 1 else f"{entry.changes} records"
        rows += [
            "<entry>",
            f"<title>{escape(item.why or f'Revision {item.n}')}</title>",
            f"<id>{escape(address)}</id>",
            f"<link href={quoteattr(address)}/>",
            f"<updated>{escape(item.at)}</updated>",
            f"<author><name>{escape(item.who)}</name></author>",
            f"<summary>Revision {item.n} ({escape(item.origin)}) changed {changes}.</summary>",
            "</entry>",
        ]
    return "\n".join([*rows, "</feed>"]) + "\n"
