"""The whole map in the formats of other tools, and what each of them cannot hold."""

from typing import Annotated

from fastapi import Path, Request, Response
from pydantic import Field

from app import taking, urls
from app.api import shapes
from app.api.common import errors, router
from app.api.limits import limits
from app.formats.exchange import Loss
from app.requests import CurrentDatabase, Reasoned

routes = router("export")

_BYTES = {"type": "string", "format": "binary"}
FormatName = Annotated[
    str,
    Path(
        description="The format, as `cruxmap export graph --format` calls it.",
        json_schema_extra={"enum": list(taking.WRITTEN)},
    ),
]


class LossShape(shapes.Shape):
    """Something a format has no place for."""

    what: str
    count: int
    reason: str
    example: str


class ExportShape(shapes.Shape):
    """A format the map is written in."""

    format: str
    label: str
    use: str = Field(description="What it is good for.")
    media_type: str
    url: str = Field(description="The file.")
    losses: list[LossShape] = Field(description="What it does not hold; empty where it holds everything.")
    losses_url: str


class ExportsShape(shapes.Shape):
    """Every format, with what it does not hold of this map."""

    revision: int
    formats: list[ExportShape]


class LossesShape(shapes.Shape):
    """What the map in one format does not hold."""

    format: str
    revision: int
    losses: list[LossShape]


@routes.get("/export", operation_id="listExports", summary="The formats the whole map is written in")
def exports(result: Reasoned, database: CurrentDatabase) -> ExportsShape:
    """What each is for, where its file is, and what it does not hold of this map."""
    return ExportsShape(
        revision=result.view.revision,
        formats=[
            ExportShape(
                format=offer.form.name,
                label=offer.form.label,
                use=offer.form.use,
                media_type=offer.form.media_type,
                url=urls.export(offer.form.name),
                losses=_losses(offer.losses),
                losses_url=f"{urls.export(offer.form.name)}/losses",
            )
            for offer in taking.offers(result, database)
        ],
    )


@routes.get(
    "/export/graph/{format}",
    operation_id="exportGraph",
    summary="The whole map as a file",
    response_class=Response,
    responses={
        200: {
            "description": "The file; `Link` names its loss report (`rel=describedby`).",
            "content": {
                media: {"schema": {"type": "object"} if media == "application/json" else _BYTES}
                for media in dict.fromkeys(f.media_type for f in taking.WRITTEN.values())
            },
        },
        **errors(404, 429),
    },
)
def export_graph(
    request: Request,
    result: Reasoned,
    database: CurrentDatabase,
    format: FormatName,  # noqa: A002 - the name it has in addresses
) -> Response:
    """The same as `cruxmap export graph`. The SQLite file has no tokens or other operational tables in it."""
    chosen = taking.form(format)
    limits(request).look(request)
    written = taking.take(result, database, format)
    return Response(
        written.data,
        media_type=chosen.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="map{chosen.suffix}"',
            "Link": f'<{urls.export(format)}/losses>; rel="describedby"; type="application/json"',
        },
    )


@routes.get(
    "/export/graph/{format}/losses",
    operation_id="getExportLosses",
    summary="What the map in a format does not hold",
    responses=errors(404),
)
def export_losses(
    result: Reasoned,
    database: CurrentDatabase,
    format: FormatName,  # noqa: A002 - the name it has in addresses
) -> LossesShape:
    """What, how many, why, and one example: the report the command line prints."""
    return LossesShape(
        format=taking.form(format).name,
        revision=result.view.revision,
        losses=_losses(taking.losses(result, database, format)),
    )


def _losses(found: tuple[Loss, ...]) -> list[LossShape]:
    return [
        LossShape(what=loss.what, count=loss.count, reason=loss.reason, example=loss.example)
        for loss in found
    ]
