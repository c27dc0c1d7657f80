"""Arguments × scenarios, with the filters of the page."""

from typing import Annotated, Literal

from fastapi import Query, Request

from app.analysis.grouping import nearest_crux
from app.analysis.matrix import Filters, select, stance_filters
from app.api import shapes
from app.api.common import Rendered, router
from app.api.paging import Paged
from app.api.strict import spread
from app.model.records import Node
from app.store.services.words import NodeType, StanceWord

routes = router("whole")

Ref = Annotated[str, Query(max_length=120)]
_LETTERS = spread(
    "stances",
    "^[A-Z]$",
    "By a scenario's letter, the stance that arguments must have on it: `C=supports&A=opposes`.",
    {"type": "string"},
)


@routes.get("/matrix", operation_id="getMatrix", summary="Arguments × scenarios", openapi_extra=_LETTERS)
def matrix(
    request: Request,
    rendered: Rendered,
    paged: Paged,
    type: Annotated[NodeType | None, Query(description="Only arguments of this type.")] = None,  # noqa: A002
    participant: Annotated[Ref, Query(description="Only what this participant holds or speaks of.")] = "",
    document: Annotated[Ref, Query(description="Only what this document says.")] = "",
    crux: Annotated[Ref, Query(description="Only arguments whose nearest crux this is.")] = "",
    basis: Annotated[
        Literal["direct", "derived", ""],
        Query(description="Only arguments that bear on some scenario directly, or through others."),
    ] = "",
    sort: Annotated[
        Literal["crux", "thread", "type", "text", ""],
        Query(description="The order: by nearest crux (the default), place in the thread, type or text."),
    ] = "",
    scenario: Annotated[
        str | None, Query(pattern="^[A-Z]$", description="The scenario that `stance` is about.")
    ] = None,
    stance: Annotated[StanceWord | None, Query(description="Only arguments with this stance.")] = None,
) -> shapes.MatrixShape:
    """What every argument does for every scenario, and whether directly or through a chain."""
    result = rendered.result
    view = result.view
    filters = Filters(
        type or "",
        participant,
        document,
        crux,
        basis,
        sort or "crux",
        result.include_unreviewed,
        stance_filters(view, request.query_params),
        stance if stance is not None and scenario is None else "",
    )
    found = select(result, filters)
    near = nearest_crux(view)

    def row(node: Node) -> shapes.MatrixRow:
        return rendered.matrix_row(node, near[node.id][0] if node.id in near else None)

    page = paged.page(found.nodes, lambda n: n.id, row)
    return shapes.MatrixShape(
        scenarios=[rendered.node_brief(n) for n in view.scenarios],
        rows=page.items,
        total=page.total,
        arguments=found.total,
        next=page.next,
    )
