"""The page for writing a comment: the form as it stands, what helps to fill it, what it would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.api.differing import between
from app.api.writing import as_reviewed
from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.source import quoted_lines, sentences
from app.store.search import Hit
from app.store.services import Added
from app.store.services.suggesting import Suggestion
from app.store.tokens import Caller
from app.web import words
from app.web.views.common import CommentRef, Ref, comment_ref, ref
from app.web.views.difference import DifferenceView, shown
from app.web.views.writing_form import Draft, LinkRow, NodeRow

MAX_SENTENCES = 80
_KINDS = {"repeats": "says much the same", "contradicts": "seems to contradict", "quotes": "is quoted"}
_LABELS = {
    "body": "Comment",
    "participant": "Who writes",
    "reply_to": "In answer to",
    "source_url": "Source",
    "token": "Token",
    "type": "type",
    "text": "sentence",
    "quote": "words",
    "source": "from",
    "target": "to",
}
Errors = Mapping[str, list[str]]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the body, and whether a statement rests on it already."""

    start: int
    end: int
    text: str
    taken: bool


@dataclass(frozen=True)
class Offer:
    """Something in the map that a stretch of the body seems to repeat, to contradict or to quote."""

    kind: str
    says: str
    exact: str
    start: int
    end: int
    reason: str
    score: int
    ref: Ref | None
    comment: CommentRef | None


@dataclass(frozen=True)
class FormNode:
    """A statement of the form."""

    row: NodeRow
    existing: Ref | None
    place: str


@dataclass(frozen=True)
class Ends:
    """What a link may join: statements of the form, of the map, and relations of the latter."""

    new: tuple[tuple[str, str], ...]
    known: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, str], ...]

    @property
    def any(self) -> bool:
        return bool(self.new or self.known)


@dataclass(frozen=True)
class Outcome:
    """What adding the comment would do."""

    difference: DifferenceView
    reused: tuple[Ref, ...]
    quotations: tuple[tuple[str, CommentRef | None], ...]
    unknown: tuple[str, ...]
    unreviewed: bool


@dataclass(frozen=True)
class Wrong:
    """A problem in the summary, with the field it leads to."""

    field: str
    label: str
    message: str


@dataclass(frozen=True)
class WritingPage:
    """Everything the page shows."""

    draft: Draft
    parent: CommentRef | None
    bound: str
    people: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]
    sentences: tuple[Sentence, ...]
    offers: tuple[Offer, ...]
    found: tuple[Ref, ...]
    searched: bool
    shelf: tuple[Ref, ...]
    nodes: tuple[FormNode, ...]
    links: tuple[LinkRow, ...]
    ends: Ends
    outcome: Outcome | None
    errors: Errors
    wrong: tuple[Wrong, ...]
    unfinished: int


def writing_page(
    view: MapSnapshot,
    draft: Draft,
    caller: Caller | None,
    *,
    suggestions: Sequence[Suggestion] = (),
    hits: Iterable[Hit] = (),
    outcome: Outcome | None = None,
    errors: Errors | None = None,
    unfinished: int = 0,
) -> WritingPage:
    """The page for this state of the form."""
    content = view.content
    parent = content.comments.get(draft.reply_to)
    shelf = [found for key in draft.shelf if (found := view.element(key)) is not None and view.visible(found)]
    bound = content.participants.get(caller.participant) if caller and caller.participant else None
    people = [p for p in content.participants.values() if p.merged_into is None]
    return WritingPage(
        draft,
        comment_ref(view, parent, 400) if parent is not None else None,
        bound.label if bound is not None else "",
        tuple(sorted(p.label for p in people)),
        tuple((d.id, words.clip(d.title, 60)) for d in view.documents()),
        tuple((p.id, p.label) for p in sorted(people, key=lambda p: p.label)),
        _sentences(draft),
        tuple(_offer(view, draft.body, item) for item in suggestions),
        _found(view, hits),
        bool(draft.find),
        tuple(ref(view, element) for element in shelf),
        tuple(_form_node(view, row) for row in draft.nodes),
        draft.links,
        _ends(view, draft),
        outcome,
        errors or {},
        tuple(_wrong(errors or {})),
        unfinished,
    )


def outcome_of(added: Added) -> Outcome:
    """What adding the comment would do, told as if it counted."""
    after = as_reviewed(added)
    documents = added.after.content.documents
    body = documents[added.comment.document].text
    return Outcome(
        shown(between(added.before, after), after, added.before),
        tuple(ref(after, after.content.relations[key]) for key in added.relations_reused),
        tuple(
            (
                body[q.start : q.end],
                comment_ref(added.after, comment)
                if q.quotes and (comment := added.after.comment_at(q.quotes.document, q.quotes.start))
                else None,
            )
            for q in added.quotations
        ),
        added.unknown_quotations,
        added.comment.status == "unreviewed",
    )


def _sentences(draft: Draft) -> tuple[Sentence, ...]:
    quoted = [(line.start, line.end) for line in quoted_lines(draft.body)]
    taken = [row.quote for row in draft.nodes if row.quote and not row.place]
    return tuple(
        Sentence(s.start, s.end, text, any(quote in text or text in quote for quote in taken))
        for s in sentences(draft.body)[:MAX_SENTENCES]
        if not any(s.start < end and start < s.end for start, end in quoted)
        for text in (draft.body[s.start : s.end],)
    )


def _offer(view: MapSnapshot, body: str, item: Suggestion) -> Offer:
    node = view.content.nodes.get(item.node or "")
    comment = view.content.comments.get(item.comment or "")
    return Offer(
        item.kind,
        _KINDS[item.kind],
        body[item.start : item.end],
        item.start,
        item.end,
        item.reason,
        round(item.score),
        ref(view, node) if node is not None else None,
        comment_ref(view, comment) if comment is not None else None,
    )


def _found(view: MapSnapshot, hits: Iterable[Hit]) -> tuple[Ref, ...]:
    nodes = (view.element(hit.ref) for hit in hits if hit.kind == "node")
    return tuple(ref(view, node) for node in nodes if isinstance(node, Node) and view.visible(node))


def _form_node(view: MapSnapshot, row: NodeRow) -> FormNode:
    existing = view.element(row.id) if row.id else None
    document = view.content.documents.get(row.place)
    return FormNode(
        row,
        ref(view, existing) if existing is not None else None,
        document.title if document is not None else "",
    )


def _ends(view: MapSnapshot, draft: Draft) -> Ends:
    new = tuple(
        (row.ref, words.clip(row.text or row.quote or f"statement {number}", 90))
        for number, row in enumerate(draft.nodes, 1)
        if row.ref
    )
    listed = dict.fromkeys([*(row.id for row in draft.nodes if row.id), *draft.shelf])
    known: list[tuple[str, str]] = []
    relations: dict[str, str] = {}
    for key in listed:
        element = view.element(key)
        if element is None or not view.visible(element):
            continue
        if isinstance(element, Node):
            known.append((element.id, words.clip(ref(view, element).text, 90)))
            touching = (*view.incoming.get(element.id, ()), *view.outgoing.get(element.id, ()))
        else:
            touching = (element,)
        for relation in touching:
            if view.visible(relation) and view.polarity(relation):
                relations[relation.id] = words.clip(words.inference(view, relation, 60), 150)
    return Ends(new, tuple(known), tuple(relations.items())[:80])


def _wrong(errors: Errors) -> Iterable[Wrong]:
    for field, messages in errors.items():
        parts = field.split("-")
        label = _LABELS.get(parts[-1], parts[-1].replace("_", " "))
        if len(parts) == 3:
            label = f"{'Statement' if parts[0] == 'node' else 'Link'} {int(parts[1]) + 1}, {label}"
        for message in messages:
            yield Wrong(field, label if field else "", message)
