"""Lists in pages: an opaque cursor says where the last page ended, ``Link`` headers lead on."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from app.errors import InvalidInput
from app.urls import API

MAX_LIMIT = 500
T = TypeVar("T")
M = TypeVar("M")


class Page(BaseModel, Generic[M]):
    """A page of a list."""

    items: list[M]
    total: int = Field(description="How many there are in all, on all pages.")
    next: str | None = Field(None, description="The address of the next page; null on the last.")


@dataclass(frozen=True)
class Paging:
    """What a request says about the page it wants."""

    request: Request
    response: Response
    limit: int
    cursor: str | None

    def page(self, rows: Sequence[T], key: Callable[[T], str], show: Callable[[T], M]) -> Page[M]:
        """The page of ``rows`` after the cursor; only its items are rendered.

        Raises
        ------
        InvalidInput : the cursor is none of this list.
        """
        start = 0
        if self.cursor is not None:
            last = decode(self.cursor)
            found = next((n for n, row in enumerate(rows) if key(row) == last), None)
            if found is None:
                raise InvalidInput("is no cursor of this list", "cursor", "start again without one")
            start = found + 1
        shown = rows[start : start + self.limit]
        more = start + self.limit < len(rows)
        return self.ready([show(row) for row in shown], len(rows), encode(key(shown[-1])) if more else None)

    def ready(self, items: list[M], total: int, cursor: str | None) -> Page[M]:
        """A page that was read already; ``cursor`` leads to the next, None where there is none."""
        path = self.request.url.path
        following = self._address(path, cursor) if cursor is not None else None
        links = [f'<{self._address(path, None)}>; rel="first"']
        if following:
            links.append(f'<{following}>; rel="next"')
        links.append(f'<{path.removeprefix(API) or "/"}>; rel="alternate"; type="text/html"')
        self.response.headers["Link"] = ", ".join(links)
        return Page(items=items, total=total, next=following)

    def _address(self, path: str, cursor: str | None) -> str:
        pairs = [(k, v) for k, v in self.request.query_params.multi_items() if k != "cursor"]
        if cursor is not None:
            pairs.append(("cursor", cursor))
        return f"{path}?{urlencode(pairs)}" if pairs else path


def encode(key: str) -> str:
    """A key as an opaque cursor."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def decode(cursor: str) -> str:
    """The key in a cursor; InvalidInput when it is none."""
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise InvalidInput("is no cursor of this list", "cursor", "start again without one") from error


def _paging(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items a page holds.")] = 100,
    cursor: Annotated[
        str | None, Query(max_length=400, description="Where to go on: from the `next` of the page before.")
    ] = None,
) -> Paging:
    return Paging(request, response, limit, cursor)


Paged = Annotated[Paging, Depends(_paging)]
