"""What reasoning found, in sentences: English a reader needs no paper for, and no more digits than mean something.

Scenarios go by their letters. Numbers are strengths (never probabilities), to two decimals.
"""

from collections.abc import Iterable, Mapping, Sequence

from app.analysis.analysis import Analysis
from app.model.snapshot import letter
from app.reasoning import Crossing, Link, Outcome, Thresholds, Verdict, sentence

SMALL = 0.005
"""Below this, two decimals show 0.00: such an effect is called less than 0.01, and no list ranks it."""

NOT_A_PROBABILITY = (
    "A strength is not a probability: it says how well something stands up in this map, between 0 and 1, "
    "given where it starts and what the map says for and against it."
)

SEMANTICS_WORDS: Mapping[str, tuple[str, str]] = {
    "qe+dfquad-gate": (
        "quadratic energy",
        "adds up what speaks for and against; small surpluses count little",
    ),
    "dfquad+dfquad-gate": ("DF-QuAD", "each further argument on the same side adds less than the one before"),
    "mlp+dfquad-gate": ("MLP", "adds up what speaks for and against as a neural network's unit does"),
    "euler+dfquad-gate": ("Euler", "adds up exponentially; attacks count for less than supports"),
}
"""The ways of computing that pages offer: a name, and what is particular to each."""


def number(value: float) -> str:
    """A strength or a difference without its sign: two decimals."""
    return f"{abs(value):.2f}" if abs(value) >= SMALL or value == 0 else "less than 0.01"


def signed(value: float) -> str:
    """A difference with its sign.

    >>> signed(-0.123), signed(0.4), signed(0.001)
    ('−0.12', '+0.40', '±0.00')
    """
    if abs(value) < SMALL:
        return "±0.00"
    return f"{'+' if value > 0 else '−'}{abs(value):.2f}"


def less(strength: float, effect: float) -> str:
    """What remains of a strength without an effect, such that the figures shown add up.

    >>> less(0.384, -0.0136), less(0.5, 0.104)
    ('0.39', '0.40')
    """
    return f"{round(strength, 2) - round(effect, 2):.2f}"


def percent(share: float) -> str:
    """A share in whole per cent, rounded down: 79.9 % does not read as 80 %."""
    return f"{int(share * 100 + 1e-9)} %"


def listed(items: Iterable[str], word: str = "and") -> str:
    """ "A", "A and B", "A, B and C"."""
    names = list(items)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}" if names else ""


def clip(text: str, limit: int | None) -> str:
    """The text without its full stop, cut at a word where it is longer than ``limit``."""
    bare = text.strip()
    bare = bare[:-1] if bare.endswith(".") and not bare.endswith("..") else bare
    if limit is None or len(bare) <= limit:
        return bare
    head = bare[: limit - 1].rpartition(" ")[0] or bare[: limit - 1]
    return head.rstrip(" ,;:.") + "…"


def scenario(result: Analysis, key: str) -> str:
    """A scenario's letter."""
    node = result.view.content.nodes.get(key)
    return (letter(node) if node is not None else "") or key


def called(result: Analysis, key: str, limit: int | None = None) -> str:
    """What an element is called in a sentence: a scenario by its letter, a node in quotation marks."""
    node = result.view.content.nodes.get(key)
    if node is None:
        return f"“{key}”"
    return f"scenario {letter(node)}" if node.scenario is not None else f"“{clip(node.text, limit)}”"


def chain(result: Analysis, ids: Sequence[str], limit: int | None = None) -> str:
    """A chain as one sentence: “…” undercuts the inference from “…” to “…”, on which scenario C rests.

    ``limit`` bounds each quoted statement, in characters.
    """
    content = result.view.content
    texts = {key: called(result, key, limit).strip("“”") for key in _named(result, ids)}
    links = {key: Link(r.source, r.target, r.type) for key, r in content.relations.items()}
    labels = {name: kind.label for name, kind in result.view.words.relations.items()}
    said = sentence(ids, texts, links, labels)
    for node in result.view.scenarios:
        said = said.replace(f"“scenario {letter(node)}”", f"scenario {letter(node)}")
    return said


def _named(result: Analysis, ids: Sequence[str]) -> set[str]:
    """The nodes a chain's sentence names: those on it, and the ends of the relations it goes through."""
    relations = result.view.content.relations
    found, waiting = set(), list(ids)
    while waiting:
        key = waiting.pop()
        if key in relations:
            waiting += [relations[key].source, relations[key].target]
        else:
            found.add(key)
    return found


def verdict(result: Analysis, found: Verdict, thresholds: Thresholds) -> str:
    """Who leads and by how much, or why nobody does."""
    if found.top is None:
        return "No verdict: the map has no scenarios."
    if found.reason == "unsettled":
        return (
            "No verdict: some arguments bear on one another in a circle, and the computation did not come "
            "to rest. The numbers shown are not settled."
        )
    top, second = scenario(result, found.top), _second(found)
    shaken = (
        f"{thresholds.jitters} trials in which every starting score is shaken by up to {thresholds.jitter:g}"
    )
    ahead = f"{number(found.margin)} ahead of {scenario(result, second)}" if second else "the only scenario"
    if found.reason == "margin":
        if second is None:
            return f"Too close to call: {top} is the only scenario, and its strength is {_plain(found, found.top)}."
        names = [scenario(result, key) for key in found.close]
        values = listed(_plain(found, key) for key in found.close)
        each = "each other" if len(names) == 2 else "the strongest"
        return f"Too close to call: {listed(names)} are within {thresholds.margin:g} of {each} ({values})."
    if found.reason == "unstable":
        return (
            f"Too close to call: {top} is {ahead}, but stays ahead in only {percent(found.jitter_share)} "
            f"of {shaken} ({percent(thresholds.stable)} are needed)."
        )
    steady = f", and stays ahead in {percent(found.jitter_share)} of {shaken}" if thresholds.jitters else ""
    return f"{top} leads: its strength is {_plain(found, found.top)}, {ahead}{steady}."


def short(result: Analysis, found: Verdict) -> str:
    """The verdict in a few words, for a table."""
    if found.top is None or found.reason == "unsettled":
        return "no verdict"
    if found.leader is not None:
        return f"{scenario(result, found.leader)}, by {number(found.margin)}"
    if found.reason == "unstable":
        return f"too close to call: {scenario(result, found.top)} is ahead, but not steadily"
    return f"too close to call: {listed(scenario(result, key) for key in found.close)}"


def _plain(found: Verdict, key: str) -> str:
    return f"{found.strengths[key]:.2f}"


def _second(found: Verdict) -> str | None:
    rest = [key for key in found.strengths if key != found.top]
    return max(rest, key=lambda key: found.strengths[key], default=None)


def outcome(result: Analysis, found: Outcome) -> str:
    """What a flip does to the verdict, as the end of a sentence: "C would lead by 0.12"."""
    after = found.verdict
    if after.top is None or after.reason == "unsettled":
        return "the computation would not come to rest"
    top = scenario(result, after.top)
    if found.effect == "none":
        return f"{top} would still lead" if after.leader else "the verdict would still be too close to call"
    if after.leader is not None:
        return f"{top} would lead by {number(after.margin)}"
    if after.reason == "unstable":
        return f"the verdict would be too close to call ({top} ahead, but not steadily)"
    return f"the verdict would be too close to call between {listed(scenario(result, key) for key in after.close)}"


def tipping(result: Analysis, now: float, crossings: Sequence[Crossing]) -> str:
    """At which strengths of a statement the verdict tips, by margin alone."""
    if not crossings:
        return (
            "No strength of it changes who is ahead by enough; what it changes is whether a lead "
            "survives when the starting scores are shaken."
        )
    parts = [f"Up to a strength of {crossings[0].value:.2f}: {_lead(result, crossings[0].below)}"]
    for at, crossing in enumerate(crossings):
        end = f" to {crossings[at + 1].value:.2f}" if at + 1 < len(crossings) else ""
        parts.append(f"from {crossing.value:.2f}{end}: {_lead(result, crossing.above)}")
    return f"{'; '.join(parts)}. Now it stands at {now:.2f}."


def _lead(result: Analysis, key: str | None) -> str:
    return "too close to call" if key is None else f"{scenario(result, key)} ahead by enough"
