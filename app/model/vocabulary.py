"""The vocabulary of the typed graph, read from ``schema/vocabulary.toml``.

That file is the single source of truth: validation, the database's constraints, the API's enums and
the pages' labels all follow from what is read here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app import resources


@dataclass(frozen=True)
class Term:
    """One word of a closed list: a node type, an attitude, a status …

    ``unit`` and ``units`` are what is counted where the word itself cannot be: "two pieces of evidence".
    """

    name: str
    label: str
    help: str
    plural: str = ""
    sign: str = ""
    score: float | None = None
    unit: str = ""
    units: str = ""

    @property
    def countable(self) -> tuple[str, str]:
        """The words after a number: after one, after any other."""
        return self.unit or self.label, self.units or self.plural or self.label


@dataclass(frozen=True)
class RelationType(Term):
    """A type of relation: its polarity (+1, −1, or 0 for neutral) and the types it may join."""

    inverse: str = ""
    polarity: int = 0
    source: frozenset[str] = frozenset()
    target: frozenset[str] = frozenset()

    @property
    def polar(self) -> bool:
        return self.polarity != 0


@dataclass(frozen=True)
class Vocabulary:
    """All closed lists of the map."""

    nodes: Mapping[str, Term]
    relations: Mapping[str, RelationType]
    attitudes: Mapping[str, Term]
    statuses: Mapping[str, Term]
    bases: Mapping[str, Term]
    attributions: Mapping[str, Term]
    comment_kinds: Mapping[str, Term]
    stances: Mapping[str, Term]
    ledger_kinds: Mapping[str, Term]

    @property
    def polar(self) -> frozenset[str]:
        """Names of the relation types that carry a stance."""
        return frozenset(name for name, kind in self.relations.items() if kind.polar)

    def ends(self) -> list[tuple[str, str, str]]:
        """All allowed (relation type, source type, target type), sorted."""
        return sorted(
            (kind.name, source, target)
            for kind in self.relations.values()
            for source in kind.source
            for target in kind.target
        )

    def objection(self, kind: str, source_type: str, target_type: str) -> str | None:
        """Why a relation of this type may not join these two, or None where it may."""
        if kind not in self.relations:
            return f"there is no relation type {kind!r}; the types are {_words(self.relations)}"
        rule = self.relations[kind]
        if source_type not in rule.source:
            return f"{_article(source_type)} cannot be the source of {kind!r}; {_words(rule.source)} can"
        if target_type not in rule.target:
            return f"{_article(target_type)} cannot be the target of {kind!r}; {_words(rule.target)} can"
        return None


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def _words(names: Any) -> str:
    return ", ".join(sorted(names))


def parse(data: Mapping[str, Any]) -> Vocabulary:
    """Build a vocabulary from the parsed TOML; ``KeyError``/``TypeError`` on a malformed file."""
    sets = data["sets"]

    def expand(names: list[str]) -> frozenset[str]:
        flat: list[str] = []
        for name in names:
            flat += sets[name[1:]] if name.startswith("@") else [name]
        return frozenset(flat)

    def terms(table: str) -> dict[str, Term]:
        return {name: Term(name, **fields) for name, fields in data[table].items()}

    relations = {
        name: RelationType(
            name,
            **{k: v for k, v in fields.items() if k not in ("source", "target")},
            source=expand(fields["source"]),
            target=expand(fields["target"]),
        )
        for name, fields in data["relation"].items()
    }
    return Vocabulary(
        nodes=terms("node"),
        relations=relations,
        attitudes=terms("attitude"),
        statuses=terms("status"),
        bases=terms("basis"),
        attributions=terms("attribution"),
        comment_kinds=terms("comment_kind"),
        stances=terms("stance"),
        ledger_kinds=terms("ledger"),
    )


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary this installation runs with."""
    return parse(tomllib.loads((resources.path("schema") / "vocabulary.toml").read_text(encoding="utf-8")))
