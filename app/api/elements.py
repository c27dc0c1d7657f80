"""Scenarios, cruxes, nodes and relations."""

from typing import Annotated

from fastapi import Path, Query, Response

from app.api import reasoning, shapes
from app.api.common import Id, Rendered, errors, known, router
from app.api.etags import tag_of
from app.api.paging import Page, Paged
from app.api.reasoning_shapes import CruxPage
from app.errors import NotFound
from app.model.records import Node, Relation
from app.model.snapshot import MapSnapshot, letter
from app.store.services.words import Attitude, NodeType, RelationType, StanceWord, Status

routes = router("map")

Letter = Annotated[str, Path(pattern="^[A-Za-z]$", description="The scenario's letter.")]


@routes.get("/scenarios", operation_id="listScenarios", summary="The scenarios, by letter")
def scenarios(rendered: Rendered, paged: Paged) -> Page[shapes.ScenarioBrief]:
    """The overall pictures the thread argues about, with the arguments on each counted."""
    return paged.page(rendered.view.scenarios, lambda n: n.id, rendered.scenario_brief)


def _scenario(view: MapSnapshot, wanted: str) -> Node:
    found = view.scenario(wanted)
    if found is None:
        raise NotFound("there is no scenario with this letter", "letter", "see /api/v1/scenarios")
    return found


@routes.get(
    "/scenarios/{letter}",
    operation_id="getScenario",
    summary="A scenario and what bears on it",
    responses=errors(404),
)
def scenario(letter: Letter, rendered: Rendered, response: Response) -> shapes.ScenarioShape:
    """The scenario with every argument that supports it, opposes it or cuts both ways."""
    found = _scenario(rendered.view, letter)
    response.headers["ETag"] = tag_of(found)
    return rendered.scenario(found)


@routes.get(
    "/scenarios/{one}/vs/{other}",
    operation_id="compareScenarios",
    summary="What tells two scenarios apart",
    responses=errors(404),
)
def compare_scenarios(
    one: Letter,
    other: Annotated[str, Path(pattern="^[A-Za-z]$", description="The other scenario's letter.")],
    rendered: Rendered,
) -> shapes.ComparisonShape:
    """The arguments that bear differently on two scenarios, and those that bear alike."""
    pair = [_scenario(rendered.view, one), _scenario(rendered.view, other)]
    differ: list[shapes.NodeBrief] = []
    agree: list[shapes.NodeBrief] = []
    for node in rendered.result.nodes:
        found = rendered.result.stances_of(node.id)
        words = [found[s.id].stance if s.id in found else "none" for s in pair]
        if node.scenario is not None or words == ["none", "none"]:
            continue
        (agree if words[0] == words[1] else differ).append(rendered.node_brief(node))
    return shapes.ComparisonShape(
        scenarios=[rendered.scenario_brief(s) for s in pair],
        differ=differ,
        agree=agree,
        passages={letter(s): rendered.passages(s) for s in pair},
        defining={letter(s): rendered.relation_briefs(_defining(rendered.view, s)) for s in pair},
    )


def _defining(view: MapSnapshot, scenario: Node) -> list[Relation]:
    return [r for r in view.incoming.get(scenario.id, ()) if r.type == "defines"]


@routes.get("/cruxes", operation_id="listCruxes", summary="The curated cruxes, beside the computed ones")
def cruxes(rendered: Rendered, paged: Paged, semantics: reasoning.Semantics = "") -> CruxPage:
    """Each with its question, what follows either way and what it bears on; beside them the computed ones."""
    return reasoning.crux_page(rendered, paged, semantics)


@routes.get("/cruxes/{id}", operation_id="getCrux", summary="A crux", responses=errors(404))
def crux(id: Id, rendered: Rendered, response: Response) -> shapes.NodeShape:  # noqa: A002
    """A crux with its passages, its relations both ways and its stances."""
    node = known({n: r for n, r in rendered.view.content.nodes.items() if r.type == "crux"}, id, "crux")
    response.headers["ETag"] = tag_of(node)
    return rendered.node(node)


@routes.get("/nodes", operation_id="listNodes", summary="Nodes, by id")
def nodes(
    rendered: Rendered,
    paged: Paged,
    type: Annotated[NodeType | None, Query(description="Only nodes of this type.")] = None,  # noqa: A002
    status: Annotated[
        Status | None, Query(description="Only nodes of this status; without it, all that are visible.")
    ] = None,
    tag: Annotated[str | None, Query(max_length=60, description="Only nodes with this tag.")] = None,
    holder: Annotated[
        str | None, Query(max_length=120, description="Only nodes this participant speaks of.")
    ] = None,
    attitude: Annotated[Attitude | None, Query(description="Only nodes held (by `holder`) this way.")] = None,
    comment: Annotated[
        str | None, Query(max_length=120, description="Only nodes this comment carries.")
    ] = None,
    scenario: Annotated[
        str | None,
        Query(pattern="^[A-Z]$", description="Only nodes that bear on this scenario (see `stance`)."),
    ] = None,
    stance: Annotated[
        StanceWord | None, Query(description="Only nodes with this stance (on `scenario`, or any).")
    ] = None,
) -> Page[shapes.NodeBrief]:
    """Every claim, objection, piece of evidence … of the map; filters combine."""
    view = rendered.view

    def wanted(node: Node) -> bool:
        if node.status != status if status else not view.visible(node):
            return False
        if (type and node.type != type) or (tag and tag not in node.tags):
            return False
        if (holder or attitude) and not any(
            (not holder or m.holder == holder) and (not attitude or m.attitude == attitude)
            for m in node.passages
        ):
            return False
        if comment and not any(
            (at := view.comment_at(m.document, m.start)) is not None and at.id == comment
            for m in node.passages
        ):
            return False
        if scenario or stance:
            words = rendered.stance_words(node)
            on = (
                [words[scenario]]
                if scenario and scenario in words
                else []
                if scenario
                else list(words.values())
            )
            return stance in on if stance else any(word != "none" for word in on)
        return True

    return paged.page(
        [n for n in view.content.nodes.values() if wanted(n)], lambda n: n.id, rendered.node_brief
    )


@routes.get("/nodes/{id}", operation_id="getNode", summary="A node", responses=errors(404))
def node(id: Id, rendered: Rendered, response: Response) -> shapes.NodeShape:  # noqa: A002
    """A node with its passages, its relations both ways and its stances, each with its chains.

    Withdrawn and merged nodes stay at their address and say so.
    """
    found = known(rendered.view.content.nodes, id, "node")
    response.headers["ETag"] = tag_of(found)
    return rendered.node(found)


@routes.get("/relations", operation_id="listRelations", summary="Relations, by id")
def relations(
    rendered: Rendered,
    paged: Paged,
    type: Annotated[RelationType | None, Query(description="Only relations of this type.")] = None,  # noqa: A002
    status: Annotated[
        Status | None, Query(description="Only relations of this status; without it, all that are visible.")
    ] = None,
    source: Annotated[
        str | None, Query(max_length=120, description="Only relations that start here.")
    ] = None,
    target: Annotated[str | None, Query(max_length=120, description="Only relations that end here.")] = None,
) -> Page[shapes.RelationBrief]:
    """Every link of the map; filters combine."""
    view = rendered.view

    def wanted(relation: Relation) -> bool:
        return (
            (relation.status == status if status else view.visible(relation))
            and (not type or relation.type == type)
            and (not source or relation.source == source)
            and (not target or relation.target == target)
        )

    found = [r for r in view.content.relations.values() if wanted(r)]
    return paged.page(found, lambda r: r.id, rendered.relation_brief)


@routes.get("/relations/{id}", operation_id="getRelation", summary="A relation", responses=errors(404))
def relation(id: Id, rendered: Rendered, response: Response) -> shapes.RelationShape:  # noqa: A002
    """A relation with its ends, its rationale, its passages, and what undercuts or backs it."""
    found = known(rendered.view.content.relations, id, "relation")
    response.headers["ETag"] = tag_of(found)
    return rendered.relation(found)
