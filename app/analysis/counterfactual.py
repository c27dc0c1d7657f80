"""The map as it would be without one comment."""

import re

from app.model.records import Comment, MapContent, Mention, Node, Record, Relation
from app.model.snapshot import MapSnapshot

_OWN_ID = re.compile(r"(.+)-r[0-9]+")


def owner(view: MapSnapshot, relation: Relation) -> str | None:
    """The comment a relation came with: that of its first passage, or the one its id was made from."""
    made_from = _OWN_ID.fullmatch(relation.id)
    if not relation.passages and made_from is not None and made_from[1] in view.content.comments:
        return made_from[1]
    home = view.home(relation)
    return home.id if home is not None else None


def without(view: MapSnapshot, comment: Comment) -> MapContent:
    """The content without a comment and everything that only it carries.

    Nodes and relations that other comments speak of too stay, without the passages of this one. What
    loses an end goes with it. The documents stay as they are: they are immutable.
    """
    ranges: list[tuple[str, int, int]] = []
    for version in comment.versions:
        lines = view.paragraphs[version.document]
        start, end = lines[version.first_paragraph - 1].start, lines[version.last_paragraph - 1].end
        ranges.append((version.document, start, end))

    def inside(document: str, start: int) -> bool:
        return any(document == key and first <= start <= last for key, first, last in ranges)

    def kept(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
        return tuple(m for m in mentions if not inside(m.document, m.start))

    content = view.content
    nodes: dict[str, Node] = {}
    for node in content.nodes.values():
        mentions = kept(node.passages)
        if mentions or not node.passages:
            nodes[node.id] = node.model_copy(update={"passages": mentions})
    for key, node in nodes.items():
        if node.merged_into is not None and node.merged_into not in nodes:
            nodes[key] = node.model_copy(update={"merged_into": None})
    relations: dict[str, Relation] = {}
    for relation in content.relations.values():
        mentions = kept(relation.passages)
        stays = bool(mentions) if relation.passages else owner(view, relation) != comment.id
        if stays and relation.source in nodes:
            relations[relation.id] = relation.model_copy(update={"passages": mentions})
    while True:
        dangling = [
            key for key, r in relations.items() if r.target not in nodes and r.target not in relations
        ]
        if not dangling:
            break
        for key in dangling:
            del relations[key]
    records: list[Record] = [content.info, *content.documents.values(), *content.participants.values()]
    for other in content.comments.values():
        if other.id != comment.id:
            changed = {
                name: None for name in ("reply_to", "duplicate_of") if getattr(other, name) == comment.id
            }
            records.append(other.model_copy(update=changed) if changed else other)
    records += [*nodes.values(), *relations.values()]
    records += [q for q in content.quotations.values() if not inside(q.document, q.start)]
    records += [n for n in content.ledger.values() if not inside(n.document, n.start)]
    return MapContent.of(records)
