"""Two participants by their attitudes alone: what one holds and the other denies or objects to, what both hold."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis.words import clip
from app.errors import NotFound
from app.model.records import Comment, Node, Relation
from app.model.snapshot import HOLDS, Element, MapSnapshot


@dataclass(frozen=True)
class Rejection:
    """How somebody rejects something: a plain denial, or ``objection``, which ``relation`` sets against it.

    ``attitude``: what they do with the objection. ``own``: they put the relation forward themselves.
    """

    relation: Relation | None = None
    objection: Node | None = None
    attitude: str = "asserts"
    own: bool = False

    @property
    def basis(self) -> Literal["stated", "inferred"]:
        """Whether the text states the rejection, or an editor concluded it from what they say."""
        return "inferred" if self.relation is not None and self.relation.basis == "inferred" else "stated"

    @property
    def around(self) -> tuple[str, str]:
        """It in words, before and after the objection in quotation marks; for a denial all stands before."""
        if self.objection is None:
            return "denies it", ""
        if self.basis == "stated" and self.own:
            return "sets", " against it"
        how = (
            "the text sets against it" if self.basis == "stated" else "the editors read as an objection to it"
        )
        return "grants" if self.attitude == "concedes" else "says", f", which {how}"

    @property
    def sentence(self) -> str:
        """What they do: “denies it”, “says …, which the text sets against it”."""
        before, after = self.around
        return (
            f"{before} “{clip(self.objection.text, None)}”{after}" if self.objection is not None else before
        )


@dataclass(frozen=True)
class Clash:
    """Something one holds (``attitude``) and the other rejects."""

    element: Element
    holder: str
    attitude: str
    other: str
    how: Rejection


def everybody(view: MapSnapshot) -> Mapping[str, Mapping[str, set[str]]]:
    """What each participant does with each element, in reading order; merged participants are followed."""
    found: dict[str, dict[str, set[str]]] = {}
    for rows in view.mentions.values():
        for mention, element in rows:
            mine = found.setdefault(view.participant(mention.holder), {})
            mine.setdefault(element.id, set()).add(mention.attitude)
    return found


def held(view: MapSnapshot, who: str) -> Mapping[str, set[str]]:
    """What a participant does with each element, by its id, in reading order; merged participants are followed."""
    return everybody(view).get(who, {})


def shared(view: MapSnapshot, left: str, right: str) -> tuple[Element, ...]:
    """What both hold."""
    one, other = held(view, left), held(view, right)
    both = (key for key in one if set(HOLDS) & one[key] and set(HOLDS) & other.get(key, set()))
    return tuple(_element(view, key) for key in both)


def replies(view: MapSnapshot, left: str, right: str) -> tuple[Comment, ...]:
    """Comments in which one answers the other, in thread order."""
    rows = []
    for _, comment in view.thread:
        parent = view.content.comments.get(comment.reply_to or "")
        if parent is None or not view.visible(comment):
            continue
        if {view.participant(c.participant) for c in (comment, parent)} == {left, right}:
            rows.append(comment)
    return tuple(rows)


def clashes(view: MapSnapshot, left: str, right: str) -> Iterator[Clash]:
    """Where they clash, first on what ``left`` holds."""
    people = everybody(view)
    yield from _against(view, people, left, right)
    yield from _against(view, people, right, left)


def clashing(view: MapSnapshot, who: str) -> Counter[str]:
    """How often a participant clashes with each other one, by the other's id."""
    people = everybody(view)
    counted = Counter(
        {
            other: sum(1 for pair in ((who, other), (other, who)) for _ in _against(view, people, *pair))
            for other in people
            if other != who
        }
    )
    return +counted


def _against(
    view: MapSnapshot, people: Mapping[str, Mapping[str, set[str]]], one: str, other: str
) -> Iterator[Clash]:
    """Where ``other`` rejects what ``one`` holds."""
    theirs = people.get(other, {})
    for key, kinds in people.get(one, {}).items():
        attitude = holding(kinds)
        if not attitude:
            continue
        if "denies" in theirs.get(key, ()):
            yield Clash(_element(view, key), one, attitude, other, Rejection())
        for relation in view.incoming.get(key, ()):
            if (
                view.polarity(relation) < 0
                and view.visible(relation)
                and holding(theirs.get(relation.source))
            ):
                yield Clash(_element(view, key), one, attitude, other, objecting(view, relation, theirs))


def holding(kinds: Collection[str] | None) -> str:
    """The attitude by which something is held: "asserts", else "concedes", else none (empty)."""
    return next((kind for kind in HOLDS if kind in (kinds or ())), "")


def objecting(view: MapSnapshot, relation: Relation, does: Mapping[str, Collection[str]]) -> Rejection:
    """The rejection that lies in a relation, by somebody who ``does`` this with elements."""
    return Rejection(
        relation,
        view.content.nodes[relation.source],
        holding(does.get(relation.source)) or "asserts",
        bool(holding(does.get(relation.id))),
    )


def _element(view: MapSnapshot, key: str) -> Element:
    found = view.element(key)
    if found is None:
        raise NotFound("there is no such element in this map", where=key)
    return found
