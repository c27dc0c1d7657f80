"""Quotes that hold words: few enough to look through, and always as exact as the map itself."""

from app.model.records import Mention
from app.model.snapshot import Element, MapSnapshot
from app.source.sought import Sought


def quotes_with(
    view: MapSnapshot, looked_for: Sought, limit: int = 20
) -> tuple[tuple[Mention, Element], ...]:
    """The passages, each once, that hold all that is looked for: those that hold it as one phrase come first."""
    found: dict[tuple[str, int, int], tuple[Mention, Element]] = {}
    for rows in view.mentions.values():
        for mention, element in rows:
            key = (mention.document, mention.start, mention.end)
            if key not in found and looked_for.all_in(mention.exact):
                found[key] = (mention, element)
    ordered = sorted(found.values(), key=lambda row: not looked_for.phrases(row[0].exact))
    return tuple(ordered[:limit])
