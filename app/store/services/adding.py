"""Adding a comment: its text, its quotations, its nodes and its relations, all or nothing."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from app.store.current import CurrentMap
from app.store.services.base import writing
from app.store.services.drafting import Added, Author, draft
from app.store.services.purging import tombstones
from app.store.services.submission import CommentIn
from app.store.writing import commit


def add_comment(
    current: CurrentMap,
    submission: CommentIn,
    author: Author,
    *,
    max_characters: int = 100_000,
    dry_run: bool = False,
    first: Callable[[Session], None] | None = None,
    then: Callable[[Session, "Added"], None] | None = None,
) -> Added:
    """Add a comment in one transaction; with ``dry_run`` only say what it would do.

    ``first`` is called before anything else under the write lock, and may raise; ``then`` at the end,
    in the same transaction.

    Raises
    ------
    InvalidInput : something is wrong; every problem names its field, and nothing was written.
    """
    if dry_run:
        with current.database.read() as session:
            reserved = _reserved(session)
        return draft(current(), submission, author, max_characters, reserved)
    with writing(current) as (session, view):
        if first is not None:
            first(session)
        added = replace(draft(view, submission, author, max_characters, _reserved(session)), stored=True)
        why = f"{added.comment.id} was added"
        at = added.comment.submitted_at
        commit(session, view, added.changes, who=author.who, why=why, origin="api", at=at)
        if then is not None:
            then(session, added)
    return added


# `/comments/new` is the page for writing one.
_ADDRESSES = frozenset(("new",))


def _reserved(session: Session) -> frozenset[str]:
    """Ids that nothing new may get: those of what was removed for good (no id is used twice), and of pages."""
    return _ADDRESSES | frozenset(ref for _, ref in tombstones(session))
