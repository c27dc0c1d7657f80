"""The tables of the typed graph.

What the vocabulary forbids the database refuses, without triggers: ``element`` carries each id with
its type, ``relation`` repeats the types of its ends, and a foreign key into ``vocabulary_end`` admits
only the combinations that ``schema/vocabulary.toml`` allows. The two vocabulary tables are filled from
that file at every start (``app.store.migrate``).
"""

from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    metadata = MetaData(naming_convention=NAMING)


def one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def within_table(column: str, target: str) -> ForeignKeyConstraint:
    """A reference to another row of the same table, checked at commit so that rows come in any order."""
    return ForeignKeyConstraint([column], [target], deferrable=True, initially="DEFERRED")


STATUSES = ("reviewed", "unreviewed", "rejected", "withdrawn")
ATTITUDES = ("asserts", "denies", "concedes", "asks", "supposes", "reports", "quotes", "declines")
UNIT = "base IS NULL OR (base >= 0 AND base <= 1)"


class VocabularyType(Table, table=True):
    __tablename__ = "vocabulary_type"
    __table_args__ = (one_of("kind", "node", "relation"), UniqueConstraint("name", "kind"))
    name: str = Field(primary_key=True)
    kind: str


class VocabularyEnd(Table, table=True):
    __tablename__ = "vocabulary_end"
    relation: str = Field(primary_key=True, foreign_key="vocabulary_type.name")
    source_type: str = Field(primary_key=True, foreign_key="vocabulary_type.name")
    target_type: str = Field(primary_key=True, foreign_key="vocabulary_type.name")


class MapRow(Table, table=True):
    __tablename__ = "map"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)
    id: int = Field(default=1, primary_key=True)
    title: str
    description: str
    home: str


class DocumentRow(Table, table=True):
    __tablename__ = "document"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256_length"),)
    id: str = Field(primary_key=True)
    file: str = Field(unique=True)
    title: str
    sha256: str
    text: str = Field(sa_column=Column(Text, nullable=False))


class ParticipantRow(Table, table=True):
    __tablename__ = "participant"
    __table_args__ = (within_table("merged_into", "participant.id"),)
    id: str = Field(primary_key=True)
    label: str
    note: str | None = None
    merged_into: str | None = None


class CommentRow(Table, table=True):
    __tablename__ = "comment"
    __table_args__ = (
        one_of("type", "thread", "api", "excerpt"),
        one_of("attribution", "stated", "inferred"),
        one_of("status", *STATUSES),
        CheckConstraint(
            "confidence IS NULL OR (confidence >= 0 AND confidence <= 1)", name="confidence_unit"
        ),
        CheckConstraint("reply_to IS NULL OR reply_to <> id", name="no_self_reply"),
        within_table("reply_to", "comment.id"),
        within_table("duplicate_of", "comment.id"),
    )
    id: str = Field(primary_key=True)
    type: str
    participant: str = Field(foreign_key="participant.id", index=True)
    attribution: str
    reason: str | None = None
    confidence: float | None = None
    reply_to: str | None = Field(default=None, index=True)
    duplicate_of: str | None = None
    source_url: str | None = None
    submitted_by: str | None = None
    submitted_at: str | None = None
    status: str


class CommentTextRow(Table, table=True):
    __tablename__ = "comment_text"
    __table_args__ = (
        CheckConstraint("first_paragraph >= 1 AND last_paragraph >= first_paragraph", name="paragraph_range"),
    )
    comment: str = Field(primary_key=True, foreign_key="comment.id")
    version: int = Field(primary_key=True)
    document: str = Field(foreign_key="document.id", index=True)
    first_paragraph: int
    last_paragraph: int


class ElementRow(Table, table=True):
    __tablename__ = "element"
    __table_args__ = (
        ForeignKeyConstraint(["type", "kind"], ["vocabulary_type.name", "vocabulary_type.kind"]),
        UniqueConstraint("id", "type"),
        UniqueConstraint("id", "kind"),
    )
    id: str = Field(primary_key=True)
    type: str
    kind: str


class NodeRow(Table, table=True):
    __tablename__ = "node"
    __table_args__ = (
        CheckConstraint("kind = 'node'", name="is_node"),
        ForeignKeyConstraint(["element", "kind"], ["element.id", "element.kind"]),
        one_of("status", *STATUSES),
        CheckConstraint(UNIT, name="base_unit"),
        within_table("merged_into", "node.element"),
    )
    element: str = Field(primary_key=True)
    kind: str = "node"
    text: str = Field(sa_column=Column(Text, nullable=False))
    tags: list[str] = Field(sa_column=Column(JSON, nullable=False))
    base: float | None = None
    status: str
    model: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    merged_into: str | None = None


class CruxRow(Table, table=True):
    __tablename__ = "crux"
    __table_args__ = (
        CheckConstraint("type = 'crux'", name="is_crux"),
        ForeignKeyConstraint(["node", "type"], ["element.id", "element.type"]),
    )
    node: str = Field(primary_key=True)
    type: str = "crux"
    question: str
    if_true: str
    if_false: str
    would_settle: str | None = None


class ScenarioRow(Table, table=True):
    __tablename__ = "scenario"
    __table_args__ = (
        CheckConstraint("type = 'scenario'", name="is_scenario"),
        ForeignKeyConstraint(["node", "type"], ["element.id", "element.type"]),
        UniqueConstraint("letter"),
    )
    node: str = Field(primary_key=True)
    type: str = "scenario"
    letter: str
    drawing: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )


class RelationRow(Table, table=True):
    __tablename__ = "relation"
    __table_args__ = (
        ForeignKeyConstraint(["element", "type"], ["element.id", "element.type"], onupdate="CASCADE"),
        # Retyping an element carries through to the relations that end in it, where the new type is
        # allowed there; where it is not, the foreign key into vocabulary_end refuses the change.
        ForeignKeyConstraint(["source", "source_type"], ["element.id", "element.type"], onupdate="CASCADE"),
        ForeignKeyConstraint(["target", "target_type"], ["element.id", "element.type"], onupdate="CASCADE"),
        ForeignKeyConstraint(
            ["type", "source_type", "target_type"],
            ["vocabulary_end.relation", "vocabulary_end.source_type", "vocabulary_end.target_type"],
        ),
        one_of("basis", "stated", "inferred"),
        one_of("status", *STATUSES),
        CheckConstraint(UNIT, name="base_unit"),
        CheckConstraint("element <> target AND source <> target", name="no_loop"),
        Index("ix_relation_source", "source"),
        Index("ix_relation_target", "target"),
    )
    element: str = Field(primary_key=True)
    type: str
    source: str
    source_type: str
    target: str
    target_type: str
    basis: str
    rationale: str
    base: float | None = None
    status: str


class PassageRow(Table, table=True):
    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("document", "start", "end"),
        CheckConstraint('start >= 0 AND "end" > start', name="range"),
    )
    id: int | None = Field(default=None, primary_key=True)
    document: str = Field(foreign_key="document.id")
    start: int
    end: int
    exact: str = Field(sa_column=Column(Text, nullable=False))
    prefix: str
    suffix: str


class AttitudeRow(Table, table=True):
    __tablename__ = "attitude"
    __table_args__ = (one_of("kind", *ATTITUDES),)
    passage: int = Field(primary_key=True, foreign_key="passage.id")
    element: str = Field(primary_key=True, foreign_key="element.id", index=True)
    kind: str = Field(primary_key=True)
    holder: str = Field(primary_key=True, foreign_key="participant.id", index=True)


class QuotationRow(Table, table=True):
    __tablename__ = "quotation"
    __table_args__ = (CheckConstraint("(source_passage IS NULL) <> (outside IS NULL)", name="one_source"),)
    passage: int = Field(primary_key=True, foreign_key="passage.id")
    source_passage: int | None = Field(default=None, foreign_key="passage.id")
    outside: str | None = None


class LedgerNoteRow(Table, table=True):
    __tablename__ = "ledger_note"
    __table_args__ = (
        one_of("kind", "not_argument", "lost"),
        CheckConstraint('start >= 0 AND "end" > start', name="range"),
    )
    document: str = Field(primary_key=True, foreign_key="document.id")
    start: int = Field(primary_key=True)
    end: int = Field(primary_key=True)
    kind: str
    reason: str


class RevisionRow(Table, table=True):
    __tablename__ = "revision"
    n: int = Field(primary_key=True)
    at: str
    who: str
    why: str
    origin: str = Field(index=True)


class ChangeRow(Table, table=True):
    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name="not_empty"),
        Index("ix_change_kind_ref", "kind", "ref"),
    )
    revision: int = Field(primary_key=True, foreign_key="revision.n")
    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    before: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )
    after: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True), nullable=True)
    )


class SnapshotRow(Table, table=True):
    __tablename__ = "snapshot"
    name: str = Field(primary_key=True)
    revision: int = Field(foreign_key="revision.n")
    at: str
