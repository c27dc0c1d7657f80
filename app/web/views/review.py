"""What waits for an editor, and one thing to look at: as it is, and what can be done with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app import urls
from app.analysis.counterfactual import without
from app.api.differing import between
from app.api.etags import state
from app.api.past import counting
from app.model.records import Comment, Kind, Node, Relation
from app.model.snapshot import MapSnapshot
from app.store.search import Hit
from app.store.services.editing import Decision, came_with
from app.store.services.reporting import Report
from app.web.views.common import CommentRef, Quote, Ref, comment_ref, quotes, ref
from app.web.views.difference import DifferenceView, element
from app.web.views.history import when

TOLD = 8
"""For how many comments the queue says at once what they would change."""
DECISIONS: dict[str, tuple[tuple[Decision, str], ...]] = {
    "unreviewed": (("accept", "Accept"), ("reject", "Reject")),
    "reviewed": (("withdraw", "Withdraw"), ("reject", "Reject")),
    "rejected": (("accept", "Accept"), ("withdraw", "Withdraw")),
    "withdrawn": (("restore", "Restore"),),
}


@dataclass(frozen=True)
class Waiting:
    """A comment that waits: what it says, what it brings, what it would change."""

    ref: CommentRef
    state: str
    text: str
    submitted_by: str
    submitted_at: str
    brings: tuple[Ref, ...]
    sentences: tuple[str, ...] | None


@dataclass(frozen=True)
class Loose:
    """A node or relation that waits by itself."""

    kind: Kind
    ref: Ref
    state: str


@dataclass(frozen=True)
class Reported:
    """A misreading a reader reports."""

    id: int
    kind: str
    ref: Ref
    text: str
    at: str


@dataclass(frozen=True)
class Queue:
    """What waits for an editor."""

    comments: tuple[Waiting, ...]
    loose: tuple[Loose, ...]
    reports: tuple[Reported, ...]

    @property
    def total(self) -> int:
        return len(self.comments) + len(self.loose) + len(self.reports)


@dataclass(frozen=True)
class ItemPage:
    """One node, relation or comment before an editor."""

    kind: Kind
    group: str
    record: Node | Relation | Comment
    ref: Ref
    state: str
    status_help: str
    decisions: tuple[tuple[Decision, str], ...]
    quotes: tuple[Quote, ...]
    source: Ref | None
    target: Ref | None
    text: str
    brings: tuple[Ref, ...]
    people: tuple[tuple[str, str], ...]
    reports: tuple[Reported, ...]
    found: tuple[Ref, ...]


@dataclass(frozen=True)
class Tried:
    """What an edit would change, and what would become of passages where a text is rewritten."""

    label: str
    difference: DifferenceView
    passages: tuple[tuple[str, str, str], ...] = ()


def queue(view: MapSnapshot, reports: Sequence[Report]) -> Queue:
    """Everything that waits, oldest comment first."""
    waiting = [c for c in view.content.comments.values() if c.status == "unreviewed"]
    waiting.sort(key=lambda c: (c.submitted_at or "", c.id))
    brought = {element.id for comment in waiting for element in came_with(view, comment)}
    everything: list[Node | Relation] = [*view.content.nodes.values(), *view.content.relations.values()]
    return Queue(
        tuple(_waiting(view, comment, n < TOLD) for n, comment in enumerate(waiting)),
        tuple(
            Loose(e.kind, ref(view, e), state(e))
            for e in everything
            if e.status == "unreviewed" and e.id not in brought
        ),
        tuple(_reported(view, report) for report in reports),
    )


def _waiting(view: MapSnapshot, comment: Comment, told: bool) -> Waiting:
    sentences = None
    if told:
        counted = counting(view, comment)
        sentences = tuple(between(counted.over(without(counted, comment)), counted).sentences)
    return Waiting(
        comment_ref(view, comment),
        state(comment),
        view.text_of(comment),
        comment.submitted_by or "",
        when(comment.submitted_at or ""),
        tuple(ref(view, element) for element in came_with(view, comment)),
        sentences,
    )


def _reported(view: MapSnapshot, report: Report) -> Reported:
    return Reported(report.id, report.kind, element(report.ref, view), report.text, when(report.at))


def item(
    view: MapSnapshot, record: Node | Relation | Comment, reports: Sequence[Report], hits: Iterable[Hit]
) -> ItemPage:
    """One thing to look at."""
    relation = record if isinstance(record, Relation) else None
    found = (view.element(hit.ref) for hit in hits if hit.kind == "node")
    people = [p for p in view.content.participants.values() if p.merged_into is None]
    brings = came_with(view, record) if isinstance(record, Comment) and record.type == "api" else ()
    decisions = DECISIONS[record.status]
    if isinstance(record, Node) and record.merged_into is not None:
        decisions = ()
    return ItemPage(
        record.kind,
        f"{record.kind}s",
        record,
        _ref(view, record),
        state(record),
        view.words.statuses[record.status].help,
        decisions,
        () if isinstance(record, Comment) else quotes(view, record),
        element(relation.source, view) if relation else None,
        element(relation.target, view) if relation else None,
        view.text_of(record) if isinstance(record, Comment) else "",
        tuple(ref(view, brought) for brought in brings),
        tuple((p.id, p.label) for p in sorted(people, key=lambda p: p.label)),
        tuple(_reported(view, r) for r in reports if (r.kind, r.ref) == (record.kind, record.key)),
        tuple(ref(view, n) for n in found if isinstance(n, Node) and n.id != record.key and view.visible(n)),
    )


def _ref(view: MapSnapshot, record: Node | Relation | Comment) -> Ref:
    if isinstance(record, Comment):
        return Ref(
            record.id, urls.comment(record), f"Comment {record.id}", "comment", "comment", record.status
        )
    return ref(view, record)
