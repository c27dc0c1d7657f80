"""Editing and reviewing: every change starts from a state the caller has seen, and is one revision."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import Depends, Header, Response
from pydantic import Field

from app import urls
from app.api import shapes
from app.api.auth import Editor
from app.api.common import Id, errors, router
from app.api.differing import DifferenceShape, between
from app.api.etags import state, tag_of
from app.api.problems import PreconditionFailed, PreconditionRequired
from app.errors import InvalidInput
from app.model.records import Comment, Kind, Node, Record, Relation
from app.requests import Current, CurrentSettings
from app.store.services import editing
from app.store.services.rewriting import rewrite
from app.store.services.submission import CruxIn, Input, Tag, WebAddress
from app.store.services.words import Attribution, NewNodeType, RelationType

routes = router("editing")
EDITING = (400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429)
Why = Annotated[str, Field(max_length=1000, description="Kept in the history.")]


class EditedShape(shapes.Shape):
    """What an edit did."""

    url: str = Field(description="What was edited.")
    revision: int = Field(description="The revision it made; the current one where nothing changed.")
    changed: list[str] = Field(description="The ids of everything it changed.")
    difference: DifferenceShape


class ReattachedShape(shapes.Shape):
    """What became of a passage when its text was edited."""

    element: str
    exact: str
    outcome: Literal["exact", "moved", "ambiguous", "orphaned"]


class RewrittenShape(EditedShape):
    """What a new text did; passages that are ambiguous or orphaned keep the old version's place."""

    passages: list[ReattachedShape]


def _guard(
    if_match: Annotated[
        str | None,
        Header(max_length=500, description="The `ETag` of the state you edit; `*` edits whatever is there."),
    ] = None,
) -> editing.Guard:
    """Lets an edit through that starts from the state the caller has seen."""

    def check(record: Record) -> None:
        if if_match is None:
            raise PreconditionRequired(
                "an edit needs an If-Match header", "If-Match", "send the ETag you got when you read it"
            )
        wanted = {
            part.strip().removeprefix("W/").strip('"').partition(".")[0] for part in if_match.split(",")
        }
        if if_match.strip() != "*" and state(record) not in wanted:
            raise PreconditionFailed(
                "it is not in the state you read any more", "If-Match", "read it again, then repeat the edit"
            )

    return check


Guarded = Annotated[editing.Guard, Depends(_guard)]


def answer(response: Response, kind: Kind, key: str, done: editing.Edited) -> EditedShape:
    """What an edit did, rendered."""
    record = editing.record_of(done.after.content, kind, key)
    response.headers["ETag"] = tag_of(record)
    return EditedShape(
        url=urls.twin(_page(record)),
        revision=done.revision,
        changed=[change.key for change in done.changes],
        difference=between(done.before, done.after),
    )


def _page(record: Node | Relation | Comment) -> str:
    return urls.comment(record) if isinstance(record, Comment) else urls.element(record)


class NodePatch(Input):
    """New values for a node; what is left out stays."""

    text: Annotated[str | None, Field(min_length=1, max_length=2000)] = None
    tags: Annotated[list[Tag] | None, Field(max_length=20)] = None
    base: Annotated[float | None, Field(strict=True, ge=0, le=1, description="Null takes it away.")] = None
    crux: CruxIn | None = None
    why: Why = ""


@routes.patch("/nodes/{id}", operation_id="editNode", summary="Edit a node", responses=errors(*EDITING))
def edit_node(
    id: Id,  # noqa: A002
    patch: NodePatch,
    caller: Editor,
    current: Current,
    guard: Guarded,
    response: Response,
) -> EditedShape:
    """Change its text, tags, base score or the details of a crux."""
    fields = patch.model_dump(exclude_unset=True, exclude={"why"})
    for name in ("text", "tags", "crux"):
        if name in fields and fields[name] is None:
            raise InvalidInput("cannot be null", name, "leave it out to keep it")
    if "text" in fields:
        fields["text"] = " ".join(fields["text"].split())
        if not fields["text"]:
            raise InvalidInput("is empty", "text", "write a sentence")
    done = editing.edit(
        current, "node", id, fields, guard=guard, who=caller.label, why=patch.why or f"{id} was edited"
    )
    return answer(response, "node", id, done)


class RelationPatch(Input):
    """New values for a relation; its ends never change."""

    rationale: Annotated[str | None, Field(max_length=5000)] = None
    base: Annotated[float | None, Field(strict=True, ge=0, le=1, description="Null takes it away.")] = None
    why: Why = ""


@routes.patch(
    "/relations/{id}", operation_id="editRelation", summary="Edit a relation", responses=errors(*EDITING)
)
def edit_relation(
    id: Id,  # noqa: A002
    patch: RelationPatch,
    caller: Editor,
    current: Current,
    guard: Guarded,
    response: Response,
) -> EditedShape:
    """Change its rationale or base score."""
    fields = patch.model_dump(exclude_unset=True, exclude={"why"})
    if "rationale" in fields:
        fields["rationale"] = " ".join((fields["rationale"] or "").split())
    done = editing.edit(
        current, "relation", id, fields, guard=guard, who=caller.label, why=patch.why or f"{id} was edited"
    )
    return answer(response, "relation", id, done)


class CommentPatch(Input):
    """New values for what is known about a comment."""

    participant: Annotated[str | None, Field(min_length=1, max_length=120)] = None
    attribution: Attribution | None = None
    reason: Annotated[str | None, Field(max_length=2000)] = None
    reply_to: Annotated[str | None, Field(max_length=120)] = None
    source_url: WebAddress | None = None
    why: Why = ""


@routes.patch(
    "/comments/{id}", operation_id="editComment", summary="Edit a comment", responses=errors(*EDITING)
)
def edit_comment(
    id: Id,  # noqa: A002
    patch: CommentPatch,
    caller: Editor,
    current: Current,
    guard: Guarded,
    response: Response,
) -> EditedShape:
    """Change who wrote it, how that is known, what it answers and where it was published."""
    fields = patch.model_dump(exclude_unset=True, exclude={"why"})
    for name in ("participant", "attribution"):
        if name in fields and fields[name] is None:
            raise InvalidInput("cannot be null", name, "leave it out to keep it")
    done = editing.edit(
        current, "comment", id, fields, guard=guard, who=caller.label, why=patch.why or f"{id} was edited"
    )
    return answer(response, "comment", id, done)


class TextIn(Input):
    """A new body."""

    body: Annotated[str, Field(min_length=1)]
    why: Why = ""


@routes.put(
    "/comments/{id}/text",
    operation_id="rewriteComment",
    summary="Give a comment a new text",
    responses=errors(*EDITING),
)
def rewrite_comment(
    id: Id,  # noqa: A002
    text: TextIn,
    caller: Editor,
    current: Current,
    settings: CurrentSettings,
    guard: Guarded,
    response: Response,
) -> RewrittenShape:
    """The old text stays as an earlier version; each passage is found again, or said to be lost."""
    done, passages = rewrite(
        current,
        id,
        text.body,
        guard=guard,
        who=caller.label,
        why=text.why or f"{id} was rewritten",
        max_characters=settings.max_comment_characters,
    )
    found = [ReattachedShape.model_validate(p, from_attributes=True) for p in passages]
    return RewrittenShape(**answer(response, "comment", id, done).model_dump(), passages=found)


class RetypeNode(Input):
    """A node's new type; a crux needs its details."""

    type: NewNodeType
    crux: CruxIn | None = None
    why: Why = ""


@routes.post(
    "/nodes/{id}/retype",
    operation_id="retypeNode",
    summary="Change a node's type",
    responses=errors(*EDITING),
)
def retype_node(
    id: Id,  # noqa: A002
    wanted: RetypeNode,
    caller: Editor,
    current: Current,
    guard: Guarded,
    response: Response,
) -> EditedShape:
    """Refused where a relation of the node does not allow the new type."""
    if (wanted.type == "crux") != (wanted.crux is not None):
        raise InvalidInput("a crux, and only a crux, has the details of one", "crux")

    def check(record: Record) -> None:
        guard(record)
        if isinstance(record, Node) and record.type == "scenario":
            raise InvalidInput("a scenario keeps its type", "type")

    fields = {"type": wanted.type, "crux": wanted.crux.model_dump() if wanted.crux else None}
    done = editing.edit(
        current, "node", id, fields, guard=check, who=caller.label, why=wanted.why or f"{id} was retyped"
    )
    return answer(response, "node", id, done)


class RetypeRelation(Input):
    """A relation's new type."""

    type: RelationType
    why: Why = ""


@routes.post(
    "/relations/{id}/retype",
    operation_id="retypeRelation",
    summary="Change a relation's type",
    responses=errors(*EDITING),
)
def retype_relation(
    id: Id,  # noqa: A002
    wanted: RetypeRelation,
    caller: Editor,
    current: Current,
    guard: Guarded,
    response: Response,
) -> EditedShape:
    """Refused where the vocabulary does not allow it between these ends."""
    fields = {"type": wanted.type}
    done = editing.edit(
        current, "relation", id, fields, guard=guard, who=caller.label, why=wanted.why or f"{id} was retyped"
    )
    return answer(response, "relation", id, done)


class MergeIn(Input):
    """The node that stays."""

    into: Annotated[str, Field(min_length=1, max_length=120)]
    why: Why = ""


@routes.post(
    "/nodes/{id}/merge",
    operation_id="mergeNode",
    summary="Merge a node into another",
    responses=errors(*EDITING),
)
def merge_node(
    id: Id,  # noqa: A002
    wanted: MergeIn,
    caller: Editor,
    current: Current,
    guard: Guarded,
    response: Response,
) -> EditedShape:
    """Its passages and relations go over; its address stays and leads to the other node."""
    why = wanted.why or f"{id} was merged into {wanted.into}"
    done = editing.merge(current, id, wanted.into, guard=guard, who=caller.label, why=why)
    return answer(response, "node", id, done)


class WhyIn(Input):
    """A reason."""

    why: Why = ""


_SAID = {"accept": "accepted", "reject": "rejected", "withdraw": "withdrawn", "restore": "restored"}
_HELP = {
    "accept": "It counts from now on. A comment takes along what came with it.",
    "reject": "It is shown no longer. A comment takes along what came with it.",
    "withdraw": "It counts no longer; its address stays and says so.",
    "restore": "It counts again.",
}
_GROUPS: tuple[tuple[Kind, str], ...] = (
    ("node", "nodes"),
    ("relation", "relations"),
    ("comment", "comments"),
)


def _decision(kind: Kind, decision: editing.Decision) -> Callable[..., EditedShape]:
    def decide(
        id: Id,  # noqa: A002
        caller: Editor,
        current: Current,
        guard: Guarded,
        response: Response,
        reason: WhyIn | None = None,
    ) -> EditedShape:
        why = (reason.why if reason else "") or f"{id} was {_SAID[decision]}"
        done = editing.decide(current, kind, id, decision, guard=guard, who=caller.label, why=why)
        return answer(response, kind, id, done)

    decide.__doc__ = _HELP[decision]
    return decide


for _kind, _group in _GROUPS:
    for _decided in editing.STATUS:
        routes.add_api_route(
            f"/{_group}/{{id}}/{_decided}",
            _decision(_kind, _decided),
            methods=["POST"],
            operation_id=f"{_decided}{_kind.capitalize()}",
            summary=f"{_decided.capitalize()} a {_kind}",
            responses=errors(*EDITING),
            response_model=EditedShape,
        )
