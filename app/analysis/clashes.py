"""Two participants by their attitudes alone: what one holds and the other denies or objects to, what both hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.errors import NotFound
from app.model.records import Comment, Node, Relation
from app.model.snapshot import Element, MapSnapshot

HOLDS = ("asserts", "concedes")


@dataclass(frozen=True)
class Clash:
    """Something one holds (``attitude``) and the other denies, or objects to through ``relation``."""

    element: Element
    holder: str
    attitude: str
    other: str
    relation: Relation | None
    objection: Node | None


def held(view: MapSnapshot, who: str) -> Mapping[str, set[str]]:
    """What a participant does with each element, by its id, in reading order; merged participants are followed."""
    found: dict[str, set[str]] = {}
    for rows in view.mentions.values():
        for mention, element in rows:
            if view.participant(mention.holder) == who:
                found.setdefault(element.id, set()).add(mention.attitude)
    return found


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
    both = {who: held(view, who) for who in (left, right)}
    for one, other in ((left, right), (right, left)):
        for key, kinds in both[one].items():
            if not set(HOLDS) & kinds:
                continue
            attitude = next(kind for kind in HOLDS if kind in kinds)
            if "denies" in both[other].get(key, ()):
                yield Clash(_element(view, key), one, attitude, other, None, None)
            for relation in view.incoming.get(key, ()):
                against = view.polarity(relation) < 0 and view.visible(relation)
                if against and set(HOLDS) & both[other].get(relation.source, set()):
                    objection = view.content.nodes[relation.source]
                    yield Clash(_element(view, key), one, attitude, other, relation, objection)


def _element(view: MapSnapshot, key: str) -> Element:
    found = view.element(key)
    if found is None:
        raise NotFound("there is no such element in this map", where=key)
    return found
