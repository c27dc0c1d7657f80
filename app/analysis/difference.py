"""What changes between two states of a map: in its content, and in what reasoning makes of it.

Pure: two analyses in, a structure out; ``app.analysis.telling`` says it in sentences.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis.analysis import Analysis
from app.analysis.judgement import Judgement, judgement
from app.model.records import Kind, Node, Record, Relation
from app.model.snapshot import letter

NEEDED_MOVES = 0.05
"""How far the change that flips a verdict must shift for a crux to count as moved."""
CASE_MOVES = 0.005
"""How far the strength of a curated crux must move to be told: what two decimals can show."""


@dataclass(frozen=True)
class Changed:
    """Keys of one kind of record: new, changed, and gone (or withdrawn, or rejected)."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class StanceChange:
    """A node's stance on a scenario (by letter); None where the node does not count on that side."""

    node: str
    scenario: str
    before: str | None
    after: str | None
    basis: str | None
    chain: tuple[str, ...]


@dataclass(frozen=True)
class StrengthChange:
    """A scenario's strength on both sides, in [0, 1]; no probability. None where it does not count."""

    scenario: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class VerdictState:
    """A verdict, scenarios by letter: ``leader`` is None where it is too close to call."""

    leader: str | None
    top: str | None
    margin: float
    close: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class CruxChange:
    """What became of a computed crux: what flipping it does, and how large a change does it."""

    node: str
    change: Literal["appeared", "vanished", "moved"]
    before: str | None
    after: str | None
    needed_before: float | None
    needed_after: float | None


@dataclass(frozen=True)
class CaseChange:
    """How strong the case for a curated crux is on both sides, in [0, 1]; None where it does not count."""

    node: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class ObjectionChange:
    """An attack or undercut that nothing answers any more, or that something answers now."""

    relation: str
    source: str
    target: str
    change: Literal["created", "answered", "reopened"]


@dataclass(frozen=True)
class Difference:
    """Everything that differs between two states of a map."""

    records: Mapping[Kind, Changed]
    stances: tuple[StanceChange, ...]
    strengths: tuple[StrengthChange, ...]
    verdict_before: VerdictState
    verdict_after: VerdictState
    cruxes: tuple[CruxChange, ...]
    cases: tuple[CaseChange, ...]
    objections: tuple[ObjectionChange, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.records


def difference(before: Analysis, after: Analysis) -> Difference:
    """What differs, under neutral base scores and the default semantics."""
    old, new = judgement(before), judgement(after)
    return Difference(
        records=_records(before, after),
        stances=_stances(before, after),
        strengths=_strengths(old, new),
        verdict_before=_verdict(old),
        verdict_after=_verdict(new),
        cruxes=_cruxes(old, new),
        cases=_cases(old, new),
        objections=_objections(before, after),
    )


def _records(before: Analysis, after: Analysis) -> dict[Kind, Changed]:
    old, new = before.view.content.by_key(), after.view.content.by_key()
    groups: dict[Kind, tuple[list[str], list[str], list[str]]] = {}
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was == now:
            continue
        there, here = _present(was), _present(now)
        group = groups.setdefault(key[0], ([], [], []))
        group[0 if here and not there else 2 if there and not here else 1].append(key[1])
    return {kind: Changed(*(tuple(part) for part in parts)) for kind, parts in groups.items()}


def _present(record: Record | None) -> bool:
    return record is not None and getattr(record, "status", "reviewed") in ("reviewed", "unreviewed")


def _stances(before: Analysis, after: Analysis) -> tuple[StanceChange, ...]:
    changes: list[StanceChange] = []
    letters = {s.id: letter(s) for s in (*before.view.scenarios, *after.view.scenarios)}
    for node in sorted({n.id for n in before.nodes} | {n.id for n in after.nodes}):
        was, now = before.stances_of(node), after.stances_of(node)
        for scenario, name in sorted(letters.items(), key=lambda item: item[1]):
            old, new = was.get(scenario), now.get(scenario)
            words = (old.stance if old else None, new.stance if new else None)
            if words[0] == words[1] or {None, "none"} == set(words):
                continue
            chains = [c for c in new.chains.values() if c] if new else []
            shortest = min(chains, key=lambda c: len(c.ids), default=None)
            changes.append(
                StanceChange(
                    node, name, *words, new.basis if new else None, tuple(shortest.ids) if shortest else ()
                )
            )
    return tuple(changes)


def _strengths(old: Judgement, new: Judgement) -> tuple[StrengthChange, ...]:
    rows = []
    names: dict[str, str] = {
        s.id: letter(s) for s in (*old.result.view.scenarios, *new.result.view.scenarios)
    }
    for key, name in sorted(names.items(), key=lambda item: item[1]):
        rows.append(StrengthChange(name, old.strengths.get(key), new.strengths.get(key)))
    return tuple(rows)


def _verdict(judged: Judgement) -> VerdictState:
    found = judged.verdict
    names = {s.id: letter(s) for s in judged.result.view.scenarios}
    return VerdictState(
        leader=names.get(found.leader) if found.leader else None,
        top=names.get(found.top) if found.top else None,
        margin=found.margin,
        close=tuple(names[key] for key in found.close if key in names),
        reason=found.reason,
    )


def _cruxes(old: Judgement, new: Judgement) -> tuple[CruxChange, ...]:
    was = {c.node: c for c in old.cruxes.found}
    now = {c.node: c for c in new.cruxes.found}
    changes: list[CruxChange] = []
    for key in sorted(was.keys() | now.keys()):
        one, other = was.get(key), now.get(key)
        needed = (one.needed if one else None, other.needed if other else None)
        effects = (one.effect if one else None, other.effect if other else None)
        if one is None or other is None:
            changes.append(CruxChange(key, "vanished" if other is None else "appeared", *effects, *needed))
        elif effects[0] != effects[1] or _far(*needed):
            changes.append(CruxChange(key, "moved", *effects, *needed))
    order = {"changes the leader": 0, "unsettles": 1, "settles": 1}
    changes.sort(key=lambda c: (min(order.get(c.before or "", 9), order.get(c.after or "", 9)), c.node))
    return tuple(changes)


def _cases(old: Judgement, new: Judgement) -> tuple[CaseChange, ...]:
    """The curated cruxes whose case grew or weakened, most moved first; new and withdrawn ones lead."""
    keys = {n.id for judged in (old, new) for n in judged.result.nodes if n.type == "crux"}
    changes = [CaseChange(key, old.strengths.get(key), new.strengths.get(key)) for key in keys]
    moved = [
        c for c in changes if c.before is None or c.after is None or abs(c.after - c.before) >= CASE_MOVES
    ]
    return tuple(sorted(moved, key=lambda c: (-_moved_by(c), c.node)))


def _moved_by(change: CaseChange) -> float:
    return 1.0 if change.before is None or change.after is None else abs(change.after - change.before)


def _far(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one - other) > NEEDED_MOVES


def _objections(before: Analysis, after: Analysis) -> tuple[ObjectionChange, ...]:
    old, new = unanswered(before), unanswered(after)
    had = {r.id for r in before.relations}
    has = {r.id for r in after.relations}
    changes = [
        ObjectionChange(r.id, r.source, r.target, "reopened" if r.id in had else "created")
        for key, r in new.items()
        if key not in old
    ]
    changes += [
        ObjectionChange(r.id, r.source, r.target, "answered")
        for key, r in old.items()
        if key not in new and key in has
    ]
    return tuple(sorted(changes, key=lambda c: (c.change, c.relation)))


def unanswered(result: Analysis) -> dict[str, Relation]:
    """The attacks and undercuts that nothing speaks against: neither their source nor the relation itself."""
    against = {r.target for r in result.relations if result.view.polarity(r) < 0}
    return {
        r.id: r
        for r in result.relations
        if result.view.polarity(r) < 0 and r.id not in against and r.source not in against
    }


def node_of(result: Analysis, key: str) -> Node | None:
    """The node with that id, if it is one."""
    return result.view.content.nodes.get(key)
