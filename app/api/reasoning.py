"""Verdicts, bearings and double cruxes. Reading only: a verdict asked for by POST changes nothing."""

from typing import Annotated, Any

from fastapi import Body, Query

from app.analysis import Analysis, analysis, judgement
from app.analysis.bearing import bearings
from app.analysis.credences import Position
from app.analysis.credences import read as read_position
from app.analysis.disputes import differences
from app.analysis.hinges import Sets
from app.analysis.verdicts import chosen_semantics
from app.api import people_render
from app.api import reasoning_render as render
from app.api import reasoning_shapes as shapes
from app.api.common import Id, Rendered, errors, known, router
from app.api.paging import Paging
from app.api.render import Renderer
from app.errors import InvalidInput, Problem, UnknownReference
from app.requests import Reasoned, View

routes = router("reasoning")

Semantics = Annotated[
    str, Query(max_length=40, description="How strengths are computed; empty for the default.")
]
_EXAMPLES: dict[str, Any] = {
    "yes": {
        "summary": "A reader who answers two questions",
        "value": {"credences": {"the-piers-are-sound": 0.9, "the-inspection-was-thorough": 0.1}},
    },
    "participant": {
        "summary": "What follows from what a participant says",
        "value": {"participant": "commenter-1"},
    },
}


@routes.post("/verdict", operation_id="computeVerdict", summary="The verdict under your own credences")
def post_verdict(
    view: View,
    wanted: Annotated[shapes.VerdictRequest, Body(openapi_examples=_EXAMPLES)],
) -> shapes.VerdictShape:
    """Where the scenarios stand given your credences, what that rests on, and what would change it.

    A credence is where a statement starts; what the map says for and against it still counts, unless
    `hold` leaves that out. Nothing is stored. Strengths are not probabilities.
    """
    result = analysis(view, wanted.unreviewed)
    position = Position(_known(result, wanted.credences), wanted.participant or None, hold=wanted.hold)
    if position.start is not None and position.start not in view.content.participants:
        raise UnknownReference("there is no such participant", "participant", "see /api/v1/participants")
    judged = judgement(result, position.valuation(result), chosen_semantics(wanted.semantics))
    return render.verdict(Renderer(result), judged, position)


def _known(result: Analysis, credences: dict[str, float]) -> dict[str, float]:
    """The credences by the ids of nodes that count; merged ones followed."""
    found, problems = {}, []
    for key, credence in credences.items():
        node = result.view.element(key)
        if node is None or node.id not in result.framework.number or node.id not in result.view.content.nodes:
            remedy = "see /api/v1/nodes; unreviewed ones count only when asked in"
            problems.append(
                Problem("there is no such node, or it does not count", f"credences.{key}", remedy)
            )
        else:
            found[node.id] = credence
    if problems:
        raise UnknownReference(problems[:100])
    return found


@routes.get("/verdict", operation_id="getVerdict", summary="The verdict, neutral or a participant's")
def get_verdict(
    rendered: Rendered,
    participant: Annotated[
        str, Query(max_length=120, description="Start from what this participant asserts and denies.")
    ] = "",
    semantics: Semantics = "",
    sets: Annotated[Sets, Query(description="Search sets of two, or of two and three, flips.")] = "",
) -> shapes.VerdictShape:
    """As POST without credences: every statement starts at its base score."""
    if participant and participant not in rendered.view.content.participants:
        raise UnknownReference("there is no such participant", "participant", "see /api/v1/participants")
    position = read_position(rendered.result, (), participant)
    chosen = chosen_semantics(semantics)
    judged = judgement(rendered.result, position.valuation(rendered.result), chosen)
    found = render.verdict(rendered, judged, position, sets)
    if participant:
        return found
    return found.model_copy(update={"participants": render.said(rendered, chosen)})


@routes.get(
    "/nodes/{id}/bearing",
    operation_id="getBearing",
    summary="How a node bears on each scenario, and through which chains",
    responses=errors(404),
)
def get_bearing(
    id: Id,  # noqa: A002
    rendered: Rendered,
    semantics: Semantics = "",
    most: Annotated[int, Query(ge=1, le=100, description="How many chains to list a scenario.")] = 10,
) -> shapes.NodeBearingShape:
    """Chains by what they carry, each as a sentence, their sum beside the whole effect, and what remains."""
    result = rendered.result
    node = known(result.view.content.nodes, id, "node")
    judged = judgement(result, semantics=chosen_semantics(semantics))
    return shapes.NodeBearingShape(
        node=rendered.node_brief(node),
        revision=result.view.revision,
        semantics=render.way(judged.semantics),
        strength=judged.strengths.get(id),
        bearings=[render.bearing(each) for each in bearings(judged, id, most)],
    )


@routes.get(
    "/double-cruxes", operation_id="getDoubleCruxes", summary="What two participants would settle it on"
)
def get_double_cruxes(
    result: Reasoned,
    rendered: Rendered,
    between: Annotated[
        str,
        Query(
            max_length=250,
            description="Two participants' ids, with a comma between them.",
            examples=["commenter-1,commenter-2"],
        ),
    ],
) -> shapes.DoubleCruxShape:
    """Agreements, disputes, and double cruxes: what, once settled, brings the one who erred to the other."""
    people = result.view.content.participants
    pair = [part.strip() for part in between.split(",")]
    if len(pair) != 2 or pair[0] == pair[1]:
        raise InvalidInput("must name two different participants", "between", "write it as one,other")
    unknown = [Problem("there is no such participant", "between", "see /api/v1/participants")]
    if any(key not in people for key in pair):
        raise UnknownReference(unknown)
    found = differences(result, pair[0], pair[1])
    nodes = result.view.content.nodes
    return shapes.DoubleCruxShape(
        participants=[people_render.brief(rendered, people[key]) for key in pair],
        revision=result.view.revision,
        verdicts=list(found.verdicts),
        reason=found.reason,
        sentence=found.sentence,
        agreements=[rendered.node_brief(nodes[key]) for key in found.agreements],
        disputes=[
            shapes.DisputedShape(
                node=rendered.node_brief(nodes[each.dispute.node]),
                kind=each.dispute.kind,
                asserted_by=each.asserted_by,
                rejected_by=each.rejected_by,
                objection=rendered.relation_brief(each.how.relation) if each.how.relation else None,
                basis=each.how.basis,
                movement=each.dispute.movement,
                sentence=each.sentence,
            )
            for each in found.disputes
        ],
    )


def crux_page(rendered: Renderer, paged: Paging, semantics: str = "") -> shapes.CruxPage:
    """The curated cruxes, page by page, with what the computation says of them."""
    judged = judgement(rendered.result, semantics=chosen_semantics(semantics))
    page = paged.page(rendered.view.cruxes, lambda n: n.id, rendered.node)
    return shapes.CruxPage(**dict(page), reasoning=render.crux_reasoning(rendered, judged))
