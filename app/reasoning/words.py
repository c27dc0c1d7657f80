"""Chains in words: a chain of ids as one sentence a reader can follow.

The sentence starts with the node, names each link by the vocabulary's label and quotes the nodes it passes:

    “u” undercuts the inference from “x” to “y”, on which “A” rests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.errors import UnknownReference
from app.reasoning.framework import Framework


@dataclass(frozen=True)
class Link:
    """What is needed to speak of a relation: its ends (ids of nodes or relations) and its type."""

    source: str
    target: str
    type: str


DEFAULT_LABELS: Mapping[str, str] = {"supports": "supports", "attacks": "attacks", "undercuts": "undercuts"}
BACKS = "backs"
"""What a support of a relation does to it, in words."""


def links_of(framework: Framework) -> dict[str, Link]:
    """Links of a bare framework, typed by sign and by what they end in."""
    found = {}
    for id_, source, target, sign in zip(
        framework.relation_ids,
        framework.source.tolist(),
        framework.target.tolist(),
        framework.sign.tolist(),
        strict=True,
    ):
        kind = "supports" if sign > 0 else "attacks" if target < framework.n else "undercuts"
        found[id_] = Link(framework.node_ids[source], framework.element_id(target), kind)
    return found


def sentence(
    ids: Sequence[str],
    texts: Mapping[str, str],
    links: Mapping[str, Link],
    labels: Mapping[str, str] = DEFAULT_LABELS,
) -> str:
    """The chain ``ids`` (as in `stance.Chain`) as a sentence.

    ``texts`` gives the words for every node on the chain and for the ends of relations it passes through;
    ``links`` every relation; ``labels`` the third-person verb for every relation type.

    Raises
    ------
    UnknownReference
        when a text or link is missing.
    """
    if len(ids) < 3:
        raise UnknownReference("a chain has at least a node, a relation and an end")
    clauses: list[str] = []
    position, through_inference = 0, False
    while position < len(ids) - 1:
        link = _link(ids[position + 1], links)
        end = position + 2
        named = _name(ids[end], texts, links)
        to_inference = ids[end] in links
        verb = BACKS if to_inference and link.type == "supports" else labels.get(link.type, link.type)
        if position == 0:
            clauses.append(f"{_name(ids[0], texts, links)} {verb} {named}")
        elif through_inference and link.type == "supports" and not to_inference:
            clauses.append(f"on which {named} rests")
        else:
            clauses.append(f"which {verb} {named}")
        while end < len(ids) - 1 and ids[end] in links:  # the phrase for an inference names where it ends
            end += 1
        position, through_inference = end, to_inference
    return f"{', '.join(clauses)}."


def _link(id_: str, links: Mapping[str, Link]) -> Link:
    if id_ not in links:
        raise UnknownReference("no relation of this id is known", id_)
    return links[id_]


def _name(id_: str, texts: Mapping[str, str], links: Mapping[str, Link]) -> str:
    """A node in quotation marks; a relation as the inference or objection it is."""
    link = links.get(id_)
    if link is not None:
        what = "inference" if link.type == "supports" else "objection"
        return f"the {what} from {_name(link.source, texts, links)} to {_name(link.target, texts, links)}"
    if id_ not in texts:
        raise UnknownReference("no text is known for this node", id_)
    return f"“{texts[id_].strip().rstrip('.')}”"
