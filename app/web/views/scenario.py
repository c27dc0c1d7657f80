"""A scenario: what the text says of it, the arguments on it, and who is near it; two side by side."""

from dataclasses import dataclass

from app.analysis import Analysis
from app.analysis.nearness import near, on_scenario, questions
from app.analysis.tallies import KINDS, Kind, Tally, tallies
from app.model.records import Node
from app.model.snapshot import MapSnapshot, letter
from app.reasoning import Stance
from app.web import words
from app.web.views.common import (
    Cell,
    Link,
    Person,
    Quote,
    Ref,
    cell,
    find_scenario,
    incoming,
    person,
    quotes,
    ref,
)


@dataclass(frozen=True)
class Argument:
    """An argument on a scenario, with the chain (or both) that makes it one."""

    ref: Ref
    stance: str
    how: str
    chains: tuple[words.ChainWords, ...]
    remote: words.ChainWords | None


@dataclass(frozen=True)
class Through:
    """Derived arguments that all reach the scenario through the same last argument."""

    gate: Ref
    verb: str
    arguments: tuple[Argument, ...]


@dataclass(frozen=True)
class Side:
    """The arguments with one stance: direct ones, then the derived ones by what they pass through."""

    stance: str
    sign: str
    title: str
    direct: tuple[Link, ...]
    derived: tuple[Through, ...]
    tally: Tally


@dataclass(frozen=True)
class Hinge:
    """A crux that bears on the scenario."""

    ref: Ref
    question: str
    stance: str
    sign: str
    if_true: str
    if_false: str


@dataclass(frozen=True)
class Feature:
    """One line or point of the picture: what is known of it, and from where."""

    name: str
    basis: str
    note: str
    nodes: tuple[Ref, ...]


@dataclass(frozen=True)
class Near:
    """How many arguments a participant puts forward on either side."""

    person: Person
    supports: int
    opposes: int


@dataclass(frozen=True)
class ScenarioPage:
    """What a scenario's page shows."""

    ref: Ref
    letter: str
    quotes: tuple[Quote, ...]
    stated: tuple[Link, ...]
    implied: tuple[Link, ...]
    features: tuple[Feature, ...]
    sides: tuple[Side, ...]
    hinges: tuple[Hinge, ...]
    questions: tuple[Ref, ...]
    near: tuple[Near, ...]
    others: tuple[str, ...]


_TITLES = {"supports": "For it", "opposes": "Against it", "mixed": "Both ways"}


def scenario_page(result: Analysis, wanted: str) -> ScenarioPage:
    """The page of the scenario with that letter; NotFound."""
    view = result.view
    node = find_scenario(view, wanted)
    found = on_scenario(result, node)
    counted = tallies(result, node.id)
    defining = [link for link in incoming(view, node) if link.type == "defines"]
    return ScenarioPage(
        ref(view, node),
        letter(node),
        quotes(view, node),
        tuple(link for link in defining if link.basis == "stated"),
        tuple(link for link in defining if link.basis != "stated"),
        _features(view, node),
        tuple(_side(result, node, found, kind, counted[kind]) for kind in KINDS),
        _hinges(view, node, found),
        tuple(ref(view, question) for question in questions(result, node)),
        tuple(Near(person(view, n.participant), n.supports, n.opposes) for n in near(result, node)),
        tuple(letter(other) for other in view.scenarios if other.id != node.id),
    )


def _features(view: MapSnapshot, node: Node) -> tuple[Feature, ...]:
    drawing = node.scenario.drawing if node.scenario is not None else None
    rows = drawing.get("features") if drawing else None
    found = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            keys = row.get("nodes")
            named = [view.element(str(key)) for key in keys] if isinstance(keys, list) else []
            links = tuple(ref(view, element) for element in named if element is not None)
            found.append(
                Feature(str(row.get("name", "")), str(row.get("basis", "")), str(row.get("note", "")), links)
            )
    return tuple(found)


def _side(result: Analysis, node: Node, found: dict[str, Stance], kind: Kind, tally: Tally) -> Side:
    view = result.view
    mine = {key: stance for key, stance in found.items() if stance.stance == kind}
    direct = {key for key, stance in mine.items() if stance.basis == "direct"}
    links = tuple(link for link in incoming(view, node) if link.polarity and link.other.id in direct)
    groups: dict[str, list[Argument]] = {}
    for key, stance in sorted(mine.items(), key=lambda item: (_length(item[1]), item[0])):
        chain = next((c for sign in "+-" if (c := stance.chains[sign]) and _signed(kind, sign)), None)
        if key not in direct and chain is not None:
            # The last node before the scenario: … gate, relation, scenario.
            gate = next(i for i in reversed(chain.ids[:-1]) if i in view.content.nodes)
            shown = cell(view, node, stance, 90)
            argument = Argument(
                ref(view, view.content.nodes[key]), kind, shown.how, shown.chains, shown.remote
            )
            groups.setdefault(gate, []).append(argument)
    derived = [
        Through(ref(view, view.content.nodes[gate]), _verb(view, gate, node.id), tuple(rows))
        for gate, rows in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return Side(kind, view.words.stances[kind].sign, _TITLES[kind], links, tuple(derived), tally)


def _signed(kind: str, sign: str) -> bool:
    return kind == "mixed" or (sign == "+") == (kind == "supports")


def _length(stance: Stance) -> int:
    return min((c.relations for c in stance.chains.values() if c is not None), default=0)


def _verb(view: MapSnapshot, source: str, target: str) -> str:
    """What the gate does: to the scenario, or to a step or objection that ends in it."""
    found = [relation for relation in view.outgoing.get(source, ()) if view.polarity(relation)]
    for relation in found:
        if relation.target == target:
            return view.words.relations[relation.type].label
    for relation in found:
        onto = view.content.relations.get(relation.target)
        if onto is not None and onto.target == target:
            step = "a step to" if view.polarity(onto) > 0 else "an objection to"
            return f"{view.words.relations[relation.type].label} {step}"
    return "bears on"


def _hinges(view: MapSnapshot, node: Node, found: dict[str, Stance]) -> tuple[Hinge, ...]:
    rows = []
    for crux in view.cruxes:
        stance = found.get(crux.id)
        if stance is not None and stance.stance != "none" and crux.crux is not None:
            sign = view.words.stances[stance.stance].sign
            details = crux.crux
            hinge = Hinge(
                ref(view, crux), details.question, stance.stance, sign, details.if_true, details.if_false
            )
            rows.append((stance.basis != "direct", _length(stance), crux.id, hinge))
    return tuple(row[-1] for row in sorted(rows, key=lambda row: row[:3]))


@dataclass(frozen=True)
class Difference:
    """An argument that does different things for two scenarios."""

    ref: Ref
    left: Cell
    right: Cell


@dataclass(frozen=True)
class Versus:
    """Two scenarios side by side."""

    left: ScenarioPage
    right: ScenarioPage
    cruxes: tuple[Difference, ...]
    arguments: tuple[Difference, ...]
    alike: int


def versus(result: Analysis, first: str, second: str) -> Versus:
    """Two scenarios side by side: the cruxes that tell them apart, then the other arguments that do; NotFound."""
    view = result.view
    ends = [find_scenario(view, wanted) for wanted in (first, second)]
    left, right = (scenario_page(result, wanted) for wanted in (first, second))
    rows, alike = [], 0
    for node in result.nodes:
        pair = [result.stances.table.get((node.id, end.id)) for end in ends]
        if node.scenario is not None or pair[0] is None or pair[1] is None:
            continue
        if pair[0].stance == pair[1].stance:
            alike += pair[0].stance != "none"
            continue
        shown = [
            cell(view, end, stance) for end, stance in zip(ends, pair, strict=True) if stance is not None
        ]
        opposed = {pair[0].stance, pair[1].stance} == {"supports", "opposes"}
        nearest = min((_length(s) for s in pair if s is not None and s.stance != "none"), default=0)
        rows.append((not opposed, nearest, node.id, Difference(ref(view, node), shown[0], shown[1])))
    ordered = [row[-1] for row in sorted(rows, key=lambda row: row[:3])]
    return Versus(
        left,
        right,
        tuple(row for row in ordered if row.ref.type == "crux"),
        tuple(row for row in ordered if row.ref.type != "crux"),
        alike,
    )
