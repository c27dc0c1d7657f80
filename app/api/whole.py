"""The map as a whole: its index, the matrix, search, the machine form, the vocabulary."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any, Literal, cast

from fastapi import Query
from starlette.responses import JSONResponse

from app import urls
from app.api import shapes
from app.api.common import Rendered, router
from app.api.paging import Page, Paged
from app.api.render import addressed
from app.formats import graph_json
from app.model.records import Node
from app.model.vocabulary import Term
from app.requests import CurrentDatabase, Reasoned, View
from app.store import search as index
from app.store.services.words import NodeType, StanceWord

routes = router("whole")

_LISTS = ("scenarios", "cruxes", "nodes", "relations", "comments", "participants", "documents")
_OTHERS = ("matrix", "search", "graph", "vocabulary", "about", "openapi.json")


@routes.get("", operation_id="getIndex", summary="The map in figures")
def home(rendered: Rendered) -> shapes.IndexShape:
    """What the map is called, how much is in it, and where everything else is."""
    view = rendered.view
    content = view.content
    counts = {
        "documents": len(list(view.documents())),
        "comments": sum(view.visible(c) and c.duplicate_of is None for c in content.comments.values()),
        "participants": sum(p.merged_into is None for p in content.participants.values()),
        "nodes": sum(map(view.visible, content.nodes.values())),
        "relations": sum(map(view.visible, content.relations.values())),
    }
    for kind, term in view.words.nodes.items():
        found = sum(n.type == kind and view.visible(n) for n in content.nodes.values())
        counts[term.plural] = found
    return shapes.IndexShape(
        **content.info.model_dump(),
        revision=view.revision,
        counts=counts,
        scenarios=[rendered.node_brief(n) for n in view.scenarios],
        cruxes=[rendered.node_brief(n) for n in view.cruxes],
        links={name: f"{urls.API}/{name}" for name in (*_LISTS, *_OTHERS)},
    )


@routes.get("/matrix", operation_id="getMatrix", summary="Arguments × scenarios")
def matrix(
    rendered: Rendered,
    paged: Paged,
    type: Annotated[NodeType | None, Query(description="Only arguments of this type.")] = None,  # noqa: A002
    scenario: Annotated[
        str | None, Query(pattern="^[A-Z]$", description="The scenario that `stance` is about.")
    ] = None,
    stance: Annotated[StanceWord | None, Query(description="Only arguments with this stance.")] = None,
) -> shapes.MatrixShape:
    """What every argument does for every scenario, and whether directly or through a chain."""

    def wanted(node: Node) -> bool:
        words = rendered.stance_words(node)
        if node.scenario is not None or not words or (type and node.type != type):
            return False
        if stance is None:
            return True
        return words.get(scenario) == stance if scenario else stance in words.values()

    rows = [n for n in rendered.result.nodes if wanted(n)]
    page = paged.page(rows, lambda n: n.id, rendered.matrix_row)
    return shapes.MatrixShape(
        scenarios=[rendered.node_brief(n) for n in rendered.view.scenarios],
        rows=page.items,
        total=page.total,
        next=page.next,
    )


@routes.get("/search", operation_id="search", summary="Find nodes and comments by their words")
def search(
    view: View,
    database: CurrentDatabase,
    paged: Paged,
    q: Annotated[
        str, Query(max_length=500, description="Words; all must occur, the last also as a beginning.")
    ] = "",
    kind: Annotated[Literal["node", "comment"] | None, Query(description="Only of this kind.")] = None,
) -> Page[shapes.HitShape]:
    """Best answers first."""
    with database.read() as session:
        hits = index.find(session.connection(), q, [kind] if kind else [], limit=1000)
    content = view.content
    rows = [h for h in hits if h.ref in (content.nodes if h.kind == "node" else content.comments)]

    def show(hit: index.Hit) -> shapes.HitShape:
        if hit.kind == "node":
            node = content.nodes[hit.ref]
            return shapes.HitShape(**addressed(node.id, urls.node(node)), kind="node", text=node.text)
        comment = content.comments[hit.ref]
        return shapes.HitShape(
            **addressed(comment.id, urls.comment(comment)), kind="comment", text=view.text_of(comment)[:300]
        )

    return paged.page(rows, lambda h: f"{h.kind}:{h.ref}", show)


@routes.get(
    "/graph",
    operation_id="getGraph",
    summary="The whole map in one document",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "The map in the form `cruxmap-graph/1`, described by schema/graph.schema.json.",
            "content": {"application/json": {"schema": {"type": "object", "additionalProperties": True}}},
        }
    },
)
def graph(result: Reasoned) -> JSONResponse:
    """Complete: importing it gives the same map."""
    return JSONResponse(graph_json.write(result))


@routes.get("/vocabulary", operation_id="getVocabulary", summary="All closed lists")
def vocabulary(view: View) -> shapes.VocabularyShape:
    """Types of nodes and relations, attitudes, statuses …, with what each means and may join."""
    words = view.words

    def terms(group: Mapping[str, Term]) -> list[shapes.TermShape]:
        return [
            shapes.TermShape(name=t.name, label=t.label, help=t.help, sign=t.sign) for t in group.values()
        ]

    relations = [
        shapes.RelationTermShape(
            name=t.name,
            label=t.label,
            help=t.help,
            sign=t.sign,
            inverse=t.inverse,
            polarity=cast(Any, t.polarity),
            source=sorted(t.source),
            target=sorted(t.target),
        )
        for t in words.relations.values()
    ]
    return shapes.VocabularyShape(
        nodes=terms(words.nodes),
        relations=relations,
        attitudes=terms(words.attitudes),
        statuses=terms(words.statuses),
        bases=terms(words.bases),
        attributions=terms(words.attributions),
        comment_kinds=terms(words.comment_kinds),
        stances=terms(words.stances),
        ledger_kinds=terms(words.ledger_kinds),
    )


def software_version() -> str:
    """The version of Cruxmap that runs."""
    try:
        return version("cruxmap")
    except PackageNotFoundError:
        return "unknown"


@routes.get("/about", operation_id="getAbout", summary="What serves this map")
def about(view: View) -> shapes.AboutShape:
    """The software and its version, and the revision of the map."""
    return shapes.AboutShape(
        software="Cruxmap",
        version=software_version(),
        map=view.content.info.title,
        revision=view.revision,
        formats=[graph_json.FORMAT],
        documentation=f"{urls.API}/openapi.json",
    )
