"""What to tell a person whose quote is not in the paragraph they named."""

from collections.abc import Sequence

from app.errors import Problem
from app.source.normalise import fold
from app.source.paragraphs import Paragraph

_SHOWN = 90
_ENOUGH = 12  # characters that must agree before we say "it begins like this"


def shown(text: str) -> str:
    """A text as a message quotes it: on one line, the middle left out when it is long."""
    if len(text) > _SHOWN:
        text = f"{text[: _SHOWN - 30]} [\u2026] {text[-22:]}"
    return f"\u00ab{text}\u00bb"


def explain(text: str, lines: Sequence[Paragraph], line: Paragraph, quote: str) -> Problem:
    """The problem of a ``quote`` that does not stand in paragraph ``line`` of ``text``."""
    message = f"the quote {shown(quote)} does not stand in paragraph {line.number}"
    body = line.of(text)
    if near := _folded_match(body, quote):
        return Problem(message, remedy=f"there it reads {shown(near)}: {_difference(quote, near)}")
    if elsewhere := [other.number for other in lines if quote in other.of(text)]:
        numbers = ", ".join(str(number) for number in elsewhere[:5])
        more = " and others" if len(elsewhere) > 5 else ""
        noun = "paragraph" if len(elsewhere) == 1 else "paragraphs"
        return Problem(message, remedy=f"it stands in {noun} {numbers}{more}")
    for other in lines:
        if other != line and (near := _folded_match(other.of(text), quote)):
            place = f"paragraph {other.number} reads {shown(near)}"
            return Problem(message, remedy=f"{place}: {_difference(quote, near)}")
    return Problem(message, remedy=_agreement(body, quote))


def _folded_match(body: str, quote: str) -> str | None:
    """The first piece of ``body`` that differs from the quote in typography or case only."""
    needle = fold(quote, case=True).text.strip()
    if not needle:
        return None
    folded = fold(body, case=True)
    at = folded.text.find(needle)
    if at < 0:
        return None
    start, end = folded.span(at, at + len(needle))
    return body[start:end]


def _difference(quote: str, near: str) -> str:
    """In what the two differ; they are equal when folded."""
    if quote.strip() == near.strip():
        return "only the white space at its ends differs"
    if fold(quote).text.strip() != fold(near).text.strip():
        return "upper and lower case differ"
    for mine, theirs in zip(quote.strip(), near.strip(), strict=False):
        if mine != theirs:
            if mine.isspace() or theirs.isspace() or mine.isalnum() or theirs.isalnum():
                break  # a run of another length: what stands at this place says nothing
            return f"{_name(mine)} in the quote, {_name(theirs)} in the text"
    return "the spaces, dashes or invisible characters differ"


def _name(character: str) -> str:
    printed = character if character.isprintable() and not character.isspace() else ""
    return f"{printed} U+{ord(character):04X}".strip()


def _agreement(body: str, quote: str) -> str:
    """How far the quote and the paragraph agree, from the quote's beginning or to its end."""
    needle, folded = fold(quote, case=True).text.strip(), fold(body, case=True)
    head = _whole_words(needle, _longest(folded.text, needle, from_end=False))
    tail = _whole_words(needle[::-1], _longest(folded.text, needle, from_end=True))
    if head >= max(_ENOUGH, tail):
        _, end = folded.span(0, folded.text.find(needle[:head]) + head)
        return f"after {shown(needle[:head][-30:])} the text goes on {shown(body[end : end + 30])}"
    if tail >= _ENOUGH:
        start, _ = folded.span(folded.text.find(needle[-tail:]), len(folded.text))
        return f"before {shown(needle[-tail:][:30])} the text has {shown(body[max(0, start - 30) : start])}"
    return "nothing like it stands in the text; quotes are copied exactly, character by character"


def _whole_words(needle: str, length: int) -> int:
    """The longest beginning of ``needle`` that is no longer than ``length`` and cuts no word."""
    while 0 < length < len(needle) and needle[length - 1].isalnum() and needle[length].isalnum():
        length -= 1
    return length


def _longest(body: str, needle: str, *, from_end: bool) -> int:
    """Length of the longest beginning (or end) of ``needle`` in ``body``: what holds for one, holds for
    every shorter one, so it is found by bisection."""
    low, high = 0, len(needle)
    while low < high:
        middle = (low + high + 1) // 2
        if (needle[-middle:] if from_end else needle[:middle]) in body:
            low = middle
        else:
            high = middle - 1
    return low
