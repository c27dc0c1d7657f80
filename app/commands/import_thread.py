"""``cruxmap import thread``: a comment thread, each post a comment of the map, ready to be mapped."""

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.commands.export_graph import report
from app.commands.import_map import target_database
from app.commands.terminal import DatabaseOption, errors, progress_bar
from app.errors import InvalidInput
from app.formats import threads
from app.formats.exchange import MAX_BYTES, clean, shorten
from app.formats.threads import Thread
from app.store.current import CurrentMap
from app.store.services.threads import ThreadImport, import_thread

_LONGEST_TITLE = 200
_SHOWN = 20


class ThreadForm(StrEnum):
    """Forms a thread is read from."""

    forum_magnum = "forum-magnum"
    markdown = "markdown"
    plain = "plain"


def register(cli: typer.Typer) -> None:
    """Add the command."""

    @cli.command("thread")
    def import_thread_command(
        path: Annotated[
            Path, typer.Argument(metavar="FILE", help="Comments as JSON, Markdown, or plain text.")
        ],
        form: Annotated[
            ThreadForm | None,
            typer.Option("--format", help="Its form (default: told from name and content)."),
        ] = None,
        title: Annotated[
            str | None,
            typer.Option(help="What the thread is called (default: its heading, else the file's name)."),
        ] = None,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="Say what would be added; write nothing.")
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
        database: DatabaseOption = None,
        who: Annotated[str, typer.Option(help="Kept in history.")] = "cruxmap import",
    ) -> None:
        """Add a comment thread: ForumMagnum comments (JSON), Markdown, or plain text.

        Each post becomes a comment with its author, its date, what it answers and what it quotes. Posts that
        are there already are left alone; a post whose words have changed gets a new version of its text.

        Example: `cruxmap import thread comments.json --dry-run --database map.sqlite3`
        """
        with progress_bar() as progress:
            thread = threads.read(_bytes(path), path.name, form.value if form is not None else None, progress)
            with target_database(database, dry_run) as opened:
                done = import_thread(
                    CurrentMap(opened),
                    thread,
                    who=who,
                    why=f"imported the thread {path.name} ({thread.form})",
                    title=_title(title, thread, path),
                    dry_run=dry_run,
                    progress=progress,
                )
        if as_json:
            typer.echo(json.dumps(as_values(thread, done), ensure_ascii=False, indent=1))
        else:
            typer.echo(sentence(thread, done, dry_run))
            _say_who(done)
        report(done.losses, "Left out, or kept in another way:")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidInput(f"cannot be read: {error.strerror}", where=str(path)) from error


def _title(given: str | None, thread: Thread, path: Path) -> str:
    title = clean(given if given is not None else thread.title or path.stem)
    if given is not None and not title:
        raise InvalidInput("the title is empty", where="--title", remedy="write one, or leave the option out")
    return shorten(title, _LONGEST_TITLE) or "A thread"


def as_values(thread: Thread, done: ThreadImport) -> dict[str, object]:
    """What a program reads."""
    return {
        "form": thread.form,
        "posts": len(thread.posts),
        "added": list(done.added),
        "new_versions": list(done.rewritten),
        "linked": list(done.linked),
        "already": done.already,
        "participants": list(done.participants),
        "replies": done.replies,
        "quotations": {"of the map": done.quotations, "of something else": done.outside},
        "duplicates": done.duplicates,
        "passages": dict(Counter(found.outcome for found in done.reattached)),
        "revision": done.revision.n if done.revision is not None else None,
        "skipped": [loss.as_json() for loss in done.losses],
    }


def sentence(thread: Thread, done: ThreadImport, dry_run: bool) -> str:
    """What a person reads."""
    parts = [f"Read {_counted(len(thread.posts), 'post')} as {thread.form}."]
    if not done.changes:
        said = "would be" if dry_run else "was"
        return f"{parts[0]} All of them are in the map already; nothing {said} changed."
    done_by = f" as revision {done.revision.n}" if done.revision is not None else ""
    if done.added:
        parts.append(
            f"{'Would add' if dry_run else 'Added'} {_counted(len(done.added), 'comment')}{done_by}: "
            f"{_counted(done.replies, 'reply', 'replies')}, {_counted(done.quotations, 'quotation')} of what the "
            f"map holds, {done.outside} of something else, {_counted(done.duplicates, 'duplicate')}."
        )
    if done.rewritten:
        parts.append(
            f"{'Would give' if dry_run else 'Gave'} a new version to {', '.join(done.rewritten[:_SHOWN])}."
        )
    if done.reattached:
        outcomes = Counter(found.outcome for found in done.reattached)
        parts.append(f"Passages in them: {', '.join(f'{n} {what}' for what, n in outcomes.items())}.")
    if done.linked:
        parts.append(f"{_counted(len(done.linked), 'comment')} that were there now answer another.")
    if done.already:
        parts.append(f"{_counted(done.already, 'post')} are in the map already.")
    return " ".join(parts)


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _say_who(done: ThreadImport) -> None:
    """Names: a phrase taken for one is seen here."""
    if done.participants:
        more = len(done.participants) - _SHOWN
        names = ", ".join(done.participants[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        errors.print(f"New participants: {names}", markup=False, highlight=False)
