"""Bringing in a map that another tool made: a preview first, then in one transaction."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from app import urls
from app.api import shapes
from app.api.auth import Contributor, at_least, author
from app.api.common import WRITING, errors, router
from app.api.taking import LossShape
from app.errors import InvalidInput
from app.formats import registry
from app.requests import CurrentDatabase
from app.store.importing import Import, bring_in

routes = router("writing")

MOST_LISTED = 200
FormatName = Literal["json", "argdown", "aif", "xaif", "kialo"]


class MatchShape(shapes.Shape):
    """A statement of the file that says what a node of the map says, or nearly. Nothing is merged."""

    imported: str = Field(description="The id it has, or would have.")
    existing: str
    exact: bool
    score: float = Field(description="Likeness of the words, of 100. No measure of truth.")
    text: str


class RenamedShape(shapes.Shape):
    """An id that was taken, and the one used instead."""

    kind: str
    id: str
    new_id: str


class ImportedShape(shapes.Shape):
    """What is in the file, and what importing it did, or with `dry_run` would do."""

    format: str
    statements: int
    relations: dict[str, int] = Field(description="How many of each type.")
    participants: int
    comments: int
    skipped: list[LossShape] = Field(description="What was left out, or kept in another way.")
    dry_run: bool
    revision: int | None = Field(description="The revision it made; null where nothing was stored.")
    added: dict[str, int] = Field(description="How many records of each kind are new.")
    already: int = Field(description="How many records the map has already, word for word.")
    unreviewed: bool = Field(description="Whether it comes in unreviewed, since the map has content.")
    matches: list[MatchShape] = Field(description=f"At most {MOST_LISTED}.")
    matches_total: int
    compared: bool = Field(description="False where there are too many to look for nearly equal ones.")
    renamed: list[RenamedShape] = Field(description=f"At most {MOST_LISTED}.")
    renamed_total: int
    retyped: list[str] = Field(description="Scenarios that become claims, since their letters are taken.")


async def sent(request: Request) -> bytes:
    """The body as it was sent."""
    return await request.body()


@routes.post(
    "/import/map",
    operation_id="importMap",
    summary="Add a map made with another tool",
    status_code=201,
    response_model=ImportedShape,
    responses={
        200: {
            "model": ImportedShape,
            "description": "Nothing was stored: with `dry_run`, or all of it is in the map already.",
        },
        201: {"description": "Stored; `Location` is the revision it made."},
        **errors(*(code for code in WRITING if code != 415)),
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "The file, as it is.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def import_map(
    caller: Contributor,
    database: CurrentDatabase,
    data: Annotated[bytes, Depends(sent)],
    response: Response,
    form: Annotated[
        FormatName | None,
        Query(alias="format", description="Its format; told from content and name without."),
    ] = None,
    name: Annotated[
        str,
        Query(
            min_length=1,
            max_length=100,
            pattern=r"^[^/\\]+$",
            description="The file's name: a title for what has none, and put before ids that are taken.",
        ),
    ] = "import",
    dry_run: Annotated[bool, Query(description="Say what it would do, but store nothing.")] = False,
) -> ImportedShape:
    """The same as `cruxmap import map`: it adds, and never overwrites. Into a map that has content everything
    comes in unreviewed. Any token may ask for a preview (`dry_run`); storing takes an editor's. Map files in
    YAML are for `cruxmap load`.
    """
    if not dry_run:
        at_least(caller, "editor")
    if not data.strip():
        raise InvalidInput("the body is empty", "body", "send the file as the body")
    found, imported = registry.read(data, name, form)
    done = bring_in(
        database,
        imported.content,
        prefix=name.partition(".")[0] or "import",
        who=author(caller).who,
        why=f"imported {name} ({found})",
        dry_run=dry_run,
    )
    if done.revision is None:
        response.status_code = 200
    else:
        response.headers["Location"] = urls.twin(f"/history/{done.revision.n}")
    counts = imported.counts
    return ImportedShape(
        format=found,
        statements=counts.statements,
        relations=dict(counts.relations),
        participants=counts.participants,
        comments=counts.comments,
        skipped=[LossShape.model_validate(loss.as_json()) for loss in imported.losses],
        dry_run=dry_run,
        **_done(done),
    )


def _done(done: Import) -> dict[str, object]:
    return {
        "revision": done.revision.n if done.revision is not None else None,
        "added": dict(done.added),
        "already": done.already,
        "unreviewed": done.unreviewed,
        "matches": [MatchShape(**vars(m)) for m in done.matches[:MOST_LISTED]],
        "matches_total": len(done.matches),
        "compared": done.compared,
        "renamed": [RenamedShape(kind=k, id=old, new_id=new) for k, old, new in done.renamed[:MOST_LISTED]],
        "renamed_total": len(done.renamed),
        "retyped": list(done.retyped),
    }
