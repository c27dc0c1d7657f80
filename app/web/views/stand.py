"""Where do you stand? The questions, a reader's answers, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from app.analysis import Analysis, Judgement, judgement, words
from app.analysis.credences import CHOICES, PREFIX, Position, choice_of, read, written
from app.analysis.credences import Choice as Answer
from app.analysis.hinges import single_answer, single_words
from app.analysis.people import valuation
from app.analysis.verdicts import chosen_semantics
from app.model.records import Node
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


def address(position: Position, semantics: str = "", unreviewed: bool = False) -> str:
    """The shortest address of the page with these answers."""
    query = position.query()
    more = ([("semantics", semantics)] if semantics else []) + (
        [("unreviewed", "true")] if unreviewed else []
    )
    query = "&".join(part for part in (query, urlencode(more)) if part)
    return f"/stand?{query}" if query else "/stand"


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
        address(position, semantics, result.include_unreviewed),
    )


def _what(result: Analysis, key: str) -> str:
    found = result.view.content.nodes.get(key)
    return words.called(result, found.id, 90) if found is not None else f"“{key}”"


def _groups(judged: Judgement, position: Position) -> tuple[Questions, ...]:
    """The questions, those that move the scenarios most first; the order does not change with the answers."""
    result = judged.result
    neutral = judgement(result, semantics=judged.semantics)
    moves = {f.node: max(f.deny.movement, f.concede.movement) for f in neutral.cruxes.flips}
    cruxes = sorted(
        (n for n in result.nodes if n.type == "crux"), key=lambda n: (-moves.get(n.id, 0.0), n.id)
    )
    others = [result.view.content.nodes[key] for key in position.credences]
    theirs = dict(valuation(result, position.start).scores) if position.start else {}
    groups = (
        ("What moves the scenarios most", "", [n for n in cruxes if moves.get(n.id, 0) >= LARGE], False),
        (
            "What moves them little",
            "Whatever the answer, no scenario’s strength moves much, as the map stands.",
            [n for n in cruxes if words.SMALL <= moves.get(n.id, 0) < LARGE],
            True,
        ),
        (
            "What moves nothing yet",
            _IDLE,
            [n for n in cruxes if moves.get(n.id, 0) < words.SMALL],
            True,
        ),
        ("Other statements in this link", "", [n for n in others if n.type != "crux"], False),
    )
    return tuple(
        Questions(
            title,
            note,
            rows := tuple(_asked(judged, n, position, theirs) for n in nodes),
            folded and not any(row.chosen for row in rows),
        )
        for title, note, nodes, folded in groups
        if nodes
    )


def _asked(judged: Judgement, node: Node, position: Position, theirs: dict[str, float]) -> Asked:
    view = judged.result.view
    credence = position.credences.get(node.id)
    crux = node.crux
    return Asked(
        ref(view, find_node(view, node.id)),
        PREFIX + node.id,
        crux.question if crux is not None else node.text,
        crux.if_true if crux is not None else "",
        crux.if_false if crux is not None else "",
        written(credence) if credence is not None else "",
        written(credence) if credence is not None and choice_of(credence) is None else "",
        _start(judged.result, node, position, theirs),
        f"{judged.strengths[node.id]:.2f}",
        credence is not None and (credence - 0.5) * (judged.strengths[node.id] - 0.5) < 0,
    )


def _start(result: Analysis, node: Node, position: Position, theirs: dict[str, float]) -> str:
    """What "leave it to the map" starts from."""
    if position.start is not None and node.id in theirs:
        label = result.view.content.participants[position.start].label
        return f"{label}: {_nearest(theirs[node.id])}"
    if node.base is not None:
        return f"an editor set {node.base:.2f}"
    return ""


def _nearest(score: float) -> str:
    return min(CHOICES, key=lambda choice: abs(choice.credence - score)).label
