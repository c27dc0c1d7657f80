"""Participants: what each says with which attitude, and two compared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.analysis.clashes import Clash as Found
from app.analysis.clashes import clashes, clashing, replies, shared
from app.errors import NotFound
from app.model.records import Mention
from app.model.snapshot import Element, MapSnapshot
from app.web import words
from app.web.views.common import CommentRef, Person, Quote, Ref, comment_ref, person, quote, ref
from app.web.views.compare import Rejects, rejects


@dataclass(frozen=True)
class PersonRow:
    """A participant in the list; ``attitudes`` to how many elements, for every kind of attitude, and in all."""

    person: Person
    note: str | None
    comments: int
    attitudes: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True)
class Held:
    """An element a participant has an attitude to, and where they show it."""

    ref: Ref
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Attitudes:
    """Everything a participant asserts, or concedes, or denies …"""

    name: str
    label: str
    help: str
    nodes: tuple[Held, ...]
    relations: tuple[Held, ...]


@dataclass(frozen=True)
class ParticipantPage:
    """What a participant's page shows."""

    person: Person
    note: str | None
    merged: bool
    comments: tuple[CommentRef, ...]
    attitudes: tuple[Attitudes, ...]
    others: tuple[Person, ...]
    clashing: tuple[tuple[Person, int], ...]


@dataclass(frozen=True)
class Clash:
    """Something one holds and the other rejects."""

    ref: Ref
    holder: Person
    attitude: str
    other: Person
    how: Rejects


@dataclass(frozen=True)
class Comparison:
    """Two participants compared."""

    left: Person
    right: Person
    clashes: tuple[Clash, ...]
    shared: tuple[Ref, ...]
    replies: tuple[CommentRef, ...]


def participants(view: MapSnapshot) -> tuple[PersonRow, ...]:
    """Everybody, those with most comments first."""
    told = {(person(view, m.holder).id, m.attitude, e.kind, e.id) for m, e in _all(view)}
    said = Counter((who, attitude) for who, attitude, _, _ in told)
    wrote = Counter(
        person(view, c.participant).id
        for c in view.content.comments.values()
        if c.duplicate_of is None and view.visible(c)
    )
    rows = [
        PersonRow(
            person(view, p.id),
            p.note,
            wrote[p.id],
            tuple((words.held(view, t.name), said[p.id, t.name]) for t in view.words.attitudes.values()),
            sum(said[p.id, t.name] for t in view.words.attitudes.values()),
        )
        for p in view.content.participants.values()
        if p.merged_into is None
    ]
    return tuple(sorted(rows, key=lambda r: (-r.comments, -r.total, r.person.label)))


def participant_page(view: MapSnapshot, key: str) -> ParticipantPage:
    """The page of a participant; NotFound."""
    who = _find(view, key)
    record = view.content.participants[who.id]
    mine = [(m, e) for m, e in _all(view) if person(view, m.holder).id == who.id]
    groups = []
    for term in view.words.attitudes.values():
        rows = [(m, e) for m, e in mine if m.attitude == term.name]
        nodes = _held(view, ((m, e) for m, e in rows if e.kind == "node"))
        relations = _held(view, ((m, e) for m, e in rows if e.kind == "relation"))
        if rows:
            help_ = term.help if term.name != "quotes" else "Somebody else quotes it from them."
            groups.append(Attitudes(term.name, words.held(view, term.name), help_, nodes, relations))
    comments = [c for _, c in view.thread if person(view, c.participant).id == who.id and view.visible(c)]
    others = [row.person for row in participants(view) if row.person.id != who.id and row.total]
    return ParticipantPage(
        who,
        record.note,
        who.id != key,
        tuple(comment_ref(view, c, 260) for c in comments),
        tuple(groups),
        tuple(others),
        tuple((person(view, other), number) for other, number in clashing(view, who.id).most_common(3)),
    )


def comparison(view: MapSnapshot, first: str, second: str) -> Comparison:
    """Two participants compared: where they clash, what both hold, and who answered whom; NotFound."""
    left, right = _find(view, first), _find(view, second)
    pair = (left.id, right.id)
    return Comparison(
        left,
        right,
        tuple(_clash(view, found) for found in clashes(view, *pair)),
        tuple(ref(view, element) for element in shared(view, *pair)),
        tuple(comment_ref(view, c, 200) for c in replies(view, *pair)),
    )


def _clash(view: MapSnapshot, found: Found) -> Clash:
    return Clash(
        ref(view, found.element),
        person(view, found.holder),
        view.words.attitudes[found.attitude].label,
        person(view, found.other),
        rejects(view, found.how),
    )


def _find(view: MapSnapshot, key: str) -> Person:
    if key not in view.content.participants:
        raise NotFound("there is no such participant in this map", where=key)
    return person(view, key)


def _all(view: MapSnapshot) -> Iterator[tuple[Mention, Element]]:
    for rows in view.mentions.values():
        yield from rows


def _held(view: MapSnapshot, rows: Iterable[tuple[Mention, Element]]) -> tuple[Held, ...]:
    by_element: dict[str, tuple[Element, list[Quote]]] = {}
    for mention, element in rows:
        by_element.setdefault(element.id, (element, []))[1].append(quote(view, mention))
    return tuple(Held(ref(view, element), tuple(found)) for element, found in by_element.values())
