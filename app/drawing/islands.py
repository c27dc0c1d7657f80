"""Which island of the whole map a node stands on: that of the crux it reaches first."""

from collections.abc import Mapping

from app.drawing.visible import Visible

SCENARIOS = "scenarios"
APART = "apart"


def islands(shown: Visible) -> Mapping[str, tuple[str, ...]]:
    """All nodes by island: the scenarios, one island per crux (by its id), and what is apart from them.

    A node stands with the crux it reaches by the fewest polar relations, through the targets of relations on
    relations; ties go to the crux whose id comes first. What no polar chain ties to a crux stands with what
    it asks about, defines, refines or exemplifies, or is so treated by.
    """
    home = {key: SCENARIOS for key, node in shown.nodes.items() if node.scenario is not None}
    cruxes = sorted(key for key, node in shown.nodes.items() if node.type == "crux")
    home |= {key: key for key in cruxes}
    _spread(shown, home, [(key, key) for key in cruxes], polar=True)
    grounded = [(key, island) for key, island in home.items() if island != SCENARIOS]
    _spread(shown, home, grounded, polar=False)
    groups: dict[str, list[str]] = {SCENARIOS: [], **{key: [] for key in cruxes}, APART: []}
    for key in shown.nodes:
        groups[home.get(key, APART)].append(key)
    return {key: tuple(members) for key, members in groups.items() if members}


def _spread(shown: Visible, home: dict[str, str], ring: list[tuple[str, str]], *, polar: bool) -> None:
    """Breadth first from nodes that have an island to those that have none."""
    seen = {element for element, _ in ring}
    while ring:
        following: list[tuple[str, str]] = []
        for element, island in ring:
            for relation in shown.incoming.get(element, ()) if polar else shown.touching(element):
                if (polar and not shown.view.polarity(relation)) or relation.id in seen:
                    continue
                seen.add(relation.id)
                following.append((relation.id, island))
                ends = (relation.source,) if polar else (relation.source, shown.landing(relation))
                for end in ends:
                    if end not in home:
                        home[end] = island
                        following.append((end, island))
        ring = following
