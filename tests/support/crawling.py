"""Walking a site link by link, over the application itself: every kind of page, a few of each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx2 import Response
from starlette.testclient import TestClient

from tests.support.html import Page, parse


@dataclass(frozen=True)
class Visit:
    """A page as it answered. ``kind`` is the path of its route."""

    address: str
    kind: str
    answer: Response
    page: Page

    @property
    def query(self) -> list[tuple[str, str]]:
        """The parameters of its address."""
        return parse_qsl(urlsplit(self.address).query)

    @property
    def links(self) -> Iterator[str]:
        """Where it leads on this site, places in pages left out."""
        base = urlsplit(self.address).path
        for link in self.page.all("a"):
            target = link["href"].partition("#")[0]
            parts = urlsplit(target)
            if target and not parts.netloc:
                yield target if parts.path else base + target


def routes(app: FastAPI) -> list[APIRoute]:
    """Everything that answers to GET and is no file, in the order in which it is tried."""
    return [r for r in _flat(app.router.routes) if "GET" in (r.methods or ())]


def _flat(found: Iterable[object]) -> Iterator[APIRoute]:
    for route in found:
        if (inner := getattr(route, "original_router", None)) is not None:
            yield from _flat(inner.routes)
        elif isinstance(route, APIRoute):
            yield route


def crawl(client: TestClient, starts: Iterable[str], each: int) -> list[Visit]:
    """Visit pages from ``starts`` on: of every kind, with every set of query parameters, up to ``each``."""
    app: FastAPI = client.app  # type: ignore[assignment]
    known = routes(app)
    waiting, seen = [*starts], set[str]()
    count: Mapping[tuple[str, frozenset[str]], list[Visit]] = defaultdict(list)
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if address in seen or path.startswith(("/static/", "/api/")):
            continue
        seen.add(address)
        route = next((r for r in known if r.path_regex.match(path)), None)
        assert route is not None, f"{address} leads nowhere"
        names = frozenset(re.sub(r"^is\..*", "is.", name) for name, _ in parse_qsl(urlsplit(address).query))
        of_kind = count[route.path, names]
        if len(of_kind) >= each:
            continue
        answer = client.get(address)
        if answer.is_redirect:
            waiting.append(answer.headers["location"].partition("#")[0])
            continue
        assert answer.status_code == 200, (address, answer.status_code)
        visit = Visit(address, route.path, answer, parse(answer.text) if is_page(answer) else Page())
        of_kind.append(visit)
        waiting += visit.links
    return [visit for found in count.values() for visit in found if is_page(visit.answer)]


def is_page(answer: Response) -> bool:
    """Whether it is a page and not a file."""
    return "content-disposition" not in answer.headers and answer.headers["content-type"].startswith(
        "text/html"
    )
