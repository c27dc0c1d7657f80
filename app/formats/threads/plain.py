"""Threads in plain text: posts that begin with who wrote them.

A post begins, after an empty line, with a line ``Ann Lee wrote:`` or ``Ann Lee:`` (with a date in
brackets if there is one; ``On 3 May 2024, Ann Lee wrote:``). The first such line decides which of the two
the file uses, so that "Two reasons:" is nobody. A file whose every block of lines begins with a name and
a colon is a transcript. Otherwise posts are separated by rules (``---``), or by two empty lines, or by
one, and nobody knows who wrote them. Lines that begin with ``>`` quote.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.errors import InvalidInput
from app.formats.exchange import Progress
from app.formats.threads.dates import iso
from app.formats.threads.lines import UNTOLD, body_of, dated, lines_of
from app.formats.threads.thread import MAX_POSTS, Post, Thread, checked, limited, one_line, with_ids
from app.source import Folded, find_quotation, fold

FORM = "plain"
_LONGEST = 160
_WROTE = re.compile(
    r"(?:On (?P<when>[^>]{4,60}),[ \t]+)?(?P<who>[^>:]{1,120}?)[ \t]+(?:wrote|writes|said|says)[ \t]*:[ \t]*$"
)
_BARE = re.compile(r"(?P<who>[^>:]{1,80}(?:[(\[][^()\[\]>]{4,60}[)\]])?):[ \t]*$")
_SPOKEN = re.compile(r"(?P<who>[^>:\s][^>:]{0,50}):[ \t]+(?P<said>\S.*)")
_RULE = re.compile(r"[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*$")
_NAME_WORDS = 5
# With these a heading or a phrase begins, not a name.
_NO_NAME = re.compile(
    r"(?:an?|the|my|our|your|his|her|their|its|this|these|those|that|two|three|four|five|some|many|here|there"
    r"|note|ps|p\.s\.|edit|update|to|in|for|on|of|and|but|so|if|as|at|by|with|first|second|third|finally"
    r"|conclusion|summary|quote|examples?|questions?|answers?|tl;?dr|because|thus|also|what|why|how)",
    re.IGNORECASE,
)
_LOOKED_BACK = 20  # posts of a person
_BUDGET = 1_000_000_000  # characters looked through, altogether


@dataclass
class _Draft:
    line: int
    author: str | None
    date: str | None = None
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Head:
    who: str
    date: str | None
    dated_first: bool


def read(data: bytes, name: str, progress: Progress | None = None) -> Thread:
    """The thread in a plain text file.

    Raises
    ------
    InvalidInput : not a text, or something wrong with a post; names the line.
    """
    return thread_of(lines_of(data, name), name, progress)


def has_heads(lines: list[str]) -> bool:
    """Whether the text begins with a line that says who wrote what follows."""
    first = next((line for line in lines if line.strip()), "")
    return _head(first, _WROTE) is not None or _head(first, _BARE) is not None


def thread_of(lines: list[str], name: str, progress: Progress | None = None) -> Thread:
    """The thread in the lines of a text."""
    if progress is not None:
        progress("reading lines", 0, len(lines))
    drafts = _headed(lines, name) or _transcript(lines) or _separated(lines)
    limited(sum(bool(draft.lines) for draft in drafts), name)
    posts = [
        Post(
            "",
            body,
            one_line(d.author),
            reason="" if d.author else UNTOLD,
            date=d.date,
            place=str(d.line + 1),
        )
        for d in drafts
        if (body := body_of(d.lines))
    ]
    if progress is not None:
        progress("reading lines", len(lines), len(lines))
    nothing: list[None] = [None] * len(posts)
    return Thread(FORM, checked(with_ids(posts, nothing, nothing), name), replies_stated=False)


# --- posts with a line that says who wrote them --------------------------------------------------


def _headed(lines: list[str], name: str) -> list[_Draft]:
    style = next((s for n in _openings(lines) for s in (_WROTE, _BARE) if _head(lines[n], s)), None)
    if style is None:
        return []
    drafts = [_Draft(0, None)]
    openings = set(_openings(lines))
    said = _Said()
    for number, line in enumerate(lines):
        head = _head(line, style) if number in openings else None
        if head is not None and style is _WROTE and any(row.strip() for row in drafts[-1].lines):
            quoted = next((row for row in lines[number + 1 : number + 3] if row.strip()), "")
            if quoted.lstrip().startswith(">") and (head.dated_first or said.by(head.who, quoted)):
                head = None  # it introduces a quotation
        if head is None:
            drafts[-1].lines.append(line)
            continue
        _without_rule(drafts[-1].lines)
        said.add(drafts[-1])
        drafts.append(_Draft(number, head.who, head.date))
        if len(drafts) > MAX_POSTS + 1:
            raise InvalidInput(
                f"there are more than {MAX_POSTS:,} posts", f"{name}:{number + 1}", "split the file"
            )
    return drafts


def _openings(lines: list[str]) -> Iterator[int]:
    """Lines that stand first, or after an empty line or a rule, and are not empty themselves."""
    before = ""
    for number, line in enumerate(lines):
        if line.strip() and (not before.strip() or _RULE.match(before)):
            yield number
        before = line


def _head(line: str, style: re.Pattern[str]) -> _Head | None:
    if len(line) > _LONGEST or line[:1].isspace() or (match := style.match(line)) is None:
        return None
    found = match.groupdict()
    who, date = dated(found["who"])
    when = found.get("when")
    if when:
        date = iso(when) or date
    words = who.split()
    if not words or len(words) > _NAME_WORDS or any(c in who for c in '?!;,>"“”'):
        return None
    if style is _BARE and _NO_NAME.fullmatch(words[0]):
        return None
    return _Head(who, date, bool(when))


class _Said:
    """What people said so far, without what they quoted."""

    def __init__(self) -> None:
        self._of: dict[str, deque[Folded]] = {}
        self._left = _BUDGET

    def add(self, draft: _Draft) -> None:
        """A post that has come to its end."""
        if draft.author is not None:
            own = "\n".join(line for line in draft.lines if not line.lstrip().startswith(">"))
            self._of.setdefault(draft.author.casefold(), deque(maxlen=_LOOKED_BACK)).append(fold(own))

    def by(self, who: str, quoted: str) -> bool:
        """Whether a line quotes an earlier post of this person."""
        texts = {str(number): text for number, text in enumerate(self._of.get(who.casefold(), ()))}
        self._left -= sum(len(text.text) for text in texts.values())
        return self._left > 0 and find_quotation(quoted, texts) is not None


def _without_rule(lines: list[str]) -> None:
    """Take out the rule that separates a post from the next."""
    while lines and not lines[-1].strip():
        lines.pop()
    if lines and _RULE.match(lines[-1]):
        lines.pop()


# --- posts without ------------------------------------------------------------------------------


def _transcript(lines: list[str]) -> list[_Draft]:
    starts = list(_openings(lines))
    drafts: list[_Draft] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _SPOKEN.match(lines[start])
        label, date = dated(match.group("who")) if match else ("", None)
        if match is None or len(label.split()) > _NAME_WORDS or _NO_NAME.fullmatch(label.split()[0]):
            return []
        drafts.append(_Draft(start, label, date, [match.group("said"), *lines[start + 1 : end]]))
    for draft in drafts:
        _without_rule(draft.lines)
    return drafts if len(drafts) > 1 else []


def _separated(lines: list[str]) -> list[_Draft]:
    rules = any(_RULE.match(line) for line in lines)
    wide = not rules and "\n\n\n" in body_of([line.strip() for line in lines])
    drafts = [_Draft(0, None)]
    empty = 0
    for number, line in enumerate(lines):
        ends = bool(_RULE.match(line)) if rules else False
        empty = 0 if line.strip() else empty + 1
        if ends or (not rules and empty == (2 if wide else 1)):
            drafts.append(_Draft(number + 1, None))
        if not ends:
            drafts[-1].lines.append(line)
    for draft in drafts:
        # The place is that of the first words.
        draft.line += next((n for n, line in enumerate(draft.lines) if line.strip()), 0)
    return drafts
