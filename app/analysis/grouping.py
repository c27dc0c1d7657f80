"""Which crux an argument hangs on: the nearest one that it reaches along polar relations."""

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from app.model.snapshot import MapSnapshot

_kept: WeakKeyDictionary[MapSnapshot, Mapping[str, tuple[str, int]]] = WeakKeyDictionary()


def nearest_crux(view: MapSnapshot) -> Mapping[str, tuple[str, int]]:
    """For each node that leads to a crux: (the crux, how many relations away). A crux is 0 from itself.

    Searched breadth first from all cruxes at once, against the direction of the relations and through
    the target of relations that bear on relations; ties go to the crux whose id comes first.
    """
    if view not in _kept:
        _kept[view] = _search(view)
    return _kept[view]


def hanging_on(view: MapSnapshot, crux: str) -> list[tuple[str, int]]:
    """The nodes whose nearest crux this is, nearest first, itself left out."""
    found = [
        (distance, key)
        for key, (root, distance) in nearest_crux(view).items()
        if root == crux and key != crux
    ]
    return [(key, distance) for distance, key in sorted(found)]


def _search(view: MapSnapshot) -> dict[str, tuple[str, int]]:
    found = {crux.id: (crux.id, 0) for crux in sorted(view.cruxes, key=lambda n: n.id)}
    frontier = [(key, root, distance) for key, (root, distance) in found.items()]
    seen_relations: set[str] = set()
    while frontier:
        following: list[tuple[str, str, int]] = []
        for key, root, distance in frontier:
            for relation in view.incoming.get(key, ()):
                if relation.id in seen_relations or not view.polarity(relation) or not view.visible(relation):
                    continue
                seen_relations.add(relation.id)
                following.append((relation.id, root, distance + 1))
                source = view.content.nodes.get(relation.source)
                if source is not None and view.visible(source) and source.id not in found:
                    found[source.id] = (root, distance + 1)
                    following.append((source.id, root, distance + 1))
        frontier = following
    return found
