"""Everything reasoning says of one snapshot, computed when first asked for and kept with the snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

from app.model.records import Mention, Node, Relation
from app.model.snapshot import MapSnapshot
from app.reasoning import Framework, Stance, Stances, stances
from app.reasoning import Relation as Link

E = TypeVar("E", Node, Relation)


@dataclass(frozen=True, eq=False)
class Analysis:
    """Reasoning about a map, over reviewed content only or with unreviewed content asked in."""

    view: MapSnapshot
    include_unreviewed: bool = False

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes that count."""
        return tuple(
            n for n in self.view.content.nodes.values() if self.view.counts(n, self.include_unreviewed)
        )

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The polar relations that count."""
        return tuple(
            r
            for r in self.view.content.relations.values()
            if self.view.polarity(r) and self.view.counts(r, self.include_unreviewed)
        )

    def heard(self, mention: Mention) -> bool:
        """Whether the comment that a passage stands in counts."""
        comment = self.view.comment_at(mention.document, mention.start)
        if comment is None or comment.status == "reviewed":
            return True
        return self.include_unreviewed and comment.status == "unreviewed"

    @cached_property
    def framework(self) -> Framework:
        """The map as arrays, with the base scores editors set (and the default where they set none)."""
        topics = [n.id for n in self.view.scenarios if self.view.counts(n, self.include_unreviewed)]
        links = [
            Link(r.id, r.source, r.target, self.view.polarity(r), 1.0 if r.base is None else r.base)
            for r in self.relations
        ]
        return Framework.build({n.id: n.base for n in self.nodes}, links, topics)

    @cached_property
    def stances(self) -> Stances:
        """The stance of every node that counts on every scenario."""
        return stances(self.framework)

    def stances_of(self, node: str) -> Mapping[str, Stance]:
        """The node's stance on each scenario, by the scenario's id; empty for a node that does not count."""
        return {t: s for t in self.stances.topics if (s := self.stances.table.get((node, t))) is not None}


def as_heard(result: Analysis) -> Analysis:
    """The same map without the passages that are not heard, for what leaves the house: exports and prose."""
    content = result.view.content
    nodes = {n.id: _hearing(result, n) for n in content.nodes.values()}
    relations = {r.id: _hearing(result, r) for r in content.relations.values()}
    if nodes == content.nodes and relations == content.relations:
        return result
    heard = result.view.over(replace(content, nodes=nodes, relations=relations))
    return analysis(heard, result.include_unreviewed)


def _hearing(result: Analysis, element: E) -> E:
    kept = tuple(m for m in element.passages if result.heard(m))
    return element if kept == element.passages else element.model_copy(update={"passages": kept})


_kept: WeakKeyDictionary[MapSnapshot, dict[bool, Analysis]] = WeakKeyDictionary()


def analysis(view: MapSnapshot, include_unreviewed: bool = False) -> Analysis:
    """The analysis of a snapshot; the same object each time, for as long as the snapshot lives."""
    kept = _kept.setdefault(view, {})
    if include_unreviewed not in kept:
        kept[include_unreviewed] = Analysis(view, include_unreviewed)
    return kept[include_unreviewed]
