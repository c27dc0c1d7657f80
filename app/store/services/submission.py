"""What a person sends to add a comment."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.store.services.words import Attitude, NewNodeType, RelationType

MAX_NODES = 200
MAX_RELATIONS = 400
MAX_PASSAGES = 40


def _web_address(value: str) -> str:
    """Only what a browser may follow safely: http and https, with a host."""
    try:
        parts = urlsplit(value)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        safe = False
    if not safe or not value.isprintable() or any(c.isspace() or c in '<>"\\' for c in value):
        raise ValueError("must be an http or https address")
    return value


WebAddress = Annotated[
    str,
    Field(max_length=2000, pattern=r"^https?://[^\s<>\"\\]+$", json_schema_extra={"format": "uri"}),
    AfterValidator(_web_address),
]
Key = Annotated[str, Field(min_length=1, max_length=120)]
Ref = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$",
        description="A name of your own for this item, to refer to it within the same request.",
    ),
]
Tag = Annotated[str, Field(pattern=r"^[^\s,](?:[^,\n]{0,48}[^\s,])?$")]


class Input(BaseModel):
    """Part of a request: unknown fields are refused, not dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PassageIn(Input):
    """The words that carry something: of this comment's body, or of a document or comment in the map."""

    quote: Annotated[str, Field(min_length=1, max_length=5000, description="Verbatim, within one paragraph.")]
    occurrence: Annotated[
        int | None,
        Field(
            strict=True,
            ge=1,
            le=10_000,
            description="Which one, from 1, where the words stand more than once.",
        ),
    ] = None
    paragraph: Annotated[
        int | None, Field(strict=True, ge=1, le=1_000_000, description="The line the words stand in, from 1.")
    ] = None
    document: Annotated[Key | None, Field(description="A document in the map; else this comment's body.")] = (
        None
    )
    comment: Annotated[Key | None, Field(description="A comment in the map; else this comment's body.")] = (
        None
    )
    attitude: Annotated[
        Attitude | None,
        Field(description="What the holder does with it here; `asserts`, or `quotes` within a quotation."),
    ] = None
    holder: Annotated[
        Key | None,
        Field(
            description="Whose attitude it is; the writer's, or within a quotation that of whom it quotes."
        ),
    ] = None


class CruxIn(Input):
    """What makes a proposition a crux."""

    question: Annotated[str, Field(min_length=1, max_length=1000)]
    if_true: Annotated[str, Field(min_length=1, max_length=2000)]
    if_false: Annotated[str, Field(min_length=1, max_length=2000)]
    would_settle: Annotated[str | None, Field(max_length=2000)] = None


class NodeIn(Input):
    """A new node (type and text), or an existing one that the comment takes up (id)."""

    ref: Ref | None = None
    id: Annotated[
        Key | None, Field(description="An existing node: the passages are added to it, nothing else changes.")
    ] = None
    type: NewNodeType | None = None
    text: Annotated[
        str | None,
        Field(min_length=1, max_length=2000, description="One sentence that can be understood on its own."),
    ] = None
    tags: Annotated[list[Tag], Field(max_length=20)] = []
    attitude: Annotated[Attitude | None, Field(description="For passages that do not name one.")] = None
    holder: Annotated[Key | None, Field(description="For passages that do not name one.")] = None
    passages: Annotated[list[PassageIn], Field(max_length=MAX_PASSAGES)] = []
    crux: Annotated[CruxIn | None, Field(description="Needed for a crux, and only for a crux.")] = None


class RelationIn(Input):
    """A link from a node to a node or to another relation, new or existing."""

    ref: Ref | None = None
    type: RelationType
    source: Annotated[Key, Field(description="A `ref` of this request, or the id of a node in the map.")]
    target: Annotated[
        Key, Field(description="A `ref` of this request, or the id of a node or relation in the map.")
    ]
    rationale: Annotated[str, Field(max_length=5000, description="Why it is so, in a sentence.")] = ""
    passages: Annotated[
        list[PassageIn], Field(max_length=MAX_PASSAGES, description="The words that state it, if any do.")
    ] = []


class CommentIn(Input):
    """A comment with what of the map it carries."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "participant": "newcomer",
                    "body": "I doubt it. Bridges are inspected every year, so cracks are found early.",
                    "nodes": [
                        {
                            "ref": "inspected",
                            "type": "claim",
                            "text": "Bridges are inspected every year.",
                            "passages": [{"quote": "Bridges are inspected every year"}],
                        },
                        {
                            "ref": "early",
                            "type": "claim",
                            "text": "Cracks in bridges are found early.",
                            "passages": [{"quote": "cracks are found early"}],
                        },
                    ],
                    "relations": [
                        {
                            "type": "supports",
                            "source": "inspected",
                            "target": "early",
                            "rationale": "What is inspected often shows its faults soon.",
                            "passages": [{"quote": "so cracks are found early"}],
                        }
                    ],
                }
            ]
        },
    )

    participant: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=100,
            description="A participant's id or label; a label nobody has yet makes a new participant. "
            "May be left out with a token that is bound to one.",
        ),
    ] = None
    body: Annotated[str, Field(min_length=1, description="Markdown or plain text.")]
    reply_to: Annotated[Key | None, Field(description="The comment it answers.")] = None
    source_url: Annotated[WebAddress | None, Field(description="Where it was first published.")] = None
    nodes: Annotated[list[NodeIn], Field(max_length=MAX_NODES)] = []
    relations: Annotated[list[RelationIn], Field(max_length=MAX_RELATIONS)] = []
