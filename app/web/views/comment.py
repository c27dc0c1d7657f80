"""Comments: the thread in order, and one comment with what the map made of it."""

from collections import Counter
from dataclasses import dataclass

from app.analysis import Analysis
from app.errors import NotFound
from app.model.records import Comment
from app.model.snapshot import MapSnapshot
from app.web.views.common import Cell, CommentRef, Ref, comment_ref, ref, strip
from app.web.views.marked import MarkedParagraph, marked


@dataclass(frozen=True)
class ThreadRow:
    """A comment in the thread: how deep it stands, and how much of it is in the map."""

    ref: CommentRef
    depth: int
    document: str
    first_paragraph: int
    nodes: int
    relations: int
    reply_to: str | None


@dataclass(frozen=True)
class Carried:
    """A node that a comment carries, and its stances."""

    ref: Ref
    strip: tuple[Cell, ...]


@dataclass(frozen=True)
class CommentPage:
    """What a comment's page shows."""

    ref: CommentRef
    document: str
    document_title: str
    first_paragraph: int
    last_paragraph: int
    attribution: str
    attribution_help: str
    reason: str | None
    confidence: float | None
    source_url: str | None
    submitted_at: str | None
    status_help: str
    original: CommentRef | None
    copies: tuple[CommentRef, ...]
    parent: CommentRef | None
    replies: tuple[CommentRef, ...]
    before: CommentRef | None
    after: CommentRef | None
    paragraphs: tuple[MarkedParagraph, ...]
    nodes: tuple[Carried, ...]
    relations: tuple[Ref, ...]
    versions: int


def thread(view: MapSnapshot) -> tuple[ThreadRow, ...]:
    """All comments, replies under what they answer."""
    carried: Counter[tuple[str, str]] = Counter()
    for document, rows in view.mentions.items():
        seen = {
            (here.id, element.kind, element.id)
            for mention, element in rows
            if (here := view.comment_at(document, mention.start)) is not None
        }
        carried.update((comment, kind) for comment, kind, _ in seen)
    return tuple(
        ThreadRow(
            comment_ref(view, comment, 260),
            depth,
            comment.document,
            comment.first_paragraph,
            carried[comment.id, "node"],
            carried[comment.id, "relation"],
            comment.reply_to,
        )
        for depth, comment in view.thread
        if view.visible(comment)
    )


def comment_page(result: Analysis, key: str) -> CommentPage:
    """The page of a comment; NotFound."""
    view = result.view
    comment = view.content.comments.get(key)
    if comment is None:
        raise NotFound("there is no such comment in this map", where=key)
    start, end = view.span_of(comment)
    elements = {
        element.id: element
        for mention, element in view.mentions.get(comment.document, ())
        if mention.start < end and mention.end > start
    }
    nodes = [view.content.nodes[i] for i in elements if i in view.content.nodes]
    relations = [view.content.relations[i] for i in elements if i in view.content.relations]
    order = [c for _, c in view.thread if view.visible(c)]
    place = order.index(comment) if comment in order else -1
    attribution = view.words.attributions[comment.attribution]
    return CommentPage(
        comment_ref(view, comment),
        comment.document,
        view.content.documents[comment.document].title,
        comment.first_paragraph,
        comment.last_paragraph,
        attribution.label,
        attribution.help,
        comment.reason,
        comment.confidence,
        comment.source_url,
        comment.submitted_at,
        view.words.statuses[comment.status].help,
        _named(view, comment.duplicate_of),
        tuple(comment_ref(view, c) for c in order if c.duplicate_of == comment.id),
        _named(view, comment.reply_to),
        tuple(comment_ref(view, c) for c in order if c.reply_to == comment.id),
        comment_ref(view, order[place - 1]) if place > 0 else None,
        comment_ref(view, order[place + 1]) if 0 <= place < len(order) - 1 else None,
        marked(view, comment.document, comment.first_paragraph, comment.last_paragraph),
        tuple(Carried(ref(view, node), strip(result, node)) for node in nodes),
        tuple(ref(view, relation) for relation in relations),
        len(comment.versions),
    )


def _named(view: MapSnapshot, key: str | None) -> CommentRef | None:
    found: Comment | None = view.content.comments.get(key) if key is not None else None
    return comment_ref(view, found, 400) if found is not None else None
