"""The shapes of what reasoning answers. Keys may be added, never renamed or given another meaning."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.analysis.credences import MAX_CREDENCES
from app.analysis.tallies import FEW
from app.analysis.words import NOT_A_PROBABILITY, SEMANTICS_WORDS
from app.api.paging import Page
from app.api.shapes import NodeBrief, NodeShape, ParticipantBrief, RelationBrief, Shape
from app.store.services.words import Basis, StanceWord

Credence = Annotated[float, Field(strict=True, ge=0, le=1, allow_inf_nan=False)]
Id = Annotated[str, Field(min_length=1, max_length=120)]
SemanticsName = Annotated[
    str,
    Field(
        max_length=40,
        description="How strengths are computed; empty for the default.",
        json_schema_extra={"enum": ["", *SEMANTICS_WORDS]},
    ),
]


class VerdictRequest(BaseModel):
    """What the verdict is asked under: credences, over a participant's valuation or over none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"credences": {"the-piers-are-sound": 0.9, "the-inspection-was-thorough": 0.1}},
                {"participant": "thread-author", "credences": {}},
            ]
        },
    )
    credences: dict[Id, Credence] = Field(
        default_factory=dict,
        max_length=MAX_CREDENCES,
        description="By node id: where it starts, from 0 (certainly false) to 1, before arguments are counted.",
    )
    participant: str | None = Field(
        None, max_length=120, description="Start from what this participant asserts, concedes and denies."
    )
    hold: bool = Field(
        False, description="Let the credences stand whatever the map says for or against their nodes."
    )
    semantics: SemanticsName = ""
    unreviewed: bool = Field(False, description="Count content that no editor has reviewed yet.")


class WayShape(Shape):
    """A way of computing."""

    name: str
    label: str
    help: str


class ValuationShape(Shape):
    """What the computation starts from. `said`: how many attitudes of the participant count."""

    kind: Literal["neutral", "participant", "reader"]
    participant: str | None
    credences: dict[str, float]
    hold: bool = Field(description="Whether the credences stand whatever bears on their nodes.")
    said: int
    enough: bool = Field(description="False where a participant says too little for a verdict.")


class StandingShape(Shape):
    """A scenario and how it stands."""

    letter: str
    id: str
    text: str
    strength: float
    arguments: int = Field(
        description=f"How many arguments bear on it. Where fewer than {FEW} do, its strength says little."
    )
    sentence: str = Field(description="What holds it up most, and what pulls it down most.")


class TippingShape(Shape):
    """Raising a statement's strength through `value`, who is ahead by enough changes (null: nobody)."""

    value: float
    below: str | None
    above: str | None


class HingeShape(Shape):
    """A statement whose being established as false or true moves the verdict."""

    node: NodeBrief
    curated: bool = Field(description="Whether editors named it a crux.")
    strength: float
    effect: Literal["changes the leader", "settles", "unsettles", "none"]
    answer: Literal["false", "true"] = Field(description="Established as which it has this effect.")
    leader: str | None = Field(description="Who would lead then; null: too close to call.")
    movement: float = Field(description="How far the scenarios' strengths move (Euclidean).")
    needed: float | None = Field(
        description="By how much its strength must change to tip who is ahead by enough; null where none does."
    )
    tipping: list[TippingShape]
    sentence: str


class WayVerdictShape(Shape):
    """What one way of computing says, by margin alone."""

    semantics: str
    label: str
    leader: str | None
    margin: float
    abstains: bool


class RobustnessShape(Shape):
    """Whether other ways of computing agree, and what stands unanswered in the reading of attacks only."""

    summary: str
    agreed: str | None
    verdicts: list[WayVerdictShape]
    sentence: str
    answered: dict[str, Literal["in", "out", "undecided"]] = Field(
        description="Scenarios and cruxes: `out` has an unanswered objection, which is no defeat."
    )


class FlippedShape(Shape):
    """A member of a set: established as false or as true."""

    node: NodeBrief
    answer: Literal["false", "true"]


class FlipSetShape(Shape):
    """Statements that change the leader together although no part of the set does."""

    members: list[FlippedShape]
    leader: str | None
    sentence: str


class FlipSetsShape(Shape):
    """Sets of one size. What was not searched may hold more."""

    size: int
    found: list[FlipSetShape]
    candidates: list[str]
    searched: int
    not_searched: int
    sentence: str


class VoiceShape(Shape):
    """What follows from what one participant says."""

    participant: str
    label: str
    page: str
    said: int = Field(description="How many of their attitudes count.")
    enough: bool = Field(description="False where they say too little for a verdict.")
    verdict: str = Field(description="In words.")


class VerdictShape(Shape):
    """The verdict under a valuation. A strength is not a probability."""

    revision: int
    unreviewed: bool
    semantics: WayShape
    valuation: ValuationShape
    note: str = Field(NOT_A_PROBABILITY, description="What a strength is, and is not.")
    leader: str | None = Field(description="The letter of the scenario that leads; null: none clearly does.")
    sentence: str = Field(description="The verdict and its reason in words.")
    reason: Literal["clear", "margin", "unstable", "unsettled", "no topics"]
    margin: float
    jitter_share: float = Field(description="Share of trials with shaken starting scores that agree.")
    jitters: int
    close: list[str] = Field(description="The scenarios within the margin of the strongest, by letter.")
    scenarios: list[StandingShape]
    strengths: dict[str, float] = Field(description="Of every node that counts.")
    cruxes: list[HingeShape] = Field(description="What moves the verdict, best first.")
    single_answer: HingeShape | None = Field(description="The one answer that would change the verdict.")
    single_answer_sentence: str
    robustness: RobustnessShape
    flip_sets: list[FlipSetsShape] = Field(description="Where `sets` asks for them.")
    participants: list[VoiceShape] = Field(
        default_factory=list,
        description="Beside the neutral verdict only: each participant's, who says most first.",
    )
    converged: bool
    residual: float


class CarriedShape(Shape):
    """A chain and what it carries of the whole effect."""

    sentence: str
    sign: Literal["+", "-"]
    carries: float
    relations: int
    ids: list[str] = Field(description="Node and relation ids, from the node to the scenario.")
    inferred: list[str] = Field(description="Which of these relations editors inferred.")


class BearingShape(Shape):
    """What a node does for one scenario: total = carried + unlisted + what no single chain carries."""

    letter: str
    scenario: str
    stance: StanceWord
    basis: Literal["direct", "derived"] | None
    strength: float = Field(description="Of the scenario, now.")
    total: float = Field(description="The scenario's strength now minus without the node.")
    carried: float = Field(description="What the listed chains carry together.")
    unlisted: float = Field(description="What further chains carry that were found and are not listed.")
    remainder: float = Field(description="total - carried.")
    found: int = Field(description="How many chains were found.")
    complete: bool = Field(description="Whether these are all chains there are.")
    sentence: str
    accounted: str
    chains: list[CarriedShape]


class NodeBearingShape(Shape):
    """A node's bearing on every scenario."""

    node: NodeBrief
    revision: int
    semantics: WayShape
    note: str = NOT_A_PROBABILITY
    strength: float | None = Field(description="Of the node; null where it does not count.")
    bearings: list[BearingShape]


class BesideShape(Shape):
    """A crux by the editors' reckoning, by the computation's, or by both."""

    hinge: HingeShape
    side: Literal["curated and computed", "curated only", "computed only"]
    remark: str


class CruxReasoning(Shape):
    """Curated and computed cruxes side by side, under the neutral valuation."""

    semantics: WayShape
    sentence: str = Field(description="The neutral verdict in words.")
    note: str = NOT_A_PROBABILITY
    robustness: RobustnessShape
    comparison: list[BesideShape]


class CruxPage(Page[NodeShape]):
    """The curated cruxes, and how they compare with those the computation finds."""

    reasoning: CruxReasoning


class DisputedShape(Shape):
    """A statement one asserts and the other rejects."""

    node: NodeBrief
    kind: Literal["double crux", "shared dispute"]
    asserted_by: str
    rejected_by: str
    objection: RelationBrief | None = Field(description="What it is rejected with; null for a plain denial.")
    basis: Basis = Field(description="`inferred`: an editor reads what is said as an objection to it.")
    movement: float
    sentence: str


class DoubleCruxShape(Shape):
    """What two participants agree on and dispute, and on what each would come over to the other."""

    participants: list[ParticipantBrief]
    revision: int
    note: str = NOT_A_PROBABILITY
    verdicts: list[str] = Field(description="Each one's verdict in words.")
    reason: Literal["", "too little said", "no verdict", "same leader"]
    sentence: str = Field(description="Whether there is a double crux, and if not, why there can be none.")
    agreements: list[NodeBrief]
    disputes: list[DisputedShape] = Field(description="Double cruxes first.")


class QuestionShape(Shape):
    """A statement a reader is asked about, and where their answers leave it."""

    node: NodeBrief
    question: str
    if_true: str
    if_false: str
    movement: float = Field(
        description="How far its answer moves the scenarios when nothing else was answered (Euclidean)."
    )
    credence: float | None = Field(description="The reader's answer; null: left to the map.")
    start: float | None = Field(
        description="Where it starts when left: as the participant or an editor has it; null: at the default."
    )
    strength: float
    against: bool = Field(description="Whether the map's arguments carry it to the other side of the answer.")


class AnswerShape(Shape):
    """An answer the page offers, and the credence it stands for."""

    name: str
    label: str
    credence: float


class StandShape(Shape):
    """Where the answers in an address leave the scenarios."""

    page: str = Field(description="The page with these answers, and the shortest address of it.")
    verdict: VerdictShape
    questions: list[QuestionShape] = Field(
        description="The cruxes, those that move the scenarios most first, then whatever else was answered."
    )
    answers: list[AnswerShape]
    participants: list[VoiceShape] = Field(description="Whom one may start from: those who say enough.")
    left_out: list[str] = Field(description="Answered nodes that the map no longer counts.")
