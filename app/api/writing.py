"""Adding a comment, and what it answers: the difference it makes."""

from typing import Annotated

from fastapi import Header, Query, Response
from pydantic import Field
from sqlmodel import Session

from app import urls
from app.analysis import analysis
from app.api import shapes
from app.api.auth import Contributor, author
from app.api.common import WRITING, errors, router
from app.api.differing import DifferenceShape, between
from app.api.render import Renderer
from app.formats import graph_json
from app.model.ledger import ledger
from app.model.records import MapContent
from app.model.snapshot import MapSnapshot
from app.requests import Current, CurrentSettings
from app.store import idempotency
from app.store.services import Added, CommentIn, add_comment

routes = router("writing")


class QuotationFound(shapes.QuotationShape):
    """A line that quotes, with what it quotes."""

    quoted: str | None = Field(description="The words in the source.")


class AddedShape(shapes.Shape):
    """What adding a comment did, or with `dry_run` would do."""

    dry_run: bool
    revision: int = Field(description="The revision it made; with `dry_run`, the one it would make.")
    comment: shapes.CommentShape
    participant_created: bool
    nodes_created: list[shapes.NodeBrief]
    nodes_reused: list[shapes.NodeBrief]
    relations_created: list[shapes.RelationBrief]
    relations_reused: list[shapes.RelationBrief]
    refs: dict[str, str] = Field(description="The ids that your refs became.")
    quotations: list[QuotationFound]
    unknown_quotations: list[str] = Field(description="Quoted lines whose source is not in the map.")
    ledger: list[shapes.LedgerShape] = Field(description="What each sentence of the body became.")
    difference: DifferenceShape = Field(description="What it changes, as if an editor had reviewed it.")


@routes.post(
    "/comments",
    operation_id="addComment",
    summary="Add a comment and see what it changes",
    status_code=201,
    response_model=AddedShape,
    responses={
        200: {"model": AddedShape, "description": "With `dry_run`: what it would do; nothing was stored."},
        201: {"description": "Stored; `Location` is its address."},
        **errors(*WRITING),
    },
)
def add(
    submission: CommentIn,
    caller: Contributor,
    current: Current,
    settings: CurrentSettings,
    response: Response,
    dry_run: Annotated[bool, Query(description="Check it and answer the same, but store nothing.")] = False,
    idempotency_key: Annotated[
        str | None,
        Header(
            min_length=1,
            max_length=200,
            pattern=r"^[\x21-\x7e]+$",
            description="Safe to retry: the same key with the same request gets the same answer.",
        ),
    ] = None,
) -> AddedShape | Response:
    """All or nothing: the text, its quotations, its nodes and its relations are stored in one transaction.

    A line `> …` that stands in a document or in an earlier comment is recognised as a quotation, also
    when it is abridged or set with other quote marks, dashes or spaces. Every quote must stand in its
    text, character by character. What a contributor adds is shown as unreviewed and stays out of
    verdicts until an editor accepts it; the difference is told as if it counted.
    """
    once = Once(caller.id, idempotency_key, submission) if idempotency_key and not dry_run else None
    try:
        added = add_comment(
            current,
            submission,
            author(caller),
            max_characters=settings.max_comment_characters,
            dry_run=dry_run,
            first=once.look_up if once else None,
            then=once.keep if once else None,
        )
    except Replayed as replayed:
        return replayed.response()
    response.status_code = 200 if dry_run else 201
    if not dry_run:
        response.headers["Location"] = urls.twin(urls.comment(added.comment))
    return answer(added)


class Replayed(Exception):
    """This request was answered before."""

    def __init__(self, given: idempotency.Answer) -> None:
        super().__init__("answered before")
        self.given = given

    def response(self) -> Response:
        """The same answer again."""
        headers = {"Idempotent-Replayed": "true"}
        if self.given.location is not None:
            headers["Location"] = self.given.location
        return Response(self.given.body, self.given.status, headers, "application/json")


class Once:
    """Makes a request count once: looks its key up, and keeps the answer with the write."""

    def __init__(self, caller: str, key: str, submission: CommentIn) -> None:
        self.caller = caller
        self.key = key
        sent = submission.model_dump_json().encode()
        self.request = idempotency.fingerprint("POST", "/comments", sent)

    def look_up(self, session: Session) -> None:
        """Raise Replayed where the request was answered before; Conflict where it was another."""
        given = idempotency.find(session, self.caller, self.key, self.request)
        if given is not None:
            raise Replayed(given)

    def keep(self, session: Session, added: Added) -> None:
        """Keep the answer, in the transaction of the write."""
        given = idempotency.Answer(
            201, urls.twin(urls.comment(added.comment)), answer(added).model_dump_json()
        )
        idempotency.keep(session, self.caller, self.key, self.request, given)


def answer(added: Added) -> AddedShape:
    """What adding a comment did, rendered."""
    counted = as_reviewed(added)
    rendered = Renderer(analysis(counted))
    content = counted.content
    documents = content.documents
    body = added.comment.document
    quotations = [
        QuotationFound(
            **q.model_dump(),
            exact=documents[body].text[q.start : q.end],
            quoted=documents[q.quotes.document].text[q.quotes.start : q.quotes.end] if q.quotes else None,
        )
        for q in added.quotations
    ]
    stored = Renderer(analysis(added.after))
    rows = [graph_json.ledger_row(row) for row in ledger(added.after, body)]
    return AddedShape(
        dry_run=not added.stored,
        revision=added.after.revision,
        comment=stored.comment(added.comment),
        participant_created=added.new_participant,
        nodes_created=[rendered.node_brief(content.nodes[key]) for key in added.nodes_created],
        nodes_reused=[rendered.node_brief(content.nodes[key]) for key in added.nodes_reused],
        relations_created=[
            rendered.relation_brief(content.relations[key]) for key in added.relations_created
        ],
        relations_reused=[rendered.relation_brief(content.relations[key]) for key in added.relations_reused],
        refs=added.refs,
        quotations=quotations,
        unknown_quotations=list(added.unknown_quotations),
        ledger=[shapes.LedgerShape(**{k: v for k, v in row.items() if k != "document"}) for row in rows],
        difference=between(added.before, counted),
    )


def as_reviewed(added: Added) -> MapSnapshot:
    """The map after, with what was added counted as if an editor had reviewed it."""
    new = {*added.nodes_created, *added.relations_created, added.comment.id}
    if added.comment.status == "reviewed":
        return added.after
    records = [
        record.model_copy(update={"status": "reviewed"})
        if record.kind in ("node", "relation", "comment") and record.key in new
        else record
        for record in added.after.content.records()
    ]
    return added.after.over(MapContent.of(records))
