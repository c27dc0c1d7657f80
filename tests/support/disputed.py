"""A map on which two people differ by one statement: what double cruxes are tried on."""

import hashlib

from app.analysis import Analysis, analysis
from app.model.records import (
    Comment,
    CruxDetails,
    Document,
    MapContent,
    MapInfo,
    Mention,
    Node,
    Participant,
    Relation,
    ScenarioDetails,
)
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary

PIERS, FLOODS, STEEL, TOLL = "The piers hold.", "Floods get worse.", "Steel is dear.", "Nobody pays a toll."
LINES = (
    f"{PIERS} {FLOODS} {STEEL}",
    f"Do they? {FLOODS} {STEEL} {TOLL}",
)
TEXT = "\n".join(LINES) + "\n"


def _mention(quote: str, line: int, attitude: str, holder: str) -> Mention:
    start = TEXT.index(quote, 0 if line == 1 else len(LINES[0]) + 1)
    return Mention(
        document="one", start=start, end=start + len(quote), exact=quote, attitude=attitude, holder=holder
    )


def _both(quote: str) -> tuple[Mention, ...]:
    return (_mention(quote, 1, "asserts", "ann"), _mention(quote, 2, "asserts", "bob"))


def content() -> MapContent:
    """Ann: the piers hold, so A. Bob: they do not, so B. Both: floods get worse."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()

    def link(key: str, kind: str, source: str, target: str) -> Relation:
        return Relation(id=key, type=kind, source=source, target=target, basis="inferred", rationale="Why.")

    crux = CruxDetails(question="Do the piers hold?", if_true="A.", if_false="B.", would_settle=None)
    return MapContent.of(
        [
            MapInfo(title="The bridge"),
            Document(id="one", file="one.txt", title="One", sha256=digest, text=TEXT),
            Participant(id="ann", label="Ann"),
            Participant(id="bob", label="Bob"),
            Participant(id="eve", label="Eve"),
            Comment(id="c1", document="one", first_paragraph=1, last_paragraph=1, participant="ann"),
            Comment(
                id="c2",
                document="one",
                first_paragraph=2,
                last_paragraph=2,
                participant="bob",
                reply_to="c1",
            ),
            Node(id="stays", type="scenario", text="The bridge stays.", scenario=ScenarioDetails(letter="A")),
            Node(id="goes", type="scenario", text="The bridge goes.", scenario=ScenarioDetails(letter="B")),
            Node(
                id="piers",
                type="crux",
                text=PIERS,
                crux=crux,
                passages=(
                    _mention(PIERS, 1, "asserts", "ann"),
                    _mention("Do they?", 2, "denies", "bob"),
                ),
            ),
            Node(id="floods", type="claim", text=FLOODS, passages=_both(FLOODS)),
            Node(id="steel", type="claim", text=STEEL, passages=_both(STEEL)),
            Node(id="toll", type="claim", text=TOLL, passages=(_mention(TOLL, 2, "asserts", "bob"),)),
            link("r1", "supports", "piers", "stays"),
            link("r2", "attacks", "piers", "goes"),
            link("r3", "supports", "floods", "goes"),
        ]
    )


def result() -> Analysis:
    """Its analysis."""
    return analysis(MapSnapshot(content(), 1, vocabulary()))
