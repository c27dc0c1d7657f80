"""What a reader may set in a model, and reading it from an address."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from app.drawing.picture import Picture

ILLUSTRATION = "An illustration with free numbers: the text gives none."


@dataclass(frozen=True)
class Parameter:
    """A number, or one of ``choices`` (value, label), that the reader sets; part of the page's address."""

    name: str
    label: str
    value: float | str
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Preset:
    """Settings worth trying: a label and the query string that makes them."""

    label: str
    query: str


@dataclass(frozen=True)
class ModelView:
    """A model with the reader's numbers: the picture, what can be set, and what follows, in sentences.

    ``assumptions`` are what the form takes for granted and what the map notes of it; ``numbers`` are the
    results by name; ``problems`` say which settings were no good and what was used.
    """

    kind: str
    title: str
    picture: Picture
    parameters: tuple[Parameter, ...]
    sentences: tuple[str, ...]
    numbers: Mapping[str, float]
    assumptions: tuple[str, ...]
    disclaimer: str = ILLUSTRATION
    presets: tuple[Preset, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass
class Form:
    """Reads settings one by one and remembers them for the page's form."""

    query: Mapping[str, str]
    parameters: list[Parameter] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def number(self, name: str, label: str, default: float, low: float, high: float, step: float) -> float:
        """A number between ``low`` and ``high``; what is not one is replaced by the default, and said."""
        value = default
        given = self.query.get(name, "").strip()
        if given:
            try:
                value = float(given.replace(",", ".").replace("−", "-"))
            except ValueError:
                value = math.nan
            if not low <= value <= high:
                self.problems.append(
                    f"{label}: a number from {low:g} to {high:g} is needed; {default:g} is used."
                )
                value = default
        self.parameters.append(Parameter(name, label, value, low, high, step))
        return value

    def choice(self, name: str, label: str, choices: Sequence[tuple[str, str]]) -> str:
        """One of several; the first unless another is asked for."""
        given = self.query.get(name, "")
        value = given if given in dict(choices) else choices[0][0]
        self.parameters.append(Parameter(name, label, value, choices=tuple(choices)))
        return value


def preset(label: str, **values: float | str) -> Preset:
    """A preset from its settings."""
    written = {key: value if isinstance(value, str) else f"{value:g}" for key, value in values.items()}
    return Preset(label, urlencode(written))
