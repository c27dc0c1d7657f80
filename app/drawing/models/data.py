"""Reading a node's ``model`` (schema/map-file.schema.json) without trusting its shape."""

from collections.abc import Mapping

from pydantic import JsonValue

Model = Mapping[str, JsonValue]


def text(model: Model, key: str, default: str = "") -> str:
    """A string, or the default."""
    value = model.get(key)
    return value if isinstance(value, str) and value else default


def number(model: Model, key: str) -> float | None:
    """A number, or None."""
    value = model.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def rows(model: Model, key: str) -> list[Model]:
    """A list of objects; empty where there is none."""
    value = model.get(key)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
