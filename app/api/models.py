"""The models the thread speaks of: their form, numbers a reader may set, and what follows from them."""

from fastapi import Request
from pydantic import Field, JsonValue

from app import drawing, urls
from app.api import shapes
from app.api.common import Id, Rendered, errors, router
from app.api.paging import Page, Paged
from app.api.render import addressed
from app.api.strict import spread
from app.drawing import ModelView
from app.drawing.visible import Visible
from app.errors import NotFound
from app.model.records import Node

routes = router("map")

_SETTINGS = spread(
    "settings",
    "^[a-z][0-9]{0,2}$",
    "By a parameter's name, its value: `f1=0.5&f2=0.9`. What is left out has its default.",
    {"type": ["number", "string"]},
)


class ModelBrief(shapes.Addressed):
    """A model in a list."""

    kind: str = Field(description="The form: product, race, power_law, test or gap.")
    text: str = Field(description="What the thread says of it: the node's sentence.")
    node: str = Field(description="The page of the node.")
    drawing: str = Field(description="Its drawing (SVG), with the numbers of the address.")


class ModelParameter(shapes.Shape):
    """A number, or one of `choices`, that a reader may set."""

    name: str
    label: str
    value: float | str
    low: float | None = None
    high: float | None = None
    choices: dict[str, str] | None = Field(None, description="By value, its label.")


class ModelPreset(shapes.Shape):
    """Settings worth trying."""

    label: str
    url: str
    page: str


class ModelShape(ModelBrief):
    """A model under the settings of the address."""

    disclaimer: str = Field(description="How free the numbers are. The text rarely gives any.")
    form: dict[str, JsonValue] = Field(description="As the map holds it (schema/map-file.schema.json).")
    parameters: list[ModelParameter]
    assumptions: list[str] = Field(
        description="What the form takes for granted, and what the map notes of it."
    )
    numbers: dict[str, float] = Field(description="What follows, by name.")
    sentences: list[str] = Field(description="What follows, in words.")
    problems: list[str] = Field(description="Settings that were no good, and what was used instead.")
    presets: list[ModelPreset]
    passages: list[shapes.PassageShape] = Field(description="Where the thread says so.")


@routes.get("/models", operation_id="listModels", summary="The models the thread speaks of")
def models(rendered: Rendered, paged: Paged) -> Page[ModelBrief]:
    """Statements with a form that can be computed."""
    return paged.page(
        drawing.modelled(rendered.view), lambda row: row[0].id, lambda row: ModelBrief(**_brief(*row))
    )


@routes.get(
    "/models/{id}",
    operation_id="getModel",
    summary="A model under numbers of your own",
    openapi_extra=_SETTINGS,
    responses=errors(404),
)
def model(id: Id, request: Request, rendered: Rendered) -> ModelShape:  # noqa: A002
    """What follows from the settings in the address; a setting that is no good is replaced, and said."""
    node = Visible(rendered.view).node(id)
    made = drawing.model(node, request.query_params)
    if made is None:
        raise NotFound("this node has no model", "id", "see /api/v1/models")
    page = f"/models/{node.id}"
    return ModelShape(
        **_brief(node, made, request.url.query),
        disclaimer=made.disclaimer,
        form=node.model or {},
        parameters=[
            ModelParameter(name=p.name, label=p.label, value=p.value, choices=dict(p.choices))
            if p.choices
            else ModelParameter(name=p.name, label=p.label, value=p.value, low=p.low, high=p.high)
            for p in made.parameters
        ],
        assumptions=list(made.assumptions),
        numbers=dict(made.numbers),
        sentences=list(made.sentences),
        problems=list(made.problems),
        presets=[
            ModelPreset(label=p.label, url=f"{urls.twin(page)}?{p.query}", page=f"{page}?{p.query}")
            for p in made.presets
        ],
        passages=rendered.passages(node),
    )


def _brief(node: Node, made: ModelView, query: str = "") -> dict[str, str]:
    return {
        **addressed(node.id, f"/models/{node.id}"),
        "kind": made.kind,
        "text": node.text,
        "node": urls.node(node),
        "drawing": f"/drawings/model/{node.id}.svg" + (f"?{query}" if query else ""),
    }
