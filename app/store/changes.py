"""Changes of records: what leads from one content of a map to another."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.records import KINDS, Kind, MapContent, Record


@dataclass(frozen=True)
class Change:
    """A record from one state to another; ``None`` is "not there"."""

    kind: Kind
    key: str
    before: Record | None
    after: Record | None


def difference(before: MapContent, after: MapContent) -> list[Change]:
    """What leads from one content to the other, in writing order."""
    old, new = before.by_key(), after.by_key()
    order = {kind: number for number, kind in enumerate(KINDS)}
    return [
        Change(kind, key, old.get((kind, key)), new.get((kind, key)))
        for kind, key in sorted(old.keys() | new.keys(), key=lambda item: (order[item[0]], item[1]))
        if old.get((kind, key)) != new.get((kind, key))
    ]


def applied(content: MapContent, changes: Iterable[Change]) -> MapContent:
    """The content with these changes made."""
    records = content.by_key()
    for change in changes:
        if change.after is None:
            records.pop((change.kind, change.key), None)
        else:
            records[change.kind, change.key] = change.after
    return MapContent.of(list(records.values()))
