"""What a scenario's schematic is made of: its features, read from the map's machine-readable form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import JsonValue

from app.drawing.layout import Point
from app.model.records import Node

BASES = ("stated", "implied", "not stated")
Shape = Literal["curve", "dot", "band"]
# A feature without a role gets one from its name; the words are those of the roles themselves.
_HINTS = (("observed", "observed"), ("actual", "actual"), ("need", "needed"), ("catastroph", "catastrophe"))


@dataclass(frozen=True)
class Axis:
    """An axis: ``scale`` is log, linear or not stated."""

    label: str
    scale: str
    note: str
    basis: str


@dataclass(frozen=True)
class Feature:
    """One curve, dot or band: ``points`` lie in the unit square, x rightwards, y upwards.

    ``basis`` says whether the text states it, implies it or says nothing; ``nodes`` are the nodes that carry it.
    """

    name: str
    role: str
    shape: Shape
    points: tuple[Point, ...]
    basis: str
    note: str
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Schematic:
    """A scenario's schematic."""

    letter: str
    text: str
    x: Axis
    y: Axis
    features: tuple[Feature, ...]
    note: str


def schematic_of(scenario: Node) -> Schematic | None:
    """The schematic of a scenario, or None where the map holds none."""
    details = scenario.scenario
    if details is None or details.drawing is None:
        return None
    drawing = details.drawing
    features = drawing.get("features")
    rows = features if isinstance(features, list) else []
    return Schematic(
        letter=details.letter,
        text=scenario.text,
        x=_axis(drawing.get("x")),
        y=_axis(drawing.get("y")),
        features=tuple(_feature(row) for row in rows if isinstance(row, dict)),
        note=_text(drawing.get("note")),
    )


def legend(scenarios: Iterable[Node]) -> tuple[Feature, ...]:
    """What the lines, areas and dots of several schematics are: one feature a role, by its shortest name.

    Left out is what has no role; so is what a name says in brackets, as how it was drawn elsewhere.
    """
    found: dict[str, Feature] = {}
    for scenario in scenarios:
        drawn = schematic_of(scenario)
        for feature in drawn.features if drawn is not None else ():
            name = feature.name.partition(" (")[0]
            known = found.get(feature.role)
            if name and feature.role != "other" and (known is None or len(name) < len(known.name)):
                found[feature.role] = replace(feature, name=name)
    return tuple(found.values())


def axes(scenarios: Iterable[Node]) -> tuple[str, str] | None:
    """The names of the x and y axes, where several schematics share them; else None."""
    drawn = [found for scenario in scenarios if (found := schematic_of(scenario)) is not None]
    names = {(found.x.label, found.y.label) for found in drawn}
    return names.pop() if len(names) == 1 and all(next(iter(names))) else None


def _axis(value: JsonValue) -> Axis:
    row = value if isinstance(value, dict) else {}
    return Axis(
        _text(row.get("label")),
        _text(row.get("scale")) or BASES[2],
        _text(row.get("note")),
        _text(row.get("basis")),
    )


def _feature(row: Mapping[str, JsonValue]) -> Feature:
    name = _text(row.get("name"))
    points = _points(row.get("points"))
    role = _text(row.get("role")) or next((role for hint, role in _HINTS if hint in name.lower()), "other")
    shape = _text(row.get("shape"))
    known: Shape = "dot" if len(points) == 1 else "curve"
    if shape in ("curve", "dot", "band"):
        known = "dot" if shape == "dot" else "band" if shape == "band" else "curve"
    nodes = row.get("nodes")
    return Feature(
        name=name,
        role=role,
        shape=known,
        points=points if known != "curve" else tuple(sorted(points)),
        basis=_text(row.get("basis")) or BASES[2],
        note=_text(row.get("note")),
        nodes=tuple(n for n in nodes if isinstance(n, str)) if isinstance(nodes, list) else (),
    )


def _points(value: JsonValue) -> tuple[Point, ...]:
    found = []
    for pair in value if isinstance(value, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, int | float) for n in pair):
            x, y = (float(n) for n in pair if isinstance(n, int | float))
            found.append((min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)))
    return tuple(found)


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""
