"""YAML with line numbers, and one way of writing it.

Reading keeps the line of every value, so that an error can name it, and refuses what a data file has no
need of: anchors (they can blow up), repeated keys, tags. Writing is deterministic.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from app.errors import InvalidInput

Path = tuple[str | int, ...]
Lines = dict[Path, int]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 40


class _Dumper(yaml.SafeDumper):
    """Block style throughout, lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value and value == value.strip() and " \n" not in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _represent_text)


def parse(text: str, name: str) -> tuple[Any, Lines]:
    """The value in ``text``, and the 1-based line of every part of it.

    Raises
    ------
    InvalidInput : not YAML, or YAML that a map file may not use; says ``name:line``.
    """
    lines: Lines = {}
    try:
        _refuse_anchors(text, name)
        node = yaml.compose(text, Loader=_Loader)
        value = _value(node, (), lines, name) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = f"{name}:{mark.line + 1}" if mark is not None else name
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
        raise InvalidInput(f"this is not YAML: {problem}", where=place, remedy="mend the file") from error
    except RecursionError as error:
        raise InvalidInput("values are nested too deep", where=name, remedy="mend the file") from error
    return value, lines


def _refuse_anchors(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise InvalidInput(
                "anchors and aliases are not used in map files",
                where=f"{name}:{_line(event)}",
                remedy="write the value out",
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise InvalidInput("values are nested too deep", where=f"{name}:{_line(event)}")


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _value(node: yaml.Node, path: Path, lines: Lines, name: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if not node.tag.startswith("tag:yaml.org,2002:") or "/" in node.tag:
        raise InvalidInput(f"the tag {node.tag!r} is not used in map files", where=f"{name}:{lines[path]}")
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node, name)
            if not isinstance(key, str):
                raise InvalidInput(
                    f"the key {key!r} is not text", where=f"{name}:{key_node.start_mark.line + 1}"
                )
            if key in out:
                raise InvalidInput(
                    f"the key {key!r} stands twice",
                    where=f"{name}:{key_node.start_mark.line + 1}",
                    remedy="keep one",
                )
            out[key] = _value(value_node, (*path, key), lines, name)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, number), lines, name) for number, item in enumerate(node.value)]
    return _scalar(node, name)


class _Constructor(yaml.constructor.SafeConstructor):
    pass


def _scalar(node: yaml.Node, name: str) -> Any:
    place = f"{name}:{node.start_mark.line + 1}"
    if not isinstance(node, yaml.ScalarNode):
        raise InvalidInput("a key must be text", where=place)
    if node.tag.endswith(("timestamp", "binary")):
        return node.value  # dates and the like are text to a map
    try:
        return _Constructor().construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        raise InvalidInput(
            f"{node.value!r} cannot be read", where=place, remedy="put it in quotes"
        ) from error


def line_of(lines: Lines, path: Sequence[str | int]) -> int:
    """The line of a part, or of the nearest part that holds it."""
    at = tuple(path)
    while at not in lines and at:
        at = at[:-1]
    return lines.get(at, 1)


def emit(value: Mapping[str, Any], heading: str = "") -> str:
    """``value`` as YAML under an optional comment line; equal values give equal text."""
    body = yaml.dump(
        dict(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    )
    return f"# {heading}\n{body}" if heading else str(body)
