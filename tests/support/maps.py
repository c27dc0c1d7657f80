"""A small map of an invented thread (about a bridge), built from records: what most tests argue about."""

import hashlib
from collections.abc import Iterable

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
    Quotation,
    Record,
    Relation,
    ScenarioDetails,
    Span,
)
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary

TEXT = """The bridge will hold. The inspectors found no cracks, and they looked.
The inspectors found no cracks, and they looked.
They only looked above the water line. So their report says nothing about the piers.
I think the piers are rotten; if so it falls within the year. Thanks!
"""
SECOND = "Cracks or no cracks, the old bridge stood a hundred years.\n"


def document(key: str, text: str, file: str | None = None) -> Document:
    """A document with its digest."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=key, file=file or f"{key}.txt", title=f"Document {key}", sha256=digest, text=text)


def mention(
    text: str, quote: str, attitude: str, holder: str, key: str = "one", occurrence: int = 1
) -> Mention:
    """The passage of a quote, wherever it stands in the text."""
    start = -1
    for _ in range(occurrence):
        start = text.index(quote, start + 1)
    end = start + len(quote)
    return Mention(
        document=key,
        start=start,
        end=end,
        exact=quote,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        attitude=attitude,
        holder=holder,
    )


def records() -> list[Record]:
    """The records of the small map."""
    first = TEXT.index("The inspectors")
    again = TEXT.index("The inspectors", first + 1)
    length = len("The inspectors found no cracks, and they looked.")
    return [
        MapInfo(title="The bridge", description="Whether it holds."),
        document("one", TEXT),
        document("two", SECOND),
        Participant(id="ann", label="Ann"),
        Participant(id="bob", label="Bob"),
        Comment(
            id="c1",
            document="one",
            first_paragraph=1,
            last_paragraph=1,
            participant="ann",
            attribution="stated",
        ),
        Comment(
            id="c2",
            document="one",
            first_paragraph=2,
            last_paragraph=4,
            participant="bob",
            reason="answers Ann",
            confidence=0.8,
            reply_to="c1",
        ),
        Comment(
            id="c3",
            document="two",
            first_paragraph=1,
            last_paragraph=1,
            participant="ann",
            attribution="stated",
        ),
        Node(
            id="holds",
            type="scenario",
            text="The bridge holds.",
            scenario=ScenarioDetails(letter="A"),
            passages=(mention(TEXT, "The bridge will hold.", "asserts", "ann"),),
        ),
        Node(
            id="falls",
            type="scenario",
            text="The bridge falls within the year.",
            scenario=ScenarioDetails(letter="B"),
            passages=(mention(TEXT, "it falls within the year", "supposes", "bob"),),
        ),
        Node(
            id="sound-piers",
            type="crux",
            text="The piers of the bridge are sound.",
            crux=CruxDetails(
                question="Are the piers sound?",
                if_true="A: it holds.",
                if_false="B: it falls.",
                would_settle=None,
            ),
            passages=(mention(TEXT, "I think the piers are rotten", "denies", "bob"),),
        ),
        Node(
            id="no-cracks",
            type="evidence",
            text="The inspectors found no cracks in the bridge.",
            tags=("inspection",),
            passages=(
                mention(TEXT, "The inspectors found no cracks", "asserts", "ann"),
                mention(TEXT, "The inspectors found no cracks", "quotes", "ann", occurrence=2),
            ),
        ),
        Node(
            id="only-above-water",
            type="objection",
            text="The inspectors only looked above the water line.",
            passages=(mention(TEXT, "They only looked above the water line.", "asserts", "bob"),),
        ),
        Node(
            id="old-bridge-stood",
            type="claim",
            text="The old bridge stood for a hundred years.",
            passages=(mention(SECOND, "the old bridge stood a hundred years", "asserts", "ann", "two"),),
        ),
        Relation(
            id="c1-r1",
            type="supports",
            source="no-cracks",
            target="sound-piers",
            basis="inferred",
            rationale="Cracks would show if the piers gave way.",
        ),
        Relation(
            id="c2-r1",
            type="undercuts",
            source="only-above-water",
            target="c1-r1",
            basis="stated",
            rationale="An inspection above the water line would look the same with rotten piers.",
            passages=(mention(TEXT, "So their report says nothing about the piers.", "asserts", "bob"),),
        ),
        Relation(
            id="c2-r2",
            type="attacks",
            source="sound-piers",
            target="falls",
            basis="stated",
            rationale="It falls if the piers are rotten.",
            passages=(mention(TEXT, "if so it falls within the year", "asserts", "bob"),),
        ),
        Relation(
            id="x-r1",
            type="supports",
            source="sound-piers",
            target="holds",
            basis="inferred",
            rationale="A bridge stands on its piers.",
            passages=(mention(TEXT, "The bridge will hold.", "asserts", "ann"),),
        ),
        Quotation(
            document="one",
            start=again,
            end=again + length,
            quotes=Span(document="one", start=first, end=first + length),
        ),
        LedgerNote(
            document="one", start=TEXT.index("Thanks!"), end=TEXT.index("Thanks!") + 7, reason="thanks"
        ),
    ]


def content(*extra: Record, without: Iterable[tuple[str, str]] = ()) -> MapContent:
    """The small map, with records added or replaced, or taken away by (kind, key)."""
    gone = set(without)
    return MapContent.of([r for r in [*records(), *extra] if (r.kind, r.key) not in gone])


def snapshot(*extra: Record) -> MapSnapshot:
    """The small map as a snapshot."""
    return MapSnapshot(content(*extra), 1, vocabulary())
