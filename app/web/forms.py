"""What a plain HTML form sends, as pairs of names and values: bounded, and fit to be kept."""

from collections.abc import Iterable
from typing import Annotated, TypeVar
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from app.api.problems import UnsupportedMediaType, of_validation
from app.errors import InvalidInput, Problem
from app.source import unsafe_characters

MAX_FIELDS = 2000
M = TypeVar("M", bound=BaseModel)
Pairs = list[tuple[str, str]]


async def _fields(request: Request) -> Pairs:
    """The fields of a form in the order in which they stand in it; line ends are ``\\n``."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if body and kind != "application/x-www-form-urlencoded":
        raise UnsupportedMediaType("the body must be a form", "Content-Type")
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as error:
        raise InvalidInput(
            "this form cannot be read", remedy=f"send at most {MAX_FIELDS} fields, as UTF-8"
        ) from error
    return [(name, value.replace("\r\n", "\n").replace("\r", "\n")) for name, value in pairs]


Fields = Annotated[Pairs, Depends(_fields)]


def value(fields: Pairs, name: str) -> str:
    """The last value of a field; empty where it was not sent."""
    return next((found for key, found in reversed(fields) if key == name), "")


def unsafe(named: Iterable[tuple[str, str]]) -> list[Problem]:
    """What no text for people should hold, by field."""
    return [
        Problem(f"holds {found[0]}", where, "take the character out")
        for where, text in named
        if (found := unsafe_characters(text))
    ]


def validation(error: ValidationError) -> InvalidInput:
    """What pydantic found wrong, as the API says it."""
    return of_validation(
        RequestValidationError([{**item, "loc": ("body", *item["loc"])} for item in error.errors()])
    )


def checked(kind: type[M], data: dict[str, object]) -> M:
    """The request that a form's values make.

    Raises
    ------
    InvalidInput : they do not; each problem names its field.
    """
    if problems := unsafe((name, text) for name, text in data.items() if isinstance(text, str)):
        raise InvalidInput(problems)
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise validation(error) from error
