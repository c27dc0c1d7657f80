"""What reasoning makes of a map under one valuation and one semantics: strengths, verdict, cruxes.

Derived state: computed when first asked for, kept with the analysis (and so with the revision), never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from weakref import WeakKeyDictionary

from app.analysis.analysis import Analysis
from app.analysis.people import party, valuation
from app.model.vocabulary import Vocabulary
from app.reasoning import (
    DEFAULT_SEMANTICS,
    NEUTRAL,
    Comparison,
    Cruxes,
    DoubleCruxes,
    Explanation,
    FlipSets,
    Framework,
    Link,
    Robustness,
    Strengths,
    Thresholds,
    Valuation,
    Verdict,
    compare,
    cruxes,
    double_cruxes,
    explain,
    flip_sets,
    reader,
    removal_effects,
    robustness,
    sentence,
    solve,
    verdict,
)
from app.settings import settings

KEPT = 64


@dataclass(frozen=True, eq=False)
class Judgement:
    """Strengths and what follows from them. A strength is not a probability."""

    result: Analysis
    valuation: Valuation
    semantics: str

    @cached_property
    def framework(self) -> Framework:
        """The map's framework under the valuation."""
        return self.valuation.apply(self.result.framework)

    @cached_property
    def solved(self) -> Strengths:
        """Strengths of nodes and relations, with whether they settled."""
        return solve(self.framework, self.semantics)

    @cached_property
    def strengths(self) -> Mapping[str, float]:
        """The strength of every node, by id, in [0, 1]."""
        return dict(zip(self.framework.node_ids, self.solved.nodes.tolist(), strict=True))

    @cached_property
    def verdict(self) -> Verdict:
        """Which scenario leads, or that it is too close to call."""
        return verdict(self.framework, self.semantics, thresholds(), self.solved)

    @cached_property
    def cruxes(self) -> Cruxes:
        """Nodes whose established flip moves the verdict, best first."""
        return cruxes(self.framework, self.semantics, kind="established", thresholds=thresholds())

    @cached_property
    def pairs(self) -> FlipSets:
        """Pairs of flips that move the verdict although neither does alone; says what was not searched."""
        return flip_sets(self.framework, 2, self.semantics, base=self.cruxes, thresholds=thresholds())

    @cached_property
    def triples(self) -> FlipSets:
        """The same for three."""
        return flip_sets(
            self.framework,
            3,
            self.semantics,
            base=self.cruxes,
            thresholds=thresholds(),
            exclude=self.pairs.found,
        )

    @cached_property
    def robustness(self) -> Robustness:
        """Whether other semantics agree, and what stands unanswered."""
        return robustness(self.framework, thresholds())

    @cached_property
    def removal(self) -> Mapping[str, Mapping[str, float]]:
        """Per node, what each scenario's strength owes to it: strength now minus strength without it."""
        effects = removal_effects(self.framework, self.semantics, strengths=self.solved)
        ids = self.framework.node_ids
        return {
            ids[node]: {topic: float(effects[node, t]) for t, topic in enumerate(self.framework.topic_ids)}
            for node in range(len(ids))
        }

    @cached_property
    def comparison(self) -> Comparison:
        """The cruxes editors named beside those the computation finds."""
        return compare((n.id for n in self.result.nodes if n.type == "crux"), self.cruxes)

    def explain(self, node: str, scenario: str) -> Explanation:
        """The chains that carry a node's bearing on a scenario, with what each carries."""
        return explain(self.framework, node, scenario, self.semantics, strengths=self.solved)


def thresholds() -> Thresholds:
    """The thresholds that the settings ask for."""
    chosen = settings()
    return Thresholds(
        margin=chosen.verdict_margin,
        jitters=chosen.verdict_jitters,
        jitter=chosen.verdict_jitter_size,
        stable=chosen.verdict_jitter_share,
    )


_Key = tuple[str, frozenset[tuple[str, float]], str]
_kept: WeakKeyDictionary[Analysis, dict[_Key, Judgement]] = WeakKeyDictionary()
_lock = Lock()


def judgement(result: Analysis, chosen: Valuation = NEUTRAL, semantics: str = DEFAULT_SEMANTICS) -> Judgement:
    """The judgement of a map under a valuation; kept, the one not asked for longest forgotten first."""
    key = (chosen.name, frozenset(chosen.scores.items()), semantics)
    with _lock:
        kept = _kept.setdefault(result, {})
        if key not in kept:
            while len(kept) >= KEPT:
                kept.pop(next(iter(kept)))
            kept[key] = Judgement(result, chosen, semantics)
        kept[key] = kept.pop(key)
        return kept[key]


def of_participant(result: Analysis, participant: str) -> Judgement:
    """The judgement under a participant's valuation; see ``valuation.enough`` before naming a leader."""
    return judgement(result, valuation(result, participant))


def of_reader(result: Analysis, credences: Mapping[str, float]) -> Judgement:
    """The judgement under a reader's credences.

    Raises
    ------
    InvalidInput : a credence is no number from 0 to 1, or names no node that counts.
    """
    return judgement(result, reader(credences, result.framework))


def double_cruxes_between(result: Analysis, first: str, second: str) -> DoubleCruxes:
    """What two participants dispute, and on what each would come over to the other."""
    return double_cruxes(
        result.framework, party(result, first), party(result, second), thresholds=thresholds()
    )


def chain_sentence(result: Analysis, ids: tuple[str, ...]) -> str:
    """A chain as one sentence: “…” undercuts the inference from “…” to “…”, on which “…” rests."""
    content = result.view.content
    texts = {key: node.text for key, node in content.nodes.items()}
    links = {key: Link(r.source, r.target, r.type) for key, r in content.relations.items()}
    return sentence(ids, texts, links, _labels(result.view.words))


def _labels(words: Vocabulary) -> Mapping[str, str]:
    return {name: kind.label for name, kind in words.relations.items()}
