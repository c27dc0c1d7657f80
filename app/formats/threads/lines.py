"""What the forms of plain lines share."""

import re

from app.errors import InvalidInput, Problem
from app.formats.exchange import decode
from app.formats.threads.dates import LONGEST, iso
from app.formats.threads.thread import MAX_PROBLEMS
from app.source import unsafe_characters

UNTOLD = "the file does not say who wrote this post"
_DATED = re.compile(rf"(.*\S)[ \t]*[(\[]([^()\[\]]{{4,{LONGEST}}})[)\]][ \t]*$")


def lines_of(data: bytes, name: str) -> list[str]:
    """The lines of a text file, whatever ends them.

    Raises
    ------
    InvalidInput : too large, not UTF-8, or holding control characters; names the lines.
    """
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InvalidInput("the file is empty", where=name)
    lines = text.split("\n")
    problems = []
    if unsafe_characters(text[:1]) or not text.isprintable():
        for number, line in enumerate(lines, 1):
            if not line.isprintable() and (found := unsafe_characters(line)):
                problems.append(Problem(f"the line holds {found[0]}", f"{name}:{number}", "take it out"))
                if len(problems) == MAX_PROBLEMS:
                    break
    if problems:
        raise InvalidInput(problems)
    return lines


def body_of(lines: list[str]) -> str:
    """The lines as a body: verbatim, without the empty lines before and after it."""
    start, end = 0, len(lines)
    while start < end and not lines[start].strip():
        start += 1
    while end > start and not lines[end - 1].strip():
        end -= 1
    return "\n".join(lines[start:end])


def dated(label: str) -> tuple[str, str | None]:
    """A label and the date in brackets behind it, if there is one.

    >>> dated("Ann Lee (3 May 2024)"), dated("Ann (OP)")
    (('Ann Lee', '2024-05-03'), ('Ann (OP)', None))
    """
    label = label.strip()
    found = _DATED.match(label) if len(label) <= 400 and label.endswith((")", "]")) else None
    date = iso(found.group(2)) if found is not None else None
    return (found.group(1), date) if found is not None and date is not None else (label, None)
