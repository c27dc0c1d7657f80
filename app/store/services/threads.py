"""Bringing a thread into the map: a comment for each post, with what it answers and what it quotes.

A post that is there already, by its id, is left alone, so that importing a thread again adds only what
is new in it; one whose words have changed gets a new version of its text, and the old one stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from app.formats.exchange import Loss, Losses, Progress, shorten
from app.formats.threads import Post, Thread, key_of
from app.model.records import Comment, CommentText, Document, MapInfo, Node, Quotation, Record, Relation
from app.model.snapshot import MapSnapshot
from app.source import duplicates
from app.store.current import CurrentMap
from app.store.services.base import writing
from app.store.services.editing import changed
from app.store.services.purging import tombstones
from app.store.services.rewriting import Reattached, moved_mentions
from app.store.services.slugs import slug
from app.store.services.submission import WebAddress
from app.store.services.thread_matching import Matching, People, stem_of
from app.store.services.thread_quoting import ANCESTORS, Quoting, Text, repeated, without_overlaps
from app.store.writing import Change, Revision, commit, validate

ORIGIN = "import"
_STEP = 20
_ADDRESS: TypeAdapter[str] = TypeAdapter(WebAddress)


@dataclass(frozen=True)
class ThreadImport:
    """What importing a thread did, or would do; comments by id.

    ``already`` posts were there with the same words. ``linked`` comments were there, and now answer what
    was not there before. ``quotations`` lead to a text of the map, ``outside`` ones to none.
    """

    added: tuple[str, ...]
    rewritten: tuple[str, ...]
    linked: tuple[str, ...]
    already: int
    participants: tuple[str, ...]
    replies: int
    quotations: int
    outside: int
    duplicates: int
    reattached: tuple[Reattached, ...]
    losses: tuple[Loss, ...]
    changes: tuple[Change, ...]
    revision: Revision | None = None


def import_thread(
    current: CurrentMap,
    thread: Thread,
    *,
    who: str,
    why: str,
    title: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ThreadImport:
    """Add a thread to the map in one transaction; with ``dry_run`` only say what it would do.

    Parameters
    ----------
    title : what the thread is called: begins the ids of its texts, and names a map that is still empty.

    Raises
    ------
    InvalidInput : the result would break a rule of the map; nothing is written.
    """
    if dry_run:
        with current.database.read() as session:
            gone = tombstones(session)
        view = current()
        planned = plan(view, thread, gone, who=who, title=title, progress=progress)
        validate(view.content, planned.changes, view.words)
        return planned
    with writing(current) as (session, view):
        planned = plan(view, thread, tombstones(session), who=who, title=title, progress=progress)
        return replace(
            planned, revision=commit(session, view, planned.changes, who=who, why=why, origin=ORIGIN)
        )


def plan(
    view: MapSnapshot,
    thread: Thread,
    gone: frozenset[tuple[str, str]] = frozenset(),
    *,
    who: str,
    title: str,
    progress: Progress | None = None,
) -> ThreadImport:
    """What importing this thread into this map would do. Pure.

    Parameters
    ----------
    gone : (kind, id) of what was removed for good, and does not come back.
    """
    return _Plan(view, thread, gone, who, title, progress).made()


@dataclass
class _Row:
    """A post with the comment it is or becomes; ``text`` is its new text, if it has one."""

    post: Post
    key: str
    comment: Comment | None
    number: int
    text: Document | None = None
    answers: str | None = None
    copies: str | None = None
    quotations: list[Quotation] = field(default_factory=list)


class _Plan:
    def __init__(
        self,
        view: MapSnapshot,
        thread: Thread,
        gone: frozenset[tuple[str, str]],
        who: str,
        title: str,
        progress: Progress | None,
    ) -> None:
        self.view = view
        self.content = view.content
        self.thread = thread
        self.who = who
        self.title = title
        self.progress = progress
        self.losses = Losses()
        self.people = People(view)
        self.prefix = slug(title, "thread", 24)
        self.matching = Matching(view, self.people, self.prefix, gone, self.losses)
        self.reattached: list[Reattached] = []
        self.answered = {c.reply_to for c in self.content.comments.values() if c.reply_to is not None}
        self.rows = self._rows()
        self.by_comment = {row.key: row for row in self.rows.values()}
        self.new = [row for row in self.rows.values() if row.comment is None]
        self.fresh = sorted((r for r in self.rows.values() if r.text is not None), key=lambda r: r.number)
        self.of_text = {row.text.id: row for row in self.fresh if row.text is not None}

    def made(self) -> ThreadImport:
        """The plan, as changes in writing order."""
        self._replies()
        self._quotations()
        self._copies()
        comments = [self._comment(row) for row in self.rows.values()]
        quoted = [q for row in self.fresh for q in row.quotations]
        linked = [r.key for r in self.rows.values() if r.comment is not None and r.answers is not None]
        records: list[Record] = [r.text for r in self.fresh if r.text is not None]
        changes = self._info()
        changes += [Change(record.kind, record.key, None, record) for record in records]
        changes += [Change("participant", person.id, None, person) for person in self.people.new]
        changes += [change for change in comments if change.before != change.after]
        changes += [Change("quotation", q.key, None, q) for q in quoted]
        changes += self._passages()
        return ThreadImport(
            added=tuple(row.key for row in self.new),
            rewritten=tuple(row.key for row in self.fresh if row.comment is not None),
            linked=tuple(linked),
            already=sum(row.text is None for row in self.rows.values()),
            participants=tuple(person.label for person in self.people.new),
            replies=sum(row.answers is not None for row in self.new),
            quotations=sum(q.quotes is not None for q in quoted),
            outside=sum(q.quotes is None for q in quoted),
            duplicates=sum(row.copies is not None for row in self.new),
            reattached=tuple(self.reattached),
            losses=(*self.thread.losses, *self.losses.report()),
            changes=tuple(changes),
        )

    # --- posts and their texts -----------------------------------------------------------------

    def _rows(self) -> dict[str, _Row]:
        """A row for each post that is or becomes a comment, by the key of its id; what is answered first."""
        rows: dict[str, _Row] = {}
        numbers = {post.id: number for number, post in enumerate(self.thread.posts, 1)}
        for post in _answered_first(self.thread.posts):
            key, comment = self.matching.comment_id(post)
            if key is None:
                continue
            row = rows[key_of(post.id)] = _Row(post, key, comment, numbers[post.id])
            if comment is None:
                row.text = _document(f"{self.prefix}-{row.number:05}-{key}-v1", post.body)
            elif self.matching.needs_version(comment, post):
                stem, number = stem_of(comment.document), len(comment.versions) + 1
                while f"{stem}-v{number}" in self.content.documents:
                    number += 1
                row.text = _document(f"{stem}-v{number}", post.body)
        return rows

    # --- what answers what ---------------------------------------------------------------------

    def _replies(self) -> None:
        for row in self.rows.values():
            parent = row.post.parent
            if parent is None or (row.comment is not None and not self._may_link(row.comment)):
                continue
            above = self.rows.get(key_of(parent))
            comment = self.matching.answered(parent)
            answers = above.key if above is not None else comment.id if comment is not None else None
            if answers is None and row.comment is None:
                self.losses.add(
                    "links to what is answered",
                    "it is neither in the file nor in the map; the reply is kept",
                    row.post.id,
                )
            elif answers is not None and not self._leads_to(answers, row.key):
                self._link(row, answers)

    def _may_link(self, comment: Comment) -> bool:
        return comment.reply_to is None and comment.type == "api" and self.view.visible(comment)

    def _link(self, row: _Row, answers: str) -> None:
        row.answers = answers
        self.answered.add(answers)

    def _leads_to(self, start: str, end: str) -> bool:
        """Whether what ``start`` answers, and what that answers …, is ``end``."""
        if end not in self.answered:
            return start == end
        at: str | None = start
        seen: set[str] = set()
        while at is not None and at != end and at not in seen:
            seen.add(at)
            at = self._answered_by(at)
        return at == end

    def _answered_by(self, key: str) -> str | None:
        """The comment that a comment answers, as planned so far."""
        row, comment = self.by_comment.get(key), self.content.comments.get(key)
        if row is not None and row.answers is not None:
            return row.answers
        return comment.reply_to if comment is not None else None

    # --- what quotes what ----------------------------------------------------------------------

    def _quotations(self) -> None:
        if not self.fresh:
            return
        earlier = {v.document for c in self.content.comments.values() for v in c.versions[:-1]}
        texts = {key: d.text for key, d in self.content.documents.items() if key not in earlier}
        quoting = Quoting(Text(key, 0, text) for key, text in texts.items())
        repeats = repeated(texts, {key: row.post.body for key, row in self.of_text.items()})
        for done, (document, row) in enumerate(self.of_text.items()):
            if self.progress is not None and done % _STEP == 0:
                self.progress("finding quotations", done, len(self.fresh))
            body = row.post.body
            own = {v.document for v in row.comment.versions} if row.comment is not None else set()
            above = self._above(row, quoting)
            marked = quoting.marked(body, document, above, own)
            if not self.thread.replies_stated and row.comment is None and row.post.parent is None:
                # What a post quotes first is what it answers.
                first = next((key for q in marked if (key := self._quoted(q)) is not None), None)
                if first is not None and not self._leads_to(first, row.key):
                    self._link(row, first)
            others = [q for q in repeats.get(document, ()) if q.quotes and q.quotes.document not in own]
            row.quotations = without_overlaps([*marked, *others, *quoting.unmarked(body, document, above)])
            quoting.add(Text(document, 0, body))
        self.losses.add(
            "searches for what is quoted",
            "there are too many; what was not found is marked as quoting something outside",
            count=quoting.given_up,
        )
        if self.progress is not None:
            self.progress("finding quotations", len(self.fresh), len(self.fresh))

    def _above(self, row: _Row, quoting: Quoting) -> list[Text]:
        """The texts of what a post answers, the nearest first."""
        found: list[Text] = []
        at = self._answered_by(row.key)
        while at is not None and len(found) < ANCESTORS:
            other, comment = self.by_comment.get(at), self.content.comments.get(at)
            if other is not None and other.text is not None:
                found.append(Text(other.text.id, 0, other.text.text))
            elif comment is not None:
                start, _ = self.view.span_of(comment)
                found.append(Text(comment.document, start, self.view.text_of(comment)))
            at = self._answered_by(at)
        for text in found:
            quoting.add(text)
        return found

    def _quoted(self, quotation: Quotation) -> str | None:
        """The comment of this thread that a quotation is from."""
        if quotation.quotes is None:
            return None
        document, start = quotation.quotes.document, quotation.quotes.start
        if document in self.of_text:
            return self.of_text[document].key
        comment = self.view.comment_at(document, start)
        return comment.id if comment is not None and comment.id in self.by_comment else None

    def _copies(self) -> None:
        """Posts that copy another comment of the same person, also one of the map."""
        if not self.new:
            return
        bodies = {c.id: self.view.text_of(c) for c in self.content.comments.values() if self.view.visible(c)}
        who = {c.id: c.participant for c in self.content.comments.values()}
        for row in sorted(self.new, key=lambda r: r.number):
            bodies[row.key] = row.post.body
            if row.post.author is not None:
                who[row.key] = self.people.of(row.post.author)
        for found in duplicates(bodies):
            copy = self.by_comment.get(found.comment)
            if copy is None or copy.comment is not None or found.original not in who:
                continue
            if who.get(copy.key) == who[found.original]:
                copy.copies = found.original

    # --- the records ---------------------------------------------------------------------------

    def _info(self) -> list[Change]:
        """A map that is still empty gets the thread's title."""
        info = self.content.info
        if self.content.documents or self.content.nodes or not self.new or info.title != MapInfo().title:
            return []
        before = info if self.view.revision else None
        return [Change("map", "map", before, changed(info, title=self.title))]

    def _comment(self, row: _Row) -> Change:
        old, post = row.comment, row.post
        if old is None:
            new = Comment(
                id=row.key,
                type="api",
                document=row.text.id if row.text is not None else "",
                first_paragraph=1,
                last_paragraph=post.body.count("\n") + 1,
                participant=self.people.of(post.author),
                attribution="stated" if post.author is not None else "inferred",
                reason=None if post.author is not None else post.reason,
                reply_to=row.answers,
                duplicate_of=row.copies,
                source_url=self._address(post),
                submitted_by=self.who,
                submitted_at=post.date,
                status="reviewed",
            )
            return Change("comment", row.key, None, new)
        fields: dict[str, object] = {}
        if row.answers is not None:
            fields["reply_to"] = row.answers
        if row.text is not None:
            was = CommentText(
                document=old.document,
                first_paragraph=old.first_paragraph,
                last_paragraph=old.last_paragraph,
            )
            fields |= {
                "earlier": [*old.earlier, was],
                "document": row.text.id,
                "first_paragraph": 1,
                "last_paragraph": post.body.count("\n") + 1,
            }
        return Change("comment", row.key, old, changed(old, **fields) if fields else old)

    def _address(self, post: Post) -> str | None:
        if post.url is None:
            return None
        try:
            return _ADDRESS.validate_python(post.url)
        except ValidationError:
            self.losses.add("addresses of posts", "they are not http or https addresses", post.url)
            return None

    def _passages(self) -> list[Change]:
        """What the map has from texts that have changed, found again in their new versions."""
        rewritten = [row for row in self.fresh if row.comment is not None]
        if not rewritten:
            return []
        changes: list[Change] = []
        elements: list[Node | Relation] = [*self.content.nodes.values(), *self.content.relations.values()]
        for element in elements:
            after = element
            for row in rewritten:
                if row.comment is None or row.text is None:
                    continue
                old = self.content.documents[row.comment.document]
                mentions = moved_mentions(after, old, row.text, self.reattached)
                if mentions is not None:
                    after = after.model_copy(
                        update={"passages": tuple(sorted(mentions, key=lambda m: m.order))}
                    )
            if after != element:
                changes.append(Change(element.kind, element.key, element, after))
        return changes


def _document(key: str, text: str) -> Document:
    lines = [line for line in text.split("\n") if line.strip(" >")]
    own = next((line for line in lines if not line.lstrip().startswith(">")), lines[0] if lines else "")
    digest = sha256(text.encode()).hexdigest()
    return Document(id=key, file=f"{key}.md", title=shorten(own, 80) or "A comment", sha256=digest, text=text)


def _answered_first(posts: Iterable[Post]) -> list[Post]:
    """The posts, each after the one it answers; otherwise in their order."""
    by_id: Mapping[str, Post] = {key_of(post.id): post for post in posts}
    done: dict[str, Post] = {}
    for post in by_id.values():
        chain: list[Post] = []
        at: Post | None = post
        while at is not None and at.id not in done:
            chain.append(at)
            at = by_id.get(key_of(at.parent)) if at.parent is not None else None
        done |= {one.id: one for one in reversed(chain)}
    return list(done.values())
