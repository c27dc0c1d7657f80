"""Ids made from text: short, readable, unique, fixed at creation."""

import re
import unicodedata
from collections.abc import Container

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def slug(text: str, fallback: str, limit: int = 48) -> str:
    """The first words of a text as an id; ``fallback`` where nothing of it can be written in ASCII.

    >>> slug("Bridges don't fall — usually.", "node")
    'bridges-dont-fall-usually'
    """
    plain = unicodedata.normalize("NFKD", text[: 4 * limit]).encode("ascii", "ignore").decode().lower()
    words = _NOT_WORD.sub("-", plain.replace("'", "")).strip("-")
    if len(words) > limit:
        words = words[: limit + 1].rpartition("-")[0] or words[:limit]
    return words or fallback


def unused(wanted: str, taken: Container[str]) -> str:
    """``wanted``, with a number after it where it is taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
