"""From participants to the shapes the API answers with. Merged participants are followed, as on the pages."""

from typing import Any

from app import urls
from app.analysis.clashes import Clash, clashes, held, replies, shared
from app.api import shapes
from app.api.render import Renderer, addressed
from app.model.records import Comment, Mention, Node, Participant, Relation

PRO, CON = {"asserts", "concedes"}, {"denies"}


def brief(rendered: Renderer, participant: Participant) -> shapes.ParticipantBrief:
    """A participant as they stand in a list."""
    return shapes.ParticipantBrief(**_fields(rendered, participant))


def _fields(rendered: Renderer, participant: Participant) -> dict[str, Any]:
    written = [c for c in _written(rendered, participant) if c.duplicate_of is None]
    return {
        **addressed(participant.id, urls.participant(participant)),
        **participant.model_dump(include={"label", "note", "merged_into"}),
        "comments": len(written),
    }


def _written(rendered: Renderer, participant: Participant) -> list[Comment]:
    view = rendered.view
    own = [c for c in view.content.comments.values() if view.participant(c.participant) == participant.id]
    return sorted(own, key=view.comment_order)


def full(rendered: Renderer, participant: Participant) -> shapes.ParticipantShape:
    """A participant with their comments and what they hold."""
    nodes: list[shapes.HeldShape] = []
    relations: list[shapes.HeldRelationShape] = []
    for element, mentions in _held(rendered, participant.id):
        attitudes: Any = sorted({m.attitude for m in mentions})
        passages = [rendered.passage(m) for m in mentions]
        if isinstance(element, Node):
            node = rendered.node_brief(element)
            nodes.append(shapes.HeldShape(node=node, attitudes=attitudes, passages=passages))
        else:
            relation = rendered.relation_brief(element)
            held_ = shapes.HeldRelationShape(relation=relation, attitudes=attitudes, passages=passages)
            relations.append(held_)
    return shapes.ParticipantShape(
        **_fields(rendered, participant),
        comment_ids=[c.id for c in _written(rendered, participant)],
        holds=nodes,
        relations=relations,
    )


def _held(rendered: Renderer, who: str) -> list[tuple[Node | Relation, list[Mention]]]:
    """The visible elements a participant has an attitude to, each with where they show it."""
    view = rendered.view
    found: dict[str, tuple[Node | Relation, list[Mention]]] = {}
    for rows in view.mentions.values():
        for mention, element in rows:
            if view.participant(mention.holder) == who and view.visible(element):
                found.setdefault(element.id, (element, []))[1].append(mention)
    return list(found.values())


def compared(rendered: Renderer, one: Participant, other: Participant) -> shapes.DisputeShape:
    """Where two participants differ and where they agree."""
    view = rendered.view
    nodes = {key: node for key, node in view.content.nodes.items() if view.visible(node)}
    mine, theirs = held(view, one.id), held(view, other.id)
    both = [key for key in mine if key in theirs and key in nodes]
    disputes = [k for k in both if (mine[k] & PRO and theirs[k] & CON) or (mine[k] & CON and theirs[k] & PRO)]
    agreements = [k for k in both if mine[k] & PRO and theirs[k] & PRO and k not in disputes]
    asserted = [{k for k, v in kinds.items() if v & PRO} for kinds in (mine, theirs)]
    answers = [
        r
        for r in view.content.relations.values()
        if view.visible(r)
        and view.polarity(r) < 0
        and any(r.source in asserted[i] and r.target in asserted[1 - i] for i in (0, 1))
    ]
    between = f"{urls.API}/double-cruxes?between={one.id},{other.id}"
    return shapes.DisputeShape(
        participants=[brief(rendered, one), brief(rendered, other)],
        disputes=[rendered.node_brief(nodes[k]) for k in disputes],
        agreements=[rendered.node_brief(nodes[k]) for k in agreements],
        answers=rendered.relation_briefs(answers),
        clashes=[_clash(rendered, found) for found in clashes(view, one.id, other.id)],
        shared=[rendered.brief(element) for element in shared(view, one.id, other.id)],
        replies=[c.id for c in replies(view, one.id, other.id)],
        links={"double_cruxes": between} if one.id != other.id else {},
    )


def _clash(rendered: Renderer, found: Clash) -> shapes.ClashShape:
    relation = rendered.relation_brief(found.how.relation) if found.how.relation is not None else None
    attitude: Any = found.attitude
    return shapes.ClashShape(
        element=rendered.brief(found.element),
        holder=found.holder,
        attitude=attitude,
        other=found.other,
        relation=relation,
        basis=found.how.basis,
        sentence=found.how.sentence,
    )
