"""The map as a whole: its index, the machine form, the vocabulary."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast

from starlette.responses import JSONResponse

from app import urls
from app.api import shapes
from app.api.common import Rendered, router
from app.formats import graph_json
from app.model.vocabulary import Term
from app.requests import Reasoned, View

routes = router("whole")

_LISTS = ("scenarios", "cruxes", "nodes", "relations", "comments", "participants", "documents")
_OTHERS = (
    "matrix",
    "models",
    "search",
    "verdict",
    "stand",
    "graph",
    "export",
    "vocabulary",
    "about",
    "openapi.json",
)


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
        scenarios=[rendered.scenario_brief(n) for n in view.scenarios],
        cruxes=[rendered.node_brief(n) for n in view.cruxes],
        links={name: f"{urls.API}/{name}" for name in (*_LISTS, *_OTHERS)},
    )


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
