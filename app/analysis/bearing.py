"""How a statement bears on each scenario, and what a scenario stands on: chains, what they carry, in words."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from app.analysis import words
from app.analysis.judgement import Judgement
from app.analysis.tallies import inferred
from app.model.snapshot import letter
from app.reasoning import Explanation

LISTED = 10


@dataclass(frozen=True)
class Carried:
    """A chain as a sentence, and the part of the whole effect it carries (signed).

    ``inferred``: those of its relations that the text does not state.
    """

    ids: tuple[str, ...]
    inferred: tuple[str, ...]
    sign: int
    relations: int
    carries: float
    sentence: str


@dataclass(frozen=True)
class Bearing:
    """A node's bearing on one scenario.

    ``total`` is the scenario's strength now minus without the node; ``carried`` the sum over the chains
    that are listed, ``unlisted`` over further ones that were found. ``complete``: no chain was left unfound.
    """

    scenario: str
    letter: str
    stance: str
    basis: str | None
    strength: float
    total: float
    carried: float
    unlisted: float
    found: int
    complete: bool
    chains: tuple[Carried, ...]
    summary: str
    accounted: str

    @property
    def remainder(self) -> float:
        """What the chains that are listed do not account for."""
        return self.total - self.carried


def bearings(
    judged: Judgement, node: str, most: int = LISTED, limit: int | None = None
) -> tuple[Bearing, ...]:
    """A node's bearing on every scenario, by letter; empty for scenarios and for what does not count.

    ``most`` bounds the chains that are listed, ``limit`` the characters of each quoted statement.
    """
    result = judged.result
    stances = result.stances_of(node)
    found = []
    for topic in result.view.scenarios:
        stance = stances.get(topic.id)
        if stance is None or node == topic.id or result.view.content.nodes[node].scenario is not None:
            continue
        why = judged.explain(node, topic.id)
        chains = tuple(
            Carried(
                c.chain.ids,
                inferred(result.view, c.chain),
                c.chain.sign,
                c.chain.relations,
                c.carries,
                words.chain(result, c.chain.ids, limit),
            )
            for c in why.chains[:most]
        )
        carried = sum(c.carries for c in chains)
        found.append(
            Bearing(
                topic.id,
                letter(topic),
                stance.stance,
                stance.basis,
                judged.strengths[topic.id],
                why.total,
                carried,
                why.carried - carried,
                len(why.chains),
                why.complete,
                chains,
                effect(letter(topic), judged.strengths[topic.id], why.total, bool(why.chains)),
                _accounted(why, chains, carried),
            )
        )
    return tuple(found)


def effect(name: str, strength: float, total: float, reaches: bool = True) -> str:
    """What a scenario owes to something: "Without it, C would stand at 0.41 instead of 0.55"."""
    if not reaches:
        return f"No chain of arguments leads from it to {name}: it does nothing for or against {name}."
    if abs(total) < words.SMALL:
        return (
            f"Without it, {name} would stand where it stands, at {strength:.2f} (a change of less than 0.01)."
        )
    does = f"holds {name} up" if total > 0 else f"pulls {name} down"
    return f"Without it, {name} would stand at {words.less(strength, total)} instead of {strength:.2f}: it {does}."


def _accounted(why: Explanation, chains: tuple[Carried, ...], carried: float) -> str:
    """What the listed chains carry together, beside the whole."""
    if not chains:
        return ""
    if all(abs(value) < words.SMALL for value in (why.total, carried)):
        return "That is too little to divide among chains."
    those = "This chain carries" if len(chains) == 1 else f"These {len(chains)} chains together carry"
    said = f"{those} {words.signed(carried)} of a whole effect of {words.signed(why.total)}"
    rest = why.total - carried
    if abs(rest) < words.SMALL:
        return f"{said}; nothing worth listing remains."
    others = len(why.chains) - len(chains)
    where = []
    if others:
        where.append(f"{others} weaker chains")
    if not why.complete:
        where.append("longer chains that were not searched")
    if abs(why.total - why.carried) >= words.SMALL and why.complete:
        where.append("circles of arguments, which no single chain describes")
    return f"{said}; the remaining {words.signed(rest)} lies in {words.listed(where) or 'rounding'}."


@dataclass(frozen=True)
class Pull:
    """What one statement does for a scenario: strength now minus strength without it."""

    node: str
    effect: float
    without: float


@dataclass(frozen=True)
class Footing:
    """What a scenario stands on: the strongest for and against by removal effect, strongest first."""

    scenario: str
    letter: str
    strength: float
    holds_up: tuple[Pull, ...]
    pulls_down: tuple[Pull, ...]
    sentence: str


def footing(judged: Judgement, scenario: str, most: int = 5) -> Footing:
    """What a scenario stands on, and that in one sentence."""
    now = judged.strengths[scenario]
    nodes = judged.result.view.content.nodes
    pulls = [
        Pull(key, value, now - value)
        for key, effects in judged.removal.items()
        if nodes[key].scenario is None
        and not math.isnan(value := effects[scenario])
        and abs(value) >= words.SMALL
    ]
    pulls.sort(key=lambda pull: (-abs(pull.effect), pull.node))
    up = tuple(pull for pull in pulls if pull.effect > 0)[:most]
    down = tuple(pull for pull in pulls if pull.effect < 0)[:most]
    name = words.scenario(judged.result, scenario)
    said = list(_footing_words(judged, name, now, up, down))
    return Footing(scenario, name, now, up, down, " ".join(said))


def _footing_words(
    judged: Judgement, name: str, now: float, up: tuple[Pull, ...], down: tuple[Pull, ...]
) -> Iterator[str]:
    if not up and not down:
        yield f"Nothing in the map moves {name} by as much as 0.01: it stands where it starts, at {now:.2f}."
        return
    if up:
        most = up[0]
        yield (
            f"{name} is held up most by {words.called(judged.result, most.node)} "
            f"(without it, {name} would stand at {words.less(now, most.effect)} instead of {now:.2f})."
        )
    if down:
        most = down[0]
        yield (
            f"It is pulled down most by {words.called(judged.result, most.node)} (without it: {most.without:.2f})."
            if up
            else f"{name} is pulled down most by {words.called(judged.result, most.node)} "
            f"(without it, {name} would stand at {words.less(now, most.effect)} instead of {now:.2f})."
        )
