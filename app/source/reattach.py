"""Where a passage stands after its text was edited.

A passage is kept only where it is certain to be the same one. What is merely likely is "ambiguous",
and a person decides: a citation moved to another place that happens to use the same words is worse
than one that asks.
"""

from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.source.paragraphs import paragraph_at, paragraphs
from app.source.passages import Passage, occurrences, verify

Outcome = Literal["exact", "moved", "ambiguous", "orphaned"]
_ENOUGH_CONTEXT = 12  # characters around a candidate that must be the old ones
_TELLING = 24  # a text this long, unique before and after, needs no context
_MOST = 1000  # places looked at


@dataclass(frozen=True, slots=True)
class Reattachment:
    """What became of a passage: at the same offsets, elsewhere, in one of several places, or nowhere.

    ``passage`` is the new one when the outcome is exact or moved; ``candidates`` are the places to
    choose from when it is ambiguous.
    """

    outcome: Outcome
    passage: Passage | None = None
    candidates: tuple[Passage, ...] = ()


def reattach(old_text: str, passage: Passage, new_text: str) -> Reattachment:
    """Find a passage of ``old_text`` again in ``new_text``, in time linear in both.

    Certain are, in this order: a place before or after everything that changed; a place in a paragraph
    that stands as often in both texts (its copies keep their order); the one place with the best
    context, if that is enough context.
    Raises PassageMismatch when the passage is not one of ``old_text``.
    """
    verify(old_text, passage)
    found = [
        Passage.at(new_text, start, start + len(passage.exact))
        for start in islice(occurrences(new_text, passage.exact), _MOST)
    ]
    places = [place for place in found if not _cuts_a_word(old_text, passage, new_text, place)]
    if not places:
        return Reattachment("orphaned")
    for shift in (_unchanged(old_text, passage, new_text), _same_paragraph(old_text, passage, new_text)):
        if shift is not None:
            sure = Passage.at(new_text, passage.start + shift, passage.end + shift)
            if not _cuts_a_word(old_text, passage, new_text, sure):
                return _settled(passage, sure)
    scores = [_common_context(passage, place) for place in places]
    best = max(scores)
    if scores.count(best) == 1:
        place = places[scores.index(best)]
        alone = len(places) == 1 and len(list(islice(occurrences(old_text, passage.exact), 2))) == 1
        if best >= _ENOUGH_CONTEXT or (alone and len(passage.exact) >= _TELLING):
            return _settled(passage, place)
    return Reattachment("ambiguous", candidates=tuple(places))


def _settled(old: Passage, new: Passage) -> Reattachment:
    return Reattachment("exact" if old.start == new.start else "moved", new)


def _unchanged(old_text: str, passage: Passage, new_text: str) -> int | None:
    """How far the passage moved when all of the edit lies on one side of it."""
    if passage.end <= _common_beginning(old_text, new_text):
        return 0
    if len(old_text) - passage.start <= _common_end(old_text, new_text):
        return len(new_text) - len(old_text)
    return None


def _same_paragraph(old_text: str, passage: Passage, new_text: str) -> int | None:
    """How far the passage moved when its whole paragraph did, and that stands as often in both texts."""
    line = paragraph_at(old_text, passage.start)
    if passage.end > line.end:
        return None
    body = line.of(old_text)
    before = [one.start for one in paragraphs(old_text) if one.of(old_text) == body]
    after = [one.start for one in paragraphs(new_text) if one.of(new_text) == body]
    return after[before.index(line.start)] - line.start if len(before) == len(after) else None


def _common_context(old: Passage, new: Passage) -> int:
    return _common_end(old.prefix, new.prefix) + _common_beginning(old.suffix, new.suffix)


def _common_beginning(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:  # by halves: comparing slices is quicker than comparing characters
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _common_end(one: str, other: str) -> int:
    return _common_beginning(one[::-1], other[::-1])


def _cuts_a_word(old_text: str, old: Passage, new_text: str, new: Passage) -> bool:
    """Whether the new place begins or ends inside a word where the old did not ("cat" in "catalogue")."""
    return (_inside(new_text, new.start) and not _inside(old_text, old.start)) or (
        _inside(new_text, new.end) and not _inside(old_text, old.end)
    )


def _inside(text: str, offset: int) -> bool:
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()
