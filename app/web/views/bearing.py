"""What a node's and a scenario's page show of reasoning: effects, chains by what they carry, what would overturn."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.analysis import Analysis, judgement, words
from app.analysis.bearing import Bearing, bearings, footing
from app.analysis.hinges import overturning, overturning_words
from app.analysis.verdicts import answered, sentence
from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.web.views import verdict as parts
from app.web.views.common import find_node, find_scenario

CHAINS = 6


@dataclass(frozen=True)
class Chain:
    """A chain as a sentence, and what it carries."""

    carries: str
    sign: str
    sentence: str


@dataclass(frozen=True)
class Carries:
    """What a node does for one scenario, in numbers with their words."""

    letter: str
    total: str
    summary: str
    accounted: str
    chains: tuple[Chain, ...]


@dataclass(frozen=True)
class NodeBearing:
    """A node's strength, its bearing by the scenario's letter, whether objections to it are answered, its flips."""

    strength: str
    base: str
    answered: str
    if_false: str
    if_true: str
    carries: Mapping[str, Carries]


def node_bearing(result: Analysis, key: str) -> NodeBearing | None:
    """What the page of a node shows; None for scenarios, for what does not count and for what no argument touches.

    Raises
    ------
    NotFound : no such node.
    """
    node = find_node(result.view, key)
    if node.scenario is not None or node.id not in result.framework.number or not _argued(result.view, node):
        return None
    judged = judgement(result)
    flip = next(f for f in judged.cruxes.flips if f.node == node.id)
    found = bearings(judged, node.id, CHAINS, 110)
    base = "0.50" if node.base is None else f"{node.base:.2f}, set by an editor"
    return NodeBearing(
        f"{judged.strengths[node.id]:.2f}",
        base,
        answered(judged, node.id),
        words.outcome(result, flip.deny),
        words.outcome(result, flip.concede),
        {each.letter: _carries(each) for each in found},
    )


def _argued(view: MapSnapshot, node: Node) -> bool:
    """Whether anything speaks for or against it, or it for or against anything: else a strength says nothing."""
    touching = (*view.incoming.get(node.id, ()), *view.outgoing.get(node.id, ()))
    return any(view.polarity(relation) and view.visible(relation) for relation in touching)


def _carries(found: Bearing) -> Carries:
    return Carries(
        found.letter,
        words.signed(found.total),
        found.summary,
        found.accounted,
        tuple(Chain(words.signed(c.carries), "+" if c.sign > 0 else "−", c.sentence) for c in found.chains),
    )


@dataclass(frozen=True)
class ScenarioStanding:
    """What a scenario stands on and what would overturn it."""

    verdict: str
    stand: parts.Stand
    leads: bool
    intro: str
    turns: tuple[parts.Turn, ...]
    more: int


def scenario_standing(result: Analysis, letter: str, most: int = 8) -> ScenarioStanding | None:
    """What the page of a scenario shows; None where it does not count. NotFound."""
    node = find_scenario(result.view, letter)
    judged = judgement(result)
    if node.id not in judged.framework.topic_ids:
        return None
    found = overturning(judged, node.id)
    return ScenarioStanding(
        sentence(judged),
        parts.stand(judged, footing(judged, node.id)),
        judged.verdict.leader == node.id,
        overturning_words(judged, node.id, found),
        tuple(parts.turn(judged, hinge) for hinge in found[:most]),
        max(0, len(found) - most),
    )
