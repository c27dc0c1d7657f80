"""Choosing what to draw: the neighbourhood of an element, the map of a crux, what lies between scenarios."""

from collections.abc import Iterable, Mapping

from app.analysis import Analysis
from app.drawing.scene import Picker, Scene
from app.drawing.visible import Visible
from app.errors import NotFound
from app.model.records import Node, Relation
from app.model.snapshot import letter
from app.reasoning import Stance

RINGS = 2
CRUX_LEAD = 3


def neighbourhood_scene(analysis: Analysis, key: str, limit: int, rings: int = RINGS) -> Scene:
    """The element, what bears on it and what it bears on, ring by ring, up to ``limit`` nodes.

    Raises
    ------
    NotFound : no such node or relation, or it is withdrawn.
    """
    shown = Visible(analysis.view)
    picker = Picker(shown, limit)
    relation = shown.relations.get(key)
    if relation is not None:
        picker.add(relation, whatever=True)
        picker.walk([relation.id], rings, upstream=True)
        name = analysis.view.words.relations[relation.type].label
        source = shown.nodes[relation.source]
        title = f"What surrounds the link “{_brief(source.text)} — {name} …”"
        start, roots = relation.source, (relation.source,)
    else:
        node = shown.node(key)
        start, roots = node.id, (node.id,)
        picker.add_node(start)
        title = f"What surrounds “{_brief(node.text)}”"
    # One ring of each first, so that neither side uses up the room of the other.
    for depth in range(1, rings + 1):
        picker.walk([start], depth, upstream=True)
        picker.walk([start], depth, upstream=False)
    picker.close()
    return Scene(
        name=f"neighbourhood-{key}",
        title=title,
        shown=shown,
        nodes=tuple(picker.nodes),
        relations=tuple(picker.relations),
        roots=roots,
        focus=frozenset({key}),
    )


def crux_scene(analysis: Analysis, key: str, limit: int, steps: int = 2) -> Scene:
    """A crux: the arguments on both sides of it, up to ``steps`` away, and the chains to the scenarios.

    Raises
    ------
    NotFound : no such node.
    """
    shown = Visible(analysis.view)
    crux = shown.node(key)
    picker = Picker(shown, limit)
    picker.add_node(crux.id)
    for stance in analysis.stances_of(crux.id).values():
        _take_chains(picker, shown, [stance])
    onward = set(picker.nodes) - {crux.id}
    for depth in range(1, steps + 1):
        picker.walk([crux.id], depth, upstream=True, polar_only=True)
    if steps > 1:
        picker.walk([crux.id], 1, upstream=True)
        picker.walk([crux.id], 1, upstream=False)
    picker.close()
    return Scene(
        name=f"crux-{crux.id}",
        title=f"Both sides of “{_brief(crux.text)}”",
        shown=shown,
        nodes=tuple(picker.nodes),
        relations=tuple(picker.relations),
        roots=(crux.id,),
        focus=frozenset({crux.id}),
        groups=_sides(shown, picker, crux.id, onward),
        captions={
            "supports": "For it, and what bears on that",
            "attacks": "Against it, and what bears on that",
        },
    )


def _sides(shown: Visible, picker: Picker, crux: str, onward: set[str]) -> Mapping[str, tuple[str, ...]]:
    """The branches of the arguments for the crux and of those against it.

    A branch is an argument that bears on the crux directly and all that reaches the crux first through it,
    whether it backs that argument or attacks it: so that most lines stay within their side.
    """
    sides: dict[str, str] = {}
    ring: list[tuple[str, str]] = [(crux, "")]
    while ring:
        following: list[tuple[str, str]] = []
        for element, side in ring:
            for relation in shown.incoming.get(element, ()):
                if not shown.view.polarity(relation) or relation.id not in picker.relations:
                    continue
                branch = side or ("supports" if shown.view.polarity(relation) > 0 else "attacks")
                for key in (relation.id, relation.source):
                    if key not in sides and key != crux:
                        sides[key] = branch
                        following.append((key, branch))
        ring = following
    found = {
        name: tuple(n for n in picker.nodes if n not in onward and sides.get(n) == name)
        for name in ("supports", "attacks")
    }
    return {name: members for name, members in found.items() if members}


def between_scene(analysis: Analysis, first: str, second: str, limit: int) -> Scene:
    """What separates two scenarios: the cruxes and other nodes that treat them differently, with their chains.

    Raises
    ------
    NotFound : one of them does not exist, or both are the same.
    """
    shown = Visible(analysis.view)
    a, b = shown.scenario(first), shown.scenario(second)
    if a.id == b.id:
        raise NotFound("Two different scenarios are needed to draw what lies between them", first)
    picker = Picker(shown, limit)
    picker.add_node(a.id)
    picker.add_node(b.id)
    for node in dividing(analysis, a, b):
        stances = analysis.stances_of(node.id)
        _take_chains(picker, shown, [stances[a.id], stances[b.id]])
    picker.close()
    return Scene(
        name=f"between-{letter(a)}-{letter(b)}",
        title=f"What separates scenario {letter(a)} from scenario {letter(b)}",
        shown=shown,
        nodes=tuple(picker.nodes),
        relations=tuple(picker.relations),
        roots=(a.id, b.id),
        focus=frozenset({a.id, b.id}),
        backwards=_leftwards(shown, picker, a.id, b.id),
        direction="LR",
        first=a.id,
        last=b.id,
    )


def _leftwards(shown: Visible, picker: Picker, a: str, b: str) -> frozenset[str]:
    """The relations that lead towards the first scenario rather than the second: those are read leftwards."""
    to_a, to_b = _steps(shown, picker, a), _steps(shown, picker, b)
    far = len(picker.nodes) + 1

    def lean(element: str) -> int:
        return to_a.get(element, far) - to_b.get(element, far)

    return frozenset(
        key
        for key in picker.relations
        if lean(shown.relations[key].target) < lean(shown.relations[key].source)
        or shown.relations[key].target == a
    )


def _steps(shown: Visible, picker: Picker, goal: str) -> Mapping[str, int]:
    """How many of the relations taken lie between each element and the goal."""
    steps, ring = {goal: 0}, [goal]
    while ring:
        following = []
        for element in ring:
            for relation in shown.incoming.get(element, ()):
                if relation.id in picker.relations:
                    for key in (relation.id, relation.source):
                        if key not in steps:
                            steps[key] = steps[element] + 1
                            following.append(key)
        ring = following
    return steps


def dividing(analysis: Analysis, a: Node, b: Node, most: int = 12) -> list[Node]:
    """Nodes whose stance on two scenarios differs, those that decide most first.

    Opposite stances come before others, short chains before long ones; a node that is no crux counts as if
    its chains were :data:`CRUX_LEAD` relations longer, so that cruxes come first where they are near.
    """
    rows: list[tuple[tuple[bool, int, str], Node]] = []
    for node in analysis.nodes:
        stances = analysis.stances_of(node.id)
        on_a, on_b = stances.get(a.id), stances.get(b.id)
        if on_a is None or on_b is None or on_a.stance == on_b.stance:
            continue
        opposite = {on_a.stance, on_b.stance} == {"supports", "opposes"}
        length = sum(min((c.relations for c in s.chains.values() if c), default=5) for s in (on_a, on_b))
        rows.append(((not opposite, length + CRUX_LEAD * (node.type != "crux"), node.id), node))
    return [node for _, node in sorted(rows, key=lambda row: row[0])[:most]]


def _take_chains(picker: Picker, shown: Visible, stances: Iterable[Stance]) -> None:
    """Take the chains that decide these stances: both where the stance is mixed."""
    for stance in stances:
        chains = [chain for chain in stance.chains.values() if chain is not None]
        if not chains:
            continue
        shortest = min(chain.relations for chain in chains)
        for chain in sorted(chains, key=lambda c: (c.relations, c.sign)):
            if chain.relations > shortest and stance.stance != "mixed":
                continue
            links: list[Relation] = [shown.relations[i] for i in chain.ids if i in shown.relations]
            picker.add_all(links)


def _brief(text: str, length: int = 80) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"
