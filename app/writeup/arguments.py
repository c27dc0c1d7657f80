"""The arguments around a crux as trees: what bears on it, what that rests on, what is said against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis import Analysis, Judgement
from app.model.records import Node, Relation
from app.writeup.voices import holders

HELD = ("asserts", "concedes", "quotes")
"""Attitudes by which somebody stands behind a statement (a quotation is held by whom it quotes)."""

Role = Literal["argument", "ground", "rejoinder", "undercut"]


@dataclass(frozen=True)
class Argument:
    """One point and what is said about it.

    ``sign`` is +1 where it speaks for the crux. ``weight`` is the strength it brings along its relation, by
    which arguments are ranked. ``grounds`` support the point or its bearing, ``rejoinders`` attack the point,
    ``undercuts`` its bearing.
    """

    node: Node
    relation: Relation
    sign: int
    role: Role
    weight: float
    held: bool
    grounds: tuple["Argument", ...] = ()
    rejoinders: tuple["Argument", ...] = ()
    undercuts: tuple["Argument", ...] = ()
    denied: bool = False

    @property
    def stated(self) -> bool:
        """Whether the text itself draws the connection."""
        return self.relation.basis == "stated"

    @property
    def answered(self) -> bool:
        """Whether anything on the map speaks against the point or its bearing."""
        return bool(self.denied or any(each.held for each in (*self.rejoinders, *self.undercuts)))

    def walk(self, depth: int = 0) -> Iterable[tuple[int, "Argument"]]:
        """This point and everything below it, with depths."""
        yield depth, self
        for each in (*self.grounds, *self.undercuts, *self.rejoinders):
            yield from each.walk(depth + 1)


class Neighbourhood:
    """Finds the arguments around a crux, among what counts in the analysis."""

    def __init__(self, result: Analysis, judged: Judgement, depth: int = 2) -> None:
        self.view = result.view
        self.depth = depth
        self._nodes = {node.id: node for node in result.nodes}
        self._into: dict[str, list[Relation]] = {}
        for relation in result.relations:
            self._into.setdefault(relation.target, []).append(relation)
        self._strengths: Mapping[str, float] = judged.strengths
        found = judged.solved.relations.tolist()
        self._gates = dict(zip(judged.framework.relation_ids, found, strict=True))

    def arguments(self, crux: str) -> tuple[Argument, ...]:
        """All arguments on a crux, the strongest first: first what somebody holds, then what nobody does."""
        return self._ranked(
            self._argument(r, "argument", None, frozenset((crux,)), 0) for r in self._at(crux)
        )

    def _at(self, target: str) -> list[Relation]:
        return [r for r in self._into.get(target, ()) if r.source in self._nodes]

    def _argument(
        self, relation: Relation, role: Role, above: int | None, seen: frozenset[str], depth: int
    ) -> Argument:
        node = self._nodes[relation.source]
        polarity = self.view.polarity(relation)
        sign = polarity if above is None else polarity * above
        below: dict[Role, tuple[Argument, ...]] = {}
        if depth < self.depth and node.id not in seen:
            inside = seen | {node.id}
            made: dict[Role, list[Argument]] = {"ground": [], "rejoinder": [], "undercut": []}
            for end in (node.id, relation.id):
                for each in self._at(end):
                    if each.source in inside:
                        continue
                    kind: Role = (
                        "ground"
                        if self.view.polarity(each) > 0
                        else "rejoinder"
                        if end == node.id
                        else "undercut"
                    )
                    made[kind].append(self._argument(each, kind, sign, inside, depth + 1))
            below = {kind: self._ranked(found) for kind, found in made.items()}
        return Argument(
            node=node,
            relation=relation,
            sign=sign,
            role=role,
            weight=self._strengths.get(node.id, 0.0) * self._gates.get(relation.id, 0.0),
            held=held(node),
            grounds=below.get("ground", ()),
            rejoinders=below.get("rejoinder", ()),
            undercuts=below.get("undercut", ()),
            denied=bool(deniers(node)),
        )

    def _ranked(self, found: Iterable[Argument]) -> tuple[Argument, ...]:
        return tuple(
            sorted(
                found, key=lambda a: (not a.held, not a.stated, -a.weight, self._place(a.node), a.relation.id)
            )
        )

    def _place(self, node: Node) -> tuple[str, int]:
        return (node.passages[0].document, node.passages[0].start) if node.passages else ("", 0)


def held(node: Node) -> bool:
    """Whether anybody stands behind the statement."""
    by = holders(node)
    return any(by.get(kind) for kind in HELD)


def deniers(node: Node) -> list[str]:
    """Who says that it is false, and does not also hold it."""
    holding = {m.holder for m in node.passages if m.attitude in ("asserts", "concedes")}
    found = {m.holder: None for m in node.passages if m.attitude == "denies"}
    return [holder for holder in found if holder not in holding]
