"""Why a crux matters: which scenarios it separates, and what the verdict does when it is flipped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.analysis import Analysis, Judgement, judgement, of_participant
from app.analysis.judgement import thresholds
from app.model.snapshot import letter
from app.reasoning import Cruxes, Flip, Outcome, Verdict, cruxes
from app.reasoning.robustness import BADGE_SEMANTICS
from app.writeup.language import listing

_EFFECTS = {"changes the leader": 0, "unsettles": 1, "settles": 1, "none": 2}
_FAR = ((0.1, "a good deal"), (0.03, "somewhat"), (0.005, "slightly"), (0.0, "hardly"))
"""Lengths of the change of the scenarios' scores (each in [0, 1]) and what they are called."""
OTHER_SEMANTICS = BADGE_SEMANTICS[1:]


@dataclass(frozen=True, eq=False)
class Weights:
    """Reasoning about the cruxes of a map, under the neutral valuation or a participant's."""

    result: Analysis
    participant: str | None

    @cached_property
    def judged(self) -> Judgement:
        """The judgement strengths and the verdict come from."""
        return of_participant(self.result, self.participant) if self.participant else judgement(self.result)

    @property
    def enough(self) -> bool:
        """Whether a participant has said enough for a verdict to be named."""
        return self.judged.valuation.enough

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Scenario letters by id."""
        return {node.id: letter(node) for node in self.result.view.scenarios}

    @cached_property
    def _flips(self) -> Mapping[str, Flip]:
        return {flip.node: flip for flip in self._computed(self.judged.semantics).flips}

    @cached_property
    def _others(self) -> tuple[Mapping[str, Flip], ...]:
        """The same flips under the other semantics, by margin alone (as in the robustness badge)."""
        return tuple({f.node: f for f in self._computed(name, 0).flips} for name in OTHER_SEMANTICS)

    def _computed(self, semantics: str, jitters: int | None = None) -> Cruxes:
        limits = thresholds() if jitters is None else replace(thresholds(), jitters=jitters)
        counted = set(self.judged.framework.node_ids)
        nodes = [node.id for node in self.result.view.cruxes if node.id in counted]
        return cruxes(self.judged.framework, semantics, nodes=nodes, thresholds=limits)

    def effect(self, crux: str) -> str:
        """What flipping it does: ``changes the leader``, ``settles``, ``unsettles`` or ``none``."""
        flip = self._flips.get(crux)
        return (
            "none" if flip is None else min((flip.deny.effect, flip.concede.effect), key=_EFFECTS.__getitem__)
        )

    def rank(self, crux: str) -> tuple[int, float, str]:
        """Sorts the cruxes that decide most to the front."""
        flip = self._flips.get(crux)
        if flip is None:
            return (3, 0.0, crux)
        moved = max(flip.deny.movement, flip.concede.movement)
        return (_EFFECTS[self.effect(crux)], -moved, crux)

    def moves(self, crux: str) -> dict[str, str]:
        """How far the scenarios' scores would move were it found true, and were it found false, in words."""
        flip = self._flips.get(crux)
        if flip is None:
            return {}
        return {"true": _far(flip.concede.movement), "false": _far(flip.deny.movement)}

    def elsewhere(self, crux: str) -> dict[str, int]:
        """Under how many other ways of computing a finding ("true", "false") changes the verdict there."""
        found = {}
        for word, side in (("true", "concede"), ("false", "deny")):
            effects = [getattr(other[crux], side).effect for other in self._others if crux in other]
            if count := sum(effect != "none" for effect in effects):
                found[word] = count
        return found

    # --- in sentences ----------------------------------------------------------------------------

    def bears(self, crux: str) -> bool:
        """Whether any chain leads from it to a scenario."""
        return any(stance.stance != "none" for stance in self.result.stances_of(crux).values())

    def decides(self, crux: str) -> str:
        """What the verdict does when the proposition is found true or false; empty where it stays as it is."""
        flip = self._flips.get(crux)
        if flip is None or not self.enough or not self.bears(crux):
            return ""
        before = self.judged.verdict
        told = [
            text
            for word, outcome in (("true", flip.concede), ("false", flip.deny))
            if (text := self._outcome(word, outcome, before))
        ]
        if not told:
            return ""
        text = "; ".join(told)
        both = len(told) == 2
        return text[:1].upper() + text[1:] + ("" if both else f"; otherwise {self._stays(before)}")

    def agreement(self, crux: str) -> str:
        """Whether other ways of computing see the same effect of the flip that matters."""
        flip = self._flips.get(crux)
        if flip is None or self.effect(crux) == "none" or not self.enough:
            return ""
        side = "deny" if _EFFECTS[flip.deny.effect] <= _EFFECTS[flip.concede.effect] else "concede"
        goal = getattr(flip, side).verdict.leader
        same = sum(
            getattr(other[crux], side).verdict.leader == goal for other in self._others if crux in other
        )
        total = len(self._others)
        if same == total:
            return "Two other ways of computing the verdict agree in this"
        if same:
            return "Of two other ways of computing the verdict, one agrees in this"
        return (
            "Two other ways of computing the verdict do not bear this out, so it should be taken with caution"
        )

    def verdict_sentence(self) -> str:
        """The verdict on the map as a whole."""
        if not self.enough:
            return "Too little is said for a verdict"
        verdict = self.judged.verdict
        if verdict.leader is not None:
            return f"scenario {self.letters[verdict.leader]} comes out ahead"
        return f"{self._open(verdict)}"

    def _open(self, verdict: Verdict) -> str:
        near = sorted(self.letters[key] for key in verdict.close)
        if len(near) > 1:
            return f"the outcome is too close to call between {listing(near)}"
        if verdict.top is not None and verdict.reason == "unstable":
            return (
                f"the outcome is too close to call: scenario {self.letters[verdict.top]} is strongest, but does not stay so "
                "when the scores that the computation starts from are varied"
            )
        return "the outcome is too close to call"

    def _stays(self, before: Verdict) -> str:
        if before.leader is not None:
            return f"scenario {self.letters[before.leader]} would stay ahead"
        return "the verdict would stay too close to call"

    def _outcome(self, word: str, outcome: Outcome, before: Verdict) -> str:
        after = outcome.verdict
        if outcome.effect == "changes the leader" and after.leader and before.leader:
            return (
                f"were it found {word}, the lead would pass from scenario {self.letters[before.leader]} to scenario "
                f"{self.letters[after.leader]}"
            )
        if outcome.effect == "unsettles" and before.leader:
            return (
                f"were it found {word}, scenario {self.letters[before.leader]} would lose its lead, and the verdict "
                "would be too close to call"
            )
        if outcome.effect == "settles" and after.leader:
            return f"were it found {word}, scenario {self.letters[after.leader]} would come out clearly ahead"
        return ""


def _far(movement: float) -> str:
    """How far the scores move, as an adverb."""
    return next(word for least, word in _FAR if movement >= least)
