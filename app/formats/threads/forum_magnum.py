"""Comments as ForumMagnum's API gives them (LessWrong, the EA Forum, the Alignment Forum …).

A list of comments, alone or under ``results`` anywhere in the first levels of the answer
(``{"data": {"comments": {"results": […]}}}``). Read of each: ``_id``, ``parentCommentId``, ``postedAt``,
``user.displayName`` (or ``username``, or ``author``), ``contents.html`` (or ``htmlBody``), else
``contents.plaintextMainText``, ``contents.markdown``; ``pageUrl``; ``deleted``, ``draft``.
HTML goes before plain text, since the plain text has lost what is a quotation.
"""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from app.errors import InvalidInput, Problem
from app.formats.exchange import Losses, Progress, parse_json
from app.formats.threads.dates import iso
from app.formats.threads.html_text import to_text
from app.formats.threads.thread import MAX_PROBLEMS, Post, Thread, checked, one_line
from app.source import unsafe_characters

FORM = "forum-magnum"
_LEVELS = 4
_STEP = 50
Item = Mapping[str, JsonValue]


def looks_like(value: JsonValue) -> bool:
    """Whether a JSON value holds a list of comments."""
    return _results(value) is not None


def read(data: bytes, name: str, progress: Progress | None = None) -> Thread:
    """The thread in a file of comments.

    Raises
    ------
    InvalidInput : not JSON, no list of comments, or a comment that is not one; each with its place.
    """
    results = _results(parse_json(data, name))
    if results is None:
        raise InvalidInput(
            "there is no list of comments here", name, "it should be under results, each with an _id"
        )
    return _Reading(name, progress).thread(results)


def _results(value: JsonValue) -> Sequence[JsonValue] | None:
    level: list[JsonValue] = [value]
    for _ in range(_LEVELS):
        following: list[JsonValue] = []
        for found in level:
            if isinstance(found, list) and (
                not found or any(isinstance(i, dict) and "_id" in i for i in found)
            ):
                return found
            if isinstance(found, dict):
                inner = found.get("results")
                if isinstance(inner, list):
                    return inner
                following += [item for item in found.values() if isinstance(item, dict | list)]
        level = following
    return None


class _Reading:
    def __init__(self, name: str, progress: Progress | None) -> None:
        self.name = name
        self.progress = progress
        self.losses = Losses()
        self.problems: list[Problem] = []

    def thread(self, results: Sequence[JsonValue]) -> Thread:
        seen: dict[str, Post] = {}
        posts: list[Post] = []
        for number, item in enumerate(results):
            if self.progress is not None and number % _STEP == 0:
                self.progress("reading comments", number, len(results))
            post = self._post(item, f"results[{number}]")
            if post is None:
                continue
            other = seen.setdefault(post.id, post)
            if other is not post and (other.body, other.author) == (post.body, post.author):
                self.losses.add("comments", "the same comment stands twice in the file", post.id)
                continue
            posts.append(post)
        if self.progress is not None:
            self.progress("reading comments", len(results), len(results))
        if self.problems:
            raise InvalidInput(self.problems[:MAX_PROBLEMS])
        # The forum lists the best or the newest first; a thread is read as it was written.
        posts.sort(key=lambda post: post.date or "9999")
        return Thread(FORM, checked(posts, self.name), losses=self.losses.report())

    def _post(self, item: JsonValue, place: str) -> Post | None:
        if not isinstance(item, Mapping):
            self._problem("is no comment", place, "a comment is an object with an _id")
            return None
        key = self._text(item, "_id", place)
        if not key:
            self._problem("has no _id", place, "keep the field when downloading the thread")
            return None
        if item.get("deleted") or item.get("deletedPublic"):
            self.losses.add("comments", "they were deleted in the forum", key)
            return None
        if item.get("draft"):
            self.losses.add("comments", "they are drafts", key)
            return None
        body = self._body(item, place)
        if not body.strip():
            self.losses.add("comments", "they have no text", key)
            return None
        author = self._author(item, place)
        return Post(
            id=key,
            body=body,
            author=author,
            reason="" if author else "the file names no author; the account may have been deleted",
            parent=self._text(item, "parentCommentId", place) or None,
            date=self._date(item, place),
            url=self._text(item, "pageUrl", place) or None,
            place=place,
        )

    def _body(self, item: Item, place: str) -> str:
        contents = item.get("contents")
        if contents is not None and not isinstance(contents, Mapping):
            self._problem("contents is no object", place)
            return ""
        inner = contents or {}
        html = self._text(inner, "html", f"{place}.contents") or self._text(item, "htmlBody", place)
        if html.strip():
            if found := unsafe_characters(html):
                self._problem(
                    f"the text holds {found[0]}", f"{place}.contents.html", "take the character out"
                )
                return ""
            made = to_text(html)
            self.losses.add("link addresses", "a comment is kept as text", place, made.links)
            self.losses.add("pictures", "a comment is kept as text", place, made.pictures)
            return made.text
        plain = next(
            (
                v
                for k in ("plaintextMainText", "markdown")
                if (v := self._text(inner, k, f"{place}.contents")).strip()
            ),
            "",
        )
        return plain.replace("\r\n", "\n").replace("\r", "\n")

    def _author(self, item: Item, place: str) -> str | None:
        user = item.get("user")
        if user is not None and not isinstance(user, Mapping):
            self._problem("user is no object", place)
            return None
        names = [self._text(user or {}, k, f"{place}.user") for k in ("displayName", "username")]
        names.append(self._text(item, "author", place))
        return next((label for name in names if name.strip() and (label := one_line(name))), None)

    def _date(self, item: Item, place: str) -> str | None:
        written = self._text(item, "postedAt", place) or self._text(item, "createdAt", place)
        found = iso(written) if written else None
        if written and found is None:
            self.losses.add("dates", "they cannot be read", f"{place}: {written}")
        return found

    def _text(self, item: Item, field: str, place: str) -> str:
        value = item.get(field)
        if value is None:
            return ""
        if not isinstance(value, str):
            self._problem(f"{field} is not text", place)
            return ""
        return value

    def _problem(self, message: str, place: str, remedy: str = "") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(message, f"{self.name}:{place}", remedy))
