"""Where do you stand? The questions, a reader's answers, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass

from app import urls
from app.analysis import Analysis, Judgement, judgement, words
from app.analysis.asking import Asked as Question
from app.analysis.asking import questions
from app.analysis.credences import CHOICES, PREFIX, Position, choice_of, read, written
from app.analysis.credences import Choice as Answer
from app.analysis.hinges import single_answer, single_words
from app.analysis.verdicts import chosen_semantics
from app.web.views import verdict as parts
from app.web.views.common import Person, Ref, find_node, person, ref

LARGE = 0.05
_IDLE = (
    "The editors name these cruxes, but no answer to them moves a scenario by 0.01: in the map, little or "
    "nothing leads from them to one."
)


@dataclass(frozen=True)
class Asked:
    """A question, how it was answered, and where that leaves the statement.

    ``chosen`` names a choice, or is a number no choice stands for, or is empty: left to the map.
    ``against``: the map's arguments carry it to the other side of the middle.
    """

    ref: Ref
    name: str
    question: str
    if_true: str
    if_false: str
    chosen: str
    odd: str
    start: str
    strength: str
    against: bool


@dataclass(frozen=True)
class Questions:
    """Questions under one heading."""

    title: str
    note: str
    rows: tuple[Asked, ...]
    folded: bool


@dataclass(frozen=True)
class StandPage:
    """What the page shows. ``link`` leads back to the same answers."""

    verdict: parts.Verdict
    groups: tuple[Questions, ...]
    choices: tuple[Answer, ...]
    answered: int
    start: Person | None
    people: tuple[Person, ...]
    single: parts.Turn | None
    single_words: str
    turns: tuple[parts.Turn, ...]
    stands: tuple[parts.Stand, ...]
    robust: parts.Robust
    ways: tuple[parts.Choice, ...]
    gone: tuple[str, ...]
    hold: bool
    link: str


def position_of(result: Analysis, pairs: Iterable[tuple[str, str]], start: str, hold: bool) -> Position:
    """The answers an address holds; InvalidInput."""
    return read(result, pairs, start, hold)


def stand_page(result: Analysis, position: Position, semantics: str = "") -> StandPage:
    """The page under a position."""
    view = result.view
    judged = judgement(result, position.valuation(result), chosen_semantics(semantics))
    asked = frozenset(n.id for n in result.nodes if n.type == "crux")
    single = single_answer(judged, asked)
    people = [p for p in parts.spoken(result, chosen_semantics("")) if p.enough]
    return StandPage(
        parts.verdict(judged),
        _groups(judged, position),
        CHOICES,
        len(position.credences),
        person(view, position.start) if position.start else None,
        tuple(p.person for p in people),
        parts.turn(judged, single) if single is not None else None,
        single_words(judged, single),
        parts.turns(judged),
        parts.stands(judged),
        parts.robust(judged),
        parts.ways(),
        tuple(_what(result, key) for key in position.gone),
        position.hold,
        urls.stand(position.query(), semantics, result.include_unreviewed),
    )


def _what(result: Analysis, key: str) -> str:
    found = result.view.content.nodes.get(key)
    return words.called(result, found.id, 90) if found is not None else f"“{key}”"


def _groups(judged: Judgement, position: Position) -> tuple[Questions, ...]:
    """The questions by how much they move; the order does not change with the answers."""
    asked = questions(judged, position)
    cruxes = [row for row in asked if row.node.type == "crux"]
    groups = (
        ("What moves the scenarios most", "", [a for a in cruxes if a.movement >= LARGE], False),
        (
            "What moves them little",
            "Whatever the answer, no scenario’s strength moves much, as the map stands.",
            [a for a in cruxes if words.SMALL <= a.movement < LARGE],
            True,
        ),
        ("What moves nothing yet", _IDLE, [a for a in cruxes if a.movement < words.SMALL], True),
        ("Other statements in this link", "", [a for a in asked if a.node.type != "crux"], False),
    )
    return tuple(
        Questions(
            title,
            note,
            rows := tuple(_asked(judged, each, position) for each in found),
            folded and not any(row.chosen for row in rows),
        )
        for title, note, found, folded in groups
        if found
    )


def _asked(judged: Judgement, found: Question, position: Position) -> Asked:
    view = judged.result.view
    node, credence, crux = found.node, found.credence, found.node.crux
    return Asked(
        ref(view, find_node(view, node.id)),
        PREFIX + node.id,
        crux.question if crux is not None else node.text,
        crux.if_true if crux is not None else "",
        crux.if_false if crux is not None else "",
        written(credence) if credence is not None else "",
        written(credence) if credence is not None and choice_of(credence) is None else "",
        _start(judged.result, found, position),
        f"{found.strength:.2f}",
        found.against,
    )


def _start(result: Analysis, found: Question, position: Position) -> str:
    """What "leave it to the map" starts from."""
    if found.start is None:
        return ""
    if position.start is not None and found.theirs:
        label = result.view.content.participants[position.start].label
        return f"{label}: {_nearest(found.start)}"
    return f"an editor set {found.start:.2f}"


def _nearest(score: float) -> str:
    return min(CHOICES, key=lambda choice: abs(choice.credence - score)).label
