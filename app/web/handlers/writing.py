"""Writing a comment: one form, whose buttons each do one thing and show the form again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from app import urls
from app.api.auth import author
from app.api.limits import limits
from app.api.writing import Once, Replayed
from app.errors import InvalidInput, NotAllowed
from app.requests import Current, CurrentDatabase, CurrentSettings
from app.source.passages import occurrences
from app.store.current import CurrentMap
from app.store.search import Hit, find
from app.store.services import Author, CommentIn, add_comment
from app.store.services.suggesting import Suggestion, suggest
from app.store.tokens import Caller
from app.web.forms import Fields, Pairs, value
from app.web.handlers.session import known, start
from app.web.pages import caller, fresh
from app.web.views.writing import Errors, Outcome, outcome_of, writing_page
from app.web.views.writing_form import (
    Draft,
    LinkRow,
    NodeRow,
    by_field,
    fresh_key,
    read,
    submission,
    with_node,
    without_node,
)

router = APIRouter(include_in_schema=False)
VISITOR = Author("a visitor", None, reviewed=False)
Words = Annotated[str, Query(max_length=5000)]
Key = Annotated[str, Query(max_length=120)]


@router.get("/comments/new")
def show_form(
    request: Request,
    current: Current,
    reply_to: Key = "",
    quote: Words = "",
    document: Key = "",
    paragraph: Annotated[str, Query(max_length=9)] = "",
    occurrence: Annotated[str, Query(max_length=9)] = "",
    node: Key = "",
) -> Response:
    """An empty form; or one that answers a comment or a node, or begins with selected words."""
    draft = Draft(reply_to=reply_to, once=fresh_key(), shelf=(node,) if node else ())
    if quote and document:
        draft = with_node(
            draft,
            NodeRow(quote=quote, place=document, paragraph=paragraph, occurrence=occurrence, text=quote),
        )
    elif quote:
        draft = replace(draft, body="".join(f"> {line}\n" for line in quote.split("\n")) + "\n")
    page = writing_page(current(), draft, caller(request))
    return fresh(request, current(), "add.html", {"page": page, "signed_in": caller(request) is not None})


@dataclass
class _Form:
    """One request to the form, on its way from what was sent to a page."""

    request: Request
    current: CurrentMap
    draft: Draft
    caller: Caller | None
    limit: int
    outcome: Outcome | None = None
    errors: Errors | None = None
    unfinished: int = 0
    pasted: bool = False

    def author(self) -> Author:
        return author(self.caller) if self.caller is not None else VISITOR

    def look(self, told: bool) -> None:
        """Try the comment; what is wrong is told, or only counted while it is being typed."""
        try:
            wanted = submission(self.draft)
            added = add_comment(self.current, wanted, self.author(), max_characters=self.limit, dry_run=True)
            self.outcome = outcome_of(added)
        except InvalidInput as error:
            if told:
                self.errors = by_field(error, self.draft)
            else:
                self.unfinished = len(error.problems)

    def page(self, suggestions: Iterable[Suggestion], hits: Iterable[Hit]) -> Response:
        view = self.current()
        page = writing_page(
            view,
            self.draft,
            self.caller,
            suggestions=list(suggestions),
            hits=hits,
            outcome=self.outcome,
            errors=self.errors,
            unfinished=self.unfinished,
        )
        model = {"page": page, "signed_in": self.caller is not None}
        answer = fresh(self.request, view, "add.html", model, status=422 if self.errors else 200)
        if self.pasted and self.caller is not None:
            start(self.request, answer, self.caller)
        return answer


@router.post("/comments/new")
def work(
    request: Request, current: Current, database: CurrentDatabase, settings: CurrentSettings, fields: Fields
) -> Response:
    """Do what the pressed button says: ``do`` is ``node``, ``link``, ``preview``, ``submit`` …"""
    limits(request).look(request)
    form = _Form(request, current, read(fields), caller(request), settings.max_comment_characters)
    done = value(fields, "do")
    form.draft = changed(form.draft, done, fields)
    if done == "submit" and (answer := submit(form, value(fields, "token"))) is not None:
        return answer
    if done in ("preview", "live"):
        form.look(told=done == "preview")
    with database.read() as session:
        body = form.draft.body
        fits = len(body.strip()) > 0 and len(body) <= form.limit
        offers = suggest(session, current(), body, 12) if fits else []
        connection = session.connection()
        hits = find(connection, form.draft.find, ["node"], 12) or find(
            connection, form.draft.find, ["node"], 12, any_word=True
        )
    return form.page(offers, hits)


def changed(draft: Draft, done: str, fields: Pairs) -> Draft:
    """The draft after a button that changes it."""
    what, _, rest = done.partition(" ")
    if what == "node":
        return with_node(draft, _chosen(draft, rest, fields))
    if what == "take-up":
        key, _, stretch = rest.partition(" ")
        return with_node(draft, NodeRow(id=key, quote=_cut(draft.body, stretch)))
    if what == "shelf":
        return replace(draft, shelf=tuple(dict.fromkeys([*draft.shelf, rest]))[:40])
    if what == "unshelf":
        return replace(draft, shelf=tuple(key for key in draft.shelf if key != rest))
    if what == "link":
        return replace(draft, links=(*draft.links, LinkRow())[:40])
    if what == "drop-node" and rest.isdecimal():
        return without_node(draft, int(rest))
    if what == "drop-link" and rest.isdecimal():
        return replace(draft, links=tuple(r for n, r in enumerate(draft.links) if n != int(rest)))
    return draft


def _chosen(draft: Draft, stretch: str, fields: Pairs) -> NodeRow:
    """A row for a sentence (``12-40``), for what is selected in the body, or for nothing yet."""
    if not stretch:
        stretch = value(fields, "selected")
    quote = _cut(draft.body, stretch)
    if not quote:
        return NodeRow()
    start = int(stretch.partition("-")[0])
    places = list(islice(occurrences(draft.body, quote), 1000))
    nth = str(places.index(start) + 1) if len(places) > 1 and start in places else ""
    return NodeRow(quote=quote, text=" ".join(quote.split()), occurrence=nth)


def _cut(body: str, stretch: str) -> str:
    first, _, last = stretch.partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(stretch) < 20):
        return ""
    return body[int(first) : int(last)].strip("\n")


def submit(form: _Form, token: str) -> Response | None:
    """Store the comment and lead to its difference; None where the form must be shown again."""
    if form.caller is None:
        form.caller = known(form.request, token) if token.strip() else None
        form.pasted = form.caller is not None
        if form.caller is None:
            said = "This token is unknown, expired or revoked." if token.strip() else "Sending needs a token."
            form.look(told=True)
            form.errors = {**(form.errors or {}), "token": [said]}
            return None
    try:
        limits(form.request).write(form.request, form.caller.id)
        address = _store(form, submission(form.draft))
    except (InvalidInput, NotAllowed) as error:
        form.errors = by_field(error, form.draft)
        return None
    # With a fragment of its own: browsers would carry over the one of the button.
    answer = RedirectResponse(f"{address}/difference#main", 303)
    if form.pasted:
        start(form.request, answer, form.caller)
    return answer


def _store(form: _Form, wanted: CommentIn) -> str:
    assert form.caller is not None
    # The same form with the same content adds one comment, however often it is sent.
    content = sha256(wanted.model_dump_json().encode()).hexdigest()[:20]
    # Its name is a secret of this form: whether it was sent with a token or in a session does not matter.
    once = Once(f"form {form.draft.once}", content, wanted)
    try:
        added = add_comment(
            form.current,
            wanted,
            author(form.caller),
            max_characters=form.limit,
            first=once.look_up,
            then=once.keep,
        )
    except Replayed as replayed:
        return (replayed.given.location or "/comments").removeprefix(urls.API)
    return urls.comment(added.comment)
