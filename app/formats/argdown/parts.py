"""What an Argdown file consists of, as it stands in the file: each occurrence for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.formats.building import Place

LinkKind = Literal["supports", "attacks", "undercuts", "contradicts"]


@dataclass(eq=False)
class Member:
    """A statement ``[…]`` or an argument ``<…>`` where it occurs: defined, mentioned as a reference, or bare."""

    kind: Literal["statement", "argument"]
    title: str | None
    reference: bool
    line: int
    text: str = ""
    places: list[Place] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    data: Mapping[str, Any] = field(default_factory=dict)
    end: int = 0


@dataclass(eq=False)
class Inference:
    """The line between premises and a conclusion."""

    line: int
    rules: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A relation as written: ``outward`` where it leads from the parent to the indented member."""

    kind: LinkKind
    outward: bool
    parent: Member | Inference
    child: Member
    place: Place


@dataclass(eq=False)
class Step:
    """A numbered statement of a premise–conclusion structure; a conclusion comes with its inference."""

    number: int
    member: Member
    inference: Inference | None


@dataclass(eq=False)
class Reconstruction:
    """A premise–conclusion structure, and the argument it spells out, if one stands before it."""

    argument: Member | None
    line: int
    steps: list[Step] = field(default_factory=list)


@dataclass
class Parsed:
    """A whole file."""

    meta: Mapping[str, Any] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    reconstructions: list[Reconstruction] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
