"""What editors do: edit, retype, accept, reject, withdraw, merge, undo. Each is one revision."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlmodel import Session

from app.errors import Conflict, InvalidInput, NotFound, Problem
from app.model.checks import check
from app.model.records import Comment, Kind, MapContent, Mention, Node, Record, Relation
from app.model.snapshot import MapSnapshot
from app.store import history
from app.store.current import CurrentMap
from app.store.services.base import writing
from app.store.writing import DELETABLE, Change, applied, commit, difference

Decision = Literal["accept", "reject", "withdraw", "restore"]
STATUS: Mapping[Decision, str] = {
    "accept": "reviewed",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "restore": "reviewed",
}
Guard = Callable[[Record], None]
"""Looks at the record an edit starts from, and raises where it is not the one the caller saw."""
Plan = Callable[[MapSnapshot, Session], list[Change]]


@dataclass(frozen=True)
class Edited:
    """What an edit did: the map before and after."""

    before: MapSnapshot
    after: MapSnapshot
    changes: tuple[Change, ...]
    revision: int


def make(current: CurrentMap, plan: Plan, *, who: str, why: str, origin: str = "edit") -> Edited:
    """Carry out planned changes in one transaction, checked.

    Raises
    ------
    InvalidInput : the result would break a rule; names the records.
    """
    with writing(current) as (session, view):
        changes = [c for c in plan(view, session) if c.before != c.after]
        after = applied(view.content, changes)
        findings = check(after, view.words, {(c.kind, c.key) for c in changes} | _touching(view, changes))
        if findings:
            raise InvalidInput([finding.problem({}) for finding in findings])
        made = commit(session, view, changes, who=who, why=why, origin=origin)
        revision = made.n if made is not None else view.revision
        return Edited(view, MapSnapshot(after, revision, view.words), tuple(changes), revision)


def _touching(view: MapSnapshot, changes: Iterable[Change]) -> set[tuple[Kind, str]]:
    """The relations that must still be allowed where an element gets another type."""
    found: set[tuple[Kind, str]] = set()
    for change in changes:
        if getattr(change.before, "type", None) != getattr(change.after, "type", None):
            ends = (*view.incoming.get(change.key, ()), *view.outgoing.get(change.key, ()))
            found |= {("relation", relation.id) for relation in ends}
    return found


def record_of(content: MapContent, kind: Kind, key: str) -> Node | Relation | Comment:
    """The node, relation or comment with that id; NotFound when there is none."""
    groups: dict[Kind, Mapping[str, Node] | Mapping[str, Relation] | Mapping[str, Comment]] = {
        "node": content.nodes,
        "relation": content.relations,
        "comment": content.comments,
    }
    found = groups[kind].get(key)
    if found is None:
        raise NotFound(f"there is no {kind} with this id", "id")
    return found


def changed(record: Record, **fields: object) -> Record:
    """The record with other values, validated (``model_copy`` alone would not)."""
    return type(record).model_validate({**record.model_dump(), **fields})


def edit(
    current: CurrentMap, kind: Kind, key: str, fields: Mapping[str, Any], *, guard: Guard, who: str, why: str
) -> Edited:
    """Give fields of a node, relation or comment new values.

    Raises
    ------
    NotFound : there is no such record.
    InvalidInput : the new values break a rule.
    """

    def plan(view: MapSnapshot, _session: Session) -> list[Change]:
        record = record_of(view.content, kind, key)
        guard(record)
        return [Change(kind, key, record, changed(record, **fields))]

    return make(current, plan, who=who, why=why)


def decide(
    current: CurrentMap, kind: Kind, key: str, decision: Decision, *, guard: Guard, who: str, why: str
) -> Edited:
    """Accept, reject, withdraw or restore; a comment takes along what came with it."""

    def plan(view: MapSnapshot, _session: Session) -> list[Change]:
        record = record_of(view.content, kind, key)
        guard(record)
        return _decided(view, record, decision)

    return make(current, plan, who=who, why=why, origin="review")


def _decided(view: MapSnapshot, record: Node | Relation | Comment, decision: Decision) -> list[Change]:
    allowed = {
        "accept": ("unreviewed", "rejected"),
        "reject": ("unreviewed", "reviewed"),
        "withdraw": ("reviewed", "unreviewed", "rejected"),
        "restore": ("withdrawn", "rejected"),
    }[decision]
    if record.status not in allowed:
        raise Conflict(f"it is {record.status}; one cannot {decision} that", "status", "read it again")
    if isinstance(record, Node) and record.merged_into is not None:
        raise Conflict("it was merged into another node", "status", "undo the merge in the history")
    status = STATUS[decision]
    changes = [Change(record.kind, record.key, record, changed(record, status=status))]
    if isinstance(record, Comment):
        changes += [
            Change(element.kind, element.key, element, changed(element, status=status))
            for element in came_with(view, record)
            if element.status == record.status
        ]
        if decision in ("reject", "withdraw"):
            done = {c.key for c in changes}
            changes += [c for c in _unmentioned(view, record) if c.key not in done]
    return changes


def came_with(view: MapSnapshot, comment: Comment) -> Iterable[Node | Relation]:
    """The nodes and relations that a comment added through the API brought."""
    own = {version.document for version in comment.versions}
    for node in view.content.nodes.values():
        if node.passages and all(m.document in own for m in node.passages):
            yield node
    for relation in view.content.relations.values():
        if relation.id.startswith(f"{comment.id}-r"):
            yield relation


def _unmentioned(view: MapSnapshot, comment: Comment) -> Iterable[Change]:
    """Take a comment's words off what others said first."""
    if comment.type != "api":
        return
    own = {version.document for version in comment.versions}
    elements: list[Node | Relation] = [*view.content.nodes.values(), *view.content.relations.values()]
    for element in elements:
        kept = tuple(m for m in element.passages if m.document not in own)
        if kept and len(kept) != len(element.passages):
            yield Change(element.kind, element.key, element, changed(element, passages=kept))


def merge(current: CurrentMap, key: str, into: str, *, guard: Guard, who: str, why: str) -> Edited:
    """Merge a node into another: its passages and relations go over, its address stays and leads there."""

    def plan(view: MapSnapshot, _session: Session) -> list[Change]:
        node, target = record_of(view.content, "node", key), view.content.nodes.get(into)
        guard(node)
        assert isinstance(node, Node)
        if target is None:
            raise InvalidInput("there is no node with this id", "into", "see /api/v1/nodes")
        if node.id == target.id or node.type == "scenario" or target.merged_into is not None:
            raise InvalidInput("these two cannot be merged", "into", "name another node")
        if not view.visible(node) or not view.visible(target):
            raise Conflict("a node that is rejected or withdrawn cannot be merged", "into")
        return _Merge(view, node, target).changes()

    return make(current, plan, who=who, why=why)


class _Merge:
    """Ends of relations never change: each relation of the merged node is made anew at the other."""

    def __init__(self, view: MapSnapshot, node: Node, target: Node) -> None:
        self.view = view
        self.node = node
        self.target = target
        self.moved = {node.id: target.id}
        self.new: dict[str, Relation] = {}
        self.old: dict[str, Relation] = {}

    def changes(self) -> list[Change]:
        passages = _together(self.target.passages, self.node.passages)
        tags = tuple(dict.fromkeys([*self.target.tags, *self.node.tags]))
        waiting = [self.node.id]
        while waiting:
            key = waiting.pop()
            touching = self.view.incoming.get(key, ())
            if key == self.node.id:
                touching = (*self.view.outgoing.get(key, ()), *touching)
            for relation in touching:
                if relation.id not in self.old and self.view.visible(relation):
                    self._move(relation)
                    waiting.append(relation.id)
        gone = changed(self.node, status="withdrawn", merged_into=self.target.id, passages=self.node.passages)
        kept = changed(self.target, passages=passages, tags=tags)
        found = [
            Change("node", self.node.id, self.node, gone),
            Change("node", self.target.id, self.target, kept),
        ]
        found += [Change("relation", r.id, r, changed(r, status="withdrawn")) for r in self.old.values()]
        known = self.view.content.relations
        found += [Change("relation", r.id, known.get(r.id), r) for r in self.new.values()]
        return found

    def _move(self, relation: Relation) -> None:
        self.old[relation.id] = relation
        source = self.moved.get(relation.source, relation.source)
        target = self.moved.get(relation.target, relation.target)
        if source == target or not target:
            self.moved[relation.id] = ""  # it would lead back to itself: what undercuts it goes too
            return
        for same in (*self.view.outgoing.get(source, ()), *self.new.values()):
            ends = (same.type, same.source, same.target) == (relation.type, source, target)
            if ends and self.view.visible(same) and same.id not in self.old:
                held = self.new.get(same.id, same)
                together = changed(held, passages=_together(held.passages, relation.passages))
                assert isinstance(together, Relation)
                self.new[same.id] = together
                self.moved[relation.id] = same.id
                return
        taken = {*self.view.content.relations, *self.view.content.nodes, *self.new}
        key, number = f"{relation.id}-moved", 1
        while key in taken:
            number += 1
            key = f"{relation.id}-moved-{number}"
        copy = changed(relation, id=key, source=source, target=target)
        assert isinstance(copy, Relation)
        self.new[key] = copy
        self.moved[relation.id] = key


def _together(one: Sequence[Mention], other: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted({*one, *other}, key=lambda m: m.order))


def undo(current: CurrentMap, n: int, *, who: str, why: str) -> Edited:
    """Take back what revision ``n`` changed, as a new revision; what it created is withdrawn.

    Raises
    ------
    NotFound : there is no such revision.
    Conflict : something it changed has been changed again since; lists it all, changes nothing.
    """

    def plan(view: MapSnapshot, session: Session) -> list[Change]:
        history.revision(session, n)
        now = view.content.by_key()
        problems = []
        found = []
        for change in history.changes_of(session, n):
            held = now.get((change.kind, change.key))
            if held != change.after:
                problems.append(Problem("has been changed again since", f"{change.kind} {change.key}"))
            else:
                found += _back(held, change.before)
        if problems:
            raise Conflict(problems)
        return found

    return make(current, plan, who=who, why=why, origin="undo")


def revert(current: CurrentMap, n: int, *, who: str, why: str) -> Edited:
    """Make the map say again what it said at revision ``n``, as a new revision; nothing is deleted."""
    was = history.at(current, n)

    def plan(view: MapSnapshot, _session: Session) -> list[Change]:
        return [
            back
            for change in difference(view.content, was.content)
            for back in _back(change.before, change.after)
        ]

    return make(current, plan, who=who, why=why, origin="revert")


def _back(held: Record | None, wanted: Record | None) -> list[Change]:
    """From one state to another, withdrawing what has a permalink and would otherwise be gone."""
    record = held if held is not None else wanted
    if record is None or held == wanted:
        return []
    if wanted is None and record.kind not in DELETABLE:
        if not isinstance(held, (Node, Relation, Comment)):
            return []  # a document or a participant may stay: nothing speaks of it any more
        wanted = changed(held, status="withdrawn")
    return [Change(record.kind, record.key, held, wanted)]
