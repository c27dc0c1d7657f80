"""Reading JSON strictly: what other parsers let through, or choke on, is refused with its place."""

import json
import math
import re
from collections.abc import Callable, Coroutine, Iterator
from functools import cached_property
from typing import Any, NoReturn

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from app.api.problems import MalformedJson, UnsupportedMediaType
from app.errors import InvalidInput, Problem
from app.source import unsafe_characters

MAX_DEPTH = 16
MAX_VALUES = 20_000
_LARGEST = 2**63 - 1
_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]|,', re.DOTALL)


class StrictRequest(Request):
    """A request whose JSON was read strictly already."""

    parsed: Any = None

    async def json(self) -> Any:
        return self.parsed


class StrictRoute(APIRoute):
    """A JSON route that refuses unknown query parameters and careless JSON."""

    @cached_property
    def listed(self) -> frozenset[str]:
        """The query parameters it takes by name."""
        return frozenset(query_names(self.dependant))

    @cached_property
    def _open(self) -> tuple[re.Pattern[str], ...]:
        """What the names of further parameters look like: those of objects spread over the query."""
        rows = (self.openapi_extra or {}).get("parameters", ())
        spread = (row["schema"]["propertyNames"]["pattern"] for row in rows if row.get("explode"))
        return tuple(re.compile(pattern) for pattern in spread)

    def takes(self, name: str) -> bool:
        """Whether it takes a query parameter of that name."""
        return name in self.listed or any(pattern.search(name) for pattern in self._open)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()
        takes_body = self.body_field is not None

        async def strict(request: Request) -> Response:
            check_query(request, self.takes, self.listed)
            if takes_body:
                body = await request.body()
                request = StrictRequest(request.scope, request.receive)
                request._body = body
                if body:
                    check_type(request.headers.get("content-type", ""))
                    request.parsed = parse(body)
            return await handle(request)

        return strict


def query_names(dependant: Dependant) -> set[str]:
    """The query parameters a route takes, those of its dependencies included."""
    own = {field.alias for field in dependant.query_params}
    return own.union(*(query_names(part) for part in dependant.dependencies))


def spread(name: str, pattern: str, description: str, values: dict[str, Any]) -> dict[str, Any]:
    """Query parameters whose names depend on the map, as OpenAPI has them: an object spread over the query."""
    schema = {"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": values}
    place = {"in": "query", "required": False, "style": "form", "explode": True}
    return {"parameters": [{"name": name, **place, "description": description, "schema": schema}]}


def check_query(request: Request, takes_name: Callable[[str], bool], names: frozenset[str]) -> None:
    """Refuse query parameters that would be ignored, and text that is not fit to be shown."""
    problems = []
    for name, value in request.query_params.multi_items():
        if not takes_name(name):
            takes = f"this address takes {', '.join(sorted(names))}" if names else "this address takes none"
            problems.append(Problem("is not a query parameter here", name[:80], takes))
        elif found := unsafe_characters(value):
            problems.append(Problem(f"holds {found[0]}", name, "take the character out"))
    if problems:
        raise InvalidInput(problems[:20])


def check_type(header: str) -> None:
    """Refuse a body that does not say it is JSON."""
    kind = header.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise UnsupportedMediaType(
            "the body must be JSON", "Content-Type", "send Content-Type: application/json"
        )


def parse(body: bytes) -> Any:
    """The value of a JSON body.

    Raises
    ------
    MalformedJson : it is not JSON in UTF-8, or names a key twice.
    InvalidInput : too deep, too many values, a number out of range, or characters that no text for
        people should hold; names the place.
    """
    check_size(body)
    try:
        value = json.loads(
            body.decode("utf-8"),
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_float,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise MalformedJson(f"the body is not UTF-8 at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise MalformedJson(
            f"this is not JSON: {error.msg}", f"line {error.lineno}, column {error.colno}"
        ) from error
    problems = [
        Problem(f"holds {what}", where, "take the character out") for where, what in _unsafe(value, "")
    ]
    if problems:
        raise InvalidInput(problems[:20])
    return value


def check_size(body: bytes) -> None:
    """Refuse depth and counts before parsing: both cost a parser more than they cost the sender."""
    depth = values = 0
    for match in _TOKENS.finditer(body):
        token = match.group()
        if token in (b"[", b"{"):
            depth += 1
            values += 1
            if depth > MAX_DEPTH:
                raise InvalidInput(f"the JSON is nested deeper than {MAX_DEPTH}", remedy="flatten it")
        elif token in (b"]", b"}"):
            depth -= 1
        elif token == b",":
            values += 1
        if values > MAX_VALUES:
            raise InvalidInput(f"the JSON holds more than {MAX_VALUES} values", remedy="send less at a time")


def _constant(name: str) -> NoReturn:
    raise InvalidInput(f"{name} is not a number JSON has", remedy="send a finite number")


def _integer(text: str) -> int:
    if len(text) > 20 or abs(number := int(text)) > _LARGEST:
        raise InvalidInput("a number is too large", remedy="send integers below 2 to the power of 63")
    return number


def _float(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise InvalidInput("a number is too large", remedy="send a finite number")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise MalformedJson("a key stands twice in one object", twice[:80], "keep one of them")
    return found


def _unsafe(value: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if found := unsafe_characters(value):
            yield where or "body", str(found[0])
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unsafe(item, f"{where}[{number}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            if found := unsafe_characters(name):
                yield where or "body", f"a key with {found[0]}"
            else:
                yield from _unsafe(item, f"{where}.{name}" if where else name)
