"""The case on one side of a crux, as paragraphs.

What people argue for the side comes first, then what the editors connect with it, then what would count
but nobody asserts; the other cruxes it hangs together with close it. What was told with its grounds under
another crux is told again without them, with a reference to where they are.
"""

from collections.abc import Sequence

from app.model.records import Node
from app.writeup.arguments import Argument
from app.writeup.document import Inline, Mark, Paragraph, SectionLink, Side, Text, paragraph, plain
from app.writeup.language import capital, counted, listing, number_word, stopped, that, unstopped
from app.writeup.lexicon import Lexicon
from app.writeup.notes import Notebook
from app.writeup.options import Quoting
from app.writeup.replies import Replies, speakers
from app.writeup.voices import Manner, Voices, holders

_WORDS: dict[Side, dict[str, str]] = {
    "for": {
        "side": "in its favour",
        "lend": "lend it support",
        "further": "lend it further support",
        "gain": "gain support",
    },
    "against": {
        "side": "against it",
        "lend": "speak against it",
        "further": "speak against it as well",
        "gain": "be weakened",
    },
}
_ROOM = 36
"""Words up to which two other cruxes are told in full; beyond, their sections are named."""


class Teller:
    """Tells cases; one a document, since it remembers what was told where."""

    def __init__(
        self, voices: Voices, notes: Notebook, lexicon: Lexicon, quotes: Quoting, sections: dict[str, int]
    ) -> None:
        self.voices = voices
        self.notes = notes
        self.lexicon = lexicon
        self.quotes = quotes
        self.sections = sections
        self.replies = Replies(voices, notes, lexicon)
        self._places: dict[str, list[str]] = {}
        self._here: list[str] = []
        self.aside: set[str] = set()
        """Points of the present section that are told in full in another."""

    def case(
        self, crux: Node, side: Side, arguments: Sequence[Argument], most: int, *, silent: bool = False
    ) -> tuple[tuple[Paragraph, ...], list[Argument]]:
        """The paragraphs of one side, and the arguments they tell. ``silent``: nobody argues on either side."""
        self._crux = crux
        self._silent = silent
        linked = [a for a in arguments if a.node.type == "crux" and not (a.held and a.stated)]
        own = [a for a in arguments if a not in linked]
        told, left = own[:most], own[most:]
        self._told = frozenset(a.node.id for a in told)
        argued = [a for a in told if a.held and a.stated]
        read = [a for a in told if a.held and not a.stated]
        unheld = [a for a in told if not a.held]
        runs = [
            *(
                self._point(a, side, first=n == 0, before=argued[n - 1] if n else None)
                for n, a in enumerate(argued)
            ),
            *self._read(side, read, first=not argued),
            *self._unheld(side, unheld, first=not (argued or read)),
        ]
        closing = self._linked(side, linked, first=not told)
        if left:
            closing += self._left(left)
        if not runs and not closing:
            closing = (Text(self._nothing(side)),)
        return tuple(paragraph(run) for run in _merged([*runs, closing] if closing else runs)), told

    def again(self, node: Node) -> list[Inline]:
        """Where a statement told outside the cases was told before; from now on it is told here."""
        self._here.append(node.id)
        return self._seen(self._places.get(node.id, []))

    def end(self) -> None:
        """A section is finished: what was told in it is from now on told elsewhere."""
        for key in dict.fromkeys(self._here):
            self._places.setdefault(key, []).append(self._crux.id)
        self._here = []
        self.aside = set()

    def _nothing(self, side: Side) -> str:
        """What there is to say of a side without arguments."""
        by = holders(self._crux)
        names = self.voices.people.names
        if side == "for" and (holding := [*by.get("asserts", ()), *by.get("concedes", ())]):
            verb = "asserts" if len(holding) == 1 else "assert"
            return f"{capital(names(holding))} {verb} it, but the map records no argument for it."
        if side == "against" and by.get("denies"):
            verb = "denies" if len(by["denies"]) == 1 else "deny"
            return f"{capital(names(by['denies']))} {verb} it, but the map records no argument against it."
        return f"No argument {side} it is on the map."

    # --- groups of points ----------------------------------------------------------------------

    def _read(self, side: Side, points: Sequence[Argument], *, first: bool) -> list[tuple[Inline, ...]]:
        """Points whose bearing the editors conclude: one as what they add, several after a sentence that says so."""
        if not points:
            return []
        if len(points) == 1:
            lead = f"{self._unargued(side)} the editors place here" if first else "To this the editors add"
            named = self.voices.named(points[0].node, backing=side == "for")
            return [self._told_as(points[0], f"{lead} {named}")]
        many = number_word(len(points))
        lead = (
            f"{self._unargued(side)} the editors place here {many} remarks. "
            if first
            else f"To this the editors add {many} more remarks. "
        )
        out = []
        for position, point in enumerate(points):
            run = self._point(point, side, before=points[position - 1] if position else None)
            out.append(run if position else (Text(lead), *run))
        return out

    def _unargued(self, side: Side) -> str:
        """That nobody argues the side; whoever takes it without an argument is named."""
        kind = "asserts" if side == "for" else "denies"
        if keys := holders(self._crux).get(kind):
            give = "gives" if len(keys) == 1 else "give"
            return f"{capital(self.voices.people.names(keys))} {_agree(keys, kind)} it but {give} no explicit argument;"
        nobody = "Nor does anybody argue" if self._silent and side == "against" else "Nobody argues"
        return f"{nobody} {side} it outright;"

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
            out.append(self._told_as(point, f"{lead}{'; ' + doing if doing else ''}"))
        return out

    def _linked(self, side: Side, points: Sequence[Argument], *, first: bool) -> tuple[Inline, ...]:
        """Other cruxes it hangs together with, in the conditional: whether they hold is in dispute."""
        if not points:
            return ()
        words = _WORDS[side]
        room = len(points) == 1 or (
            len(points) == 2 and sum(len(p.node.text.split()) for p in points) <= _ROOM
        )
        brief = [] if room else [p for p in points if p.node.id in self.sections]
        full = [p for p in points if p not in brief]
        out: list[Inline] = []
        if brief:
            numbers = [p.node for p in sorted(brief, key=lambda p: self.sections[p.node.id])]
            several = len(numbers) > 1
            out.append(Text(f"The proposition{'s' if several else ''} of section{'s' if several else ''} "))
            out += self._numbers(numbers)
            out.append(Text(f" would {words['lend'] if first else words['further']}, if true."))
            for point in brief:
                out += self.notes.point(point.node, point.relation)
            out.append(Text(" "))
        for start in range(0, len(full), 2):
            out.append(
                Text(
                    f"{'It' if first and not brief else 'The proposition'} would {'also ' if start else ''}{words['gain']}, were it true "
                )
            )
            pair = full[start : start + 2]
            marks: list[Mark] = []
            for position, point in enumerate(pair):
                out.append(Text(f"{' or ' if position else ''}{that(point.node.text, self.lexicon)}"))
                out += self._section(point.node)
                marks += self.notes.point(point.node, point.relation)
            out += [Text("."), *marks, Text(" ")]
        return tuple(out)

    def _numbers(self, nodes: Sequence[Node]) -> list[Inline]:
        """ "7, 8 and 9", each a link to its section."""
        out: list[Inline] = []
        for position, node in enumerate(nodes):
            if position:
                out.append(Text(" and " if position == len(nodes) - 1 else ", "))
            out.append(SectionLink(node.id, str(self.sections[node.id])))
        return out

    def _section(self, node: Node) -> list[Inline]:
        number = self.sections.get(node.id)
        if number is None or node.id == self._crux.id:
            return []
        return [Text(" ("), SectionLink(node.id, f"section {number}"), Text(")")]

    def _seen(self, places: Sequence[str]) -> list[Inline]:
        """ "(see sections 2 and 8)": where the point was told before."""
        if not places:
            return []
        nodes = [self.notes.view.content.nodes[key] for key in places]
        return [Text(f" (see section{'s' if len(nodes) > 1 else ''} "), *self._numbers(nodes), Text(")")]

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
        doing: dict[str, list[str]] = {}
        by = holders(node)
        for kind, forms in verbs.items():
            if by.get(kind):
                names = self.voices.people.names(by[kind])
                doing.setdefault(names, []).append(forms[0] if len(by[kind]) == 1 else forms[1])
        return listing([f"{names} {listing(done)}" for names, done in doing.items()])

    # --- one point -------------------------------------------------------------------------------

    def _point(
        self, point: Argument, side: Side, *, first: bool = False, before: Argument | None = None
    ) -> tuple[Inline, ...]:
        """A point as somebody's words."""
        also = before is not None and speakers(before.node) == speakers(point.node)
        voice = self.voices.said(point.node, self._manner(point, side), also=also)
        text = f"{voice.subject}{self._against_self(point, side)} {voice.predicate}"
        return self._told_as(point, text, verbal=True)

    def _manner(self, point: Argument, side: Side) -> Manner:
        if self.replies.own_grounds(point, self._told):
            return "argued"
        return (
            "disputed"
            if point.denied or any(r.held for r in point.rejoinders)
            else "plain"
            if side == "against"
            else "backing"
        )

    def _against_self(self, point: Argument, side: Side) -> str:
        """What makes a concession one: that the same people are on the other side of the question."""
        by, own = holders(point.node), holders(self._crux)
        if not by.get("concedes") or by.get("asserts") or by.get("quotes"):
            return ""
        other = own.get("asserts" if side == "against" else "denies", ())
        if not set(by["concedes"]) <= set(other):
            return ""
        return (
            f", who {_agree(by['concedes'], 'asserts' if side == 'against' else 'denies')} the proposition,"
        )

    def _told_as(self, point: Argument, text: str, *, verbal: bool = False) -> tuple[Inline, ...]:
        """A point in these words, with its grounds and what is said against it."""
        marks = self.notes.point(point.node, point.relation)
        node = point.node
        places = self._places.get(node.id, []) if node.id not in self.sections else []
        self._here.append(node.id)
        told_here = self._told | {node.id}
        aside = self._section(node) or self._seen(places)
        own = [] if aside else self.replies.own_grounds(point, told_here)
        body = unstopped(capital(text))
        quote = self._inline_quote(marks)
        out: list[Inline] = [Text(body), *aside, *quote]
        clause, joined = self.replies.joined(text, own) if verbal else ("", False)
        if joined:
            out += [*marks, Text(stopped(clause)), *self.notes.point(own[0].node, own[0].relation), Text(" ")]
        else:
            ended = stopped(body) == body and not (aside or quote)
            out += [Text("" if ended else "."), *marks, Text(" "), *self.replies.reasons(own)]
        if not aside:
            out += self.replies.support(point, told_here)
            tail = self.voices.attitude_tail(node) if point.held else ""
            if tail:
                out += [Text(f"{capital(tail)}."), *self._tail_marks(node), Text(" ")]
        else:
            self.aside.add(node.id)
        out += self.replies.undercuts(point)
        if not aside:
            out += self.replies.rejoinders(point)
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
        return [Text(f" (“{quotes[0].exact}”)")] if quotes else []


def _merged(runs: Sequence[tuple[Inline, ...]], room: int = 700) -> list[tuple[Inline, ...]]:
    """Short points that follow one another share a paragraph."""
    out: list[tuple[Inline, ...]] = []
    for run in runs:
        if out and len(plain(out[-1])) + len(plain(run)) <= room:
            out[-1] = (*out[-1], *run)
        else:
            out.append(run)
    return out


def _agree(keys: Sequence[str], verb: str) -> str:
    """The verb in the number of its subjects."""
    many = {"asserts": "assert", "denies": "deny"}
    return verb if len(keys) == 1 else many[verb]
