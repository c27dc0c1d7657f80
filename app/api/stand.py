"""Where do you stand? The same questions as on the page, for the answers in an address."""

from typing import Annotated

from fastapi import Query, Request

from app import urls
from app.analysis import judgement
from app.analysis.asking import Asked, questions
from app.analysis.credences import CHOICES, read
from app.analysis.verdicts import chosen_semantics
from app.api import reasoning_render as render
from app.api import reasoning_shapes as shapes
from app.api.common import Rendered, router
from app.api.reasoning import Semantics
from app.api.render import Renderer
from app.api.strict import spread

routes = router("reasoning")
_ANSWERS = spread(
    "answers",
    r"^is\..",
    "By `is.` and a node's id, an answer (`yes`, `probably` …) or a credence from 0 to 1: `is.x=yes`.",
    {"type": ["string", "number"]},
)


@routes.get(
    "/stand",
    operation_id="getStand",
    summary="Where the answers in an address leave the scenarios",
    openapi_extra=_ANSWERS,
)
def stand(
    request: Request,
    rendered: Rendered,
    start: Annotated[
        str, Query(alias="from", max_length=120, description="Start from what this participant says.")
    ] = "",
    hold: Annotated[bool, Query(description="Let the answers stand whatever bears on them.")] = False,
    semantics: Semantics = "",
) -> shapes.StandShape:
    """The page `/stand` as data: an address is the same position for both. Nothing is stored."""
    result = rendered.result
    position = read(result, request.query_params.multi_items(), start, hold)
    judged = judgement(result, position.valuation(result), chosen_semantics(semantics))
    return shapes.StandShape(
        page=urls.stand(position.query(), semantics, result.include_unreviewed),
        verdict=render.verdict(rendered, judged, position),
        questions=[_question(rendered, each) for each in questions(judged, position)],
        answers=[shapes.AnswerShape(**vars(choice)) for choice in CHOICES],
        participants=[each for each in render.said(rendered, chosen_semantics("")) if each.enough],
        left_out=list(position.gone),
    )


def _question(rendered: Renderer, found: Asked) -> shapes.QuestionShape:
    crux = found.node.crux
    return shapes.QuestionShape(
        node=rendered.node_brief(found.node),
        question=crux.question if crux is not None else found.node.text,
        if_true=crux.if_true if crux is not None else "",
        if_false=crux.if_false if crux is not None else "",
        movement=found.movement,
        credence=found.credence,
        start=found.start,
        strength=found.strength,
        against=found.against,
    )
