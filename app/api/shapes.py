"""The shapes of what the API answers. Keys may be added, never renamed or given another meaning."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from app.store.services.words import (
    Attitude,
    Attribution,
    Basis,
    CommentKind,
    NodeType,
    RelationType,
    StanceWord,
    Status,
)


class Shape(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(frozen=True)


class Addressed(Shape):
    """Something with an address: its own in the API, and that of the page that shows it."""

    id: str
    url: str = Field(description="This resource in the API.")
    page: str = Field(description="The page that shows it to people.")


class PassageShape(Shape):
    """An exact piece of a document; offsets count code points."""

    document: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    paragraph: int = Field(description="The line of the document it starts in, from 1.")
    comment: str | None = Field(description="The comment it stands in.")
    attitude: Attitude
    holder: str = Field(description="The participant whose attitude it is.")
    page: str = Field(description="The reader, at these words.")


class StanceShape(Shape):
    """What a node does for one scenario. Each chain alternates node and relation ids."""

    stance: StanceWord
    basis: Literal["direct", "derived"] | None
    chains: dict[str, list[str]] = Field(description="The shortest chain of each sign, `+` and `-`.")
    inferred: list[str] = Field(
        description="The relations of the chains that make the stance which editors inferred, unstated in the text."
    )


class CruxShape(Shape):
    """What makes a proposition a crux."""

    question: str
    if_true: str
    if_false: str
    would_settle: str | None


class NodeBrief(Addressed):
    """A node in a list."""

    type: NodeType
    text: str
    tags: list[str]
    status: Status
    stances: dict[str, StanceWord] = Field(description="By the scenario's letter.")
    held: bool | None = Field(
        description="Whether somebody in the thread asserts or concedes it, or is known from a quotation to say "
        "it; false where it is only supposed, reported, asked, denied or quoted from outside. Null for what is nothing to assert "
        "(scenarios, questions, definitions, proposals) and where no passage tells."
    )


class TallyShape(Shape):
    """How many arguments have a stance on a scenario, and how."""

    total: int
    direct: int = Field(description="How many a single relation joins to it.")
    through: int = Field(description="How many reach it through other arguments only.")
    stated: int = Field(description="For how many the text itself states every step of the deciding chain.")
    inferred: int = Field(description="For how many at least one of these steps is an editor's inference.")
    sentence: str


class TalliesShape(Shape):
    """The arguments on a scenario, counted by stance."""

    supports: TallyShape
    opposes: TallyShape
    mixed: TallyShape


class ScenarioBrief(NodeBrief):
    """A scenario in a list."""

    tallies: TalliesShape


class RelationBrief(Addressed):
    """A relation in a list, with the words at its ends."""

    type: RelationType
    polarity: Literal[-1, 0, 1]
    source: str
    source_text: str
    target: str
    target_kind: Literal["node", "relation"]
    target_text: str = Field(description="For a relation: its source, its type and its target.")
    rationale: str
    basis: Basis
    status: Status


class NodeShape(Addressed):
    """A node with everything about it."""

    type: NodeType
    text: str
    tags: list[str]
    base: float | None
    status: Status
    merged_into: str | None
    crux: CruxShape | None
    letter: str | None
    drawing: dict[str, JsonValue] | None
    model: dict[str, JsonValue] | None
    passages: list[PassageShape]
    stances: dict[str, StanceShape]
    outgoing: list[RelationBrief]
    incoming: list[RelationBrief]
    on_relations: list[RelationBrief] = Field(
        description="What undercuts or backs the incoming and outgoing relations, and what bears on that."
    )
    relation_passages: dict[str, list[PassageShape]] = Field(
        description="By the id of any of these relations, where the text states it."
    )
    comments: list[str] = Field(description="The comments its passages stand in.")
    hangs_on: str | None = Field(description="The nearest crux that it leads to.")
    hanging: list[str] = Field(description="For a crux: the nodes that hang on it, nearest first.")
    links: dict[str, str] = Field(description="What more there is about it: `bearing`, `history`, `model`.")


class RelationShape(Addressed):
    """A relation with everything about it."""

    type: RelationType
    polarity: Literal[-1, 0, 1]
    source: NodeBrief
    target: NodeBrief | RelationBrief
    target_kind: Literal["node", "relation"]
    basis: Basis
    rationale: str
    base: float | None
    status: Status
    active: bool = Field(description="False where an end is withdrawn or rejected.")
    passages: list[PassageShape]
    incoming: list[RelationBrief] = Field(description="What undercuts or backs it.")
    on_relations: list[RelationBrief] = Field(description="What undercuts or backs those, and so on.")
    relation_passages: dict[str, list[PassageShape]] = Field(
        description="By the id of any of these relations, where the text states it."
    )


class NearShape(Shape):
    """How many arguments a participant puts forward for and against a scenario: no measure of belief."""

    participant: str
    label: str
    supports: int
    opposes: int


class ScenarioShape(NodeShape):
    """A scenario: what supports it, opposes it, and cuts both ways."""

    tallies: TalliesShape
    supports: list[NodeBrief]
    opposes: list[NodeBrief]
    mixed: list[NodeBrief]
    questions: list[NodeBrief] = Field(description="Asked about it, or about what bears on it directly.")
    near: list[NearShape] = Field(description="Who puts forward arguments on it, those nearest first.")


class ComparisonShape(Shape):
    """The nodes that bear differently on two scenarios."""

    scenarios: list[ScenarioBrief]
    differ: list[NodeBrief] = Field(description="They have another stance on one than on the other.")
    agree: list[NodeBrief] = Field(description="They have the same stance, not none, on both.")
    passages: dict[str, list[PassageShape]] = Field(description="By letter, what states each of the two.")
    defining: dict[str, list[RelationBrief]] = Field(
        description="By letter, what the text says of each, or only implies (see `basis` of the relation)."
    )


class CommentBrief(Addressed):
    """A comment in a list."""

    type: CommentKind
    participant: str
    participant_label: str
    attribution: Attribution
    document: str
    first_paragraph: int
    last_paragraph: int
    depth: int = Field(description="How deep it stands in the thread; 0 answers nothing.")
    reply_to: str | None
    duplicate_of: str | None
    status: Status
    opening: str = Field(description="Its first words.")


class QuotationShape(Shape):
    """A stretch that quotes an earlier stretch, or something outside the documents."""

    document: str
    start: int
    end: int
    exact: str
    quotes: dict[str, JsonValue] | None
    outside: str | None


class CommentShape(Addressed):
    """A comment with everything about it."""

    type: CommentKind
    participant: str
    participant_label: str
    attribution: Attribution
    reason: str | None
    confidence: float | None
    document: str
    first_paragraph: int
    last_paragraph: int
    versions: int
    reply_to: str | None
    replies: list[str]
    duplicate_of: str | None
    source_url: str | None
    submitted_by: str | None
    submitted_at: str | None
    status: Status
    text: str
    nodes: list[NodeBrief]
    relations: list[RelationBrief]
    quotations: list[QuotationShape]


class ParticipantBrief(Addressed):
    """A participant in a list."""

    label: str
    note: str | None
    merged_into: str | None
    comments: int = Field(description="How many comments they wrote; copies are not counted.")


class HeldShape(Shape):
    """A node and what a participant does with it."""

    node: NodeBrief
    attitudes: list[Attitude]
    passages: list[PassageShape] = Field(description="Where they show it.")


class HeldRelationShape(Shape):
    """A relation and what a participant does with it."""

    relation: RelationBrief
    attitudes: list[Attitude]
    passages: list[PassageShape]


class ParticipantShape(ParticipantBrief):
    """A participant: their comments, and what they hold."""

    comment_ids: list[str]
    holds: list[HeldShape]
    relations: list[HeldRelationShape]


class ClashShape(Shape):
    """Something one holds and the other denies, or objects to with a node."""

    element: NodeBrief | RelationBrief
    holder: str
    attitude: Attitude
    other: str
    relation: RelationBrief | None = Field(description="The objection; null for a plain denial.")
    basis: Basis = Field(description="`inferred`: an editor reads what `other` says as an objection to it.")
    sentence: str = Field(
        description="What `other` does: denies it, or says what, and who sets that against it."
    )


class DisputeShape(Shape):
    """Two participants: what one asserts and the other denies, and what both say."""

    participants: list[ParticipantBrief]
    disputes: list[NodeBrief]
    agreements: list[NodeBrief]
    answers: list[RelationBrief] = Field(description="Where one argues against something the other asserts.")
    clashes: list[ClashShape] = Field(description="What one holds and the other denies or objects to.")
    shared: list[NodeBrief | RelationBrief] = Field(description="What both hold.")
    replies: list[str] = Field(description="The comments in which one answers the other.")
    links: dict[str, str] = Field(description="What reasoning says of the two: `double_cruxes`.")


class DocumentBrief(Addressed):
    """A document in a list."""

    title: str
    sha256: str
    length: int = Field(description="In code points.")
    paragraphs: int
    added: bool = Field(description="True for the body of a comment added through the API.")


class LedgerShape(Shape):
    """A sentence and what became of it."""

    start: int
    end: int
    paragraph: int
    kind: Literal["mapped", "quotation", "duplicate", "not_argument", "unread"]
    lost_in_source: bool
    reason: str | None
    nodes: list[str]
    relations: list[str]


class DocumentShape(DocumentBrief):
    """A document, verbatim, with its ledger."""

    text: str
    comments: list[str]
    ledger: list[LedgerShape]


class MatrixRow(NodeBrief):
    """An argument of the matrix, with the basis of each stance."""

    bases: dict[str, Literal["direct", "derived"] | None]
    crux: str | None = Field(description="The crux it hangs on: the nearest that it leads to.")


class MatrixShape(Shape):
    """Arguments × scenarios."""

    scenarios: list[NodeBrief]
    rows: list[MatrixRow]
    total: int = Field(description="How many arguments fit the filters.")
    arguments: int = Field(description="How many there are without filters.")
    next: str | None


class HitShape(Addressed):
    """What a search found."""

    kind: Literal["node", "comment"]
    text: str


class TermShape(Shape):
    """A word of a closed list."""

    name: str
    label: str
    help: str
    sign: str = ""


class RelationTermShape(TermShape):
    """A type of relation and what it may join."""

    inverse: str
    polarity: Literal[-1, 0, 1]
    source: list[str]
    target: list[str]


class VocabularyShape(Shape):
    """All closed lists."""

    nodes: list[TermShape]
    relations: list[RelationTermShape]
    attitudes: list[TermShape]
    statuses: list[TermShape]
    bases: list[TermShape]
    attributions: list[TermShape]
    comment_kinds: list[TermShape]
    stances: list[TermShape]
    ledger_kinds: list[TermShape]


class IndexShape(Shape):
    """The map in figures, and the addresses of everything else."""

    title: str
    description: str
    home: str
    revision: int
    counts: dict[str, int]
    scenarios: list[ScenarioBrief]
    cruxes: list[NodeBrief]
    links: dict[str, str]


class AboutShape(Shape):
    """What serves this map."""

    software: str
    version: str
    map: str
    revision: int
    formats: list[str]
    documentation: str
