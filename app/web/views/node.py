"""A node, a crux, a relation: the sentence, where it comes from, what it does."""

from dataclasses import dataclass

from app.analysis import Analysis
from app.analysis.grouping import hanging_on, nearest_crux
from app.errors import NotFound
from app.model.records import CruxDetails, Node, Relation
from app.model.snapshot import MapSnapshot
from app.web import words
from app.web.views.common import (
    Cell,
    Link,
    Person,
    Quote,
    Ref,
    find_node,
    incoming,
    outgoing,
    person,
    quotes,
    ref,
    strip,
)


@dataclass(frozen=True)
class Holding:
    """What one participant does with an element, and where."""

    person: Person
    attitudes: tuple[str, ...]
    labels: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Connections:
    """The relations of an element under one heading: "supported by", "attacks" …"""

    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class NodePage:
    """What the page of a node shows."""

    ref: Ref
    status: str
    status_help: str
    help: str
    tags: tuple[str, ...]
    quotes: tuple[Quote, ...]
    holdings: tuple[Holding, ...]
    strip: tuple[Cell, ...]
    out: tuple[Connections, ...]
    into: tuple[Connections, ...]
    crux: Ref | None
    model: str


@dataclass(frozen=True)
class CruxPage:
    """What the page of a crux shows beyond what every node's page does."""

    node: NodePage
    details: CruxDetails
    pro: tuple[Link, ...]
    con: tuple[Link, ...]
    other: tuple[Connections, ...]
    hanging: tuple[tuple[Ref, int], ...]


@dataclass(frozen=True)
class RelationPage:
    """What the page of a relation shows."""

    ref: Ref
    sign: str
    verb: str
    help: str
    polarity: int
    source: Ref
    target: Ref
    basis: str
    basis_help: str
    rationale: str
    status: str
    status_help: str
    active: bool
    quotes: tuple[Quote, ...]
    holdings: tuple[Holding, ...]
    on_it: tuple[Connections, ...]


def node_page(result: Analysis, key: str) -> NodePage:
    """The page of a node; NotFound."""
    view = result.view
    node = find_node(view, key)
    near = nearest_crux(view).get(node.id)
    crux = view.content.nodes[near[0]] if near is not None and near[0] != node.id else None
    out = grouped(outgoing(view, node))
    return NodePage(
        ref(view, node),
        node.status,
        view.words.statuses[node.status].help,
        view.words.nodes[node.type].help,
        node.tags,
        quotes(view, node),
        holdings(view, node),
        strip(result, node, None),
        out,
        grouped(incoming(view, node)),
        ref(view, crux) if crux is not None else None,
        f"/models/{node.id}" if node.model is not None and view.visible(node) else "",
    )


def crux_page(result: Analysis, key: str) -> CruxPage:
    """The page of a crux; NotFound."""
    view = result.view
    node = find_node(view, key)
    if node.crux is None:
        raise NotFound("this is not a crux", where=key)
    links = incoming(view, node)
    return CruxPage(
        node_page(result, key),
        node.crux,
        tuple(link for link in links if link.polarity > 0 and link.active),
        tuple(link for link in links if link.polarity < 0 and link.active),
        grouped(tuple(link for link in links if not link.polarity)),
        tuple((ref(view, view.content.nodes[other]), steps) for other, steps in hanging_on(view, node.id)),
    )


def relation_page(view: MapSnapshot, key: str) -> RelationPage:
    """The page of a relation; NotFound."""
    relation = view.content.relations.get(key)
    if relation is None:
        raise NotFound("there is no such relation in this map", where=key)
    kind = view.words.relations[relation.type]
    source, target = words.ends(view, relation)
    return RelationPage(
        ref(view, relation),
        kind.sign,
        kind.label,
        kind.help,
        kind.polarity,
        ref(view, source),
        ref(view, target),
        view.words.bases[relation.basis].label,
        view.words.bases[relation.basis].help,
        relation.rationale,
        relation.status,
        view.words.statuses[relation.status].help,
        view.visible(source) and view.visible(target),
        quotes(view, relation),
        holdings(view, relation),
        grouped(incoming(view, relation)),
    )


def grouped(links: tuple[Link, ...]) -> tuple[Connections, ...]:
    """Relations by their verb, in the order they come in."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.verb, []).append(link)
    return tuple(Connections(verb, tuple(rows)) for verb, rows in groups.items())


def holdings(view: MapSnapshot, element: Node | Relation) -> tuple[Holding, ...]:
    """Who does what with an element: one row a holder, in reading order."""
    by_holder: dict[str, list[Quote]] = {}
    for quote in quotes(view, element):
        by_holder.setdefault(quote.holder.id, []).append(quote)
    return tuple(
        Holding(
            person(view, holder),
            tuple(dict.fromkeys(q.attitude for q in rows)),
            tuple(dict.fromkeys(q.attitude_label for q in rows)),
            tuple(rows),
        )
        for holder, rows in by_holder.items()
    )
