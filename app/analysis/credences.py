"""A reader's answers: a few labelled choices, the numbers behind them, and the address that keeps them.

An answer is a base score: where a statement starts, before what the map says for and against it is counted.
"Yes" and "no" are the scores of a participant who asserts or denies, so that a reader and a participant
who say the same are treated the same. Answers can also be held fast: then what the map says for and against
an answered statement is left out, and it stands where it was put.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from app.analysis.analysis import Analysis
from app.analysis.people import valuation
from app.errors import InvalidInput, Problem, UnknownReference
from app.model.records import Node
from app.reasoning import NEUTRAL, Valuation, reader

PREFIX = "is."
MAX_CREDENCES = 500


@dataclass(frozen=True)
class Choice:
    """An answer a form offers."""

    name: str
    label: str
    credence: float


CHOICES = (
    Choice("no", "no", 0.1),
    Choice("probably-not", "probably not", 0.3),
    Choice("unsure", "can’t say", 0.5),
    Choice("probably", "probably", 0.7),
    Choice("yes", "yes", 0.9),
)
_BY_NAME = {choice.name: choice for choice in CHOICES}


@dataclass(frozen=True)
class Position:
    """Where a reader stands: credences by node id, over a participant's valuation or over none.

    ``gone`` are ids an older address speaks of that the map no longer counts. ``hold``: the answers stand,
    whatever bears on them.
    """

    credences: Mapping[str, float] = field(default_factory=dict)
    start: str | None = None
    gone: tuple[str, ...] = ()
    hold: bool = False

    def valuation(self, result: Analysis) -> Valuation:
        """The base scores; neutral where nothing was answered and nobody is started from.

        Raises
        ------
        InvalidInput : a credence is no number from 0 to 1, or names no node that counts.
        """
        own = reader(self.credences, result.framework)
        if not self.credences:
            return valuation(result, self.start) if self.start is not None else NEUTRAL
        idle = dict.fromkeys(_bearing_on(result, self.credences), 0.0) if self.hold else {}
        if self.start is None:
            return Valuation(own.name, {**own.scores, **idle})
        theirs = valuation(result, self.start)
        return Valuation(f"reader from {self.start}", {**theirs.scores, **own.scores, **idle}, theirs.said)

    def query(self) -> str:
        """The position as a query string: the same position, the same string.

        >>> Position({"b": 0.25, "a": 0.9}, "ann").query()
        'from=ann&is.a=yes&is.b=0.25'
        """
        pairs = [("from", self.start)] if self.start else []
        pairs += [(PREFIX + key, written(self.credences[key])) for key in sorted(self.credences)]
        if self.hold and self.credences:
            pairs.append(("hold", "true"))
        return urlencode(pairs)


def _bearing_on(result: Analysis, nodes: Iterable[str]) -> set[str]:
    """The relations that end in these nodes, and those that bear on such relations, to any depth."""
    found: set[str] = set()
    waiting = list(nodes)
    while waiting:
        for relation in result.view.incoming.get(waiting.pop(), ()):
            if relation.id not in found:
                found.add(relation.id)
                waiting.append(relation.id)
    return found


def written(credence: float) -> str:
    """The name of the choice with that credence, else the number."""
    for choice in CHOICES:
        if choice.credence == credence:
            return choice.name
    return f"{credence:.6g}"


def read(result: Analysis, pairs: Iterable[tuple[str, str]], start: str = "", hold: bool = False) -> Position:
    """The position an address describes; other fields than ``is.<node>`` are left to others.

    Empty answers stand for "leave it to the map". Merged nodes are followed; nodes that no longer count
    are listed in ``gone``: an old address still works.

    Raises
    ------
    InvalidInput : an answer is neither a choice nor a number from 0 to 1, or there are too many.
    UnknownReference : nobody is called ``start``.
    """
    people = result.view.content.participants
    if start and start not in people:
        raise UnknownReference("there is no such participant", "from", "see /participants")
    credences: dict[str, float] = {}
    gone: list[str] = []
    problems: list[Problem] = []
    for name, value in pairs:
        if not name.startswith(PREFIX) or not value.strip():
            continue
        key = name.removeprefix(PREFIX)[:120]
        credence = _credence(value.strip())
        found = result.view.element(key)
        if credence is None:
            message = "the answer is neither one of the choices nor a number from 0 to 1"
            problems.append(Problem(message, name[:120], f"one of {', '.join(_BY_NAME)}"))
        elif isinstance(found, Node) and found.id in result.framework.number:
            credences[found.id] = credence
        else:
            gone.append(key)
    if len(credences) + len(gone) > MAX_CREDENCES:
        problems.append(Problem(f"more than {MAX_CREDENCES} answers", PREFIX, "leave some to the map"))
    if problems:
        raise InvalidInput(problems[:20])
    return Position(credences, start or None, tuple(gone), hold)


def _credence(value: str) -> float | None:
    if value in _BY_NAME:
        return _BY_NAME[value].credence
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number <= 1 else None


def choice_of(credence: float | None) -> Choice | None:
    """The choice with that credence, if it is one."""
    return next((choice for choice in CHOICES if choice.credence == credence), None)
