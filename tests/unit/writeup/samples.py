"""Maps for the tests of the export: the bridge of ``tests.support.maps``, and one made of hostile text."""

from app.analysis import analysis
from app.model.records import (
    Comment,
    CruxDetails,
    MapContent,
    MapInfo,
    Node,
    Participant,
    Record,
    Relation,
    ScenarioDetails,
)
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary
from app.writeup import Options, Writeup, compose
from app.writeup.document import Section, plain
from tests.support.maps import document, mention, snapshot


def written(*extra: Record, **options: object) -> Writeup:
    """The bridge written up, with records added or replaced."""
    view = snapshot(*extra)
    chosen = Options(base_url="https://map.example", figures=False, **options)  # type: ignore[arg-type]
    return compose(analysis(view, chosen.unreviewed), chosen)


def told(section: Section, key: str) -> str:
    """The text of one part of a section, marks left out; empty where there is none."""
    return "\n".join(plain(p.run) for part in section.parts if part.key == key for p in part.paragraphs)


def hostile(text: str) -> Writeup:
    """A map in which everything that people or editors write is ``text``."""
    body = f"x {text} y"
    source = document("one", body + "\n" + body)
    quote = mention(body, body, "asserts", "p")
    records: list[Record] = [
        MapInfo(title=text),
        source.model_copy(update={"title": text}),
        Participant(id="p", label=text),
        Comment(id="c1", document="one", first_paragraph=1, last_paragraph=1, participant="p"),
        Node(id="s", type="scenario", text=text, scenario=ScenarioDetails(letter="A"), passages=(quote,)),
        Node(
            id="k",
            type="crux",
            text=text,
            crux=CruxDetails(question=text, if_true=text, if_false=text, would_settle=text),
            passages=(quote,),
        ),
        Node(id="e", type="evidence", text=text, passages=(quote,)),
        Node(id="o", type="objection", text=text, passages=(quote,)),
        Relation(id="r1", type="supports", source="k", target="s", rationale=text, passages=(quote,)),
        Relation(id="r2", type="supports", source="e", target="k", rationale=text),
        Relation(id="r3", type="undercuts", source="o", target="r2", rationale=text),
    ]
    view = MapSnapshot(MapContent.of(records), 1, vocabulary())
    chosen = Options(
        base_url="https://map.example", figures=False, quotes="inline", caption_for=text[:90].strip() or "For"
    )
    return compose(analysis(view), chosen)
