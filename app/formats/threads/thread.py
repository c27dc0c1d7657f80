"""A thread as every form gives it: posts, each with who says what in answer to what."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.errors import InvalidInput, Problem
from app.formats.exchange import Loss, clean, shorten, slug
from app.source import unsafe_characters

MAX_POSTS = 20_000
MAX_CHARACTERS = 500_000
MAX_LABEL = 100
MAX_QUOTED = 100_000
MAX_PROBLEMS = 50
_SHORT = 8  # words; fewer are said by many, so that they do not tell a post
_QUOTED = re.compile(r"^ {0,3}>", re.MULTILINE)
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,69}")
# Random ids of fifteen characters and more stay different in lower case.
_OPAQUE = re.compile(r"[A-Za-z0-9]{15,70}")


@dataclass(frozen=True)
class Post:
    """One contribution.

    ``author`` is None where the file does not tell, and ``reason`` says so; ``date`` is ISO 8601, a day
    or a time; ``place`` is where a person finds the post in the file.
    """

    id: str
    body: str
    author: str | None = None
    reason: str = ""
    parent: str | None = None
    date: str | None = None
    url: str | None = None
    place: str = ""


@dataclass(frozen=True)
class Thread:
    """The posts of a file, in the order they were written as far as the file tells.

    ``replies_stated`` says whether the form tells what answers what; where it does not, only quotations
    do. ``losses`` is what was left out, and why.
    """

    form: str
    posts: tuple[Post, ...]
    title: str | None = None
    replies_stated: bool = True
    losses: tuple[Loss, ...] = ()


def key_of(post_id: str) -> str:
    """The id of a comment made from the id of a post; the same whenever it is imported.

    >>> key_of("vJFdjigzmcXMhNTsx")
    'vjfdjigzmcxmhntsx'
    """
    if _SLUG.fullmatch(post_id):
        return post_id
    if _OPAQUE.fullmatch(post_id):
        return post_id.lower()
    return f"{slug(post_id, 'post', 40)}-{digest(post_id)}"


def digest(*parts: str) -> str:
    """Eight hexadecimal digits that stand for these words."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def with_ids(
    posts: Iterable[Post], explicit: Sequence[str | None], parents: Sequence[int | None]
) -> list[Post]:
    """Posts of a form without ids, with ids that later versions of the file give them, too.

    A post is known by its author and the time it was written, to the minute; or else by its author and
    its words; where these are few, also by the post it answers or stands after. So a post may be added
    anywhere without the others being taken for new ones.

    Parameters
    ----------
    explicit : ids the file gives, where it does. parents : for each post the index of the one it answers.
    """
    made: list[Post] = []
    seen: dict[str, int] = {}
    for number, post in enumerate(posts):
        parent = parents[number]
        before = made[parent].id if parent is not None else made[-1].id if made else ""
        key = explicit[number]
        if key is None:
            if post.date is not None and "T" in post.date:
                told = digest("time", post.author or "", post.date)
            elif len(post.body.split()) < _SHORT:
                told = digest("after", before, post.author or "", post.body)
            else:
                told = digest("words", post.author or "", post.body)
            key = f"{slug(post.author or 'unknown', 'post', 40)}-{told}"
            seen[key] = seen.get(key, 0) + 1
            key = key if seen[key] == 1 else f"{key}-{seen[key]}"
        answers = post.parent if parent is None else made[parent].id
        made.append(replace(post, id=key, parent=answers))
    return made


def one_line(label: str | None) -> str | None:
    """A person's label on one line; None where nothing is left of it."""
    return clean(label) or None if label is not None and not unsafe_characters(label) else label


def checked(posts: Iterable[Post], name: str) -> tuple[Post, ...]:
    """The posts, when nothing is wrong with them.

    Raises
    ------
    InvalidInput : control characters, two posts of one id, replies in a circle, too much of anything;
        each with its place.
    """
    posts = tuple(posts)
    if not posts:
        raise InvalidInput("there are no posts in this file", where=name)
    limited(len(posts), name)
    quoted = sum(1 for post in posts for _ in _QUOTED.finditer(post.body))
    if quoted > MAX_QUOTED:
        raise InvalidInput(
            f"there are {quoted:,} quoted lines; at most {MAX_QUOTED:,} are read", name, "split the file"
        )
    problems = [problem for post in posts for problem in _wrong(post, name)]
    problems += _same_ids(posts, name)
    problems += _circles(posts, name)
    if problems:
        raise InvalidInput(problems[:MAX_PROBLEMS])
    return posts


def limited(number: int, name: str) -> None:
    """Raise InvalidInput where there are too many posts."""
    if number > MAX_POSTS:
        raise InvalidInput(
            f"there are {number:,} posts; at most {MAX_POSTS:,} are read", name, "split the file"
        )


def _wrong(post: Post, name: str) -> Iterator[Problem]:
    where = f"{name}:{post.place}"
    for what, value in (("body", post.body), ("author", post.author or ""), ("id", post.id)):
        if found := unsafe_characters(value):
            yield Problem(f"the {what} holds {found[0]}", where, "take the character out")
    if len(post.body) > MAX_CHARACTERS:
        yield Problem(
            f"the post has {len(post.body):,} characters, more than {MAX_CHARACTERS:,}", where, "split it"
        )
    if len(post.author or "") > MAX_LABEL:
        yield Problem(f"the author's name has more than {MAX_LABEL} characters", where, "shorten it")


def _same_ids(posts: Iterable[Post], name: str) -> Iterator[Problem]:
    seen: dict[str, Post] = {}
    for post in posts:
        other = seen.setdefault(key_of(post.id), post)
        if other is not post:
            yield Problem(
                f"the id {shorten(post.id)!r} stands twice, with different posts",
                f"{name}:{post.place}",
                f"the other is at {other.place}",
            )


def _circles(posts: Iterable[Post], name: str) -> Iterator[Problem]:
    by_key = {key_of(post.id): post for post in posts}
    done: set[str] = set()
    for post in by_key.values():
        path: dict[str, None] = {}
        at: Post | None = post
        while at is not None and at.id not in done:
            if at.id in path:
                yield Problem("replies run in a circle", f"{name}:{at.place}", "mend what it answers")
                break
            path[at.id] = None
            at = by_key.get(key_of(at.parent)) if at.parent is not None else None
        done |= path.keys()
