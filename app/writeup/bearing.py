"""Which scenarios a crux separates, by which way, and how firmly: told as what is particular to it."""

from collections.abc import Mapping, Sequence

from app.analysis import Analysis
from app.model.records import Node
from app.writeup.document import Inline, SectionLink, Text
from app.writeup.language import listing
from app.writeup.weight import Weights

MOST_WAYS = 3


class Bearing:
    """Writes the sentences; one a document, since sections that bear in the same way refer to one another."""

    def __init__(self, result: Analysis, weights: Weights, sections: Mapping[str, int]) -> None:
        self.result = result
        self.view = result.view
        self.weights = weights
        self.sections = sections
        self._alike: dict[tuple[object, ...], list[str]] = {}
        self._out: dict[str, list[str]] = {}
        for relation in result.relations:
            if self.view.polarity(relation):
                self._out.setdefault(relation.source, []).append(self._landing(relation.target))

    def told(self, crux: Node) -> list[Inline]:
        """Which scenarios it counts for and against, through what, and how far its answer moves them."""
        groups: dict[str, list[str]] = {"supports": [], "opposes": [], "mixed": []}
        derived = []
        for key, stance in self.result.stances_of(crux.id).items():
            if stance.stance != "none":
                letter = self.weights.letters[key]
                groups[stance.stance].append(letter)
                if stance.basis == "derived":
                    derived.append(letter)
        parts = [
            f"{words} {_scenarios(found)}"
            for words, found in zip(("for", "against", "both ways on"), groups.values(), strict=True)
            if found
        ]
        if not parts:
            return [Text("On the map it separates none of the scenarios.")]
        ways = self._ways(crux.id) if derived else []
        bearing = [x for found in groups.values() for x in found]
        all_derived = len(derived) == len(bearing)
        moves = self._moves(crux.id)
        way = (
            tuple(parts),
            tuple(ways),
            tuple(sorted(derived)),
            moves,
            tuple(self.weights.elsewhere(crux.id).items()),
        )
        alike = self._alike.setdefault(way, [])
        out: list[Inline] = []
        if alike:
            out.append(
                Text(
                    "Like the propositions of sections "
                    if len(alike) > 1
                    else "Like the proposition of section "
                )
            )
            out += self._numbers(alike)
            out.append(Text(f", it counts {listing(parts)}"))
        else:
            out.append(Text(f"On the map it counts {'' if all_derived else 'directly '}{listing(parts)}"))
        alike.append(crux.id)
        if derived:
            some = "" if all_derived else f", on {listing(sorted(derived))}"
            if ways:
                out.append(Text(f"{some or ','} by way of section{'s' if len(ways) > 1 else ''} "))
                out += self._numbers(ways)
            else:
                out.append(Text(f"{some or ','} by way of other claims"))
        out.append(Text(f"{moves}."))
        return out

    def _moves(self, crux: str) -> str:
        """How far either answer moves the scores, and whether other ways of computing see more in it."""
        far = self.weights.moves(crux)
        if not self.weights.enough or not far:
            return ""
        more = self.weights.elsewhere(crux) if self.weights.effect(crux) == "none" else {}
        if far["true"] == far["false"] and not more:
            return f"; either answer would {_moving(far['true'], 'the scores')}"
        if far["true"] == far["false"] and len(more) == 1:
            ((word, count),) = more.items()
            return f"; either answer would {_moving(far['true'], 'the scores')}, and finding it {word} would{_ways(count)} change the verdict"
        told = [
            f"finding it {word} would {_moving(far[word], what)}{_more(more.get(word, 0))}"
            for word, what in (("true", "the scores"), ("false", "them"))
        ]
        return f"; {told[0]}, and {told[1]}" if not any(more.values()) else f"; {told[0]}, while {told[1]}"

    def _ways(self, crux: str) -> list[str]:
        """The next cruxes with a section on all its ways to the scenarios; none where a way has no such crux."""
        scenarios = {node.id for node in self.view.scenarios}
        found: dict[str, None] = {}
        ahead, seen = list(self._out.get(crux, ())), {crux}
        while ahead:
            key = ahead.pop()
            if key in seen:
                continue
            seen.add(key)
            if key in self.sections:
                if any(s.stance != "none" for s in self.result.stances_of(key).values()):
                    found[key] = None
            elif key in scenarios:
                return []
            else:
                ahead += self._out.get(key, ())
        return sorted(found, key=self.sections.__getitem__) if len(found) <= MOST_WAYS else []

    def _landing(self, target: str) -> str:
        """The node a relation bears on in the end: the source of the relation it is about, or its own target."""
        relations = self.view.content.relations
        while target in relations:
            target = relations[target].target
        return target

    def _numbers(self, keys: Sequence[str]) -> list[Inline]:
        out: list[Inline] = []
        for position, key in enumerate(keys):
            if position:
                out.append(Text(" and " if position == len(keys) - 1 else ", "))
            out.append(SectionLink(key, str(self.sections[key])))
        return out


def _scenarios(letters: list[str]) -> str:
    return f"scenario{'s' if len(letters) > 1 else ''} {listing(sorted(letters))}"


def _moving(far: str, what: str) -> str:
    return f"hardly move {what}" if far == "hardly" else f"move {what} {far}"


def _more(count: int) -> str:
    """A finding that changes the verdict under other ways of computing, of which there are two."""
    if not count:
        return ""
    return f" (and{_ways(count)} change the verdict)"


def _ways(count: int) -> str:
    return f", by {'both' if count > 1 else 'one'} of the other two ways of computing,"
