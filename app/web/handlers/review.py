"""The editors' queue, and what they do with one node, relation or comment. Each is the API's own edit."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from app import urls
from app.api import editing as edits
from app.api.etags import state as state_of
from app.api.problems import PreconditionFailed
from app.errors import CruxmapError, InvalidInput, NotFound, Problem, StorageError
from app.model.records import Kind, Node, Record, Relation
from app.requests import Current, CurrentDatabase, CurrentSettings, View
from app.settings import Settings
from app.store.current import CurrentMap
from app.store.rehearsal import Rehearsal
from app.store.search import find
from app.store.services import editing, reporting
from app.store.tokens import Caller
from app.web.forms import Fields, Pairs, checked, value
from app.web.handlers.session_needed import editor
from app.web.pages import caller, fresh
from app.web.views.difference import shown
from app.web.views.review import Tried, item, queue

router = APIRouter(include_in_schema=False)
KINDS: dict[str, Kind] = {"nodes": "node", "relations": "relation", "comments": "comment"}
_DONE = {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn", "restore": "restored"}
_LABELS = {"edit": "the edit", "retype": "the new type", "merge": "the merge", "attitudes": "these attitudes"}


@router.get("/review")
def show_queue(request: Request, view: View, database: CurrentDatabase) -> Response:
    """What waits for an editor."""
    if (way := _sign_in(request)) is not None:
        return way
    model = {"page": queue(view, reporting.listed(database))}
    return fresh(request, view, "review.html", model, twin="/api/v1/review")


def _kind(group: str) -> Kind:
    if group not in KINDS:
        raise NotFound("nothing lives at this address", group)
    return KINDS[group]


def _sign_in(request: Request) -> Response | None:
    """The way to the page for signing in, for who has no session; NotAllowed for who is no editor."""
    if caller(request) is None:
        return RedirectResponse(f"/signin?next={quote(request.url.path)}", 303)
    editor(request)
    return None


@router.post("/review/reports/{number}/close")
def close_report(request: Request, database: CurrentDatabase, number: int) -> Response:
    """A report has been seen to."""
    who = editor(request)
    reporting.close(database, number, who.label)
    return RedirectResponse("/review#reports", 303)


@router.get("/review/{group}/{key}")
def show_item(request: Request, current: Current, group: str, key: str) -> Response:
    """One thing, and what can be done with it."""
    return _sign_in(request) or _item(request, current, _kind(group), key, [])


@router.post("/review/{group}/{key}")
def act(
    request: Request, current: Current, settings: CurrentSettings, group: str, key: str, fields: Fields
) -> Response:
    """Do what the pressed button says, or with ``try`` before it, only say what it would change."""
    who = editor(request)
    kind, said = _kind(group), value(fields, "do")
    tried = said.startswith("try ")
    what = said.removeprefix("try ")
    if what == "find":
        return _item(request, current, kind, key, fields)
    on: CurrentMap = Rehearsal(current) if tried else current
    try:
        done = _Act(kind, key, fields, who, on, settings).do(what)
    except StorageError:
        raise
    except CruxmapError as error:
        return _item(request, current, kind, key, fields, error=error, done=what)
    if tried:
        label = _LABELS.get(what, f"to {what} it")
        passages = tuple((p.outcome, p.exact, p.element) for p in getattr(done, "passages", ()))
        outcome = Tried(label, shown(done.difference, current()), passages)
        return _item(request, current, kind, key, fields, tried=outcome, done=what)
    tally = _tally(done) if isinstance(done, edits.RewrittenShape) else ""
    return RedirectResponse(f"/history/{done.revision}{tally}#main", 303)


def _tally(done: edits.RewrittenShape) -> str:
    """What became of passages, for the page that follows."""
    outcomes = [p.outcome for p in done.passages]
    pairs = [f"{name}={outcomes.count(name)}" for name in ("exact", "moved", "ambiguous", "orphaned")]
    return "?" + "&".join(pairs) if outcomes else ""


def _item(
    request: Request,
    current: CurrentMap,
    kind: Kind,
    key: str,
    fields: Pairs,
    *,
    error: CruxmapError | None = None,
    tried: Tried | None = None,
    done: str = "",
) -> Response:
    view = current()
    record = editing.record_of(view.content, kind, key)
    words = value(fields, "find").strip()[:500]
    with current.database.read() as session:
        connection = session.connection()
        hits = find(connection, words, ["node"], 12) or find(connection, words, ["node"], 12, any_word=True)
    model = {
        "page": item(view, record, reporting.listed(current.database), hits),
        "typed": dict(fields) if error or tried else {},
        "find": words,
        "problems": error.problems if error is not None else (),
        "tried": tried,
        "done": done,
    }
    status = error.status if error else 200
    return fresh(request, view, "review_item.html", model, twin=f"{urls.API}/{kind}s/{key}", status=status)


class _Act:
    """One edit: from the fields of a form to the function behind the API's endpoint."""

    def __init__(
        self, kind: Kind, key: str, fields: Pairs, who: Caller, current: CurrentMap, settings: Settings
    ) -> None:
        self.kind = kind
        self.key = key
        self.fields = fields
        self.who = who
        self.current = current
        self.settings = settings

    def do(self, what: str) -> edits.EditedShape:
        """Carry it out.

        Raises
        ------
        CruxmapError : it cannot be done; says why.
        """
        if what in _DONE:
            return self._decide(what)
        way: Callable[[], edits.EditedShape] | None = getattr(self, f"{what}_{self.kind}", None)
        if way is None or what not in ("edit", "retype", "merge", "attitudes", "rewrite"):
            raise NotFound("there is nothing of this name to be done here", "do")
        return way()

    def _guard(self, record: Record) -> None:
        if state_of(record) != self._text("state"):
            raise PreconditionFailed("it has changed meanwhile", remedy="look at it again, then repeat this")

    def _text(self, name: str) -> str:
        return value(self.fields, name).strip()

    @property
    def _why(self) -> str:
        why = self._text("why")
        if len(why) > 1000:
            raise InvalidInput("has more than 1000 characters", "why", "shorten it")
        return why

    def _answer(self, done: editing.Edited) -> edits.EditedShape:
        return edits.answer(Response(), self.kind, self.key, done)

    def _decide(self, what: str) -> edits.EditedShape:
        decision: editing.Decision = what  # type: ignore[assignment]
        why = self._why or f"{self.key} was {_DONE[what]}"
        done = editing.decide(
            self.current, self.kind, self.key, decision, guard=self._guard, who=self.who.label, why=why
        )
        return self._answer(done)

    def _crux(self) -> dict[str, object] | None:
        names = ("question", "if_true", "if_false", "would_settle")
        values: dict[str, object] = {name: self._text(name) or None for name in names}
        return values if any(values.values()) else None

    def edit_node(self) -> edits.EditedShape:
        """A new sentence, tags, base score or details of a crux."""
        data: dict[str, object] = {"text": self._text("text"), "why": self._why, "base": self._base()}
        data["tags"] = [tag for part in self._text("tags").split(",") if (tag := part.strip())]
        if (crux := self._crux()) is not None:
            data["crux"] = crux
        patch = checked(edits.NodePatch, data)
        return edits.edit_node(self.key, patch, self.who, self.current, self._guard, Response())

    def _base(self) -> float | None:
        text = self._text("base")
        try:
            return float(text) if text else None
        except ValueError as error:
            raise InvalidInput("is no number", "base", "write a number from 0 to 1, or nothing") from error

    def edit_relation(self) -> edits.EditedShape:
        """A new rationale or base score."""
        data: dict[str, object] = {
            "rationale": self._text("rationale"),
            "why": self._why,
            "base": self._base(),
        }
        patch = checked(edits.RelationPatch, data)
        return edits.edit_relation(self.key, patch, self.who, self.current, self._guard, Response())

    def edit_comment(self) -> edits.EditedShape:
        """Who wrote it, how that is known, what it answers, where it was published."""
        data: dict[str, object] = {
            "participant": self._text("participant"),
            "attribution": self._text("attribution"),
            "reason": self._text("reason") or None,
            "reply_to": self._text("reply_to") or None,
            "source_url": self._text("source_url") or None,
            "why": self._why,
        }
        patch = checked(edits.CommentPatch, data)
        return edits.edit_comment(self.key, patch, self.who, self.current, self._guard, Response())

    def rewrite_comment(self) -> edits.EditedShape:
        """A new text."""
        sent = checked(edits.TextIn, {"body": value(self.fields, "body"), "why": self._why})
        return edits.rewrite_comment(
            self.key, sent, self.who, self.current, self.settings, self._guard, Response()
        )

    def retype_node(self) -> edits.EditedShape:
        """Another type."""
        crux = self._crux() if self._text("type") == "crux" else None
        wanted = checked(edits.RetypeNode, {"type": self._text("type"), "crux": crux, "why": self._why})
        return edits.retype_node(self.key, wanted, self.who, self.current, self._guard, Response())

    def retype_relation(self) -> edits.EditedShape:
        """Another type."""
        wanted = checked(edits.RetypeRelation, {"type": self._text("type"), "why": self._why})
        return edits.retype_relation(self.key, wanted, self.who, self.current, self._guard, Response())

    def merge_node(self) -> edits.EditedShape:
        """Into another node."""
        wanted = checked(edits.MergeIn, {"into": self._text("into"), "why": self._why})
        return edits.merge_node(self.key, wanted, self.who, self.current, self._guard, Response())

    def attitudes_node(self) -> edits.EditedShape:
        """What holders do with it in its passages."""
        record = editing.record_of(self.current().content, self.kind, self.key)
        assert isinstance(record, (Node, Relation))
        words = self.current().words.attitudes
        chosen = [value(self.fields, f"attitude-{n}") for n in range(len(record.passages))]
        if wrong := [n for n, name in enumerate(chosen) if name not in words]:
            raise InvalidInput([Problem("is no attitude", f"attitude-{n}", "choose one") for n in wrong])
        passages = [
            m.model_copy(update={"attitude": a}) for m, a in zip(record.passages, chosen, strict=True)
        ]
        why = self._why or f"attitudes towards {self.key} were edited"
        done = editing.edit(
            self.current,
            self.kind,
            self.key,
            {"passages": [m.model_dump() for m in passages]},
            guard=self._guard,
            who=self.who.label,
            why=why,
        )
        return self._answer(done)

    attitudes_relation = attitudes_node
