"""Verdicts for pages: bars, sentences, what moves them, who says what. Numbers come with their words."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.analysis import Analysis, Judgement, judgement, words
from app.analysis.bearing import Footing, Pull, footing
from app.analysis.hinges import (
    Hinge,
    beside,
    hinges,
    searched,
    searched_words,
    set_words,
    single_answer,
    single_words,
)
from app.analysis.hinges import Sets as SetSizes
from app.analysis.tallies import bearing_on, few
from app.analysis.verdicts import answered, badge, chosen_semantics, robustness_words, sentence, voices
from app.reasoning import FlipSets
from app.web.views.common import Person, Ref, person, ref

EFFECTS = {
    "changes the leader": "changes the leader",
    "settles": "brings about a leader",
    "unsettles": "ends the lead",
    "none": "no effect",
}


@dataclass(frozen=True)
class Bar:
    """A scenario's strength as a bar: ``width`` is of 100; ``few`` warns where hardly anything bears on it."""

    ref: Ref
    letter: str
    shown: str
    width: str
    leads: bool
    few: str


@dataclass(frozen=True)
class Tug:
    """A statement that holds a scenario up or pulls it down."""

    ref: Ref
    effect: str
    without: str


@dataclass(frozen=True)
class Stand:
    """What a scenario stands on."""

    ref: Ref
    letter: str
    shown: str
    few: str
    sentence: str
    up: tuple[Tug, ...]
    down: tuple[Tug, ...]


@dataclass(frozen=True)
class Turn:
    """A statement that, established as ``answer``, has ``outcome``; ``strength`` is what it has now."""

    ref: Ref
    question: str
    answer: str
    outcome: str
    if_false: str
    if_true: str
    does: str
    strength: str
    needed: str
    tipping: str


@dataclass(frozen=True)
class Row:
    """A crux of the editors', of the computation's, or of both."""

    turn: Turn
    curated: bool
    computed: bool
    remark: str
    reach: str


@dataclass(frozen=True)
class Way:
    """What one way of computing says."""

    name: str
    label: str
    help: str
    says: str
    margin: str
    abstains: bool


@dataclass(frozen=True)
class Answered:
    """Whether the objections to something are answered."""

    ref: Ref
    label: str
    words: str


@dataclass(frozen=True)
class Robust:
    """The robustness badge, and what is behind it."""

    badge: str
    sentence: str
    ways: tuple[Way, ...]
    answered: tuple[Answered, ...]


@dataclass(frozen=True)
class Together:
    """Statements that change the verdict only together."""

    members: tuple[tuple[Ref, str], ...]
    outcome: str


@dataclass(frozen=True)
class Sets:
    """Sets of flips of one size; what was not searched is said."""

    size: int
    found: tuple[Together, ...]
    more: int
    searched: str


@dataclass(frozen=True)
class Spoken:
    """A participant's verdict."""

    person: Person
    said: int
    words: str
    enough: bool


@dataclass(frozen=True)
class Verdict:
    """A verdict and its bars: what every page with a verdict shows."""

    sentence: str
    bars: tuple[Bar, ...]
    note: str
    semantics: str
    way: str
    default: bool
    unreviewed: bool
    settled: bool
    residual: str


@dataclass(frozen=True)
class Choice:
    """An option of a list."""

    value: str
    label: str
    help: str


@dataclass(frozen=True)
class VerdictPage:
    """What the verdict page shows."""

    verdict: Verdict
    stands: tuple[Stand, ...]
    robust: Robust
    single: Turn | None
    single_words: str
    rows: tuple[Row, ...]
    sets: tuple[Sets, ...]
    chosen_sets: str
    voices: tuple[Spoken, ...]
    bases: tuple[tuple[Ref, str], ...]
    ways: tuple[Choice, ...]


@dataclass(frozen=True)
class Beside:
    """What the list of cruxes shows of the computation."""

    verdict: Verdict
    robust: Robust
    rows: tuple[Row, ...]


def verdict_page(result: Analysis, semantics: str = "", sets: SetSizes = "") -> VerdictPage:
    """The neutral verdict; InvalidInput for a semantics that is not offered."""
    judged = judgement(result, semantics=chosen_semantics(semantics))
    single = single_answer(judged)
    return VerdictPage(
        verdict(judged),
        stands(judged),
        robust(judged),
        turn(judged, single) if single is not None else None,
        single_words(judged, single),
        rows(judged),
        tuple(_sets(judged, found) for found in searched(judged, sets)),
        sets,
        spoken(result, judged.semantics),
        tuple((ref(result.view, n), f"{n.base:.2f}") for n in result.nodes if n.base is not None),
        ways(),
    )


def beside_page(result: Analysis) -> Beside:
    """Curated cruxes beside computed ones, under the neutral valuation."""
    judged = judgement(result)
    return Beside(verdict(judged), robust(judged), rows(judged))


def verdict(judged: Judgement) -> Verdict:
    """A verdict in a sentence and bars."""
    found, view = judged.verdict, judged.result.view
    bars = tuple(
        Bar(
            ref(view, node),
            words.scenario(judged.result, node.id),
            f"{found.strengths[node.id]:.2f}",
            f"{100 * found.strengths[node.id]:.1f}",
            node.id == found.leader,
            few(bearing_on(judged.result, node.id)),
        )
        for node in view.scenarios
        if node.id in found.strengths
    )
    return Verdict(
        sentence(judged),
        bars,
        words.NOT_A_PROBABILITY,
        judged.semantics,
        words.SEMANTICS_WORDS[judged.semantics][0],
        judged.semantics == chosen_semantics(""),
        judged.result.include_unreviewed,
        judged.solved.converged,
        f"{judged.solved.residual:.1e}",
    )


def ways() -> tuple[Choice, ...]:
    """The ways of computing that are offered."""
    return tuple(Choice(name, label, help_) for name, (label, help_) in words.SEMANTICS_WORDS.items())


def stands(judged: Judgement, most: int = 3) -> tuple[Stand, ...]:
    """What each scenario stands on."""
    return tuple(
        stand(judged, footing(judged, node.id, most))
        for node in judged.result.view.scenarios
        if node.id in judged.strengths
    )


def stand(judged: Judgement, found: Footing) -> Stand:
    """What one scenario stands on."""
    view = judged.result.view
    return Stand(
        ref(view, view.content.nodes[found.scenario]),
        found.letter,
        f"{found.strength:.2f}",
        few(bearing_on(judged.result, found.scenario)),
        found.sentence,
        _tugs(judged, found, found.holds_up),
        _tugs(judged, found, found.pulls_down),
    )


def _tugs(judged: Judgement, found: Footing, pulls: Iterable[Pull]) -> tuple[Tug, ...]:
    view = judged.result.view
    return tuple(
        Tug(
            ref(view, view.content.nodes[p.node]),
            words.signed(p.effect),
            words.less(found.strength, p.effect),
        )
        for p in pulls
    )


def turns(judged: Judgement, most: int = 8) -> tuple[Turn, ...]:
    """What would move the verdict, best first."""
    return tuple(turn(judged, hinge) for hinge in hinges(judged)[:most])


def turn(judged: Judgement, hinge: Hinge) -> Turn:
    """One statement that would move the verdict, or might be thought to."""
    view = judged.result.view
    node = view.content.nodes[hinge.node]
    return Turn(
        ref(view, node),
        node.crux.question if node.crux is not None else "",
        hinge.answer,
        hinge.if_false if hinge.answer == "false" else hinge.if_true,
        hinge.if_false,
        hinge.if_true,
        EFFECTS[hinge.effect],
        f"{hinge.strength:.2f}",
        f"{hinge.needed:.2f}" if hinge.needed is not None else "",
        hinge.tipping,
    )


def rows(judged: Judgement) -> tuple[Row, ...]:
    """Curated cruxes beside computed ones."""
    return tuple(
        Row(
            turn(judged, row.hinge),
            row.hinge.curated,
            row.side != "curated only",
            row.remark,
            f"{row.reach[0]:.2f} ({row.reach[1]})" if row.reach is not None else "",
        )
        for row in beside(judged)
    )


def robust(judged: Judgement) -> Robust:
    """The robustness badge, and what is behind it."""
    result, found = judged.result, judged.robustness
    view = result.view
    lines = []
    for name, each in found.verdicts.items():
        label, help_ = words.SEMANTICS_WORDS[name]
        top = words.scenario(result, each.leader or each.top) if each.top else ""
        says = f"{top} leads" if each.leader else f"abstains ({top} is ahead, but not by enough)"
        lines.append(Way(name, label, help_, says, f"{each.margin:.2f}", each.leader is None))
    asked = [n for n in (*view.scenarios, *view.cruxes) if n.id in found.grounded.nodes]
    labels = tuple(Answered(ref(view, n), found.grounded.nodes[n.id], answered(judged, n.id)) for n in asked)
    return Robust(badge(result, found), robustness_words(result, found), tuple(lines), labels)


def _sets(judged: Judgement, found: FlipSets, most: int = 12) -> Sets:
    view = judged.result.view
    entries = [
        Together(tuple((ref(view, view.content.nodes[key]), answer) for key, answer in members), said)
        for members, said in set_words(judged, found)
    ]
    return Sets(found.size, tuple(entries[:most]), max(0, len(entries) - most), searched_words(found))


def spoken(result: Analysis, semantics: str) -> tuple[Spoken, ...]:
    """What follows from what each participant says."""
    return tuple(
        Spoken(person(result.view, v.participant), v.said, v.words, v.verdict is not None)
        for v in voices(result, semantics)
        if v.said
    )
