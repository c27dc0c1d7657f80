"""The map in words: what an element is called, what a relation says, how a chain leads to a scenario.

English, built on the vocabulary's labels, so that a relation type added there reads well here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from app import urls
from app.analysis.tallies import deciding, inferred
from app.model.records import Node, Relation
from app.model.snapshot import Element, MapSnapshot
from app.reasoning import Chain, Stance

_SHORT = 72
_WHICH = "which "
# Articles, prepositions and conjunctions at the end of a cut text: the reader would wait for what follows.
_HANGING = re.compile(
    r"\W+(?:a|an|the|of|to|in|on|at|by|for|from|with|into|onto|as|than|that|which|and|or|but|nor|if|because|about|against"
    r"|between|under|over|through|without|within|whether|their|its|our|his|her|[\W_]+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Step:
    """One relation of a chain: ``verb``, what it leads to in words (``text``), and where that is.

    Where a relation ends at another one, ``text`` is that step of the argument, and the step after it,
    with ``which`` before its verb, is that other relation.
    """

    type: str
    sign: str
    verb: str
    relation_url: str
    text: str
    url: str
    inferred: bool


@dataclass(frozen=True)
class Clause:
    """A part of a chain's sentence; ``mark`` says which of its steps the text does not state, or is empty."""

    text: str
    mark: str


@dataclass(frozen=True)
class ChainWords:
    """A chain from a node to a scenario: its steps, and all of it in one sentence, whole and in clauses."""

    sign: str
    conclusion: str
    steps: tuple[Step, ...]
    clauses: tuple[Clause, ...]
    sentence: str


def clip(text: str, limit: int) -> str:
    """The text, cut where it is longer than ``limit`` characters: after a word that can end a phrase.

    >>> clip("The gap is bounded.", 12)
    'The gap is…'
    >>> clip("Models are much weaker than the ones of today.", 33)
    'Models are much weaker…'
    """
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head = cut if text[limit - 1] == " " else cut.rpartition(" ")[0]
    while (found := _HANGING.search(head)) and found.start() > limit // 2:
        head = head[: found.start()]
    return (head if len(head) > limit // 2 else cut).rstrip(" ,;:.–—") + "…"


def quoted(text: str, limit: int | None = None) -> str:
    """A sentence as a name inside another sentence: without its full stop, in quotation marks."""
    bare = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    return f"“{_inside(clip(bare, limit) if limit else bare)}”"


def _inside(text: str) -> str:
    """Quotation marks inside quotation marks become single ones."""
    paired = re.sub(r'"([^"]*)"', r"‘\1’", text)
    # What is left over opens a quotation that was cut off.
    return paired.replace("“", "‘").replace("”", "’").replace('"', "‘")


def name(view: MapSnapshot, element: Element, limit: int | None = None) -> str:
    """What an element is called in running text."""
    if isinstance(element, Node):
        return (
            f"scenario {element.scenario.letter}"
            if element.scenario is not None
            else quoted(element.text, limit)
        )
    return inference(view, element, limit)


def inference(view: MapSnapshot, relation: Relation, limit: int | None = None) -> str:
    """What a relation is called where something is said about it."""
    source, target = ends(view, relation)
    first, second = name(view, source, limit), name(view, target, limit)
    polarity = view.polarity(relation)
    if polarity > 0:
        return f"the step from {first} to {second}"
    return f"the objection {first} to {second}" if polarity < 0 else f"the link from {first} to {second}"


def sentence(view: MapSnapshot, relation: Relation, limit: int | None = None) -> str:
    """A relation as a sentence: “X” supports “Y”."""
    source, target = ends(view, relation)
    label = view.words.relations[relation.type].label
    return f"{name(view, source, limit)} {label} {name(view, target, limit)}"


def ends(view: MapSnapshot, relation: Relation) -> tuple[Node, Element]:
    """The two ends of a relation, as they were given (merged nodes are not followed)."""
    target = view.content.nodes.get(relation.target) or view.content.relations[relation.target]
    return view.content.nodes[relation.source], target


def chain(view: MapSnapshot, found: Chain, limit: int | None = _SHORT) -> ChainWords:
    """A chain in words. ``limit`` bounds each sentence that is quoted in the chain's own sentence."""
    clauses = tuple(_clauses(_steps(view, found.ids, limit)))
    return ChainWords(
        sign="+" if found.sign > 0 else "−",
        conclusion="for" if found.sign > 0 else "against",
        steps=tuple(_steps(view, found.ids)),
        clauses=clauses,
        sentence=", which ".join(clause.text for clause in clauses),
    )


def _clauses(steps: list[Step]) -> Iterator[Clause]:
    for place, step in enumerate(steps):
        if not _inner(step):
            named = takewhile(_inner, steps[place + 1 :])
            marks = ["inferred"] * step.inferred + ["on an inferred step"] * any(s.inferred for s in named)
            yield Clause(f"{step.verb} {step.text}", ", ".join(marks))


def _inner(step: Step) -> bool:
    """Whether the clause before has named this relation already ("the step from X to Y")."""
    return step.verb.startswith(_WHICH)


def _steps(view: MapSnapshot, ids: tuple[str, ...], limit: int | None = None) -> list[Step]:
    relations = [
        (relation, view.content.relations.get(following))
        for key, following in pairwise(ids)
        if (relation := view.content.relations.get(key)) is not None
    ]
    steps: list[Step] = []
    entered = False
    for relation, onto in relations:
        kind = view.words.relations[relation.type]
        _, target = ends(view, relation)
        text = inference(view, onto, limit) if onto is not None else name(view, target, limit)
        verb = (_WHICH if entered else "") + kind.label
        steps.append(
            Step(
                relation.type,
                kind.sign,
                verb,
                urls.relation(relation),
                text,
                urls.element(target),
                relation.basis == "inferred",
            )
        )
        entered = onto is not None
    return steps


def stance_chains(view: MapSnapshot, stance: Stance, limit: int | None = _SHORT) -> tuple[ChainWords, ...]:
    """The chains that make a stance, in words: the deciding one, or both where it cuts both ways."""
    return tuple(chain(view, found, limit) for found in deciding(stance))


def remote_chain(view: MapSnapshot, stance: Stance, limit: int | None = _SHORT) -> ChainWords | None:
    """The chain of the other sign that is too long to count, if there is one."""
    found = stance.chains[stance.remote] if stance.remote is not None else None
    return chain(view, found, limit) if found is not None else None


def basis(view: MapSnapshot, stance: Stance) -> str:
    """How a stance comes about: directly, or through how many relations, and how many of them are inferred."""
    nearest = min(deciding(stance), key=lambda found: found.relations, default=None)
    if nearest is None:
        return ""
    concluded = len(inferred(view, nearest))
    if nearest.relations == 1:
        return "directly" + ", by an editor’s inference" * concluded
    how = f"through {nearest.relations} steps"
    if not concluded:
        return how
    if concluded < nearest.relations:
        return f"{how}, {concluded} of them inferred"
    return f"{how}, {'both' if concluded == 2 else 'all'} inferred"


def held(view: MapSnapshot, attitude: str) -> str:
    """An attitude as what its holder does; a quotation's holder is whom it quotes."""
    return "is quoted" if attitude == "quotes" else view.words.attitudes[attitude].label


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 quote", "3 quotes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
