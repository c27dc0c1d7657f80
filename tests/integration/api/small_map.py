"""A small map about bridges: two scenarios, three comments, a crux, an objection, an undercut."""

from hashlib import sha256

from app.model.records import (
    Comment,
    CruxDetails,
    Document,
    LedgerNote,
    MapContent,
    MapInfo,
    Mention,
    Node,
    Participant,
    Record,
    Relation,
    ScenarioDetails,
)

LINES = (
    "I see two ways this can go. Either the old bridge holds, or it falls within ten years.",
    "The steel was tested in spring and passed every test. So the bridge holds.",
    "Those tests measure fresh steel — they say nothing about rust below the waterline.",
    "The divers found rust on “nearly every pillar”, and rust weakens steel.",
    "Has anybody asked the divers how deep the rust goes?",
)
TEXT = "\n".join(LINES)
DOCUMENT = Document(
    id="001",
    file="bridges.txt",
    title="The thread on the bridge",
    sha256=sha256(TEXT.encode()).hexdigest(),
    text=TEXT,
)


def mention(quote: str, holder: str, attitude: str = "asserts") -> Mention:
    """A passage of the document."""
    start = TEXT.index(quote)
    end = start + len(quote)
    return Mention(
        document="001",
        start=start,
        end=end,
        exact=quote,
        prefix=TEXT[max(0, start - 32) : start],
        suffix=TEXT[end : end + 32],
        attitude=attitude,
        holder=holder,
    )


def node(
    key: str, kind: str, text: str, quote: str, holder: str, attitude: str = "asserts", **more: object
) -> Node:
    """A node with one passage."""
    return Node(id=key, type=kind, text=text, passages=(mention(quote, holder, attitude),), **more)  # type: ignore[arg-type]


def comment(key: str, first: int, last: int, participant: str, reply_to: str | None = None) -> Comment:
    """A comment of the thread."""
    return Comment(
        id=key,
        document="001",
        first_paragraph=first,
        last_paragraph=last,
        participant=participant,
        reason="the voice",
        reply_to=reply_to,
    )


RECORDS: list[Record] = [
    MapInfo(title="The bridge"),
    DOCUMENT,
    Participant(id="author", label="thread author"),
    Participant(id="doubter", label="the doubter"),
    comment("c1", 1, 2, "author"),
    comment("c2", 3, 4, "doubter", "c1"),
    comment("c3", 5, 5, "author", "c2"),
    node("holds", "scenario", "The old bridge holds.", "the old bridge holds", "author", "supposes",
         scenario=ScenarioDetails(letter="A")),
    node("falls", "scenario", "The old bridge falls within ten years.", "it falls within ten years", "author",
         "supposes", scenario=ScenarioDetails(letter="B")),
    node("steel-passed", "evidence", "The steel of the bridge passed every test in spring.",
         "The steel was tested in spring and passed every test", "author"),
    node("tests-see-no-rust", "objection", "The steel tests say nothing about rust below the waterline.",
         "they say nothing about rust below the waterline", "doubter"),
    node("pillars-rusty", "evidence", "Divers found rust on nearly every pillar of the bridge.",
         "The divers found rust on “nearly every pillar”", "doubter"),
    node("rust-weakens", "crux", "Rust has weakened the steel of the pillars.", "rust weakens steel", "doubter",
         crux=CruxDetails(question="Has rust weakened the pillars?", if_true="It falls.", if_false="It holds.")),
    node("how-deep", "question", "How deep does the rust go?", "how deep the rust goes", "author", "asks"),
    Relation(id="c1-r1", type="supports", source="steel-passed", target="holds", basis="stated",
             rationale="Tested steel carries.", passages=(mention("So the bridge holds", "author"),)),
    Relation(id="c2-r1", type="undercuts", source="tests-see-no-rust", target="c1-r1", rationale="Other steel."),
    Relation(id="c2-r2", type="supports", source="pillars-rusty", target="rust-weakens", rationale="It is there."),
    Relation(id="c2-r3", type="attacks", source="rust-weakens", target="holds", rationale="Weak steel breaks."),
    Relation(id="c2-r4", type="supports", source="rust-weakens", target="falls", rationale="Weak steel breaks."),
    Relation(id="c3-r1", type="asks", source="how-deep", target="rust-weakens", rationale="It asks how much."),
    LedgerNote(document="001", start=0, end=27, reason="It says what is coming."),
]  # fmt: skip
CONTENT = MapContent.of(RECORDS)
