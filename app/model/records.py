"""The content of a map as plain immutable records.

These are the map's canonical form. Files (YAML, JSON), the database and the API are all views of
them: ``app.formats`` turns files into records and back, ``app.store`` keeps them in tables and
writes a change of one record as one row of history. Offsets count code points of the decoded
document; paragraphs are 1-based lines.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

SLUG = r"^[a-z0-9][a-z0-9-]{0,119}$"
SHA256 = r"^[0-9a-f]{64}$"
FILE = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,150}$"

Kind = Literal["map", "document", "participant", "comment", "node", "relation", "quotation", "ledger"]
KINDS: tuple[Kind, ...] = (
    "map",
    "document",
    "participant",
    "comment",
    "node",
    "relation",
    "quotation",
    "ledger",
)


class Record(BaseModel):
    """A piece of the map that is created, changed and withdrawn as one."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)
    kind: ClassVar[Kind]

    @property
    def key(self) -> str:
        """The record's identity among its kind."""
        raise TypeError(f"{type(self).__name__} has no key")


class MapInfo(Record):
    """What the map as a whole is called."""

    kind = "map"
    title: str = "An argument map"
    description: str = ""
    home: str = Field("", description="What the thread is about, for the home page; Markdown.")

    @property
    def key(self) -> str:
        return "map"


class Document(Record):
    """A source text, verbatim and immutable, known by its SHA-256."""

    kind = "document"
    id: str = Field(pattern=SLUG)
    file: str = Field(pattern=FILE, description="Its name in the folder documents/ of the map's files.")
    title: str = Field(min_length=1)
    sha256: str = Field(pattern=SHA256)
    text: str

    @property
    def key(self) -> str:
        return self.id


class Participant(Record):
    """Who wrote comments: a label, never a guessed name."""

    kind = "participant"
    id: str = Field(pattern=SLUG)
    label: str = Field(min_length=1)
    note: str | None = None
    merged_into: str | None = None

    @property
    def key(self) -> str:
        return self.id


class CommentText(BaseModel):
    """One version of a comment's body: a range of paragraphs of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    document: str
    first_paragraph: int = Field(ge=1)
    last_paragraph: int = Field(ge=1)


class Comment(Record):
    """One person's contribution: a range of paragraphs of a document."""

    kind = "comment"
    id: str = Field(pattern=SLUG)
    type: str = "thread"
    document: str
    first_paragraph: int = Field(ge=1)
    last_paragraph: int = Field(ge=1)
    earlier: tuple[CommentText, ...] = ()
    participant: str
    attribution: str = "inferred"
    reason: str | None = None
    confidence: float | None = Field(None, ge=0, le=1)
    reply_to: str | None = None
    duplicate_of: str | None = None
    source_url: str | None = None
    submitted_by: str | None = None
    submitted_at: str | None = None
    status: str = "reviewed"

    @property
    def key(self) -> str:
        return self.id

    @property
    def versions(self) -> tuple[CommentText, ...]:
        """Every version of the body, oldest first; the last is the current one."""
        latest = CommentText(
            document=self.document, first_paragraph=self.first_paragraph, last_paragraph=self.last_paragraph
        )
        return (*self.earlier, latest)


class Mention(BaseModel):
    """A passage that carries a node or a relation, and what its holder does with it there."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    document: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    exact: str
    prefix: str = ""
    suffix: str = ""
    attitude: str
    holder: str

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        return (self.document, self.start, self.end, self.attitude, self.holder)


class CruxDetails(BaseModel):
    """What makes a proposition a crux."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    question: str = Field(min_length=1)
    if_true: str = Field(min_length=1)
    if_false: str = Field(min_length=1)
    would_settle: str | None = None


class ScenarioDetails(BaseModel):
    """A scenario's letter, and its schematic in machine-readable form (schema/map-file.schema.json)."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    letter: str = Field(pattern=r"^[A-Z]$")
    drawing: dict[str, JsonValue] | None = None


class _Sited(Record):
    """What nodes and relations share."""

    id: str = Field(pattern=SLUG)
    type: str
    base: float | None = Field(None, ge=0, le=1)
    status: str = "reviewed"
    passages: tuple[Mention, ...] = ()

    @field_validator("passages")
    @classmethod
    def _sorted(cls, value: tuple[Mention, ...]) -> tuple[Mention, ...]:
        # One order, so that equal content is equal: reading order of the documents.
        return tuple(sorted(value, key=lambda m: m.order))

    @property
    def key(self) -> str:
        return self.id


class Node(_Sited):
    """A scenario, claim, crux, objection, evidence, definition, question or proposal."""

    kind = "node"
    text: str = Field(min_length=1)
    tags: tuple[str, ...] = ()
    crux: CruxDetails | None = None
    scenario: ScenarioDetails | None = None
    model: dict[str, JsonValue] | None = None
    merged_into: str | None = None


class Relation(_Sited):
    """A typed, directed link from a node to a node or to another relation."""

    kind = "relation"
    source: str
    target: str
    basis: str = "inferred"
    rationale: str = ""


class Span(BaseModel):
    """A stretch of a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    document: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class Quotation(Record):
    """A stretch that quotes: an earlier stretch, or something outside the documents."""

    kind = "quotation"
    document: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    quotes: Span | None = None
    outside: str | None = None

    @property
    def key(self) -> str:
        return f"{self.document}:{self.start}-{self.end}"


class LedgerNote(Record):
    """A judgement on a stretch that carries no node, relation or quotation."""

    kind = "ledger"
    document: str
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    type: str = "not_argument"
    reason: str = Field(min_length=1)

    @property
    def key(self) -> str:
        return f"{self.document}:{self.start}-{self.end}"


RECORD_TYPES: Mapping[Kind, type[Record]] = {
    "map": MapInfo,
    "document": Document,
    "participant": Participant,
    "comment": Comment,
    "node": Node,
    "relation": Relation,
    "quotation": Quotation,
    "ledger": LedgerNote,
}


@dataclass(frozen=True)
class MapContent:
    """The whole content of a map. Equal content compares equal, whatever it was read from."""

    info: MapInfo = field(default_factory=MapInfo)
    documents: Mapping[str, Document] = field(default_factory=dict)
    participants: Mapping[str, Participant] = field(default_factory=dict)
    comments: Mapping[str, Comment] = field(default_factory=dict)
    nodes: Mapping[str, Node] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    quotations: Mapping[str, Quotation] = field(default_factory=dict)
    ledger: Mapping[str, LedgerNote] = field(default_factory=dict)

    def records(self) -> Iterator[Record]:
        """Every record, in an order in which each comes after what it refers to (but for replies)."""
        yield self.info
        for group in (
            self.documents,
            self.participants,
            self.comments,
            self.nodes,
            self.relations,
            self.quotations,
            self.ledger,
        ):
            yield from group.values()

    def by_key(self) -> dict[tuple[Kind, str], Record]:
        """Every record under (kind, key)."""
        return {(record.kind, record.key): record for record in self.records()}

    @classmethod
    def of(cls, records: Iterator[Record] | list[Record]) -> "MapContent":
        """The content that holds these records, each group sorted by key; the last of equals wins."""
        groups: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
        for record in records:
            groups[record.kind][record.key] = record
        ordered = {kind: dict(sorted(group.items())) for kind, group in groups.items()}
        return cls(
            info=ordered["map"].get("map", MapInfo()),
            documents=ordered["document"],
            participants=ordered["participant"],
            comments=ordered["comment"],
            nodes=ordered["node"],
            relations=ordered["relation"],
            quotations=ordered["quotation"],
            ledger=ordered["ledger"],
        )
