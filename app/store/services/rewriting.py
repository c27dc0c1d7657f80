"""A new version of a comment's body: its passages are found again, or said to be lost. Never moved by guess."""

from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session

from app.errors import Conflict, InvalidInput
from app.model.records import Comment, CommentText, Document, Mention, Node, Relation
from app.model.snapshot import MapSnapshot
from app.source import Passage, reattach, unsafe_characters
from app.store.current import CurrentMap
from app.store.services.editing import Edited, Guard, changed, make, record_of
from app.store.services.quoting import quotations
from app.store.writing import Change


@dataclass(frozen=True)
class Reattached:
    """What became of one passage of the old text: exact, moved, ambiguous or orphaned."""

    element: str
    exact: str
    outcome: str


def rewrite(
    current: CurrentMap, key: str, body: str, *, guard: Guard, who: str, why: str, max_characters: int
) -> tuple[Edited, tuple[Reattached, ...]]:
    """Give a comment that was added through the API a new body.

    The old body stays as an earlier version. Passages that are surely the same get a copy in the new
    text; the others keep the old version's.

    Raises
    ------
    Conflict : the comment is part of a source document, which is immutable.
    """
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InvalidInput("is empty", "body", "write something")
    if len(text) > max_characters:
        raise InvalidInput(f"has more than {max_characters} characters", "body", "shorten it")
    if found := unsafe_characters(text):
        raise InvalidInput(f"holds {found[0]}", "body", "take the character out")
    report: list[Reattached] = []

    def plan(view: MapSnapshot, _session: Session) -> list[Change]:
        comment = record_of(view.content, "comment", key)
        assert isinstance(comment, Comment)
        guard(comment)
        if comment.type != "api":
            raise Conflict("this comment stands in a source document, which is immutable", "body")
        old = view.content.documents[comment.document]
        if old.text == text:
            return []
        number = len(comment.versions) + 1
        while f"{key}-v{number}" in view.content.documents:
            number += 1
        new = Document(
            id=f"{key}-v{number}",
            file=f"{key}-v{number}.md",
            title=old.title,
            sha256=sha256(text.encode()).hexdigest(),
            text=text,
        )
        was = CommentText(
            document=comment.document,
            first_paragraph=comment.first_paragraph,
            last_paragraph=comment.last_paragraph,
        )
        now = changed(
            comment,
            earlier=[*comment.earlier, was],
            document=new.id,
            first_paragraph=1,
            last_paragraph=text.count("\n") + 1,
        )
        reply_to = view.content.comments.get(comment.reply_to or "")
        changes = [Change("document", new.id, None, new), Change("comment", key, comment, now)]
        changes += [
            Change("quotation", q.key, None, q) for q in quotations(view, text, new.id, reply_to).found
        ]
        elements: list[Node | Relation] = [*view.content.nodes.values(), *view.content.relations.values()]
        for element in elements:
            mentions = moved_mentions(element, old, new, report)
            if mentions is not None:
                changes.append(
                    Change(element.kind, element.key, element, changed(element, passages=mentions))
                )
        return changes

    return make(current, plan, who=who, why=why), tuple(report)


def moved_mentions(
    element: Node | Relation, old: Document, new: Document, report: list[Reattached]
) -> list[Mention] | None:
    """The element's passages with those in the old text found again; None where it has none there."""
    if not any(m.document == old.id for m in element.passages):
        return None
    out: list[Mention] = []
    for mention in element.passages:
        out.append(mention)
        if mention.document != old.id:
            continue
        passage = Passage.at(old.text, mention.start, mention.end)
        done = reattach(old.text, passage, new.text)
        report.append(Reattached(element.id, mention.exact, done.outcome))
        if done.passage is not None:
            at = done.passage
            out.append(
                mention.model_copy(
                    update={
                        "document": new.id,
                        "start": at.start,
                        "end": at.end,
                        "exact": at.exact,
                        "prefix": at.prefix,
                        "suffix": at.suffix,
                    }
                )
            )
    return out
