"""Threads in Markdown: a post under each heading, or a post for each item of a nested list.

Headings::

    # Title of the thread
    ## Ann Lee (2024-05-03 14:30)
    What Ann says.
    ### [Bob](https://example.org/c/2) (2024-05-04) {#c2}
    What Bob answers: his heading is one level deeper. `{#c2}` gives the post an id.
    ## Cy {#c3 re=c2}
    `re=` says what is answered.

Where any heading has a date or an id, only headings with one begin a post; the others are the author's.
Lists::

    - **Ann Lee** (2024-05-03): What Ann says.
      - **Bob**: What Bob answers.
"""

import re
from dataclasses import dataclass, replace

from app.formats.exchange import Losses, Progress
from app.formats.threads import plain
from app.formats.threads.dates import iso
from app.formats.threads.lines import UNTOLD, body_of, dated, lines_of
from app.formats.threads.thread import Post, Thread, checked, limited, one_line, with_ids

FORM = "markdown"
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_ATTRIBUTES = re.compile(r"\{([^{}]{1,300})\}[ \t]*$")
_ITEM = re.compile(r"([ \t]*)[-*+][ \t]+\*\*([^*]{1,200})\*\*(.*)")
_AFTER = re.compile(r"[ \t]*(?:[(\[]([^()\[\]]{4,60})[)\]])?[ \t]*:?[ \t]*(.*)")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\((https?://[^\s()<>]{1,1000})\)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_WIDTH = 4


@dataclass
class _Head:
    """A line that begins a post, or the title."""

    line: int
    level: int
    author: str | None
    date: str | None = None
    url: str | None = None
    id: str | None = None
    answers: str | None = None
    first: str = ""
    indent: int = -2  # of the list item; a heading has none

    @property
    def told(self) -> bool:
        return self.date is not None or self.id is not None


def looks_like(lines: list[str]) -> bool:
    """Whether there are posts under headings or in list items."""
    return any(head.told for head in _headings(lines)) or bool(_items(lines))


def read(data: bytes, name: str, progress: Progress | None = None) -> Thread:
    """The thread in a Markdown file.

    Raises
    ------
    InvalidInput : not a text, or something wrong with a post; names the line.
    """
    lines = lines_of(data, name)
    if progress is not None:
        progress("reading lines", 0, len(lines))
    heads = _headings(lines)
    title = None
    if heads and heads[0].level == 1 and not heads[0].told and not any(h.level == 1 for h in heads[1:]):
        title = heads[0].author
        lines = [*lines[: heads[0].line], "", *lines[heads[0].line + 1 :]]
        heads = heads[1:]
    if items := _items(lines) if not any(h.told for h in heads) else []:
        heads = items
    elif any(h.told for h in heads):
        heads = [h for h in heads if h.told]
    elif not heads or plain.has_heads(lines):
        return replace(plain.thread_of(lines, name, progress), form=FORM, title=title)
    limited(len(heads), name)
    losses = Losses()
    posts, ids, parents = _posts(lines, heads, losses)
    stated = any(parent is not None for parent in parents) or any(post.parent for post in posts)
    if progress is not None:
        progress("reading lines", len(lines), len(lines))
    made = checked(with_ids(posts, ids, parents), name)
    return Thread(FORM, made, title, replies_stated=stated, losses=losses.report())


def _posts(
    lines: list[str], heads: list[_Head], losses: Losses
) -> tuple[list[Post], list[str | None], list[int | None]]:
    posts: list[Post] = []
    ids: list[str | None] = []
    parents: list[int | None] = []
    above: list[tuple[int, int | None]] = []  # (level, index of the post there)
    before = body_of(lines[: heads[0].line] if heads else lines)
    if before:
        posts.append(Post("", before, reason=UNTOLD, place="1"))
        ids.append(None)
        parents.append(None)
    for number, head in enumerate(heads):
        end = heads[number + 1].line if number + 1 < len(heads) else len(lines)
        own = [_dedented(line, head.indent) for line in lines[head.line + 1 : end]]
        body = body_of([head.first, *own])
        while above and above[-1][0] >= head.level:
            above.pop()
        if not body:
            # What stands below it answers nothing we have.
            losses.add("posts", "they have no text", f"{head.author}, line {head.line + 1}")
            above.append((head.level, None))
            continue
        author = one_line(head.author)
        parents.append(above[-1][1] if above and head.answers is None else None)
        ids.append(head.id)
        above.append((head.level, len(posts)))
        posts.append(
            Post(
                "",
                body,
                author,
                reason="" if author else UNTOLD,
                parent=head.answers,
                date=head.date,
                url=head.url,
                place=str(head.line + 1),
            )
        )
    return posts, ids, parents


def _headings(lines: list[str]) -> list[_Head]:
    found: list[_Head] = []
    for number, line in _outside_code(lines):
        if len(line) > 2000 or (match := _HEADING.match(line)) is None:
            continue
        head = _Head(number, len(match.group(1)), None)
        text = _CLOSING.sub("", match.group(2))
        if given := _ATTRIBUTES.search(text):
            text = text[: given.start()]
            for word in given.group(1).split():
                if word.startswith("#") and len(word) > 1:
                    head.id = word[1:]
                elif word.startswith("re=") and len(word) > 3:
                    head.answers = word[3:].removeprefix("#")
        if link := _LINK.search(text):
            head.url = link.group(2)
            text = text[: link.start()] + link.group(1) + text[link.end() :]
        label, head.date = dated(text)
        head.author = label.strip(" *_") or None
        found.append(head)
    return found


def _items(lines: list[str]) -> list[_Head]:
    """The list items that begin with a name in bold, when the text begins with one."""
    found: list[_Head] = []
    for number, line in _outside_code(lines):
        match = _ITEM.match(line)
        if match is None:
            if not found and line.strip():
                return []
            continue
        after = _AFTER.match(match.group(3))
        label = match.group(2).strip()
        inside = label.endswith(":")
        if after is None or not (inside or match.group(3).lstrip().startswith((":", "(", "["))):
            continue
        written, first = after.group(1), after.group(2)
        date = iso(written) if written else None
        if written and date is None:
            if not inside and ":" not in match.group(3):
                continue
            first = match.group(3).lstrip(": \t")
        label, within = dated(label.rstrip(": "))
        head = _Head(number, 0, label, date or within, first=first)
        if link := _LINK.fullmatch(label):
            head.author, head.url = link.group(1), link.group(2)
        indent = len(match.group(1).expandtabs(_WIDTH))
        head.level = head.indent = indent
        found.append(head)
    return found


def _dedented(line: str, indent: int) -> str:
    """A line below a list item, without the indentation the list gives it (two to four columns)."""
    wide = line.expandtabs(_WIDTH) if line[:1].isspace() else line
    spaces = len(wide) - len(wide.lstrip(" "))
    return wide[min(spaces, indent + 2) :] if spaces and indent + 2 else line


def _outside_code(lines: list[str]) -> list[tuple[int, str]]:
    """The numbered lines (from 0) that are not in fenced code."""
    found: list[tuple[int, str]] = []
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark.group(1).startswith(fence)):
            fence = "" if fence else mark.group(1)
        elif not fence:
            found.append((number, line))
    return found
