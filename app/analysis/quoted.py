"""Quotes that hold words: few enough to look through, and always as exact as the map itself."""

import re
from collections.abc import Iterable, Sequence

from app.model.records import Mention
from app.model.snapshot import Element, MapSnapshot


def quotes_with(
    view: MapSnapshot, terms: Sequence[str], limit: int = 20
) -> tuple[tuple[Mention, Element], ...]:
    """The first passages, each once, that hold every term as a word or as the beginning of one."""
    wanted = [term.casefold() for term in terms]
    found: dict[tuple[str, int, int], tuple[Mention, Element]] = {}
    for rows in view.mentions.values() if wanted else ():
        for mention, element in rows:
            key = (mention.document, mention.start, mention.end)
            if key not in found and _holds(mention.exact, wanted):
                found[key] = (mention, element)
                if len(found) == limit:
                    return tuple(found.values())
    return tuple(found.values())


def _holds(text: str, terms: Iterable[str]) -> bool:
    held = [word.casefold() for word in re.findall(r"\w+", text)]
    return all(any(word.startswith(term) for word in held) for term in terms)
