"""What every format shares: the two function shapes, the loss report, and the limits for files from outside.

A format is a module with ``write(result: Analysis, ...) -> Written`` and/or
``read(data: bytes, name: str, progress=None) -> Imported``; ``app.formats.registry`` lists them.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from app.errors import InvalidInput
from app.model.records import MapContent
from app.source import unsafe_characters

Progress = Callable[[str, int, int], None]

MAX_BYTES = 16 * 1024 * 1024
MAX_STATEMENTS = 100_000
MAX_RELATIONS = 200_000
EXAMPLE_LENGTH = 120


@dataclass(frozen=True)
class Loss:
    """Something a format could not hold: what, how many, why, and one example."""

    what: str
    count: int
    reason: str
    example: str = ""

    def as_json(self) -> dict[str, str | int]:
        """The loss as JSON values."""
        return {"what": self.what, "count": self.count, "reason": self.reason, "example": self.example}

    def __str__(self) -> str:
        example = f" (for example: {self.example})" if self.example else ""
        return f"{self.count} × {self.what}: {self.reason}{example}"


@dataclass
class Losses:
    """Losses while they are being found: equal ones are counted, the first gives the example."""

    found: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)

    def add(self, what: str, reason: str, example: str = "", count: int = 1) -> None:
        """Note that ``count`` more of ``what`` were left out for this reason."""
        if count:
            known = self.found.get((what, reason))
            before, first = known if known is not None else (0, shorten(example))
            self.found[what, reason] = (before + count, first)

    def report(self) -> tuple[Loss, ...]:
        """The losses, in the order in which they were first met."""
        return tuple(Loss(what, n, reason, one) for (what, reason), (n, one) in self.found.items())


@dataclass(frozen=True)
class Written:
    """A file that was written, and what of the map it does not hold."""

    data: bytes
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Counts:
    """What a file holds, as far as a map can hold it."""

    statements: int
    relations: Mapping[str, int]
    participants: int
    comments: int

    @classmethod
    def of(cls, content: MapContent, placeholders: Iterable[str] = ()) -> "Counts":
        """The counts of a content; ``placeholders`` are participants who are nobody in the file."""
        kinds: dict[str, int] = {}
        for relation in content.relations.values():
            kinds[relation.type] = kinds.get(relation.type, 0) + 1
        speakers = content.participants.keys() - set(placeholders)
        return cls(len(content.nodes), dict(sorted(kinds.items())), len(speakers), len(content.comments))


@dataclass(frozen=True)
class Imported:
    """A file that was read: its content as records, what had to be left, and what it holds."""

    content: MapContent
    losses: tuple[Loss, ...]
    counts: Counts


def decode(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark.

    Raises
    ------
    InvalidInput : larger than ``MAX_BYTES``, not UTF-8 (names the line), or holding NUL characters.
    """
    if len(data) > MAX_BYTES:
        raise InvalidInput(
            f"the file has more than {MAX_BYTES:,} bytes; at most so many are read",
            where=name,
            remedy="split it, or load it as map files (cruxmap load)",
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            "this is not UTF-8 text", where=f"{name}:{line}", remedy="save the file as UTF-8"
        ) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise InvalidInput("holds a NUL character: not a text file", where=f"{name}:{line}")
    return text


def parse_json(data: bytes, name: str) -> JsonValue:
    """The value in a JSON file.

    Raises
    ------
    InvalidInput : not UTF-8, not JSON, or nested too deep; names the line.
    """
    text = decode(data, name)
    try:
        value: JsonValue = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"this is not JSON: {error.msg}", where=f"{name}:{error.lineno}", remedy="is the file whole?"
        ) from error
    except RecursionError as error:
        raise InvalidInput("values are nested too deep", where=name, remedy="mend the file") from error
    except ValueError as error:
        raise InvalidInput(
            f"a number cannot be read: {error}"[:200], where=name, remedy="mend the file"
        ) from error
    return value


def _no_constant(name: str) -> JsonValue:
    raise ValueError(f"{name} is no JSON value")


# Not all white space: a no-break space belongs to a text's words.
_SPACES = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Text as a statement: one line, single spaces, without control characters and direction marks."""
    unsafe = {found.codepoint for found in unsafe_characters(text)}
    if unsafe:
        text = text.translate(dict.fromkeys(unsafe, " "))
    return _SPACES.sub(" ", text).strip(" ")


def slug(text: str, otherwise: str = "statement", length: int = 60) -> str:
    """An id made from the first words of a text."""
    ascii_text = unicodedata.normalize("NFKD", text[: 4 * length]).encode("ascii", "ignore").decode("ascii")
    made = _NOT_SLUG.sub("-", ascii_text.lower()).strip("-")
    if len(made) > length:
        made = made[: length + 1].rpartition("-")[0] or made[:length]
    return made.strip("-") or otherwise


def shorten(text: str, length: int = EXAMPLE_LENGTH) -> str:
    """One line of at most ``length`` characters, safe to print."""
    text = clean(text[: 4 * length])
    return text if len(text) <= length else text[: length - 1] + "…"
