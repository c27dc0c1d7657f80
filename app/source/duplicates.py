"""Whole comments that are copies of others, also when the copy has lost some paragraphs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.source.normalise import fold

MIN_WORDS = 12  # "I agree with this." twice is two people
MIN_SHARE = 0.5  # of the longer one's characters; less is a quotation, not a copy
_TRIED = 16


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Comment ``comment`` is a copy of ``original``, but for the paragraphs listed (1-based) in ``missing``.

    ``original`` is the fuller of the two, or the earlier when they say the same.
    """

    comment: str
    original: str
    missing: tuple[int, ...]


def duplicates(comments: Mapping[str, str]) -> tuple[Duplicate, ...]:
    """Comments whose paragraphs, in order, are all in one other comment; ``comments`` earliest first.

    A copy has at least 12 words and half the characters of its original. Empty paragraphs and
    typography do not count. Each copy is reported once, in the order of ``comments``.
    """
    bodies = {name: _paragraphs(text) for name, text in comments.items()}
    order = {name: number for number, name in enumerate(bodies)}
    holders: dict[str, list[str]] = {}
    for name, body in bodies.items():
        for said in {said for _, said in body}:
            holders.setdefault(said, []).append(name)
    found: list[Duplicate] = []
    for name, body in bodies.items():
        if sum(len(said.split()) for _, said in body) < MIN_WORDS:
            continue
        rarest = min((holders[said] for _, said in body), key=len)
        for other in rarest[:_TRIED]:
            if other == name or (len(bodies[other]) == len(body) and order[other] > order[name]):
                continue
            missing = _missing(body, bodies[other])
            if missing is not None:
                found.append(Duplicate(name, other, missing))
                break
    return tuple(found)


def _paragraphs(text: str) -> list[tuple[int, str]]:
    folded = ((number, fold(line).text.strip()) for number, line in enumerate(text.split("\n"), 1))
    return [(number, said) for number, said in folded if said]


def _missing(copy: Sequence[tuple[int, str]], original: Sequence[tuple[int, str]]) -> tuple[int, ...] | None:
    """The paragraphs of ``original`` that ``copy`` lacks; None when it is no copy."""
    missing: list[int] = []
    at = shared = 0
    for number, said in original:
        if at < len(copy) and copy[at][1] == said:
            at += 1
            shared += len(said)
        else:
            missing.append(number)
    whole = sum(len(said) for _, said in original)
    return tuple(missing) if at == len(copy) and shared >= MIN_SHARE * whole else None
