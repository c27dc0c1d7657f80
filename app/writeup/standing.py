"""Where people stand on a crux, what they grant one another, what is left unanswered."""

from collections.abc import Callable, Mapping, Sequence, Set

from app.model.records import Node
from app.writeup.arguments import Argument
from app.writeup.document import Inline, Paragraph, Text, paragraph
from app.writeup.language import capital, listing, number_word, stopped, that, unstopped
from app.writeup.lexicon import Lexicon
from app.writeup.notes import Notebook
from app.writeup.voices import Voices, holders

_FIRM = ("asserts", "concedes", "denies")
_STANDS = {
    "asserts": ("asserts @", "assert @"),
    "concedes": ("concedes @", "concede @"),
    "denies": ("denies @", "deny @"),
    "quotes": ("puts @ forward", "put @ forward"),
    "supposes": ("entertains @ as a thought", "entertain @ as a thought"),
    "reports": ("reports @ as a view that others hold", "report @ as a view that others hold"),
    "asks": ("asks about @", "ask about @"),
    "declines": ("declines to take a position on @", "decline to take a position on @"),
}
_MOST_CLAUSES = 3


class Standing:
    """Writes the parts on people."""

    def __init__(self, voices: Voices, notes: Notebook, lexicon: Lexicon) -> None:
        self.voices = voices
        self.notes = notes
        self.lexicon = lexicon
        self._told_granted: set[str] = set()

    def stands(self, crux: Node) -> list[Paragraph]:
        """Who takes which attitude to the proposition itself, in one sentence or a few."""
        by = holders(crux)
        own = {key for kind in _FIRM for key in by.get(kind, ())}
        clauses: list[list[Inline]] = []
        for kinds, keys in _groups(by, own).items():
            doing = listing([_STANDS[kind][len(keys) > 1] for kind in kinds])
            doing = doing.replace("@", "it" if clauses else "the proposition", 1).replace("@", "it")
            who = self.voices.people.names(keys)
            if "quotes" in kinds:
                who += f", as quoted by {self.voices.people.names(self.voices.quoters(crux))},"
            marks = [mark for kind in kinds for mark in self.notes.stance(crux, kind, keys)]
            clauses.append([Text(f"{who} {doing}"), *marks])
        if not clauses:
            return [Paragraph((Text("Nobody in the thread takes a position on the proposition itself."),))]
        out: list[Inline] = []
        for start in range(0, len(clauses), _MOST_CLAUSES):
            out += _sentence(clauses[start : start + _MOST_CLAUSES])
        if not own and "quotes" not in by:
            out.append(Text("Nobody affirms or denies it."))
        return [paragraph(out)]

    def granted(
        self,
        crux: Node,
        around: Sequence[Argument],
        told: set[str],
        again: Callable[[Node], Sequence[Inline]] = lambda node: (),
    ) -> list[Paragraph]:
        """Concessions, and what several people hold; ``again`` refers to other sections that told a statement."""
        conceded, shared = [], []
        seen: set[str] = set(told)
        near = [
            each
            for argument in around
            if argument.node.type != "crux"  # those have a section of their own
            for depth, each in argument.walk()
            if depth <= 1
        ]
        for each in near:
            by = holders(each.node)
            if each.node.id in seen or each.node.id == crux.id:
                continue
            seen.add(each.node.id)
            holding = {*by.get("asserts", ()), *by.get("concedes", ())}
            if len(holding) > 1:
                shared.append(each)
            elif by.get("concedes"):
                conceded.append(each)
        self._told_granted = {each.node.id for each in (*shared[:2], *conceded[:3])}
        out: list[Inline] = self._granted_above(around, told)
        statements = [f"it is common ground {self._statement(each.node)}" for each in shared[:2]]
        statements += [str(self.voices.said(each.node)) for each in conceded[:3]]
        for each, statement in zip((*shared[:2], *conceded[:3]), statements, strict=True):
            out += [
                Text(capital(unstopped(statement))),
                *again(each.node),
                Text("."),
                *self.notes.point(each.node),
            ]
            out.append(Text(" "))
        return [paragraph(out)] if out else []

    def _granted_above(self, around: Sequence[Argument], told: set[str]) -> list[Inline]:
        """Which of the points told in the cases are granted by whom: "Commenter 3 grants a point for it."."""
        clauses: list[list[Inline]] = []
        for sign, side in ((1, "for"), (-1, "against")):
            found = [
                a for a in around if a.sign == sign and a.node.id in told and holders(a.node).get("concedes")
            ]
            if not found:
                continue
            keys = list(dict.fromkeys(key for a in found for key in holders(a.node)["concedes"]))
            verb = "grants" if len(keys) == 1 else "grant"
            among = sum(a.sign == sign and a.node.id in told and a.node.type != "crux" for a in around)
            what = (
                "the point"
                if among == 1
                else f"{'both' if among == 2 == len(found) else number_word(len(found))} of the points"
            )
            marks = [m for a in found for m in self.notes.point(a.node, a.relation)]
            clauses.append([Text(f"{self.voices.people.names(keys)} {verb} {what} {side} it"), *marks])
        return _sentence(clauses)

    def left_open(
        self, crux: Node, arguments: Sequence[Argument], told: Sequence[Argument], aside: Set[str]
    ) -> list[Paragraph]:
        """Objections that nothing on the map answers, and what would settle the question.

        ``aside``: points told in full in another section, with what is said against them.
        """
        clauses = self._unanswered(told, aside)
        known = {b.node.id for a in told for _, b in a.walk()} | self._told_granted
        further = [
            a
            for a in arguments
            if _objects(a) and a.held and not a.answered and a.node.id not in known and a.node.type != "crux"
        ]
        out: list[Inline] = []
        if further:
            out += _sentence(clauses)
            lead = "There is none either to" if clauses else "Nothing on the map answers"
            clauses = [
                [
                    Text(f"{lead} {self.voices.named(further[0].node)}"),
                    *self.notes.point(further[0].node, further[0].relation),
                ]
            ]
        details = crux.crux
        if details is not None and details.would_settle:
            text = unstopped(details.would_settle)
            if not text.startswith("According "):
                text = (
                    f"What would settle the question, going by the thread: {self.lexicon.lower_first(text)}"
                )
            return [paragraph([*out, *_sentence(clauses), Text(stopped(text))])]
        last = "Nothing" if clauses else "In the thread, nothing"
        return [paragraph([*out, *_sentence(clauses), Text(f"{last} is named that would settle it.")])]

    def _unanswered(self, told: Sequence[Argument], aside: Set[str]) -> list[list[Inline]]:
        against = [a for a in told if a.sign < 0 and a.held and not a.answered]
        replies = [
            each
            for a in told
            for each in (*a.undercuts[:2], *(() if a.node.id in aside else a.rejoinders[:3]))
            if each.held and not each.answered and each.node.id not in {x.node.id for x in against}
        ]
        makers, repliers = (
            list(dict.fromkeys(key for a in points for key in _owners(a.node)))
            for points in (against, replies)
        )
        names = self.voices.people.names
        several = len({a.node.id for a in replies}) > 1
        points = len({a.node.id for a in against})
        made = "the point" if points == 1 else f"the {number_word(points)} points"
        reply = "the replies" if several else "the reply"
        if makers and makers == repliers:
            what = f"{made} or {reply} drawn from {names(makers)}"
        else:
            what = " or to ".join(
                [f"{made} drawn from {names(makers)}"] * bool(makers)
                + [f"{reply} of {names(repliers)}"] * bool(repliers)
            )
        if not what:
            return []
        marks = dict.fromkeys(m for a in (*against, *replies) for m in self.notes.point(a.node, a.relation))
        return [[Text(f"no answer is recorded to {what}"), *marks]]

    def _statement(self, node: Node) -> str:
        by = holders(node)
        keys = list(dict.fromkeys([*by.get("asserts", ()), *by.get("concedes", ())]))
        return f"between {self.voices.people.names(keys)} {that(node.text, self.lexicon)}"


def _groups(by: Mapping[str, Sequence[str]], own: set[str]) -> dict[tuple[str, ...], list[str]]:
    """Holders by what they do with the proposition; who takes a position, is not told to doubt as well."""
    doing: dict[str, list[str]] = {}
    for kind in _STANDS:
        for key in by.get(kind, ()):
            if kind in _FIRM or key not in own:
                doing.setdefault(key, []).append(kind)
    groups: dict[tuple[str, ...], list[str]] = {}
    for key, kinds in doing.items():
        groups.setdefault(tuple(kinds), []).append(key)
    return groups


def _sentence(clauses: Sequence[Sequence[Inline]]) -> list[Inline]:
    """Clauses as one sentence: "A asserts it, B denies it, and C asks about it."."""
    out: list[Inline] = []
    for position, clause in enumerate(clauses):
        first, *marks = clause
        assert isinstance(first, Text), "a clause begins with text"
        last = position == len(clauses) - 1
        joint = "and " if position and last else ""
        out.append(Text(f"{joint}{first.text if position else capital(first.text)}{'.' if last else ','}"))
        out += [*marks, Text(" ")]
    return out


def _objects(argument: Argument) -> bool:
    return argument.relation.type in ("attacks", "undercuts")


def _owners(node: Node) -> list[str]:
    by = holders(node)
    return [*by.get("asserts", ()), *by.get("concedes", ())] or by.get("quotes", [])
