"""From the map to the shapes the API answers with."""

from collections.abc import Iterable
from typing import Any, Literal, cast

from app import urls
from app.analysis import Analysis
from app.analysis.counterfactual import owner
from app.analysis.grouping import hanging_on, nearest_crux
from app.analysis.nearness import near, questions
from app.analysis.tallies import deciding, inferred, tallies
from app.api import shapes
from app.formats import graph_json
from app.model.ledger import ledger
from app.model.records import Comment, Document, Mention, Node, Relation
from app.model.snapshot import MapSnapshot, letter

Sign = Literal[-1, 0, 1]


class Renderer:
    """Renders the records of one analysed map."""

    def __init__(self, result: Analysis) -> None:
        self.result = result
        self.view: MapSnapshot = result.view

    # --- nodes and relations -------------------------------------------------------------------

    def node_brief(self, node: Node) -> shapes.NodeBrief:
        """A node as it stands in a list."""
        return shapes.NodeBrief(**self._node_brief(node))

    def _node_brief(self, node: Node) -> dict[str, Any]:
        return {
            **addressed(node.id, urls.node(node)),
            "type": node.type,
            "text": node.text,
            "tags": list(node.tags),
            "status": node.status,
            "stances": self.stance_words(node),
            "held": self.view.held(node),
        }

    def scenario_brief(self, node: Node) -> shapes.ScenarioBrief:
        """A scenario as it stands in a list."""
        return shapes.ScenarioBrief(**self._node_brief(node), tallies=self._tallies(node))

    def _tallies(self, node: Node) -> shapes.TalliesShape:
        counted = tallies(self.result, node.id)
        fields = shapes.TallyShape.model_fields
        rows = {kind: {name: getattr(tally, name) for name in fields} for kind, tally in counted.items()}
        return shapes.TalliesShape.model_validate(rows)

    def stance_words(self, node: Node) -> dict[str, str]:
        """The node's stance by scenario letter; empty for scenarios and for what does not count."""
        if node.scenario is not None:
            return {}
        found = self.result.stances_of(node.id)
        return {letter(s): found[s.id].stance for s in self.view.scenarios if s.id in found}

    def node(self, node: Node) -> shapes.NodeShape:
        """A node with everything about it."""
        return shapes.NodeShape(**self._node(node))

    def _node(self, node: Node) -> dict[str, Any]:
        view = self.view
        crux = nearest_crux(view).get(node.id)
        around = [*view.outgoing.get(node.id, ()), *view.incoming.get(node.id, ())]
        above = self._on_relations(around)
        places = {c.id: None for m in node.passages if (c := view.comment_at(m.document, m.start))}
        return {
            **addressed(node.id, urls.node(node)),
            **node.model_dump(include={"type", "text", "base", "status", "merged_into", "model"}),
            "tags": list(node.tags),
            "crux": node.crux.model_dump() if node.crux else None,
            "letter": node.scenario.letter if node.scenario else None,
            "drawing": node.scenario.drawing if node.scenario else None,
            "passages": self.passages(node),
            "stances": self._stances(node),
            "outgoing": self.relation_briefs(view.outgoing.get(node.id, ())),
            "incoming": self.relation_briefs(view.incoming.get(node.id, ())),
            "on_relations": self.relation_briefs(above),
            "relation_passages": self._stated([*around, *above]),
            "comments": list(places),
            "hangs_on": crux[0] if crux is not None and crux[0] != node.id else None,
            "hanging": [key for key, _ in hanging_on(view, node.id)],
            "links": self._links(node),
        }

    def _stances(self, node: Node) -> dict[str, Any]:
        found = self.result.stances_of(node.id)
        concluded = {
            letter(s): [key for chain in deciding(found[s.id]) for key in inferred(self.view, chain)]
            for s in self.view.scenarios
            if s.id in found
        }
        told = graph_json.stances(self.result, node.id)
        return {key: {**stance, "inferred": concluded[key]} for key, stance in told.items()}

    def _stated(self, relations: Iterable[Relation]) -> dict[str, list[shapes.PassageShape]]:
        return {r.id: self.passages(r) for r in relations if r.passages and self.view.visible(r)}

    def _on_relations(self, relations: Iterable[Relation]) -> list[Relation]:
        """What bears on the visible ones of these relations, and on what does, nearest first."""
        view = self.view
        found: dict[str, Relation] = {}
        waiting = list(relations)
        while waiting:
            relation = waiting.pop(0)
            for above in view.incoming.get(relation.id, ()) if view.visible(relation) else ():
                if above.id not in found:
                    found[above.id] = above
                    waiting.append(above)
        return list(found.values())

    def _links(self, node: Node) -> dict[str, str]:
        own = f"{urls.API}/nodes/{node.id}"
        found = {"bearing": f"{own}/bearing", "history": f"{own}/history"}
        if node.model is not None and self.view.visible(node):
            found["model"] = f"{urls.API}/models/{node.id}"
        return found

    def brief(self, element: Node | Relation) -> shapes.NodeBrief | shapes.RelationBrief:
        """An element as it stands in a list."""
        return self.node_brief(element) if isinstance(element, Node) else self.relation_brief(element)

    def scenario(self, node: Node) -> shapes.ScenarioShape:
        """A scenario with the arguments that bear on it."""
        groups: dict[str, list[shapes.NodeBrief]] = {"supports": [], "opposes": [], "mixed": []}
        for other in self.result.nodes:
            stance = self.result.stances_of(other.id).get(node.id)
            if other.scenario is None and stance is not None and stance.stance in groups:
                groups[stance.stance].append(self.node_brief(other))
        rows = [shapes.NearShape(label=self.label(n.participant), **vars(n)) for n in near(self.result, node)]
        asked = [self.node_brief(question) for question in questions(self.result, node)]
        return shapes.ScenarioShape(
            **self._node(node), **cast(Any, groups), tallies=self._tallies(node), questions=asked, near=rows
        )

    def relation_briefs(self, relations: Iterable[Relation]) -> list[shapes.RelationBrief]:
        """The visible ones of these relations."""
        return [self.relation_brief(r) for r in relations if self.view.visible(r)]

    def relation_brief(self, relation: Relation) -> shapes.RelationBrief:
        """A relation as it stands in a list."""
        return shapes.RelationBrief(
            **addressed(relation.id, urls.relation(relation)),
            type=relation.type,
            polarity=cast(Sign, self.view.polarity(relation)),
            source=relation.source,
            source_text=self.words(relation.source),
            target=relation.target,
            target_kind=self._kind(relation.target),
            target_text=self.words(relation.target),
            rationale=relation.rationale,
            basis=relation.basis,
            status=relation.status,
        )

    def _kind(self, key: str) -> Literal["node", "relation"]:
        return "node" if key in self.view.content.nodes else "relation"

    def words(self, key: str, depth: int = 0) -> str:
        """A node's text; for a relation, the words of its ends around its type."""
        node = self.view.content.nodes.get(key)
        if node is not None:
            return node.text
        relation = self.view.content.relations.get(key)
        if relation is None or depth > 5:
            return key
        label = self.view.words.relations[relation.type].label
        return f"“{self.words(relation.source)}” {label} “{self.words(relation.target, depth + 1)}”"

    def relation(self, relation: Relation) -> shapes.RelationShape:
        """A relation with everything about it."""
        view = self.view
        above = self._on_relations(view.incoming.get(relation.id, ()))
        source = view.content.nodes[relation.source]
        at_node = view.content.nodes.get(relation.target)
        target: shapes.NodeBrief | shapes.RelationBrief = (
            self.node_brief(at_node)
            if at_node is not None
            else self.relation_brief(view.content.relations[relation.target])
        )
        return shapes.RelationShape(
            **addressed(relation.id, urls.relation(relation)),
            **relation.model_dump(include={"type", "basis", "rationale", "base", "status"}),
            polarity=cast(Sign, view.polarity(relation)),
            source=self.node_brief(source),
            target=target,
            target_kind=self._kind(relation.target),
            active=view.counts(relation, include_unreviewed=True),
            passages=self.passages(relation),
            incoming=self.relation_briefs(view.incoming.get(relation.id, ())),
            on_relations=self.relation_briefs(above),
            relation_passages=self._stated([*view.incoming.get(relation.id, ()), *above]),
        )

    def passages(self, element: Node | Relation) -> list[shapes.PassageShape]:
        """The passages of an element, in reading order."""
        return [self.passage(m) for m in element.passages]

    def passage(self, mention: Mention) -> shapes.PassageShape:
        """A passage with where it stands."""
        view = self.view
        at = view.comment_at(mention.document, mention.start)
        return shapes.PassageShape(
            **mention.model_dump(),
            paragraph=view.paragraph_number(mention.document, mention.start),
            comment=at.id if at is not None else None,
            page=urls.passage(view, mention.document, mention.start, mention.end),
        )

    # --- the thread ----------------------------------------------------------------------------

    def label(self, participant: str) -> str:
        """What a participant is called."""
        found = self.view.content.participants.get(participant)
        return found.label if found is not None else participant

    def comment_brief(self, depth: int, comment: Comment) -> shapes.CommentBrief:
        """A comment as it stands in a list."""
        text = self.view.text_of(comment)
        fields = {"type", "participant", "attribution", "document", "first_paragraph", "last_paragraph"}
        return shapes.CommentBrief(
            **addressed(comment.id, urls.comment(comment)),
            **comment.model_dump(include=fields | {"reply_to", "duplicate_of", "status"}),
            participant_label=self.label(comment.participant),
            depth=depth,
            opening=text if len(text) <= 140 else text[:139].rstrip() + "…",
        )

    def comment(self, comment: Comment) -> shapes.CommentShape:
        """A comment with everything about it."""
        view = self.view
        places = [
            (v.document, *self._span(v.document, v.first_paragraph, v.last_paragraph))
            for v in comment.versions
        ]
        elements: dict[str, Node | Relation] = {}
        for document, start, end in places:
            for mention, element in view.mentions.get(document, ()):
                if start <= mention.start < end:
                    elements[element.id] = element
        nodes = [e for e in elements.values() if isinstance(e, Node)]
        homed = [
            r
            for r in view.content.relations.values()
            if r.id in elements or (not r.passages and owner(view, r) == comment.id)
        ]
        document, start, end = places[-1]
        quotations = [q for q in view.quotations.get(document, ()) if start <= q.start < end]
        text = view.content.documents[document].text
        return shapes.CommentShape(
            **addressed(comment.id, urls.comment(comment)),
            **comment.model_dump(exclude={"id", "earlier"}),
            participant_label=self.label(comment.participant),
            versions=len(comment.versions),
            replies=[c.id for c in view.content.comments.values() if c.reply_to == comment.id],
            text=view.text_of(comment),
            nodes=[self.node_brief(n) for n in nodes],
            relations=self.relation_briefs(homed),
            quotations=[
                shapes.QuotationShape(**q.model_dump(), exact=text[q.start : q.end]) for q in quotations
            ],
        )

    def _span(self, document: str, first: int, last: int) -> tuple[int, int]:
        lines = self.view.paragraphs[document]
        return lines[first - 1].start, lines[last - 1].end

    # --- documents -----------------------------------------------------------------------------

    def document_brief(self, document: Document) -> shapes.DocumentBrief:
        """A document as it stands in a list."""
        return shapes.DocumentBrief(**self._document(document))

    def _document(self, document: Document) -> dict[str, Any]:
        source = {d.id for d in self.view.documents()}
        return {
            **addressed(document.id, urls.document(document.id)),
            "title": document.title,
            "sha256": document.sha256,
            "length": len(document.text),
            "paragraphs": len(self.view.paragraphs[document.id]),
            "added": document.id not in source,
        }

    def document(self, document: Document) -> shapes.DocumentShape:
        """A document, verbatim, with its ledger."""
        rows = [graph_json.ledger_row(row) for row in ledger(self.view, document.id)]
        comments = sorted(self.view.content.comments.values(), key=self.view.comment_order)
        return shapes.DocumentShape(
            **self._document(document),
            text=document.text,
            comments=[c.id for c in comments if any(v.document == document.id for v in c.versions)],
            ledger=[shapes.LedgerShape(**{k: v for k, v in row.items() if k != "document"}) for row in rows],
        )

    def matrix_row(self, node: Node, crux: str | None) -> shapes.MatrixRow:
        """An argument of the matrix, and the crux it hangs on."""
        found = self.result.stances_of(node.id)
        bases = {letter(s): cast(Any, found[s.id].basis) for s in self.view.scenarios if s.id in found}
        return shapes.MatrixRow(**self._node_brief(node), bases=bases, crux=crux)


def addressed(key: str, page: str) -> dict[str, str]:
    """The id and the two addresses of a thing."""
    return {"id": key, "url": urls.twin(page), "page": page}
