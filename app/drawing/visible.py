"""The part of a map that drawings show: what is neither withdrawn nor rejected, with both ends there."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.errors import NotFound
from app.model.records import Node, Relation
from app.model.snapshot import MapSnapshot


@dataclass(frozen=True, eq=False)
class Visible:
    """Nodes and relations by id; a relation's ends are those of nodes that were not merged away."""

    view: MapSnapshot

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Visible nodes that were not merged into another."""
        return {
            n.id: n
            for n in self.view.content.nodes.values()
            if n.merged_into is None and self.view.visible(n)
        }

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """Visible relations between visible elements, to any depth of relations on relations."""
        joined = {}
        for relation in self.view.content.relations.values():
            source = self.view.element(relation.source)
            target = self.view.element(relation.target)
            if self.view.visible(relation) and source is not None and target is not None:
                ends = {"source": source.id, "target": target.id}
                changed = (relation.source, relation.target) != (source.id, target.id)
                joined[relation.id] = relation.model_copy(update=ends) if changed else relation
        while lost := [
            r.id
            for r in joined.values()
            if r.source not in self.nodes or not (r.target in self.nodes or r.target in joined)
        ]:
            for key in lost:
                del joined[key]
        return {r.id: r for r in joined.values() if self._grounded(r, joined)}

    @staticmethod
    def _grounded(relation: Relation, joined: Mapping[str, Relation]) -> bool:
        """Whether following targets ends at a node: relations that target one another in a ring do not."""
        seen = set()
        while relation.target in joined:
            if relation.id in seen:
                return False
            seen.add(relation.id)
            relation = joined[relation.target]
        return True

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the id of their target, polar ones first."""
        return self._by("target")

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by the id of their source, polar ones first."""
        return self._by("source")

    def _by(self, end: str) -> Mapping[str, tuple[Relation, ...]]:
        out: dict[str, list[Relation]] = {}
        for relation in self.relations.values():
            out.setdefault(getattr(relation, end), []).append(relation)
        return {key: tuple(sorted(rows, key=self._order)) for key, rows in out.items()}

    def _order(self, relation: Relation) -> tuple[int, str]:
        return -abs(self.view.polarity(relation)), relation.id

    def touching(self, key: str) -> tuple[Relation, ...]:
        """Relations into and out of an element."""
        return (*self.incoming.get(key, ()), *self.outgoing.get(key, ()))

    def landing(self, relation: Relation) -> str:
        """The node a relation ends at; for a relation on a relation, the node that one ends at, and so on."""
        while relation.target in self.relations:
            relation = self.relations[relation.target]
        return relation.target

    def node(self, key: str) -> Node:
        """A visible node, by its id or an alias of it.

        Raises
        ------
        NotFound : there is none.
        """
        found = self.view.element(key)
        if not isinstance(found, Node) or found.id not in self.nodes:
            raise NotFound("There is no such node to draw", key)
        return found

    def scenario(self, key: str) -> Node:
        """A visible scenario, by its letter or id.

        Raises
        ------
        NotFound : there is none.
        """
        for node in self.view.scenarios:
            if key == node.id or (node.scenario is not None and key.upper() == node.scenario.letter):
                return node
        raise NotFound("There is no such scenario to draw", key)
