"""What follows a point in the text: what it rests on, what is said against its bearing and against itself.

The wording follows from what the map records of each: who says it, whether the text or the editors connect
it, whether it is a claim, an objection or a concession.
"""

from collections.abc import Sequence

from app.model.records import Node
from app.writeup.arguments import Argument
from app.writeup.document import Inline, Text
from app.writeup.language import capital, folded, number_word, stopped, that
from app.writeup.lexicon import Lexicon
from app.writeup.notes import Notebook
from app.writeup.voices import Voices, holders

MOST_GROUNDS = 3
MOST_REPLIES = 2
_ROOM = 42
"""Words up to which a point and its ground share a sentence."""
_SUPPORT = {
    "concession": "This gains from",
    "": "This draws support from",
}
_DOUBTS = {
    "concession": "Its force is lessened by",
    "objection": "Against the relevance of this stands",
    "": "Whether this is relevant is open to doubt on account of",
}
_AGAINST = {
    "concession": "This has to reckon with",
    "objection": "Against this stands",
    "": "This sits uneasily with",
}


class Replies:
    """Writes what is said on a point. ``reasons`` are the grounds given last, so that they are given once."""

    def __init__(self, voices: Voices, notes: Notebook, lexicon: Lexicon) -> None:
        self.voices = voices
        self.notes = notes
        self.lexicon = lexicon
        self._reasons: frozenset[str] = frozenset()

    # --- grounds ---------------------------------------------------------------------------------

    def own_grounds(self, point: Argument, told: frozenset[str]) -> list[Argument]:
        """The speaker's own reasons, but for those that are told as points themselves."""
        return [
            g
            for g in self._held(point.grounds, told)[:MOST_GROUNDS]
            if g.stated and speakers(g.node) == speakers(point.node)
        ]

    def joined(self, text: str, own: Sequence[Argument]) -> tuple[str, bool]:
        """The clause that gives a point's one reason in the same sentence, where there is room for it."""
        if len(own) != 1 or frozenset(g.node.id for g in own) == self._reasons:
            return "", False
        reason = that(own[0].node.text, self.lexicon)
        if not reason.startswith("that ") or len(f"{text} {reason}".split()) > _ROOM:
            return "", False
        self._reasons = frozenset(g.node.id for g in own)
        lead = "offering as evidence" if own[0].node.type == "evidence" else "on the ground"
        return f", {lead} {reason}", True

    def reasons(self, own: Sequence[Argument]) -> list[Inline]:
        """The speaker's reasons as a sentence of their own."""
        if not own:
            return []
        before, self._reasons = self._reasons, frozenset(g.node.id for g in own)
        if self._reasons == before:
            return [Text(f"The same {'reason is' if len(own) == 1 else 'reasons are'} given. ")]
        statements = folded([that(g.node.text, self.lexicon) for g in own])
        if len(own) == 1:
            offered = own[0].node.type == "evidence" and "evidence" not in own[0].node.text.lower()
            what = "The evidence offered is" if offered else "The reason given is"
            return [Text(stopped(f"{what} {statements[0]}")), *self._note(own[0]), Text(" ")]
        out: list[Inline] = [Text(f"{capital(number_word(len(own)))} reasons are given: ")]
        short = all(not statement.startswith("that ") for statement in statements[1:])
        for position, (ground, statement) in enumerate(zip(own, statements, strict=True)):
            last = position == len(own) - 1
            stop = "." if last else "," if short else ";"
            out += [Text(f"{'and ' if last else ''}{statement}{stop}"), *self._note(ground), Text(" ")]
        return out

    def support(self, point: Argument, told: frozenset[str]) -> list[Inline]:
        """What others, or the editors, bring in support of a point."""
        own = self.own_grounds(point, told)
        rest = [g for g in self._held(point.grounds, told)[:MOST_GROUNDS] if g not in own]
        out: list[Inline] = []
        for ground in [g for g in rest if g.stated]:
            text = f"In support of this, {self.voices.said(ground.node, 'backing')}"
            out += [Text(stopped(text)), *self._note(ground), Text(" ")]
        if point.held:
            out += self._listed(_SUPPORT, [g for g in rest if not g.stated])
        return out

    # --- what is said against it -----------------------------------------------------------------

    def undercuts(self, point: Argument) -> list[Inline]:
        """What is said against the point's bearing, whether it is true or not."""
        out: list[Inline] = []
        under = self._held(point.undercuts)
        for each in [u for u in under if u.stated][:MOST_REPLIES]:
            out += [Text(stopped(capital(self._disputed(point, each.node)))), *self._note(each), Text(" ")]
            out += self._in_turn(each)
        read = [u for u in under if not u.stated][:MOST_REPLIES]
        out += self._listed(_DOUBTS, read)
        for each in read:
            out += self._in_turn(each)
        return out

    def _disputed(self, point: Argument, node: Node) -> str:
        by = holders(node)
        names = self.voices.people.names
        statement = that(node.text, self.lexicon)
        claim = statement.removeprefix("that ").removeprefix("this: ")
        if by.get("asserts"):
            who, many = names(by["asserts"]), len(by["asserts"]) > 1
            same = set(by["asserts"]) <= speakers(point.node)
            if same and node.type != "objection":
                return f"{who} {'add' if many else 'adds'} the caveat {statement}"
            granting = set(by["asserts"]) <= set(holders(point.node).get("concedes", ()))
            who += f", who {'concede' if many else 'concedes'} this much," if granting else ""
            return f"{who} {'dispute' if many else 'disputes'} the relevance of this: {claim}"
        if by.get("quotes"):
            quoters = names(self.voices.quoters(node))
            verb = "dispute" if len(by["quotes"]) > 1 else "disputes"
            return f"{names(by['quotes'])}, as quoted by {quoters}, {verb} the relevance of this: {claim}"
        verb = "concede" if len(by.get("concedes", ())) > 1 else "concedes"
        return f"{names(by.get('concedes', ()))} {verb}, however, {statement}"

    def rejoinders(self, point: Argument) -> list[Inline]:
        """What is said against the point itself."""
        held = self._held(point.rejoinders)[:3]
        out: list[Inline] = []
        speaking = speakers(point.node)
        for position, against in enumerate(r for r in held if r.stated):
            same = speakers(against.node) == speaking
            speaking = speakers(against.node)
            voice = self.voices.said(against.node, "plain" if same else "reply", also=same and position > 0)
            lead = "" if position else "But " if same else "" if point.held else "To the contrary, "
            out += [Text(stopped(capital(f"{lead}{voice}"))), *self._note(against), Text(" ")]
            out += self._in_turn(against)
        out += self._listed(_AGAINST, [r for r in held if not r.stated])
        return out

    def _in_turn(self, under: Argument) -> list[Inline]:
        """The first thing said against something that was itself said against a point."""
        for again in self._held((*under.undercuts, *under.rejoinders))[:1]:
            back = (
                f"To this in turn, {self.voices.said(again.node, 'reply')}"
                if again.stated
                else f"Against this in turn stands {self.voices.named(again.node)}"
            )
            return [Text(stopped(back)), *self._note(again), Text(" ")]
        return []

    # --- joining ---------------------------------------------------------------------------------

    def _listed(self, leads: dict[str, str], points: Sequence[Argument]) -> list[Inline]:
        """Points as nouns, those of one kind in one sentence: "It draws support from commenter 3's claim that …"."""
        kinds: dict[str, list[Argument]] = {}
        for point in points:
            kinds.setdefault(leads.get(self._kind(point.node), leads[""]), []).append(point)
        out: list[Inline] = []
        for lead, members in kinds.items():
            for start in range(0, len(members), 2):
                pair = members[start : start + 2]
                backing = leads is _SUPPORT
                last = lead.rpartition(" ")[2]
                joint = f", and {last} " if last in ("from", "with", "by", "of") else ", and "
                names = joint.join(self.voices.named(each.node, backing=backing) for each in pair)
                out.append(Text(stopped(f"{lead} {names}")))
                out += [mark for each in pair for mark in self._note(each)]
                out.append(Text(" "))
        return out

    def _kind(self, node: Node) -> str:
        by = holders(node)
        if by.get("concedes") and not by.get("asserts"):
            return "concession"
        return node.type

    def _held(self, points: Sequence[Argument], told: frozenset[str] = frozenset()) -> list[Argument]:
        return [each for each in points if each.held and each.node.id not in told]

    def _note(self, point: Argument) -> tuple[Inline, ...]:
        return self.notes.point(point.node, point.relation)


def speakers(node: Node) -> frozenset[str]:
    """Whose words a point is told as."""
    by = holders(node)
    for kind in ("asserts", "concedes", "quotes", "supposes", "reports", "asks", "denies", "declines"):
        if by.get(kind):
            return frozenset(by[kind])
    return frozenset()
