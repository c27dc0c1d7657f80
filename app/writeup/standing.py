"""Where people stand on a crux, what they grant one another, what is left unanswered."""

from collections.abc import Sequence

from app.model.records import Node
from app.writeup.arguments import Argument
from app.writeup.document import Inline, Paragraph, Text, paragraph
from app.writeup.language import capital, stopped, that, unstopped
from app.writeup.lexicon import Lexicon
from app.writeup.notes import Notebook
from app.writeup.voices import Voices, holders

_STANDS = (
    ("asserts", "asserts @", "assert @"),
    ("concedes", "concedes @", "concede @"),
    ("denies", "denies @", "deny @"),
    ("quotes", "", ""),
    ("supposes", "entertains @ without asserting it", "entertain @ without asserting it"),
    ("reports", "reports @ as a view, without taking it over", "report @ as a view, without taking it over"),
    ("asks", "asks about @ without affirming it", "ask about @ without affirming it"),
    ("declines", "declines to take a position on @", "decline to take a position on @"),
)


class Standing:
    """Writes the parts on people."""

    def __init__(self, voices: Voices, notes: Notebook, lexicon: Lexicon) -> None:
        self.voices = voices
        self.notes = notes
        self.lexicon = lexicon
        self._unsettled = -1

    def stands(self, crux: Node) -> list[Paragraph]:
        """Who takes which attitude to the proposition itself."""
        by = holders(crux)
        out: list[Inline] = []
        own = {key for kind in ("asserts", "concedes", "denies") for key in by.get(kind, ())}
        for kind, one, many in _STANDS:
            firm = kind in ("asserts", "concedes", "denies")
            keys = [key for key in by.get(kind, ()) if firm or key not in own]
            if not keys:
                continue
            names = self.voices.people.names(keys)
            if kind == "quotes":
                quoters = self.voices.people.names(self.voices.quoters(crux))
                text = f"{names}, as quoted by {quoters}, {'puts' if len(keys) == 1 else 'put'} @ forward"
            else:
                text = f"{names} {one if len(keys) == 1 else many}"
            text = text.replace("@", "it" if out else "the proposition", 1).replace("@", "it")
            out += [Text(f"{capital(text)}."), *self.notes.stance(crux, kind, keys), Text(" ")]
        if not out:
            return [Paragraph((Text("Nobody in the thread takes a position on the proposition itself."),))]
        if not own and "quotes" not in by:
            out.append(Text("Nobody affirms or denies it in so many words."))
        return [paragraph(out)]

    def granted(self, crux: Node, around: Sequence[Argument], told: set[str]) -> list[Paragraph]:
        """Concessions, and what several people hold, among what was not told already."""
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
        out: list[Inline] = []
        for each in shared[:2]:
            out += [
                Text(stopped(f"It is common ground {self._statement(each.node)}")),
                *self.notes.point(each.node),
                Text(" "),
            ]
        for each in conceded[:3]:
            out += [
                Text(stopped(capital(str(self.voices.said(each.node))))),
                *self.notes.point(each.node),
                Text(" "),
            ]
        return [paragraph(out)] if out else []

    def unanswered(self, arguments: Sequence[Argument], told: Sequence[Argument]) -> list[Paragraph]:
        """Objections on either side that nothing on the map answers."""
        out: list[Inline] = []
        against = [a for a in told if a.sign < 0 and a.held and not a.answered]
        replies = [
            each
            for a in told
            for each in (*a.undercuts[:2], *a.rejoinders[:3])
            if each.held and not each.answered and each.node.id not in {x.node.id for x in against}
        ]
        for points, what in (
            (against, "to what {names} {say} against it"),
            (replies, "to the {replies} of {names} told above"),
        ):
            names = list(dict.fromkeys(key for a in points for key in _owners(a.node)))
            if not names:
                continue
            text = what.format(
                names=self.voices.people.names(names),
                say="says" if len(names) == 1 else "say",
                replies="reply" if len({a.node.id for a in points}) == 1 else "replies",
            )
            out.append(Text(f"{'Nor does it record one' if out else 'The map records no answer'} {text}."))
            out += dict.fromkeys(m for a in points for m in self.notes.point(a.node, a.relation))
            out.append(Text(" "))
        known = {b.node.id for a in told for _, b in a.walk()}
        further = [
            a for a in arguments if _objects(a) and a.held and not a.answered and a.node.id not in known
        ]
        for a in [a for a in further if a.node.type != "crux"][:1]:
            lead = "It records none to" if out else "Nothing on the map answers"
            out += [
                Text(stopped(f"{lead} {self.voices.named(a.node)}")),
                *self.notes.point(a.node, a.relation),
            ]
        return [paragraph(out)] if out else []

    def settling(self, crux: Node) -> Paragraph:
        """What the text says would settle it."""
        details = crux.crux
        if details is not None and details.would_settle:
            text = unstopped(details.would_settle)
            if not text.startswith("According "):
                text = (
                    f"What would settle the question, going by the thread: {self.lexicon.lower_first(text)}"
                )
            return Paragraph((Text(stopped(text)),))
        self._unsettled += 1
        return Paragraph(
            (
                Text(
                    (
                        "The thread names nothing that would settle the question.",
                        "What would settle the question is not said in the thread.",
                    )[self._unsettled % 2]
                ),
            )
        )

    def _statement(self, node: Node) -> str:
        by = holders(node)
        keys = list(dict.fromkeys([*by.get("asserts", ()), *by.get("concedes", ())]))
        return f"between {self.voices.people.names(keys)} {that(node.text, self.lexicon)}"


def _objects(argument: Argument) -> bool:
    return argument.relation.type in ("attacks", "undercuts")


def _owners(node: Node) -> list[str]:
    by = holders(node)
    return [*by.get("asserts", ()), *by.get("concedes", ())] or by.get("quotes", [])
