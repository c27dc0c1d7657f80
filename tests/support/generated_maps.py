"""Maps made up by Hypothesis: words that are markup, formulas and paths, relations of every type and depth."""

from hypothesis import strategies as st

from app.analysis import Analysis, analysis
from app.model.records import (
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
from tests.support.maps import document, mention

HOSTILE = [
    "e.g.",
    ".A.",
    ":forall:",
    "//",
    "/*",
    "*/",
    "<!--",
    "-->",
    "<a>:",
    "[b]:",
    "[c](d)",
    "@[x]",
    "@<y>",
    "#tag",
    "#(t",
    "t)",
    "{a:",
    "b}",
    "}",
    "{",
    "*",
    "**",
    "_",
    "__",
    "---",
    "==",
    "===",
    "(1)",
    "1.",
    "+>",
    "->",
    "_>",
    "<_",
    "><",
    "\\",
    '"',
    "'",
    "é",
    "日本",
    "😀",
    "%",
    "$",
    "&amp;",
    "<script>",
    "=cmd()",
    "@SUM(A1)",
    "-1",
    "+1",
    "\\input{x}",
    "../../etc/passwd",
    "\\N",
    "\\n",
    "]]>",
    "null",
    "no",
]
words = st.lists(
    st.one_of(
        st.sampled_from(HOSTILE), st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=4)
    ),
    max_size=4,
)
texts = words.map(" ".join).filter(str.strip)
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
TYPES = ("claim", "evidence", "objection", "definition", "proposal", "question", "crux", "scenario")


@st.composite
def contents(draw: st.DrawFn) -> MapContent:
    """The content of a map that breaks no rule, without documents but for one that everything stands in."""
    said = draw(st.lists(texts, min_size=1, max_size=3))
    body = "\n".join(text.replace("\n", " ") for text in said)
    source = document("source", body)
    people = [Participant(id=f"p{n}", label=draw(texts)) for n in range(draw(st.integers(1, 3)))]
    records: list[Record] = [MapInfo(title=draw(texts)), source, *people]
    ids = draw(st.lists(slugs, min_size=1, max_size=6, unique=True))
    nodes = [_node(draw, key, number) for number, key in enumerate(ids)]
    relations: list[Relation] = []
    for number in range(draw(st.integers(0, 7))):
        made = _relation(draw, f"rel-{number}", nodes, relations)
        if made is not None:
            relations.append(made)
    for element in (*nodes, *relations):
        quotes = draw(
            st.lists(st.sampled_from([line for line in body.split("\n") if line.strip()]), max_size=1)
        )
        passages = {
            (m.start, m.attitude, m.holder): m
            for quote in quotes
            for m in [
                mention(
                    body,
                    quote,
                    draw(st.sampled_from(sorted(vocabulary().attitudes))),
                    draw(st.sampled_from(people)).id,
                    "source",
                )
            ]
        }
        records.append(
            element.model_copy(update={"passages": tuple(sorted(passages.values(), key=lambda m: m.order))})
        )
    return MapContent.of(records)


def _node(draw: st.DrawFn, key: str, number: int) -> Node:
    kind = draw(st.sampled_from(TYPES))
    crux = CruxDetails(
        question=draw(texts), if_true=draw(texts), if_false=draw(texts), would_settle=draw(st.none() | texts)
    )
    return Node(
        id=key,
        type=kind,
        text=draw(texts),
        tags=tuple(draw(st.lists(texts.map(str.strip).filter(bool), max_size=2, unique=True))),
        base=draw(st.none() | st.floats(0, 1)),
        crux=crux if kind == "crux" else None,
        scenario=ScenarioDetails(letter="ABCDEFGH"[number]) if kind == "scenario" else None,
    )


def _relation(draw: st.DrawFn, key: str, nodes: list[Node], relations: list[Relation]) -> Relation | None:
    kind, source = draw(st.sampled_from(sorted(vocabulary().relations))), draw(st.sampled_from(nodes))
    target = draw(st.sampled_from([*nodes, *relations]))
    if source.id == target.id or vocabulary().objection(kind, source.type, target.type) is not None:
        return None
    return Relation(
        id=key,
        type=kind,
        source=source.id,
        target=target.id,
        rationale=draw(st.just("") | texts),
        base=draw(st.none() | st.floats(0, 1)),
    )


def analysed(content: MapContent) -> Analysis:
    """The analysis an export starts from."""
    return analysis(MapSnapshot(content, 1, vocabulary()))
