"""What a drawing shows, chosen but not yet laid out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.drawing.layout import Direction
from app.drawing.visible import Visible
from app.model.records import Node, Relation


@dataclass(frozen=True)
class Scene:
    """Nodes and the relations among them, with what to stress and how to arrange it.

    ``groups`` holds captioned areas by kind (``supports``, ``attacks``); ``direction`` is where relations point,
    but for the ``backwards`` ones; ``first`` and ``last`` are nodes to put at the two ends; ``roots`` are the
    nodes the outline starts from.
    """

    name: str
    title: str
    shown: Visible
    nodes: tuple[str, ...]
    relations: tuple[str, ...]
    roots: tuple[str, ...]
    focus: frozenset[str] = frozenset()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    captions: Mapping[str, str] = field(default_factory=dict)
    backwards: frozenset[str] = frozenset()
    direction: Direction = "RL"
    first: str | None = None
    last: str | None = None

    def node(self, key: str) -> Node:
        return self.shown.nodes[key]

    def relation(self, key: str) -> Relation:
        return self.shown.relations[key]

    @cached_property
    def hidden(self) -> Mapping[str, int]:
        """How many relations of each drawn node are left out."""
        drawn = set(self.relations)
        counts = {
            key: sum(relation.id not in drawn for relation in self.shown.touching(key)) for key in self.nodes
        }
        return {key: count for key, count in counts.items() if count}


class Picker:
    """Collects nodes and relations up to a number of nodes; a relation comes with all it needs to be drawn."""

    def __init__(self, shown: Visible, limit: int) -> None:
        self.shown = shown
        self.limit = max(1, limit)
        self.nodes: dict[str, None] = {}
        self.relations: dict[str, None] = {}

    def add_node(self, key: str) -> bool:
        """Take a node; False when there is no room for it."""
        if key not in self.nodes and len(self.nodes) >= self.limit:
            return False
        self.nodes[key] = None
        return True

    def add(self, relation: Relation, *, whatever: bool = False) -> bool:
        """Take a relation, its source, its target and, where that is a relation, that one with its ends.

        ``whatever`` the limit says, for what a drawing is about.
        """
        chain = [relation]
        while chain[-1].target in self.shown.relations:
            chain.append(self.shown.relations[chain[-1].target])
        needed = {r.source for r in chain} | {chain[-1].target}
        if not whatever and len(needed | self.nodes.keys()) > self.limit:
            return False
        for part in reversed(chain):
            if part.target in self.shown.nodes:
                self.nodes[part.target] = None
            self.nodes[part.source] = None
            self.relations[part.id] = None
        return True

    def add_all(self, relations: Iterable[Relation]) -> None:
        """Take as many of these as there is room for."""
        for relation in relations:
            self.add(relation)

    def close(self) -> None:
        """Take every relation whose ends are all taken."""
        grew = True
        while grew:
            grew = False
            for key in list(self.nodes):
                for relation in self.shown.outgoing.get(key, ()):
                    if relation.id not in self.relations and (
                        relation.target in self.nodes or relation.target in self.relations
                    ):
                        self.relations[relation.id] = None
                        grew = True

    def walk(self, start: Iterable[str], depth: int, *, upstream: bool, polar_only: bool = False) -> None:
        """Ring by ring, take what bears on these elements (upstream) or what they bear on."""
        ring, seen = list(start), set(start)
        for _ in range(depth):
            following: list[str] = []
            for key in ring:
                for relation in (self.shown.incoming if upstream else self.shown.outgoing).get(key, ()):
                    if polar_only and not self.shown.view.polarity(relation):
                        continue
                    if not self.add(relation):
                        continue
                    ends = self._onward(relation, upstream)
                    following += [end for end in ends if end not in seen]
                    seen.update(ends)
            ring = following

    def _onward(self, relation: Relation, upstream: bool) -> list[str]:
        """Where the walk goes on: upstream also at the relation itself, which others may undercut."""
        return [relation.source, relation.id] if upstream else [self.shown.landing(relation)]
