"""A difference in sentences, as a person would tell it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.analysis.analysis import Analysis
from app.analysis.difference import Changed, CruxChange, Difference, VerdictState
from app.analysis.judgement import chain_sentence
from app.errors import CruxmapError

SHOWN = 5
"""How many of one kind are told one by one before the rest is counted."""
_INNER = re.compile('["“]([^"”]*)["”]')
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def sentences(found: Difference, before: Analysis, after: Analysis) -> tuple[str, ...]:
    """What differs, most telling first; one sentence each."""
    told = _Telling(found, before, after)
    parts = (
        told.content(),
        told.new_arguments(),
        told.changed_stances(),
        told.verdict(),
        told.strengths(),
        told.cases(),
        told.cruxes(),
        told.objections(),
    )
    return (
        tuple(sentence for part in parts for sentence in part) if not found.empty else ("Nothing changes.",)
    )


class _Telling:
    def __init__(self, found: Difference, before: Analysis, after: Analysis) -> None:
        self.found = found
        self.before = before
        self.after = after
        self.new = set(found.records.get("node", Changed()).created)

    def name(self, key: str) -> str:
        """A node's or relation's words, short enough for a sentence."""
        for result in (self.after, self.before):
            content = result.view.content
            if (node := content.nodes.get(key)) is not None:
                return quoted(node.text)
            if (relation := content.relations.get(key)) is not None:
                label = result.view.words.relations[relation.type].label
                return f"the link by which {self.name(relation.source)} {label} {self.name(relation.target)}"
        return key

    # --- content -------------------------------------------------------------------------------

    def content(self) -> Iterable[str]:
        nodes = self.found.records.get("node", Changed())
        relations = self.found.records.get("relation", Changed())
        added = []
        words = self.after.view.words
        kinds = Counter(self.after.view.content.nodes[key].type for key in nodes.created)
        for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
            added.append(counted(count, *words.nodes[kind].countable))
        if relations.created:
            added.append(counted(len(relations.created), "relation", "relations"))
        if added:
            yield f"New on the map: {listed(added)}."
        elif self.found.records.get("comment", Changed()).created:
            yield "The comment adds its text; nothing of it is mapped yet."
        if nodes.changed:
            names = [self.name(key) for key in nodes.changed]
            yield f"Taken up or changed: {some(names)}."
        gone = [self.name(key) for key in nodes.gone]
        if gone:
            yield f"No longer on the map: {some(gone)}."
        if relations.gone and not gone:
            yield f"Gone: {counted(len(relations.gone), 'relation', 'relations')}."

    # --- stances -------------------------------------------------------------------------------

    def new_arguments(self) -> Iterable[str]:
        profiles: dict[str, dict[str, str]] = defaultdict(dict)
        for change in self.found.stances:
            if change.node in self.new and change.after not in (None, "none"):
                profiles[change.node][change.scenario] = change.after or ""
        for keys, profile in alike(profiles):
            verb = "speaks" if len(keys) == 1 else "speak"
            why = self.why(keys[0]) if len(keys) == 1 else ""
            yield f"{some([self.name(key) for key in keys])} {verb} {bearing(profile)}{why}."
        silent = [
            n.id
            for n in self.after.nodes
            if n.id in self.new and n.id not in profiles and n.type not in ("scenario", "question")
        ]
        if silent:
            verb = "bears" if len(silent) == 1 else "bear"
            names = some([self.name(key) for key in silent])
            yield f"{names} {verb} on no scenario yet: no chain of relations leads there."

    def why(self, node: str) -> str:
        """The chain behind a derived stance, in brackets."""
        for change in self.found.stances:
            if change.node == node and change.basis == "derived" and change.chain:
                try:
                    return f" ({chain_sentence(self.after, change.chain).rstrip('.')})"
                except CruxmapError:
                    return ""
        return ""

    def changed_stances(self) -> Iterable[str]:
        before: dict[str, dict[str, str]] = defaultdict(dict)
        after: dict[str, dict[str, str]] = defaultdict(dict)
        for change in self.found.stances:
            if change.node not in self.new:
                before[change.node][change.scenario] = change.before or "uncounted"
                after[change.node][change.scenario] = change.after or "uncounted"
        told = list(
            alike({key: {**after[key], **{f"was {k}": v for k, v in before[key].items()}} for key in after})
        )
        for keys, _ in told[:SHOWN]:
            one = len(keys) == 1
            verb, it, then = ("speaks", "it", "spoke") if one else ("speak", "they", "spoke")
            yield (
                f"{some([self.name(key) for key in keys])} now {verb} {bearing(after[keys[0]])}; "
                f"before, {it} {then} {bearing(before[keys[0]])}."
            )
        rest = sum(len(keys) for keys, _ in told[SHOWN:])
        if rest:
            verb = "argument bears" if rest == 1 else "arguments bear"
            yield f"{number(rest).capitalize()} more older {verb} otherwise than before."

    # --- verdict -------------------------------------------------------------------------------

    def verdict(self) -> Iterable[str]:
        was, now = self.found.verdict_before, self.found.verdict_after
        if now.top is None:
            return
        if was.leader == now.leader and now.leader is not None:
            yield f"Scenario {now.leader} still leads, by {now.margin:.2f} (before: {was.margin:.2f})."
        elif now.leader is not None and was.leader is not None:
            yield f"Scenario {now.leader} leads now, by {now.margin:.2f}; before, scenario {was.leader} led."
        elif now.leader is not None:
            yield f"Scenario {now.leader} leads now, by {now.margin:.2f}; before, it was too close to call{_close(was)}."
        elif was.leader is not None:
            yield f"It is now too close to call{_close(now)}; before, scenario {was.leader} led by {was.margin:.2f}."
        else:
            yield f"It stays too close to call{_close(now)}."

    def strengths(self) -> Iterable[str]:
        moved = []
        for change in self.found.strengths:
            if change.before is None or change.after is None or abs(change.after - change.before) < 0.005:
                continue
            verb = "rises" if change.after > change.before else "falls"
            moved.append(f"scenario {change.scenario} {verb} from {change.before:.2f} to {change.after:.2f}")
        if moved:
            said = listed(moved)
            yield f"{said[0].upper()}{said[1:]} (strengths of argument, not probabilities)."
        elif self.found.records:
            yield "The strengths of the scenarios stay as they were."

    def cases(self) -> Iterable[str]:
        """What became of the questions that editors call cruxes."""
        for change in self.found.cases[:SHOWN]:
            if change.before is None:
                yield f"A new crux: {self.name(change.node)}."
            elif change.after is None:
                yield f"No longer a crux: {self.name(change.node)}."
            else:
                grows = "grows stronger" if change.after > change.before else "weakens"
                yield (
                    f"The case for {self.name(change.node)} {grows}, from {change.before:.2f} to "
                    f"{change.after:.2f} in strength."
                )
        if (rest := len(self.found.cases) - SHOWN) > 0:
            yield f"It moves {counted(rest, 'more crux', 'more cruxes')} a little."

    def cruxes(self) -> Iterable[str]:
        if not self.found.cruxes:
            yield "What the verdict turns on stays the same."
        for kind, now in (("appeared", "now"), ("vanished", "no longer")):
            found = [c for c in self.found.cruxes if c.change == kind]
            strict = [c.node for c in found if "changes the leader" in (c.before, c.after)]
            loose = [c.node for c in found if c.node not in strict]
            if strict:
                yield f"The verdict {now} turns on {some([self.name(key) for key in strict])}."
            if loose:
                effects = {c.after if kind == "appeared" else c.before for c in found if c.node in loose}
                does = (
                    " or ".join(e.removesuffix("s") for e in sorted(filter(None, effects))) + " the verdict"
                )
                yield f"Being sure of {some([self.name(key) for key in loose])} would {now} {does}."
        moved = [c for c in self.found.cruxes if c.change == "moved"]
        for change in moved[:SHOWN]:
            yield f"{self.name(change.node)} is still a point the verdict turns on, but {_moved(change)}."
        if len(moved) > SHOWN:
            yield f"{number(len(moved) - SHOWN).capitalize()} more such points moved."

    def objections(self) -> Iterable[str]:
        for kind, words in (
            ("created", "Nothing answers yet that"),
            ("reopened", "Unanswered again is that"),
            ("answered", "Now answered is the objection that"),
        ):
            found = [c for c in self.found.objections if c.change == kind]
            for change in found[:SHOWN]:
                yield f"{words} {self._speaks_against(change.relation, change.source, change.target)}."
            if len(found) > SHOWN:
                more = number(len(found) - SHOWN)
                yield f"The same holds for {more} more {'objection' if more == 'one' else 'objections'}."

    def _speaks_against(self, relation: str, source: str, target: str) -> str:
        for result in (self.after, self.before):
            found = result.view.content.relations.get(relation)
            if found is not None:
                label = result.view.words.relations[found.type].label
                return f"{self.name(source)} {label} {self.name(target)}"
        return self.name(source)


def alike(profiles: Mapping[str, dict[str, str]]) -> Iterable[tuple[list[str], dict[str, str]]]:
    """Nodes with the same profile of stances, together."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = defaultdict(list)
    for key, profile in profiles.items():
        groups[tuple(sorted(profile.items()))].append(key)
    return [(keys, dict(profile)) for profile, keys in groups.items()]


def bearing(profile: Mapping[str, str]) -> str:
    """``for scenarios C and D and against scenario A``."""
    words = {
        "supports": "for",
        "opposes": "against",
        "mixed": "both for and against",
        "none": "neither for nor against",
        "uncounted": "without counting for or against",
    }
    parts = []
    for stance, said in words.items():
        letters = sorted(name for name, value in profile.items() if value == stance)
        if letters:
            parts.append(f"{said} {'scenario' if len(letters) == 1 else 'scenarios'} {listed(letters)}")
    return listed(parts)


def _close(verdict: VerdictState) -> str:
    if len(verdict.close) > 1:
        return f" between {listed(verdict.close)}"
    if verdict.reason == "unstable" and verdict.top:
        return f": scenario {verdict.top} is ahead, but not when the base scores are shaken a little"
    if verdict.reason == "unsettled":
        return ": the computation did not settle"
    return ""


def _moved(change: CruxChange) -> str:
    if change.before != change.after:
        does = {
            "changes the leader": "changes the leader",
            "settles": "settles the verdict",
            "unsettles": "unsettles it",
        }
        return f"flipping it now {does.get(change.after or '', 'does something else')}"
    if change.needed_before is None or change.needed_after is None:
        return "how much it takes has changed"
    verb = "less" if change.needed_after < change.needed_before else "more"
    return f"it takes {verb} to flip it ({change.needed_after:.2f} instead of {change.needed_before:.2f})"


def quoted(text: str, limit: int = 110) -> str:
    """A text in quotation marks, cut at a word where it is long."""
    text = _INNER.sub("‘\\1’", " ".join(text.split()).rstrip("."))
    if len(text) > limit:
        text = text[:limit].rpartition(" ")[0].rstrip(",;:") + " …"
    return f"“{text}”"


def number(count: int) -> str:
    """A small number as a word."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def counted(count: int, one: str, many: str) -> str:
    """``one claim``, ``three claims``, ``12 claims``."""
    return f"{number(count)} {one if count == 1 else many}"


def listed(items: Sequence[str]) -> str:
    """``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def some(items: Sequence[str]) -> str:
    """A list, with the rest counted where it is long."""
    if len(items) <= SHOWN:
        return listed(items)
    return f"{', '.join(items[:SHOWN])} and {number(len(items) - SHOWN)} more"
