"""The choices of an export as query parameters: the same for the page, the files and the API."""

from typing import Annotated

from fastapi import Depends, Query, Request

from app.requests import Reasoned
from app.writeup.options import MOST_POINTS, Options, Order, Quoting

_DEFAULT = Options()


def asked(
    request: Request,
    result: Reasoned,
    crux: Annotated[
        list[str] | None, Query(max_length=500, description="Ids of cruxes; all without it.")
    ] = None,
    order: Annotated[
        Order, Query(description="By what they decide, or as they come up in the thread.")
    ] = "decides",
    points: Annotated[
        int, Query(ge=1, le=MOST_POINTS, description="Arguments told on each side.")
    ] = _DEFAULT.points,
    quotes: Annotated[
        Quoting, Query(description="Verbatim words in the notes, in the text as well, or places only.")
    ] = "notes",
    strengths: Annotated[bool, Query(description="Show strengths (which are no probabilities).")] = False,
    participant: Annotated[
        str, Query(max_length=120, description="Under this participant's valuation.")
    ] = "",
    caption_for: Annotated[str, Query(max_length=100, description="Title over the case for.")] = "",
    caption_against: Annotated[str, Query(max_length=100, description="Title over the case against.")] = "",
    figures: Annotated[bool, Query(description="Draw each crux with what surrounds it.")] = True,
) -> Options:
    """The options a request names."""
    configured: str = request.app.state.settings.base_url
    return Options(
        cruxes=tuple(dict.fromkeys(key for key in crux or () if key)),
        order=order,
        points=points,
        quotes=quotes,
        strengths=strengths,
        unreviewed=result.include_unreviewed,
        participant=participant or None,
        caption_for=caption_for.strip() or _DEFAULT.caption_for,
        caption_against=caption_against.strip() or _DEFAULT.caption_against,
        figures=figures,
        base_url=(configured or str(request.base_url)).rstrip("/"),
    )


Asked = Annotated[Options, Depends(asked)]
