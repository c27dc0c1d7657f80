"""Ids that look like one that is not there: a slip of the pen, or an id of somewhere else."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(key: str, ids: Iterable[str], most: int = 3) -> list[str]:
    """The ids most like ``key``, likest first; none where none is like it.

    >>> nearest("gap-bound", ["gap-bounded", "gap-grows", "cars"])
    ['gap-bounded', 'gap-grows']
    """
    return get_close_matches(key[:120].lower(), list(ids), most, 0.55)
