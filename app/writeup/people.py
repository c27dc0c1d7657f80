"""What people are called in running text. A label is never turned into a name."""

from collections.abc import Iterable, Mapping, Sequence

from app.model.records import Participant
from app.writeup.language import listing


class People:
    """Participants by id, as they are spoken of."""

    def __init__(self, participants: Mapping[str, Participant]) -> None:
        self._participants = participants

    def same(self, key: str) -> str:
        """The id a participant goes by after merges."""
        seen = {key}
        while (found := self._participants.get(key)) is not None and found.merged_into not in (None, *seen):
            key = found.merged_into or key
            seen.add(key)
        return key

    def label(self, key: str) -> str:
        """The bare label."""
        found = self._participants.get(self.same(key))
        return found.label if found is not None else key

    def name(self, key: str) -> str:
        """The label in a sentence: "the thread author", "commenter 7", "Leike"."""
        return with_article(" ".join(self.label(key).split()))

    def names(self, keys: Iterable[str], conjunction: str = "and") -> str:
        """Several of them."""
        return listing(_together([self.name(key) for key in keys], conjunction), conjunction)


def _together(names: Sequence[str], conjunction: str) -> list[str]:
    """Labels that differ in their number only are said in one: "commenters 3, 5 and 8"."""
    groups: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        stem, _, number = name.rpartition(" ")
        key = stem if number.isdecimal() and stem and not stem.endswith("s") else name
        groups.setdefault(key, []).append(number if key == stem else "")
    return [
        key
        if numbers == [""]
        else f"{key} {numbers[0]}"
        if len(numbers) == 1
        else f"{key}s {listing(sorted(numbers, key=int), conjunction)}"
        for key, numbers in groups.items()
    ]


def with_article(label: str) -> str:
    """A description gets its article, a name or a numbered label does not.

    >>> with_article("thread author"), with_article("commenter 7"), with_article("Leike")
    ('the thread author', 'commenter 7', 'Leike')
    """
    described = label[:1].islower() and not any(c.isdigit() for c in label.split(" ")[-1])
    if label.startswith(("the ", "a ", "an ")) or not (described or label.startswith("author of ")):
        return label
    return f"the {label}"
