"""Pieces that many pages show: references, quotes in context, stance strips, relations in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app import urls
from app.analysis import Analysis
from app.errors import NotFound
from app.model.records import Comment, Mention, Node, Relation
from app.model.snapshot import Element, MapSnapshot, letter
from app.reasoning import Stance
from app.web import words

_AROUND = 180


@dataclass(frozen=True)
class Ref:
    """A link to an element, with what a list shows of it; ``unheld``: nobody in the thread asserts it."""

    id: str
    url: str
    text: str
    type: str
    label: str
    status: str
    letter: str = ""
    unheld: bool = False

    @property
    def marked(self) -> bool:
        return self.status != "reviewed"


@dataclass(frozen=True)
class Person:
    """A link to a participant."""

    id: str
    label: str
    url: str


@dataclass(frozen=True)
class CommentRef:
    """A link to a comment, with who wrote it and how it begins."""

    id: str
    url: str
    author: Person
    kind: str
    opening: str
    duplicate_of: str | None
    status: str


@dataclass(frozen=True)
class Quote:
    """A passage in its context, and what its holder does with an element there."""

    document: str
    paragraph: int
    start: int
    end: int
    before: str
    exact: str
    after: str
    attitude: str
    attitude_label: str
    holder: Person
    comment: CommentRef | None
    url: str

    @property
    def anchor(self) -> str:
        return f"q-{self.document}-{self.start}-{self.end}-{self.attitude}-{self.holder.id}"


@dataclass(frozen=True)
class Cell:
    """A node's stance on one scenario."""

    letter: str
    scenario: str
    url: str
    stance: str
    sign: str
    label: str
    basis: str
    how: str
    chains: tuple[words.ChainWords, ...]
    remote: words.ChainWords | None


@dataclass(frozen=True)
class Link:
    """A relation seen from one of its ends; ``other`` is the end that is not being looked at."""

    id: str
    url: str
    type: str
    sign: str
    verb: str
    polarity: int
    other: Ref
    basis: str
    rationale: str
    status: str
    quotes: tuple[Quote, ...]
    on_it: tuple["Link", ...]
    active: bool


def ref(view: MapSnapshot, element: Element) -> Ref:
    """A link to a node or relation."""
    if isinstance(element, Node):
        return Ref(
            element.id,
            urls.node(element),
            text_of(element),
            element.type,
            view.words.nodes[element.type].label,
            element.status,
            letter(element),
            view.held(element) is False,
        )
    text = words.sentence(view, element)
    return Ref(element.id, urls.relation(element), text, element.type, "relation", element.status)


def text_of(node: Node) -> str:
    """A node's sentence; a scenario's without "Scenario C:", since its letter always stands before it."""
    if node.scenario is None:
        return node.text
    bare = re.sub(rf"^scenario {node.scenario.letter}\s*[:.–—-]\s*", "", node.text, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]


def person(view: MapSnapshot, key: str) -> Person:
    """A link to a participant; a merged one leads to whom it was merged into."""
    key = view.participant(key)
    found = view.content.participants.get(key)
    if found is None:
        return Person(key, key, f"/participants/{key}")
    return Person(found.id, found.label, urls.participant(found))


def comment_ref(view: MapSnapshot, comment: Comment, limit: int = 160) -> CommentRef:
    """A link to a comment."""
    return CommentRef(
        comment.id,
        urls.comment(comment),
        person(view, comment.participant),
        view.words.comment_kinds[comment.type].label,
        words.clip(" ".join(view.own_words(comment).split()), limit),
        comment.duplicate_of,
        comment.status,
    )


def quotes(view: MapSnapshot, element: Element) -> tuple[Quote, ...]:
    """The passages of an element, each in its context, in reading order."""
    return tuple(quote(view, mention) for mention in element.passages)


def quote(view: MapSnapshot, mention: Mention) -> Quote:
    """One passage in its context: what stands around it in its paragraph."""
    number = view.paragraph_number(mention.document, mention.start)
    lines = view.paragraphs[mention.document]
    last = view.paragraph_number(mention.document, mention.end - 1)
    text = view.content.documents[mention.document].text
    comment = view.comment_at(mention.document, mention.start)
    return Quote(
        mention.document,
        number,
        mention.start,
        mention.end,
        _tail(text[lines[number - 1].start : mention.start]),
        mention.exact,
        _head(text[mention.end : lines[last - 1].end]),
        mention.attitude,
        words.held(view, mention.attitude),
        person(view, mention.holder),
        comment_ref(view, comment) if comment is not None else None,
        urls.passage(view, mention.document, mention.start, mention.end),
    )


def _tail(text: str) -> str:
    """The end of what stands before a passage, from a word on."""
    return text if len(text) <= _AROUND else "… " + text[-_AROUND:].partition(" ")[2]


def _head(text: str) -> str:
    """The beginning of what stands after a passage, up to a word."""
    return text if len(text) <= _AROUND else text[:_AROUND].rpartition(" ")[0] + " …"


def strip(result: Analysis, node: Node, limit: int | None = 72) -> tuple[Cell, ...]:
    """A node's stance on every scenario; empty for scenarios and for what does not count."""
    if node.scenario is not None:
        return ()
    found = result.stances_of(node.id)
    return tuple(
        cell(result.view, scenario, found[scenario.id], limit)
        for scenario in result.view.scenarios
        if scenario.id in found
    )


def cell(view: MapSnapshot, scenario: Node, stance: Stance, limit: int | None = 72) -> Cell:
    """One stance with its words."""
    term = view.words.stances[stance.stance]
    return Cell(
        letter(scenario),
        scenario.id,
        urls.node(scenario),
        stance.stance,
        term.sign,
        term.label,
        stance.basis or "",
        words.basis(view, stance),
        words.stance_chains(view, stance, limit),
        words.remote_chain(view, stance, limit),
    )


def incoming(view: MapSnapshot, element: Element, depth: int = 0) -> tuple[Link, ...]:
    """The relations that end at an element: polar ones first, in the order of the vocabulary."""
    return _links(view, view.incoming.get(element.id, ()), True, depth)


def outgoing(view: MapSnapshot, node: Node) -> tuple[Link, ...]:
    """The relations that start at a node."""
    return _links(view, view.outgoing.get(node.id, ()), False, 0)


def _links(view: MapSnapshot, relations: Iterable[Relation], inverse: bool, depth: int) -> tuple[Link, ...]:
    order = list(view.words.relations)
    shown = sorted((r for r in relations if view.visible(r)), key=lambda r: (order.index(r.type), r.id))
    return tuple(link(view, relation, inverse, depth) for relation in shown)


def link(view: MapSnapshot, relation: Relation, inverse: bool, depth: int = 0) -> Link:
    """A relation seen from its target (``inverse``) or its source, with what bears on it in place."""
    kind = view.words.relations[relation.type]
    source, target = words.ends(view, relation)
    # Three levels of "undercut by what is undercut by" are plenty to read; its own page has the rest.
    above = incoming(view, relation, depth + 1) if depth < 3 else ()
    return Link(
        relation.id,
        urls.relation(relation),
        relation.type,
        kind.sign,
        kind.inverse if inverse else kind.label,
        kind.polarity,
        ref(view, source if inverse else target),
        relation.basis,
        relation.rationale,
        relation.status,
        quotes(view, relation),
        above,
        all(view.visible(end) for end in (source, target)),
    )


def find_node(view: MapSnapshot, key: str) -> Node:
    """The node with that id, merged ones followed; NotFound."""
    found = view.element(key)
    if not isinstance(found, Node):
        raise NotFound("there is no such node in this map", where=key)
    return found


def find_scenario(view: MapSnapshot, wanted: str) -> Node:
    """The scenario with that letter (any case), withdrawn ones too; NotFound."""
    found = view.scenario(wanted)
    if found is not None:
        return found
    letters = ", ".join(letter(n) for n in view.scenarios)
    raise NotFound(f"there is no scenario {wanted}", where=wanted, remedy=f"the scenarios are {letters}")


def visible_nodes(view: MapSnapshot) -> Iterator[Node]:
    """The nodes that lists show: neither withdrawn, rejected nor merged; scenarios left out."""
    return (
        n
        for n in view.content.nodes.values()
        if view.visible(n) and n.merged_into is None and n.scenario is None
    )
