"""The robustness badge: would another semantics say the same, and what stands unanswered?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.reasoning.framework import Framework
from app.reasoning.grounded import Grounded, grounded
from app.reasoning.verdict import DEFAULT_THRESHOLDS, Thresholds, Verdict, verdict

BADGE_SEMANTICS = ("qe+dfquad-gate", "dfquad+dfquad-gate", "mlp+dfquad-gate")


@dataclass(frozen=True)
class Robustness:
    """Verdicts by semantics (by margin alone; one below it abstains), and the grounded labels beside them.

    ``agreed`` is the leader all that do not abstain agree on, None where they differ or all abstain.
    ``grounded`` reads attacks only: "out" is one unanswered objection, not a defeat.
    """

    verdicts: Mapping[str, Verdict]
    abstaining: tuple[str, ...]
    agreed: str | None
    grounded: Grounded

    @property
    def summary(self) -> str:
        """ "2 of 3 for A, 1 abstains", "3 abstain", "split: A, B", for a badge."""
        named = [each.leader for each in self.verdicts.values() if each.leader is not None]
        parts = []
        if self.agreed is not None:
            parts.append(f"{len(named)} of {len(self.verdicts)} for {self.agreed}")
        elif named:
            parts.append(f"split: {', '.join(sorted(set(named)))}")
        count = len(self.abstaining)
        if count:
            parts.append(f"{count} abstain{'s' if count == 1 else ''}")
        return ", ".join(parts)


def robustness(framework: Framework, thresholds: Thresholds = DEFAULT_THRESHOLDS) -> Robustness:
    """The verdict under QE, DF-QuAD and MLP, each with DF-QuAD gates, and the grounded labelling."""
    unshaken = replace(thresholds, jitters=0)
    verdicts = {name: verdict(framework, name, unshaken) for name in BADGE_SEMANTICS}
    abstaining = tuple(name for name, each in verdicts.items() if each.leader is None)
    named = {each.leader for each in verdicts.values() if each.leader is not None}
    return Robustness(verdicts, abstaining, named.pop() if len(named) == 1 else None, grounded(framework))
