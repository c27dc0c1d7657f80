"""Finding nodes, quotes and comments by their words."""

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field

from app import urls
from app.analysis.quoted import quotes_with
from app.api import shapes
from app.api.common import Rendered, router
from app.api.paging import Page, Paged
from app.api.render import addressed
from app.model.snapshot import MapSnapshot
from app.requests import CurrentDatabase
from app.source.sought import sought
from app.store import search as index

routes = router("whole")
_WORDS = (
    "Words; all must occur, the last also as a beginning. Small words such as “of” need not, "
    "unless there are no others."
)


class QuoteHit(shapes.Shape):
    """A passage that holds all words, and what stands on it."""

    passage: shapes.PassageShape
    kind: Literal["node", "relation"]
    id: str
    page: str


class SearchPage(Page[shapes.HitShape]):
    """What holds the words: records page by page, beside them quotes."""

    quotes: list[QuoteHit] = Field(description="Up to 20 passages that hold all words.")
    any_word: list[shapes.HitShape] = Field(
        description="Where no record holds all words: up to 20 that hold some, best first."
    )


@routes.get("/search", operation_id="search", summary="Find nodes, quotes and comments by their words")
def search(
    rendered: Rendered,
    database: CurrentDatabase,
    paged: Paged,
    q: Annotated[str, Query(max_length=500, description=_WORDS)] = "",
    kind: Annotated[Literal["node", "comment"] | None, Query(description="Only of this kind.")] = None,
) -> SearchPage:
    """Best answers first: those that hold the words as one phrase, then the others."""
    view = rendered.view
    kinds = [kind] if kind else []
    with database.read() as session:
        connection = session.connection()
        hits = index.find(connection, q, kinds, limit=1000)
        some = [] if hits else index.find(connection, q, kinds, limit=20, any_word=True)
    page = paged.page(_there(view, hits), lambda h: f"{h.kind}:{h.ref}", lambda h: _shown(view, h))
    return SearchPage(
        **dict(page),
        quotes=[
            QuoteHit(
                passage=rendered.passage(mention),
                kind=element.kind,
                id=element.id,
                page=urls.element(element),
            )
            for mention, element in quotes_with(view, sought(q))
        ],
        any_word=[_shown(view, hit) for hit in _there(view, some)],
    )


def _there(view: MapSnapshot, hits: list[index.Hit]) -> list[index.Hit]:
    """The index may be a moment behind the map."""
    content = view.content
    return [h for h in hits if h.ref in (content.nodes if h.kind == "node" else content.comments)]


def _shown(view: MapSnapshot, hit: index.Hit) -> shapes.HitShape:
    if hit.kind == "node":
        node = view.content.nodes[hit.ref]
        return shapes.HitShape(**addressed(node.id, urls.node(node)), kind="node", text=node.text)
    comment = view.content.comments[hit.ref]
    where = addressed(comment.id, urls.comment(comment))
    return shapes.HitShape(**where, kind="comment", text=view.text_of(comment)[:300])
