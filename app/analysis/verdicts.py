"""Verdicts in words: whose they are, whether other ways of computing agree, and what each participant's is."""

from dataclasses import dataclass

from app.analysis import words
from app.analysis.analysis import Analysis
from app.analysis.judgement import Judgement, judgement, thresholds
from app.analysis.people import valuation
from app.errors import InvalidInput
from app.reasoning import DEFAULT_SEMANTICS, Robustness, Verdict


def chosen_semantics(name: str) -> str:
    """The semantics a page or request asks for; empty for the default.

    Raises
    ------
    InvalidInput : it is none that is offered.
    """
    if not name:
        return DEFAULT_SEMANTICS
    if name not in words.SEMANTICS_WORDS:
        raise InvalidInput(
            "this way of computing is not offered", "semantics", f"one of {', '.join(words.SEMANTICS_WORDS)}"
        )
    return name


def sentence(judged: Judgement) -> str:
    """The verdict in a sentence."""
    return words.verdict(judged.result, judged.verdict, thresholds())


def robustness_words(result: Analysis, found: Robustness) -> str:
    """Whether other ways of computing say the same."""
    named = {
        name: words.scenario(result, each.leader)
        for name, each in found.verdicts.items()
        if each.leader is not None
    }
    count, silent = len(found.verdicts), len(found.abstaining)
    abstain = ""
    if silent:
        who = words.listed(words.SEMANTICS_WORDS[name][0] for name in found.abstaining)
        abstain = f" {who[0].upper()}{who[1:]} {'abstains' if silent == 1 else 'abstain'}: no margin there reaches {thresholds().margin:g}."
    if not named:
        return (
            f"All {count} ways of computing abstain: in none does a scenario lead by {thresholds().margin:g}."
        )
    if found.agreed is not None:
        leader = words.scenario(result, found.agreed)
        who = "All" if len(named) == count else f"{len(named)} of"
        put = "puts" if len(named) == 1 else "put"
        return f"{who} {count} ways of computing {put} {leader} ahead by enough.{abstain}"
    each = words.listed(f"{words.SEMANTICS_WORDS[name][0]} says {leader}" for name, leader in named.items())
    return f"The ways of computing disagree: {each}.{abstain}"


def badge(result: Analysis, found: Robustness) -> str:
    """The robustness in a few words: "2 of 3 for D, 1 abstains"."""
    said = found.summary
    for node in result.view.scenarios:
        said = said.replace(node.id, words.scenario(result, node.id))
    return said


def answered(judged: Judgement, key: str) -> str:
    """The grounded label of a node in words. "Out" is one unanswered objection, which is no defeat."""
    label = judged.robustness.grounded.nodes[key]
    if label == "out":
        return "at least one objection to it stands unanswered"
    if label == "undecided":
        return "objections and answers hold one another in balance"
    attacked = any(r.target == key for r in judged.result.relations if judged.result.view.polarity(r) < 0)
    return "every objection to it is answered in the map" if attacked else "nothing in the map objects to it"


@dataclass(frozen=True)
class Voice:
    """A participant's verdict; ``verdict`` is None where they say too little for one."""

    participant: str
    said: int
    verdict: Verdict | None
    words: str


def voices(result: Analysis, semantics: str = DEFAULT_SEMANTICS) -> tuple[Voice, ...]:
    """The verdict under each participant's valuation, those who say most first."""
    found = []
    for person in result.view.content.participants.values():
        if person.merged_into is not None:
            continue
        theirs = valuation(result, person.id)
        if not theirs.enough:
            found.append(Voice(person.id, theirs.said, None, "too little said"))
            continue
        judged = judgement(result, theirs, semantics)
        found.append(Voice(person.id, theirs.said, judged.verdict, words.short(result, judged.verdict)))
    return tuple(sorted(found, key=lambda voice: (-voice.said, voice.participant)))
