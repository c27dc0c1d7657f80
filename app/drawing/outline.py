"""The content of a drawing as a nested list, for those who cannot or would rather not look at it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app import urls
from app.drawing.scene import Scene
from app.model.records import Node, Relation

DEEPEST = 8


@dataclass(frozen=True)
class OutlineItem:
    """One line of the outline: a node, with how it bears on the item above it.

    ``relation`` words the link as seen from the item above ("supported by", "undercuts"), ``sign`` is its
    sign, ``relation_href`` its page; all empty at the top. ``again`` marks a node that stands elsewhere in
    full. ``on_relation`` says that the item bears on the link just above it, not on the node.
    """

    id: str
    text: str
    href: str
    type: str
    letter: str = ""
    status: str = "reviewed"
    relation: str = ""
    sign: str = ""
    polarity: int = 0
    relation_href: str = ""
    relation_status: str = "reviewed"
    rationale: str = ""
    on_relation: bool = False
    again: bool = False
    relation_id: str = ""
    children: tuple["OutlineItem", ...] = field(default=())

    def walk(self) -> Iterator["OutlineItem"]:
        """This item and all under it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class _Tree:
    """The scene turned into trees: each node in full once, under the relation by which it is nearest a root."""

    scene: Scene
    told: set[str] = field(default_factory=set)  # relations
    full: set[str] = field(default_factory=set)  # nodes
    parents: dict[str, str] = field(default_factory=dict)  # node -> the relation it is told under

    def __post_init__(self) -> None:
        drawn = set(self.scene.relations)
        touching = self.scene.shown.touching
        self.links = {key: [r for r in touching(key) if r.id in drawn] for key in (*self.scene.nodes, *drawn)}

    def span(self, root: str) -> None:
        """Breadth first from a root over everything not yet reached."""
        ring = [root]
        self.parents[root] = ""
        while ring:
            following = []
            for key in ring:
                for relation in self._near(key):
                    for end in (relation.source, self.scene.shown.landing(relation)):
                        if end not in self.parents:
                            self.parents[end] = relation.id
                            following.append(end)
            ring = following

    def _near(self, node: str) -> list[Relation]:
        """The node's relations, and those that bear on them."""
        found = {relation.id: relation for relation in self.links[node]}
        pending = list(found)
        while pending:
            for relation in self.links[pending.pop()]:
                if relation.id not in found:
                    found[relation.id] = relation
                    pending.append(relation.id)
        return list(found.values())

    def root(self, node: str) -> OutlineItem:
        """A node with nothing above it."""
        self.full.add(node)
        return replace(_plain(self.scene.node(node)), children=tuple(self._below(node, 1)))

    def _below(self, node: str, depth: int) -> Iterator[OutlineItem]:
        for relation in self.links[node]:
            if relation.id not in self.told:
                inward = relation.target == node
                other = relation.source if inward else self.scene.shown.landing(relation)
                yield self._link(relation, other, depth, inward=inward)

    def _link(
        self, relation: Relation, other: str, depth: int, *, inward: bool, on_relation: bool = False
    ) -> OutlineItem:
        self.told.add(relation.id)
        under = tuple(
            self._link(r, r.source, depth + 1, inward=True, on_relation=True)
            for r in self.links[relation.id]
            if r.target == relation.id and r.id not in self.told
        )
        here = self.parents.get(other) == relation.id and other not in self.full and depth < DEEPEST
        if here:
            self.full.add(other)
        kind = self.scene.shown.view.words.relations[relation.type]
        label = kind.inverse if inward else kind.label
        if not inward and relation.target in self.scene.shown.relations:
            label += " a link to"
        return replace(
            _plain(self.scene.node(other)),
            relation=label,
            sign=kind.sign,
            polarity=kind.polarity,
            relation_href=urls.relation(relation),
            relation_status=relation.status,
            relation_id=relation.id,
            rationale=relation.rationale,
            on_relation=on_relation,
            again=not here,
            children=(*under, *(self._below(other, depth + 1) if here else ())),
        )


def _plain(node: Node) -> OutlineItem:
    return OutlineItem(
        id=node.id,
        text=node.text,
        href=urls.node(node),
        type=node.type,
        letter=node.scenario.letter if node.scenario is not None else "",
        status=node.status,
    )


def outline(scene: Scene) -> tuple[OutlineItem, ...]:
    """The scene as nested items: every node and every relation of it occurs.

    What lies deeper than :data:`DEEPEST` levels starts again at the top.
    """
    tree = _Tree(scene)
    order = dict.fromkeys((*scene.roots, *scene.nodes))
    for node in order:
        if node not in tree.parents:
            tree.span(node)
    items = [tree.root(node) for node in order if not tree.parents[node]]
    items += [tree.root(node) for node in order if node not in tree.full]
    return tuple(items)
