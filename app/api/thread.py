"""Comments, participants and documents."""

from typing import Annotated

from fastapi import Path, Query, Response

from app.api import people_render, shapes
from app.api.common import Id, Rendered, errors, known, router
from app.api.etags import tag_of
from app.api.paging import Page, Paged
from app.store.services.words import CommentKind, Status

routes = router("thread")


@routes.get("/comments", operation_id="listComments", summary="Comments, in thread order")
def comments(
    rendered: Rendered,
    paged: Paged,
    participant: Annotated[str | None, Query(max_length=120, description="Only by this participant.")] = None,
    reply_to: Annotated[
        str | None, Query(max_length=120, description="Only replies to this comment.")
    ] = None,
    document: Annotated[str | None, Query(max_length=120, description="Only of this document.")] = None,
    type: Annotated[CommentKind | None, Query(description="Only of this kind.")] = None,  # noqa: A002
    status: Annotated[
        Status | None, Query(description="Only of this status; without it, all that are visible.")
    ] = None,
) -> Page[shapes.CommentBrief]:
    """Each under what it answers, with how deep it stands; filters combine."""
    view = rendered.view
    rows = [
        (depth, c)
        for depth, c in view.thread
        if (c.status == status if status else view.visible(c))
        and (not participant or c.participant == participant)
        and (not reply_to or c.reply_to == reply_to)
        and (not document or c.document == document)
        and (not type or c.type == type)
    ]
    return paged.page(rows, lambda row: row[1].id, lambda row: rendered.comment_brief(*row))


@routes.get("/comments/{id}", operation_id="getComment", summary="A comment", responses=errors(404))
def comment(id: Id, rendered: Rendered, response: Response) -> shapes.CommentShape:  # noqa: A002
    """A comment with its text and what of the map it carries."""
    found = known(rendered.view.content.comments, id, "comment")
    response.headers["ETag"] = tag_of(found)
    return rendered.comment(found)


@routes.get("/participants", operation_id="listParticipants", summary="Participants, by id")
def participants(rendered: Rendered, paged: Paged) -> Page[shapes.ParticipantBrief]:
    """Who wrote comments: labels, never guessed names."""
    rows = list(rendered.view.content.participants.values())
    return paged.page(rows, lambda p: p.id, lambda p: people_render.brief(rendered, p))


@routes.get(
    "/participants/{id}", operation_id="getParticipant", summary="A participant", responses=errors(404)
)
def participant(id: Id, rendered: Rendered, response: Response) -> shapes.ParticipantShape:  # noqa: A002
    """A participant with their comments and what they hold."""
    found = known(rendered.view.content.participants, id, "participant")
    response.headers["ETag"] = tag_of(found)
    return people_render.full(rendered, found)


@routes.get(
    "/participants/{one}/vs/{other}",
    operation_id="compareParticipants",
    summary="Where two participants differ",
    responses=errors(404),
)
def compare_participants(
    one: Annotated[str, Path(min_length=1, max_length=120, description="A participant's id.")],
    other: Annotated[str, Path(min_length=1, max_length=120, description="Another's.")],
    rendered: Rendered,
) -> shapes.DisputeShape:
    """What one asserts and the other denies, what both say, and where one answers the other."""
    group = rendered.view.content.participants
    pair = [known(group, key, "participant") for key in (one, other)]
    return people_render.compared(rendered, *(group[rendered.view.participant(p.id)] for p in pair))


@routes.get("/documents", operation_id="listDocuments", summary="Documents, by id")
def documents(
    rendered: Rendered,
    paged: Paged,
    added: Annotated[
        bool, Query(description="With the bodies of comments that were added through the API.")
    ] = False,
) -> Page[shapes.DocumentBrief]:
    """The source texts, verbatim and immutable."""
    view = rendered.view
    rows = list(view.content.documents.values() if added else view.documents())
    return paged.page(rows, lambda d: d.id, rendered.document_brief)


@routes.get("/documents/{id}", operation_id="getDocument", summary="A document", responses=errors(404))
def document(id: Id, rendered: Rendered, response: Response) -> shapes.DocumentShape:  # noqa: A002
    """A document, verbatim, with the ledger: what every sentence of it became."""
    found = known(rendered.view.content.documents, id, "document")
    response.headers["ETag"] = tag_of(found)
    return rendered.document(found)
