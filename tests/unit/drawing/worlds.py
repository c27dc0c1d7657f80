"""Maps for drawing: random ones, with texts that mean harm, and readers of what was drawn."""

import re
from xml.etree import ElementTree

from hypothesis import strategies as st

from app.analysis import Analysis, analysis
from app.drawing import Picture
from app.model.records import CruxDetails, MapContent, Node, Record, Relation, ScenarioDetails
from app.model.snapshot import MapSnapshot
from app.model.vocabulary import vocabulary

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</text><script>alert(1)</script>",
    '" onload="x',
    "a & b < c",
    "]]>",
    "\x00\x08\ufffe",
    "&lt;",
    "漢字" * 9,
)
words = st.one_of(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip),
    st.lists(
        st.sampled_from(("bridge", "pier", "Donaudampfschifffahrtsgesellschaft", *HOSTILE)),
        min_size=1,
        max_size=40,
    ).map(" ".join),
)


@st.composite
def worlds(draw: st.DrawFn, most: int = 9) -> Analysis:
    """A map with scenarios, cruxes and arguments, cycles and relations on relations included."""
    rules = vocabulary().ends()
    kinds = draw(st.lists(st.sampled_from(sorted(vocabulary().nodes)), min_size=1, max_size=most))
    records: list[Record] = []
    types: dict[str, str] = {}
    letters = iter("ABCDEFGHIJKLMNOP")
    for i, kind in enumerate(kinds):
        key = f"n{i}"
        types[key] = kind
        records.append(
            Node(
                id=key,
                type=kind,
                text=draw(words),
                status=draw(st.sampled_from(("reviewed", "reviewed", "unreviewed", "withdrawn"))),
                crux=CruxDetails(question="?", if_true="yes", if_false="no") if kind == "crux" else None,
                scenario=ScenarioDetails(letter=next(letters)) if kind == "scenario" else None,
            )
        )
    nodes = list(types)
    for i in range(draw(st.integers(0, 14))):
        source, target = draw(st.sampled_from(nodes)), draw(st.sampled_from(sorted(types)))
        fitting = sorted(r for r, s, t in rules if s == types[source] and t == types[target])
        if not fitting or source == target:
            continue
        kind = draw(st.sampled_from(fitting))
        records.append(
            Relation(
                id=f"r{i}",
                type=kind,
                source=source,
                target=target,
                rationale=draw(st.sampled_from(("", *HOSTILE))),
                status=draw(st.sampled_from(("reviewed", "reviewed", "unreviewed", "withdrawn"))),
            )
        )
        types[f"r{i}"] = kind
    return analysis(MapSnapshot(MapContent.of(records), 1, vocabulary()))


def parsed(picture: Picture) -> ElementTree.Element:
    """The drawing as a reader of XML sees it; fails where it is not well-formed."""
    return ElementTree.fromstring(picture.standalone())


def with_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Elements with that class."""
    return [e for e in root.iter() if name in e.get("class", "").split()]


def ends(path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a relative Bézier path (``M x y c …``) starts and ends."""
    start, steps = re.fullmatch(r"M(\S+ ?\S+)c(.*)", path).groups()  # type: ignore[union-attr]
    x, y = numbers(start)
    first = x, y
    values = numbers(steps)
    for i in range(0, len(values), 6):
        x, y = x + values[i + 4], y + values[i + 5]
    return first, (x, y)


def numbers(text: str) -> list[float]:
    """All numbers of a piece of path data."""
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", text)]
