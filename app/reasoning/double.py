"""Double cruxes: the points on which two participants would change places.

P and Q have a double crux in a node when one of them asserts it and the other denies it or objects to it,
their verdicts name different leaders, and flipping the node under each one's own valuation moves each to the
other's leader. A node they disagree on in the same way but that does not do this is a *shared dispute*.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from app.reasoning.flips import Outcome, outcomes
from app.reasoning.framework import Framework
from app.reasoning.semantics import DEFAULT_SEMANTICS, Semantics
from app.reasoning.valuation import Valuation
from app.reasoning.verdict import DEFAULT_THRESHOLDS, Thresholds, Verdict, verdict


@dataclass(frozen=True)
class Party:
    """One side: a valuation, and the ids of nodes this participant asserts (or concedes) and rejects.

    ``rejects`` holds what they deny and what they object to (by a relation of theirs that attacks it).
    """

    valuation: Valuation
    asserts: Collection[str]
    rejects: Collection[str]


@dataclass(frozen=True)
class Dispute:
    """A node one party asserts and the other rejects.

    ``asserted_by`` is 0 or 1 (first or second party). ``outcomes`` are each party's verdicts once the node is
    flipped against them: denied for the one who asserts it, conceded for the one who rejects it.
    """

    node: str
    kind: Literal["double crux", "shared dispute"]
    asserted_by: int
    outcomes: tuple[Outcome, Outcome]

    @property
    def movement(self) -> float:
        """How far the flips move both parties' strengths, together."""
        return self.outcomes[0].movement + self.outcomes[1].movement


@dataclass(frozen=True)
class DoubleCruxes:
    """The two verdicts and all disputes, double cruxes first, then by how far the flips move both parties.

    ``reason`` says why there can be no double crux at all: "too little said", "no verdict" (one of the two
    is too close to call), "same leader"; or is empty.
    """

    verdicts: tuple[Verdict, Verdict]
    disputes: tuple[Dispute, ...]
    reason: str

    @property
    def cruxes(self) -> tuple[Dispute, ...]:
        """The double cruxes alone."""
        return tuple(dispute for dispute in self.disputes if dispute.kind == "double crux")


def double_cruxes(
    framework: Framework,
    first: Party,
    second: Party,
    semantics: str | Semantics = DEFAULT_SEMANTICS,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
) -> DoubleCruxes:
    """Everything the two dispute, and which of it is a double crux (by established flips)."""
    parties = (first, second)
    maps = [party.valuation.apply(framework) for party in parties]
    verdicts = (
        verdict(maps[0], semantics, thresholds),
        verdict(maps[1], semantics, thresholds),
    )
    topics = set(framework.topic_ids)
    nodes = [node for node in framework.node_ids if node not in topics]
    disputed = [
        (node, asserter)
        for node in nodes
        for asserter in (0, 1)
        if node in parties[asserter].asserts and node in parties[1 - asserter].rejects
    ]
    flipped = [
        outcomes(
            maps[side],
            [((framework.node(node),), (0.0 if asserter == side else 1.0,)) for node, asserter in disputed],
            semantics,
            kind="established",
            thresholds=thresholds,
            before=verdicts[side],
        )
        for side in (0, 1)
    ]
    reason = _why_none(parties, verdicts)
    disputes = []
    for (node, asserter), one, other in zip(disputed, *flipped, strict=True):
        swaps = (one.verdict.leader, other.verdict.leader) == (verdicts[1].leader, verdicts[0].leader)
        kind: Literal["double crux", "shared dispute"] = (
            "double crux" if swaps and not reason else "shared dispute"
        )
        disputes.append(Dispute(node, kind, asserter, (one, other)))
    disputes.sort(key=lambda dispute: (dispute.kind, -dispute.movement, dispute.node))
    return DoubleCruxes(verdicts, tuple(disputes), reason)


def _why_none(parties: Sequence[Party], verdicts: Sequence[Verdict]) -> str:
    if not all(party.valuation.enough for party in parties):
        return "too little said"
    leaders = [each.leader for each in verdicts]
    if None in leaders:
        return "no verdict"
    return "same leader" if leaders[0] == leaders[1] else ""
