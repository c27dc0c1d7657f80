"""Two participants compared: what both hold, what they dispute, and what would bring one over to the other."""

from dataclasses import dataclass

from app.analysis import words
from app.analysis.analysis import Analysis
from app.analysis.clashes import Rejection, holding
from app.analysis.judgement import double_cruxes_between
from app.analysis.people import attitudes, party, rejected
from app.reasoning import Dispute, DoubleCruxes


@dataclass(frozen=True)
class Disputed:
    """A node one asserts and the other rejects, with what flipping it against each does to them.

    ``attitude`` and ``if_false`` are about who asserts it, ``how`` and ``if_true`` about who rejects it.
    """

    dispute: Dispute
    asserted_by: str
    attitude: str
    rejected_by: str
    how: Rejection
    if_false: str
    if_true: str
    sentence: str


@dataclass(frozen=True)
class Differences:
    """What two participants agree on and dispute; ``reason`` is why no double crux is possible, or empty."""

    verdicts: tuple[str, str]
    agreements: tuple[str, ...]
    disputes: tuple[Disputed, ...]
    reason: str
    sentence: str


def differences(result: Analysis, first: str, second: str) -> Differences:
    """Compare two participants."""
    found = double_cruxes_between(result, first, second)
    one, other = party(result, first), party(result, second)
    both = set(one.asserts) & set(other.asserts)
    agreements = tuple(node.id for node in result.nodes if node.id in both and node.scenario is None)
    names = (_label(result, first), _label(result, second))
    held = (attitudes(result, first), attitudes(result, second))
    ways = (rejected(result, first), rejected(result, second))
    disputes = tuple(
        _disputed(
            result,
            each,
            (first, second),
            names,
            holding(held[each.asserted_by][each.node]),
            ways[1 - each.asserted_by][each.node],
        )
        for each in found.disputes
    )
    verdicts = (
        words.short(result, found.verdicts[0]) if one.valuation.enough else "too little said for a verdict",
        words.short(result, found.verdicts[1]) if other.valuation.enough else "too little said for a verdict",
    )
    enough = (one.valuation.enough, other.valuation.enough)
    return Differences(verdicts, agreements, disputes, found.reason, _sentence(result, found, names, enough))


def _label(result: Analysis, key: str) -> str:
    return result.view.content.participants[key].label


def _sentence(
    result: Analysis, found: DoubleCruxes, names: tuple[str, str], enough: tuple[bool, bool]
) -> str:
    if found.reason == "too little said":
        quiet = words.listed(name for name, ok in zip(names, enough, strict=True) if not ok)
        return f"No double crux can be named: {quiet} {'says' if sum(enough) == 1 else 'say'} too little for a verdict."
    if found.reason == "no verdict":
        unclear = [name for name, each in zip(names, found.verdicts, strict=True) if each.leader is None]
        whose = f"what {words.listed(unclear)} {'says' if len(unclear) == 1 else 'say'}"
        return f"No double crux can be named: from {whose}, no scenario clearly leads."
    if found.reason == "same leader":
        leader = words.scenario(result, found.verdicts[0].leader or "")
        return f"No double crux: from what each of them says, the same scenario leads, {leader}."
    if not found.cruxes:
        return (
            "No double crux: nothing they dispute would, on its own, bring each over to the other’s scenario."
        )
    many = len(found.cruxes)
    what = "one double crux" if many == 1 else f"{many} double cruxes"
    return (
        f"They have {what}: settle it, and whoever turns out wrong would come over to the other’s scenario."
    )


def _disputed(
    result: Analysis,
    dispute: Dispute,
    keys: tuple[str, str],
    names: tuple[str, str],
    attitude: str,
    how: Rejection,
) -> Disputed:
    mine, theirs = dispute.asserted_by, 1 - dispute.asserted_by
    if_false = words.outcome(result, dispute.outcomes[mine])
    if_true = words.outcome(result, dispute.outcomes[theirs])
    said = (
        f"{names[mine]} {attitude} it; {names[theirs]} {how.sentence}. Were it established as false, for "
        f"{names[mine]} {if_false}; as true, for {names[theirs]} {if_true}."
    )
    return Disputed(
        dispute, keys[mine], attitude, keys[theirs], how, if_false, if_true, f"{said[0].upper()}{said[1:]}"
    )
