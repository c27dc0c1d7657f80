"""Drafting a comment: from what was sent to a list of changes, with every problem found on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.errors import InvalidInput, Problem, UnknownReference
from app.model.checks import Finding, check
from app.model.records import (
    Comment,
    CruxDetails,
    Document,
    MapContent,
    Mention,
    Node,
    Participant,
    Quotation,
    Record,
    Relation,
)
from app.model.snapshot import MapSnapshot
from app.source import unsafe_characters
from app.store.services.passages import Body, Passages
from app.store.services.quoting import quotations
from app.store.services.slugs import slug, unused
from app.store.services.submission import CommentIn, NodeIn, RelationIn
from app.store.writing import Change, applied, now


@dataclass(frozen=True)
class Author:
    """On whose behalf a write is made.

    ``participant`` binds it to one participant; ``reviewed`` says whether what it adds counts at once.
    """

    who: str
    participant: str | None = None
    reviewed: bool = True


@dataclass(frozen=True)
class Added:
    """What adding a comment did, or would do: the map before and after, and what is new in it."""

    before: MapSnapshot
    after: MapSnapshot
    comment: Comment
    new_participant: bool
    nodes_created: tuple[str, ...]
    nodes_reused: tuple[str, ...]
    relations_created: tuple[str, ...]
    relations_reused: tuple[str, ...]
    refs: dict[str, str]
    quotations: tuple[Quotation, ...]
    unknown_quotations: tuple[str, ...]
    changes: tuple[Change, ...]
    stored: bool = False


def draft(
    view: MapSnapshot,
    submission: CommentIn,
    author: Author,
    max_characters: int = 100_000,
    reserved: frozenset[str] = frozenset(),
) -> Added:
    """What adding this comment to this map would do; pure but for the time it notes."""
    return _Draft(view, submission, author, max_characters, reserved).finished()


class _Draft:
    """Builds the changes, gathering problems until all are known."""

    def __init__(
        self,
        view: MapSnapshot,
        submission: CommentIn,
        author: Author,
        max_characters: int,
        reserved: frozenset[str],
    ) -> None:
        self.reserved = reserved
        self.view = view
        self.content: MapContent = view.content
        self.submission = submission
        self.author = author
        self.status = "reviewed" if author.reviewed else "unreviewed"
        self.problems: list[Problem] = []
        self.unknown: list[Problem] = []
        self.places: dict[tuple[str, str], str] = {}
        self.taken = set(self.content.nodes) | set(self.content.relations) | reserved
        self.refs: dict[str, str] = {}
        self.new: dict[tuple[str, str], Record] = {}
        self.text = submission.body.replace("\r\n", "\n").replace("\r", "\n")
        if not self.text.strip():
            raise InvalidInput("is empty", "body", "write something")
        if len(self.text) > max_characters:
            raise InvalidInput(
                f"has {len(self.text)} characters, more than {max_characters}",
                "body",
                "split it into several",
            )
        if found := unsafe_characters(self.text):
            raise InvalidInput(f"holds {found[0]}", "body", "take the character out")

    def _problem(self, where: str, message: str, remedy: str = "") -> None:
        self.problems.append(Problem(message, where, remedy))

    def _unknown(self, where: str, message: str, remedy: str = "") -> None:
        self.unknown.append(Problem(message, where, remedy))

    def finished(self) -> Added:
        """The draft, checked.

        Raises
        ------
        InvalidInput, UnknownReference : with every problem found.
        """
        participant = self._participant()
        reply_to = self._reply_to()
        comment, body = self._comment(participant.id if participant else "nobody", reply_to)
        self.passages = Passages(self.view, body, self.problems, self.unknown)
        created, reused = self._nodes(comment)
        made, taken_up = self._relations(comment)
        if self.problems or self.unknown:
            kind = InvalidInput if self.problems else UnknownReference
            raise kind([*self.problems, *self.unknown])
        for quotation in body.quoted.all(comment.document):
            self._put(quotation, "body")
        changes = self._changes()
        after = MapSnapshot(self._checked(changes), self.view.revision + 1, self.view.words)
        return Added(
            before=self.view,
            after=after,
            comment=comment,
            new_participant=("participant", comment.participant) in self.new,
            nodes_created=tuple(created),
            nodes_reused=tuple(reused),
            relations_created=tuple(made),
            relations_reused=tuple(taken_up),
            refs=self.refs,
            quotations=body.quoted.found,
            unknown_quotations=tuple(self.text[a:b] for a, b in body.quoted.unknown),
            changes=tuple(changes),
        )

    # --- who, what, in answer to what ----------------------------------------------------------

    def _participant(self) -> Participant | None:
        wanted, bound = self.submission.participant, self.author.participant
        if wanted is None and bound is None:
            self._problem("participant", "is missing", "name a participant, by id or label")
            return None
        people = self.content.participants
        found = people.get(wanted if wanted is not None else bound or "")
        if found is None and wanted is not None:
            label = " ".join(wanted.split())
            found = next((p for p in people.values() if p.label.casefold() == label.casefold()), None)
            if found is None and bound is None:
                if not label or not label.isprintable():
                    self._problem("participant", "is no label", "write a name on one line")
                    return None
                found = Participant(id=unused(slug(label, "participant"), people), label=label)
                self._put(found, "participant")
        for _ in range(20):
            if found is None or found.merged_into is None:
                break
            found = people.get(found.merged_into)
        if bound is not None and (found is None or found.id != bound):
            self._problem("participant", "your token is bound to another participant", "leave it out")
        return found

    def _reply_to(self) -> Comment | None:
        key = self.submission.reply_to
        if key is None:
            return None
        found = self.content.comments.get(key)
        if found is None:
            self._unknown("reply_to", "there is no comment with this id", "see /api/v1/comments")
        return found

    def _comment(self, participant: str, reply_to: Comment | None) -> tuple[Comment, Body]:
        documents, comments = self.content.documents, self.content.comments
        lines = [line for line in self.text.split("\n") if line.strip(" >")]
        own = (line for line in lines if not line.lstrip().startswith(">"))
        opening = next(own, lines[0] if lines else self.text)
        base = slug(opening, "comment", 40)
        reserved = self.reserved
        files = {document.file for document in documents.values()}
        key, number = base, 1
        while key in comments or key in reserved or f"{key}-v1" in documents or f"{key}-v1.md" in files:
            number += 1
            key = f"{base}-{number}"
        quoted = quotations(self.view, self.text, f"{key}-v1", reply_to)
        title = " ".join(opening.split())
        document = Document(
            id=f"{key}-v1",
            file=f"{key}-v1.md",
            title=title if len(title) <= 80 else title[:79].rstrip() + "…",
            sha256=sha256(self.text.encode()).hexdigest(),
            text=self.text,
        )
        comment = Comment(
            id=key,
            type="api",
            document=document.id,
            first_paragraph=1,
            last_paragraph=self.text.count("\n") + 1,
            participant=participant,
            attribution="stated",
            reply_to=reply_to.id if reply_to else None,
            source_url=self.submission.source_url,
            submitted_by=self.author.who,
            submitted_at=now(),
            status=self.status,
        )
        self._put(document, "body")
        self._put(comment, "")
        return comment, Body(document, participant, quoted)

    # --- nodes ---------------------------------------------------------------------------------

    def _nodes(self, comment: Comment) -> tuple[list[str], list[str]]:
        created: list[str] = []
        reused: list[str] = []
        for number, item in enumerate(self.submission.nodes):
            place = f"nodes[{number}]"
            existing = item.id is not None
            node = self._taken_up(item, place) if existing else self._new_node(item, place)
            if node is None:
                continue
            self._name(item.ref, node.id, place)
            self._put(node, place)
            (reused if existing else created).append(node.id)
        return created, list(dict.fromkeys(reused))

    def _name(self, ref: str | None, key: str, place: str) -> None:
        if ref is None:
            return
        if ref in self.refs:
            self._problem(f"{place}.ref", "names another item of this request already", "choose another name")
        elif self._existing(ref) is not None:
            self._problem(f"{place}.ref", "is an id in the map already", "choose another name")
        else:
            self.refs[ref] = key

    def _new_node(self, item: NodeIn, place: str) -> Node | None:
        text = " ".join((item.text or "").split())
        if not text:
            self._problem(f"{place}.text", "is missing", "write the claim as one sentence, or give an id")
        if item.type is None:
            self._problem(f"{place}.type", "is missing", f"one of {', '.join(self.view.words.nodes)}")
        if item.type == "scenario":
            self._problem(f"{place}.type", "scenarios are not added with comments", "choose another type")
        if (item.crux is not None) != (item.type == "crux"):
            self._problem(f"{place}.crux", "a crux, and only a crux, has the details of one")
        if not item.passages:
            self._problem(f"{place}.passages", "is empty", "quote the words that carry the node")
        mentions = self.passages.of(item.passages, place, item.attitude, item.holder)
        if not text or item.type is None or (item.crux is not None) != (item.type == "crux"):
            # Relations to it are not to blame: let them find it.
            if item.ref is not None:
                self.refs.setdefault(item.ref, "")
            return None
        key = unused(slug(text, item.type), self.taken)
        self.taken.add(key)
        return Node(
            id=key,
            type=item.type,
            text=text,
            tags=tuple(dict.fromkeys(item.tags)),
            status=self.status,
            passages=mentions,
            crux=CruxDetails(**item.crux.model_dump()) if item.crux is not None else None,
        )

    def _taken_up(self, item: NodeIn, place: str) -> Node | None:
        for name in ("type", "text", "tags", "crux"):
            if getattr(item, name):
                self._problem(f"{place}.{name}", "cannot be given for an existing node", "leave it out")
        found = self._existing(item.id or "")
        if found is None:
            self._unknown(f"{place}.id", "there is no node with this id", "see /api/v1/nodes")
            return None
        if not isinstance(found, Node):
            self._problem(f"{place}.id", "is a relation", "take relations up under relations")
            return None
        if not self.view.visible(found):
            self._problem(f"{place}.id", f"this node is {found.status}", "name another")
        if not item.passages:
            self._problem(f"{place}.passages", "is empty", "quote the words that take the node up")
        mentions = self.passages.of(item.passages, place, item.attitude, item.holder)
        held = self.new.get(("node", found.id), found)
        assert isinstance(held, Node)
        return held.model_copy(update={"passages": _merged(held.passages, mentions)})

    def _existing(self, key: str) -> Node | Relation | None:
        return self.view.element(key)

    # --- relations -----------------------------------------------------------------------------

    def _relations(self, comment: Comment) -> tuple[list[str], list[str]]:
        created: list[str] = []
        reused: list[str] = []
        keys = self._relation_ids(comment)
        for number, item in enumerate(self.submission.relations):
            self._name(item.ref, keys[number], f"relations[{number}]")
        for number, item in enumerate(self.submission.relations):
            place = f"relations[{number}]"
            source = self._end(item.source, f"{place}.source", nodes_only=True)
            target = self._end(item.target, f"{place}.target")
            mentions = self.passages.of(item.passages, place, None, None)
            if not source or not target:
                continue
            same = self._same(item, source, target)
            if same is not None:
                if item.ref is not None:
                    self.refs[item.ref] = same.id
                if same.id in created:
                    self._problem(place, "stands twice in this request", "send it once")
                self._put(same.model_copy(update={"passages": _merged(same.passages, mentions)}), place)
                reused.append(same.id)
                continue
            relation = Relation(
                id=keys[number],
                type=item.type,
                source=source,
                target=target,
                basis="stated" if mentions else "inferred",
                rationale=" ".join(item.rationale.split()),
                status=self.status,
                passages=mentions,
            )
            self._put(relation, place)
            created.append(relation.id)
        return created, list(dict.fromkeys(reused))

    def _relation_ids(self, comment: Comment) -> list[str]:
        keys: list[str] = []
        number = 0
        while len(keys) < len(self.submission.relations):
            number += 1
            if (key := f"{comment.id}-r{number}") not in self.taken:
                keys.append(key)
        return keys

    def _end(self, key: str, place: str, nodes_only: bool = False) -> str | None:
        """The id of an end, or None where it is unknown or its own item is to blame."""
        if key in self.refs:
            found = self.refs[key]
            if nodes_only and found and ("node", found) not in self.new:
                self._problem(place, "is a relation; only a node can be a source", "name a node")
                return None
            return found or None
        element = self._existing(key)
        if element is None:
            self._unknown(
                place,
                "there is nothing with this ref or id",
                "use a ref of this request, or see /api/v1/nodes",
            )
            return None
        if not self.view.visible(element):
            self._problem(place, f"it is {element.status}", "name another")
            return None
        if nodes_only and not isinstance(element, Node):
            self._problem(place, "is a relation; only a node can be a source", "name a node")
            return None
        return element.id

    def _same(self, item: RelationIn, source: str, target: str) -> Relation | None:
        """The relation that says the same already, in the map or in this request."""
        known = [r for r in self.new.values() if isinstance(r, Relation)]
        for relation in [*known, *self.view.outgoing.get(source, ())]:
            ends = (relation.type, relation.source, relation.target)
            if ends == (item.type, source, target) and self.view.visible(relation):
                return relation
        return None

    # --- the end -------------------------------------------------------------------------------

    def _put(self, record: Record, place: str) -> None:
        self.new[record.kind, record.key] = record
        self.places.setdefault((record.kind, record.key), place)

    def _changes(self) -> list[Change]:
        old = self.content.by_key()
        return [
            Change(record.kind, key, old.get((record.kind, key)), record)
            for (_, key), record in self.new.items()
            if old.get((record.kind, key)) != record
        ]

    def _checked(self, changes: Sequence[Change]) -> MapContent:
        after = applied(self.content, changes)
        findings = check(after, self.view.words, {(c.kind, c.key) for c in changes})
        if findings:
            raise InvalidInput([self._placed(finding) for finding in findings])
        return after

    def _placed(self, finding: Finding) -> Problem:
        place = self.places.get((finding.kind, finding.key), f"{finding.kind} {finding.key}")
        return Problem(finding.message, ".".join(p for p in (place, finding.field) if p), finding.remedy)


def _merged(old: tuple[Mention, ...], new: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Both, each once, in reading order."""
    return tuple(sorted({*old, *new}, key=lambda m: m.order))
