"""What a verdict hinges on: statements whose flip moves it, curated and computed cruxes side by side, in words.

A flip here *establishes* a statement as false or true, whatever the map says for or against it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.analysis import words
from app.analysis.judgement import Judgement
from app.reasoning import Crux, Flip, FlipSets, Outcome
from app.reasoning.flips import Effect

Sets = Literal["", "pairs", "triples"]
Side = Literal["curated and computed", "curated only", "computed only"]


@dataclass(frozen=True)
class Hinge:
    """A statement and what its two flips would do to the verdict.

    ``needed`` is by how much its strength must change to tip the verdict, where a change of strength does.
    """

    node: str
    curated: bool
    strength: float
    effect: Effect
    answer: Literal["false", "true"]
    movement: float
    needed: float | None
    sentence: str
    if_false: str
    if_true: str
    tipping: str
    values: tuple[float, ...]
    crux: Crux | None


@dataclass(frozen=True)
class Beside:
    """A curated or computed crux, with where the other list disagrees and why.

    ``reach``: of a curated crux whose answer leaves the verdict as it is, how far it moves the scenario that
    it moves most, and that scenario's name; None where it moves none, or moves the verdict.
    """

    hinge: Hinge
    side: Side
    remark: str
    reach: tuple[float, str] | None = None


def hinges(judged: Judgement) -> tuple[Hinge, ...]:
    """Everything whose flip changes, settles or unsettles the verdict, best first."""
    return tuple(_found(judged, crux) for crux in judged.cruxes.found)


def beside(judged: Judgement) -> tuple[Beside, ...]:
    """Curated cruxes and computed ones: first those in both lists, then each list's own.

    Computed cruxes in the strict sense change the leader. While no scenario leads, none can: then those
    that would produce a leader stand in.
    """
    curated = {n.id for n in judged.result.nodes if n.type == "crux"}
    computed = {crux.node: crux for crux in judged.cruxes.found}
    moved = {flip.node: flip for flip in judged.cruxes.flips}
    both = [
        Beside(_found(judged, c), "curated and computed", "") for k, c in computed.items() if k in curated
    ]
    own = [_unmoved(judged, moved[key]) for key in sorted(curated - set(computed)) if key in moved]
    own.sort(key=lambda row: (-row.hinge.movement, row.hinge.node))
    rest = [
        Beside(
            _found(judged, crux),
            "computed only",
            f"No editor named it a crux; it is among the {_kind(judged, key)}.",
        )
        for key, crux in computed.items()
        if key not in curated
    ]
    return (*both, *own, *rest)


def _kind(judged: Judgement, key: str) -> str:
    term = judged.result.view.words.nodes[judged.result.view.content.nodes[key].type]
    return term.plural or term.label


def _found(judged: Judgement, crux: Crux) -> Hinge:
    return _hinge(judged, crux.flips, crux)


def _unmoved(judged: Judgement, flip: Flip) -> Beside:
    hinge = _hinge(judged, flip, None)
    reach = None
    stances = judged.result.stances_of(flip.node).values()
    if all(stance.stance == "none" for stance in stances):
        why = "No chain of arguments leads from it to a scenario, so that no answer to it can change anything here."
    elif hinge.movement < words.SMALL:
        why = "It reaches a scenario, but so weakly that no answer to it moves one by 0.01."
    else:
        top = judged.verdict.top
        by = max(
            (abs(o.verdict.strengths[t] - judged.verdict.strengths[t]), t)
            for o in (flip.deny, flip.concede)
            for t in judged.verdict.strengths
        )
        name = words.scenario(judged.result, by[1])
        stays = "the verdict stays" if judged.verdict.leader or top is None else "no leader comes of it"
        reach = (max(by[0], 0.01), name)
        why = f"Established as false or as true it moves no scenario by more than {reach[0]:.2f} ({name}): {stays}."
    return Beside(hinge, "curated only", why, reach)


def _hinge(judged: Judgement, flip: Flip, crux: Crux | None) -> Hinge:
    result = judged.result
    denied = _larger(flip) is flip.deny if crux is None else crux.flip == "deny"
    best = flip.deny if denied else flip.concede
    crossings = crux.tipping.crossings if crux is not None else ()
    answer: Literal["false", "true"] = "false" if denied else "true"
    return Hinge(
        flip.node,
        result.view.content.nodes[flip.node].type == "crux",
        flip.strength,
        best.effect,
        answer,
        best.movement,
        _needed(judged, crux),
        f"If {words.called(result, flip.node)} were established as {answer}, {words.outcome(result, best)}.",
        words.outcome(result, flip.deny),
        words.outcome(result, flip.concede),
        _tipping(judged, crux) if crux is not None else "",
        tuple(crossing.value for crossing in crossings),
        crux,
    )


def _tipping(judged: Judgement, crux: Crux) -> str:
    said = words.tipping(judged.result, crux.flips.strength, crux.tipping.crossings)
    if crux.tipping.crossings and crux.effect == "settles" and _needed(judged, crux) is None:
        return f"{said} What the answer adds is steadiness: the lead then survives shaken starting scores."
    return said


def _larger(flip: Flip) -> Outcome:
    return flip.deny if flip.deny.movement >= flip.concede.movement else flip.concede


def _needed(judged: Judgement, crux: Crux | None) -> float | None:
    """The smallest change of strength that brings the flip's leader about by margin.

    None where that leader is ahead by enough already, and the flip only steadies the lead.
    """
    if crux is None:
        return None
    goal = crux.outcome.verdict.leader
    present = judged.verdict.top if judged.verdict.reason in ("clear", "unstable") else None
    return None if goal == present else crux.needed


def single_answer(judged: Judgement, asked: frozenset[str] = frozenset()) -> Hinge | None:
    """The one answer that would change the verdict most easily: among ``asked`` if there is one, else anywhere."""
    found = hinges(judged)
    strict = [hinge for hinge in found if hinge.effect == "changes the leader"]
    for group in (strict, found):
        own = [hinge for hinge in group if hinge.node in asked]
        if own or group:
            return (own or group)[0]
    return None


def single_words(judged: Judgement, hinge: Hinge | None) -> str:
    """That answer in a sentence, or that there is none."""
    if hinge is None:
        if judged.verdict.leader is not None:
            return "No single answer would change the verdict: whatever one statement turned out to be, it would stay."
        return "No single answer would produce a leader: it takes more than one to tell the scenarios apart."
    return hinge.sentence


def overturning(judged: Judgement, scenario: str) -> tuple[Hinge, ...]:
    """Flips that take the lead from a scenario that has it, or give it the lead where it has not; best first."""
    leads = judged.verdict.leader == scenario
    found = []
    for hinge in hinges(judged):
        after = hinge.crux.outcome.verdict.leader if hinge.crux is not None else None
        if (after != scenario) if leads else (after == scenario):
            found.append(hinge)
    return tuple(found)


def overturning_words(judged: Judgement, scenario: str, found: tuple[Hinge, ...]) -> str:
    """What would overturn a scenario's standing, introduced in a sentence."""
    name, leads = words.scenario(judged.result, scenario), judged.verdict.leader == scenario
    if not found and leads:
        return f"No single statement, established as false or true, would take the lead from {name}."
    if not found and judged.verdict.top == scenario:
        return (
            f"{name[:1].upper()}{name[1:]} stands highest, but not by enough to be said to lead, so there is no lead to take "
            "from it; and no single statement, established as false or true, would make it lead."
        )
    if not found:
        return f"No single statement, established as false or true, would give {name} the lead."
    one = "One statement" if len(found) == 1 else f"Any one of {len(found)} statements"
    return f"{one} would {'take the lead from' if leads else 'give the lead to'} {name} if it were established as said:"


def searched(judged: Judgement, sets: Sets) -> tuple[FlipSets, ...]:
    """Sets of flips of the sizes asked for: pairs, or pairs and triples. Searching takes a moment."""
    if not sets:
        return ()
    return (judged.pairs,) if sets == "pairs" else (judged.pairs, judged.triples)


def set_words(judged: Judgement, sets: FlipSets) -> Iterator[tuple[tuple[tuple[str, str], ...], str]]:
    """Sets of flips that change the leader: (node, "false" or "true") for each member, and what they do."""
    for entry in sets.found:
        members = tuple(
            (node, "true" if value else "false")
            for node, value in zip(entry.nodes, entry.values, strict=True)
        )
        yield members, words.outcome(judged.result, entry.outcome)


def searched_words(sets: FlipSets) -> str:
    """What was searched for sets of flips, and what was not."""
    what = {2: "pairs", 3: "triples"}[sets.size]
    return (
        f"Searched: {sets.searched:,} of {sets.possible:,} possible {what}, those among the "
        f"{len(sets.candidates)} statements that move the scenarios most on their own. "
        f"The other {sets.not_searched:,} were not looked at, so there may be more; statements that move "
        "nothing on their own are never among the candidates."
    )
