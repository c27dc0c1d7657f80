"""The case on one side of a crux, as paragraphs.

What people argue for the side comes first, then what the editors connect with it, then what would count
but nobody asserts; the other cruxes it hangs together with close it. Undercuts and rejoinders are told in
place, right after the point they answer.
"""

from collections.abc import Sequence
from itertools import count as counter

from app.model.records import Node
from app.writeup.arguments import Argument
from app.writeup.document import Inline, Mark, Paragraph, SectionLink, Side, Text, paragraph, plain
from app.writeup.language import capital, counted, listing, number_word, stopped, that, unstopped
from app.writeup.lexicon import Lexicon
from app.writeup.notes import Notebook
from app.writeup.options import Quoting
from app.writeup.voices import Voices, holders

MOST_GROUNDS = 3
_WORDS: dict[Side, dict[str, str]] = {
    "for": {
        "side": "in its favour",
        "speak": "speaks for it",
        "several": "speak for it",
        "lend": "would lend it support",
        "as": "for it",
    },
    "against": {
        "side": "against it",
        "speak": "speaks against it",
        "several": "speak against it",
        "lend": "would tell against it",
        "as": "against it",
    },
}
_OPENINGS: dict[Side, tuple[str, ...]] = {
    "for": ("{voice}.", "For it, {voice}.", "In its favour, {voice}."),
    "against": ("Against it, {voice}.", "On the other side, {voice}.", "As a point against it, {voice}."),
}


class Teller:
    """Tells cases; one a document, so that openings vary from section to section."""

    def __init__(
        self, voices: Voices, notes: Notebook, lexicon: Lexicon, quotes: Quoting, sections: dict[str, int]
    ) -> None:
        self.voices = voices
        self.notes = notes
        self.lexicon = lexicon
        self.quotes = quotes
        self.sections = sections
        self._turn = counter()

    def case(
        self, crux: Node, side: Side, arguments: Sequence[Argument], most: int
    ) -> tuple[tuple[Paragraph, ...], list[Argument]]:
        """The paragraphs of one side, and the arguments they tell."""
        self._reasons: frozenset[str] = frozenset()
        self._told: frozenset[str] = frozenset()
        linked = [a for a in arguments if a.node.type == "crux" and not (a.held and a.stated)]
        own = [a for a in arguments if a not in linked]
        told, left = own[:most], own[most:]
        self._told = frozenset(a.node.id for a in told)
        argued = [a for a in told if a.held and a.stated]
        read = [a for a in told if a.held and not a.stated]
        unheld = [a for a in told if not a.held]
        runs = [
            *self._argued(side, argued),
            *self._read(side, read, first=not argued),
            *self._unheld(side, unheld, first=not (argued or read)),
        ]
        closing = self._linked(side, linked, first=not told)
        if left:
            closing += self._left(left)
        if not runs and not closing:
            closing = (Text(self._nothing(crux, side)),)
        return tuple(paragraph(run) for run in _merged([*runs, closing] if closing else runs)), told

    def _nothing(self, crux: Node, side: Side) -> str:
        """What there is to say of a side without arguments."""
        by = holders(crux)
        people = self.voices.people
        if side == "for" and (holding := [*by.get("asserts", ()), *by.get("concedes", ())]):
            verb = "asserts" if len(holding) == 1 else "assert"
            return f"{capital(people.names(holding))} {verb} it, but the map records no argument for it."
        if side == "against" and by.get("denies"):
            verb = "denies" if len(by["denies"]) == 1 else "deny"
            return f"{capital(people.names(by['denies']))} {verb} it, but the map records no argument against it."
        return (
            f"The map records no argument {side} it.",
            f"Nothing on the map speaks {side} it.",
            f"No argument {side} it is recorded.",
        )[next(self._turn) % 3]

    # --- groups of points ----------------------------------------------------------------------

    def _argued(self, side: Side, points: Sequence[Argument]) -> list[tuple[Inline, ...]]:
        out = []
        for position, point in enumerate(points):
            voice = self.voices.said(point.node, also=self._goes_on(points, position))
            form = _OPENINGS[side][next(self._turn) % len(_OPENINGS[side])] if position == 0 else "{voice}."
            out.append(self._point(point, form.format(voice=voice)))
        return out

    def _read(self, side: Side, points: Sequence[Argument], *, first: bool) -> list[tuple[Inline, ...]]:
        """Points whose bearing the editors conclude: said as what they are, remarks made in the thread."""
        out: list[tuple[Inline, ...]] = []
        for position, point in enumerate(points):
            voice = self.voices.said(point.node, also=self._goes_on(points, position))
            run = self._point(point, f"{voice}.")
            out.append((Text(self._reading(side, len(points), first=first)), *run) if position == 0 else run)
        return out

    def _reading(self, side: Side, many: int, *, first: bool) -> str:
        """The sentence that says whose the connection is."""
        words = _WORDS[side]
        if not first:
            what = "another remark" if many == 1 else "other remarks"
            return f"The editors of the map count {what} made in the thread {words['side']} as well. "
        one = (
            f"The thread does not draw the connection itself, but on the editors' reading one remark {words['speak']}. ",
            f"One thing said in the thread {words['speak']}, though it is the editors of the map who connect the two. ",
        )
        several = (
            f"The thread does not draw the connection itself, but on the editors' reading several remarks {words['several']}. ",
            f"Several things said in the thread {words['several']}, though it is the editors of the map who make the connection. ",
        )
        return (one if many == 1 else several)[next(self._turn) % 2]

    def _unheld(self, side: Side, points: Sequence[Argument], *, first: bool) -> list[tuple[Inline, ...]]:
        """What would count if it were so, though nobody says that it is."""
        out = []
        for position, point in enumerate(points):
            also = "" if first and position == 0 else "also "
            statement = that(point.node.text, self.lexicon)
            lead = f"It would {also}count {_WORDS[side]['side']} {statement}, but nobody in the thread asserts this"
            if not statement.startswith("that"):
                lead = (
                    f"Something else would {also}count {_WORDS[side]['side']}, but nobody asserts {statement}"
                )
            doing = self._doing(point.node)
            out.append(self._point(point, f"{lead}{'; ' + doing if doing else ''}."))
        return out

    def _linked(self, side: Side, points: Sequence[Argument], *, first: bool) -> tuple[Inline, ...]:
        """Other cruxes it hangs together with, in the conditional: whether they hold is in dispute."""
        if not points:
            return ()
        many = len(points) > 1
        start = (
            f"{'Two' if len(points) == 2 else capital(number_word(len(points)))} other cruxes"
            if many
            else "Another crux"
        )
        lead = "" if first else "Beyond what is said on it directly, "
        out: list[Inline] = [
            Text(
                f"{lead + (start if first else start[:1].lower() + start[1:])} {_WORDS[side]['lend']}, if true: "
            )
        ]
        for position, point in enumerate(points):
            if position:
                out.append(Text("; and " if position == len(points) - 1 else "; "))
            out.append(Text(that(point.node.text, self.lexicon)))
            out += self._section(point.node)
        out.append(Text("."))
        for point in points:
            out += self.notes.point(point.node, point.relation)
        out.append(Text(" "))
        return tuple(out)

    def _section(self, node: Node) -> list[Inline]:
        number = self.sections.get(node.id)
        if number is None:
            return []
        return [Text(" ("), SectionLink(node.id, f"section {number}"), Text(")")]

    def _left(self, left: Sequence[Argument]) -> tuple[Inline, ...]:
        what = counted(len(left), "further point")
        return (Text(f"{capital(what)} on this side {'is' if len(left) == 1 else 'are'} on the map."),)

    def _doing(self, node: Node) -> str:
        """What people do with a statement that nobody asserts."""
        verbs = {
            "supposes": ("entertains the thought", "entertain the thought"),
            "reports": ("reports it as a view that others hold", "report it as a view that others hold"),
            "asks": ("asks about it", "ask about it"),
            "denies": ("denies it", "deny it"),
            "declines": ("takes no position on it", "take no position on it"),
        }
        by = holders(node)
        parts: list[str] = []
        before = ""
        for kind, forms in verbs.items():
            if by.get(kind):
                names, verb = self.voices.people.names(by[kind]), forms[0] if len(by[kind]) == 1 else forms[1]
                parts.append(f"elsewhere {verb}" if names == before else f"{names} {verb}")
                before = names
        return listing(parts)

    def _goes_on(self, points: Sequence[Argument], position: int) -> bool:
        """Whether the same people speak as in the point before."""
        if position == 0:
            return False
        return _speakers(points[position].node) == _speakers(points[position - 1].node)

    # --- one point -------------------------------------------------------------------------------

    def _point(self, point: Argument, text: str) -> tuple[Inline, ...]:
        """A point with its grounds and what is said against it."""
        marks = self.notes.point(point.node, point.relation)
        section = self._section(point.node)
        out: list[Inline] = [Text(capital(stopped(text)))]
        if section:
            out = [Text(capital(unstopped(text))), *section, Text(".")]
        out += [*marks, Text(" ")]
        out += self._inline_quote(marks)
        tail = self.voices.attitude_tail(point.node) if point.held else ""
        if tail:
            out += [Text(f"{capital(tail)}."), *self._tail_marks(point.node), Text(" ")]
        out += self._grounds(point)
        out += self._undercuts(point)
        out += self._rejoinders(point)
        return tuple(out)

    def _tail_marks(self, node: Node) -> tuple[Mark, ...]:
        by = holders(node)
        found: tuple[Mark, ...] = ()
        for kind in ("denies", "declines"):
            if by.get(kind):
                found += self.notes.stance(node, kind, by[kind])
        return found

    def _inline_quote(self, marks: Sequence[Mark]) -> list[Inline]:
        if self.quotes != "inline" or not marks:
            return []
        quotes = self.notes.notes[marks[0].number - 1].quotes
        if not quotes:
            return []
        exact = quotes[0].exact
        end = "" if exact.endswith((".", "?", "!", "…")) else "."
        return [Text(f"{('The words are', 'In the text this reads')[next(self._turn) % 2]}: “{exact}”{end} ")]

    def _grounds(self, point: Argument) -> list[Inline]:
        """What it rests on: the speaker's own reasons first, then what others or the editors add."""
        # What is told as an argument of its own on this side need not be told twice.
        grounds = [g for g in point.grounds if g.held and g.node.id not in self._told][:MOST_GROUNDS]
        speakers = _speakers(point.node)
        own = [g for g in grounds if g.stated and _speakers(g.node) == speakers]
        rest = [g for g in grounds if g not in own]
        out: list[Inline] = []
        if own:
            statements = [that(g.node.text, self.lexicon) for g in own]
            before, self._reasons = self._reasons, frozenset(g.node.id for g in own)
            if self._reasons == before:
                out.append(Text(f"The same {'reason is' if len(own) == 1 else 'reasons are'} given."))
            elif len(own) == 1:
                out.append(Text(f"The reason given is {statements[0]}."))
                out += self.notes.point(own[0].node, own[0].relation)
            else:
                out.append(Text(f"{capital(number_word(len(own)))} reasons are given: "))
                for position, (ground, statement) in enumerate(zip(own, statements, strict=True)):
                    last = position == len(own) - 1
                    out.append(Text(f"{'and ' if last else ''}{statement}{'.' if last else ';'}"))
                    out += self.notes.point(ground.node, ground.relation)
                    out.append(Text(" "))
            out.append(Text(" "))
        for ground in rest:
            if ground.stated:
                text = f"In support of this, {self.voices.said(ground.node)}"
                out += [Text(stopped(text)), *self.notes.point(ground.node, ground.relation), Text(" ")]
        read = [ground for ground in rest if not ground.stated and point.held]
        if read:
            out += self._named_list("On the editors' reading it draws support from", read, "from ")
        return out

    def _named_list(self, lead: str, points: Sequence[Argument], joint: str = "") -> list[Inline]:
        """Points as nouns in one sentence: "It draws support from commenter 3's claim that …, and from …"."""
        out: list[Inline] = [Text(f"{lead} ")]
        for position, point in enumerate(points):
            if position:
                out.append(Text(f", and {joint}"))
            out.append(Text(self.voices.named(point.node)))
        out.append(Text("."))
        for point in points:
            out += self.notes.point(point.node, point.relation)
        out.append(Text(" "))
        return out

    def _undercuts(self, point: Argument) -> list[Inline]:
        """What is said against the point's bearing, whether it is true or not."""
        out: list[Inline] = []
        held = [u for u in point.undercuts if u.held]
        for under in [u for u in held if u.stated][:2]:
            if _speakers(under.node) == _speakers(point.node):
                text = f"Even so, it need not bear on the question: {self.voices.said(under.node, also=True)}"
            else:
                voice = self.voices.said(under.node, reply=True)
                text = f"Even if this is so, it does not bear on the question, {voice.subject} {_contends(voice.predicate)}"
            out += [Text(stopped(text)), *self.notes.point(under.node, under.relation), Text(" ")]
            out += self._in_turn(under)
        read = [u for u in held if not u.stated][:2]
        if read:
            lead = (
                "Even if it is true, it may not bear on the question: against the step the editors set",
                "Whether it bears on the question, true or not, is another matter; against that the editors set",
            )[next(self._turn) % 2]
            out += self._named_list(lead, read)
            for under in read:
                out += self._in_turn(under)
        return out

    def _in_turn(self, under: Argument) -> list[Inline]:
        """The first thing said against something that was itself said against a point."""
        for again in [u for u in (*under.undercuts, *under.rejoinders) if u.held][:1]:
            back = (
                f"To this in turn, {self.voices.said(again.node)}"
                if again.stated
                else f"Against this in turn stands {self.voices.named(again.node)}"
            )
            return [Text(stopped(back)), *self.notes.point(again.node, again.relation), Text(" ")]
        return []

    def _rejoinders(self, point: Argument) -> list[Inline]:
        """What is said against the point itself."""
        held = [r for r in point.rejoinders if r.held][:3]
        out: list[Inline] = []
        speaking = _speakers(point.node)
        for position, against in enumerate([r for r in held if r.stated]):
            same = _speakers(against.node) == speaking
            speaking = _speakers(against.node)
            voice = self.voices.said(against.node, reply=not same, also=same)
            if position:
                text = capital(str(voice))
            else:
                text = f"But {voice}" if same else f"{'' if point.held else 'To the contrary, '}{voice}"
            text = capital(text)
            out += [Text(stopped(text)), *self.notes.point(against.node, against.relation), Text(" ")]
            out += self._in_turn(against)
        read = [r for r in held if not r.stated]
        if read:
            out += self._named_list(
                "It has to reckon with" if point.held else "It would have to reckon with", read, "with "
            )
        return out


def _merged(runs: Sequence[tuple[Inline, ...]], room: int = 700) -> list[tuple[Inline, ...]]:
    """Short points that follow one another share a paragraph."""
    out: list[tuple[Inline, ...]] = []
    for run in runs:
        if out and len(plain(out[-1])) + len(plain(run)) <= room:
            out[-1] = (*out[-1], *run)
        else:
            out.append(run)
    return out


def _contends(predicate: str) -> str:
    """ "replies that x" → "replies: x" after a clause that has said what the reply is."""
    verb, joined, rest = predicate.partition(" that ")
    return f"{verb}: {rest}" if joined else predicate


def _speakers(node: Node) -> frozenset[str]:
    by = holders(node)
    for kind in ("asserts", "concedes", "quotes", "supposes", "reports", "asks", "denies", "declines"):
        if by.get(kind):
            return frozenset(by[kind])
    return frozenset()
