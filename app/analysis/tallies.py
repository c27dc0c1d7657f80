"""How many arguments bear on a scenario: directly or through others, as the text states or as editors inferred."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.analysis.analysis import Analysis
from app.model.snapshot import MapSnapshot
from app.reasoning import Chain, Stance

Kind = Literal["supports", "opposes", "mixed"]
KINDS: tuple[Kind, ...] = ("supports", "opposes", "mixed")
FEW = 5
_SIGNS = {"supports": "+", "opposes": "-", "mixed": "+-"}


@dataclass(frozen=True)
class Tally:
    """The arguments with one stance on a scenario.

    ``direct``: a single relation joins them to it. ``stated``: every relation of the chain that decides the
    stance (of both chains, where it cuts both ways) is stated in the text.
    """

    total: int
    direct: int
    stated: int

    @property
    def through(self) -> int:
        """How many reach the scenario through other arguments only."""
        return self.total - self.direct

    @property
    def inferred(self) -> int:
        """For how many at least one step is an editor's inference."""
        return self.total - self.stated

    @property
    def directly(self) -> str:
        """After the total: "2 of them directly"; empty where there is nothing to count."""
        if not self.total:
            return ""
        if self.direct == self.total:
            return "directly" if self.total == 1 else "all directly"
        return "none directly" if not self.direct else f"{self.direct} of them directly"

    @property
    def sentence(self) -> str:
        """Both divisions in words; empty where there is nothing to count."""
        if not self.total:
            return ""
        if self.total == 1:
            way = "It speaks to it directly" if self.direct else "It reaches it through other arguments"
            how = "the text itself states" if self.stated else "an editor inferred"
            return f"{way}; {how} {'that' if self.direct else 'every step' if self.stated else 'at least one step'}."
        return f"{self._ways()} {self._bases()}"

    def _ways(self) -> str:
        if not self.direct:
            return f"None of the {self.total} speaks to it directly, all go through other arguments."
        if not self.through:
            return f"All {self.total} speak to it directly."
        speaks = "speaks" if self.direct == 1 else "speak"
        return f"{self.direct} {speaks} to it directly, {self.through} through other arguments."

    def _bases(self) -> str:
        if not self.stated:
            return "For none of them does the text itself state every step: at least one is an editor’s inference."
        if not self.inferred:
            return "For all of them the text itself states every step."
        return (
            f"For {self.stated} of them the text itself states every step; "
            f"for the other{'s' if self.inferred > 1 else ''} at least one step is an editor’s inference."
        )


def tallies(result: Analysis, scenario: str) -> Mapping[Kind, Tally]:
    """The arguments on a scenario, counted by stance."""
    counted: Counter[tuple[str, str]] = Counter()
    for node in result.nodes:
        stance = result.stances.table.get((node.id, scenario))
        if stance is None or node.scenario is not None:
            continue
        counted[stance.stance, "total"] += 1
        counted[stance.stance, "direct"] += stance.basis == "direct"
        counted[stance.stance, "stated"] += not any(inferred(result.view, c) for c in deciding(stance))
    return {kind: Tally(*(counted[kind, part] for part in ("total", "direct", "stated"))) for kind in KINDS}


def deciding(stance: Stance) -> tuple[Chain, ...]:
    """The chains that make a stance: the shortest of its sign, or of both where it cuts both ways."""
    return tuple(c for sign in _SIGNS.get(stance.stance, "") if (c := stance.chains[sign]) is not None)


def inferred(view: MapSnapshot, chain: Chain) -> tuple[str, ...]:
    """The relations of a chain that editors inferred: the text does not state them."""
    found = (view.content.relations.get(key) for key in chain.ids)
    return tuple(r.id for r in found if r is not None and r.basis == "inferred")


def bearing_on(result: Analysis, scenario: str) -> int:
    """How many arguments bear on a scenario at all."""
    table = result.stances.table
    found = (table.get((node.id, scenario)) for node in result.nodes if node.scenario is None)
    return sum(stance is not None and stance.stance != "none" for stance in found)


def few(number: int) -> str:
    """A warning where hardly anybody argues about a scenario, so that its strength says little; or empty."""
    if number >= FEW:
        return ""
    if not number:
        return "no argument bears on it"
    return "only 1 argument bears on it" if number == 1 else f"only {number} arguments bear on it"
