"""Who says what how: a node as a reported statement, faithful to the attitudes its holders take.

Nothing here turns a hypothetical, a question or a report into an assertion, and what is quoted is said by
whom it quotes. No verb is used that would endorse what is said ("shows", "notes", "points out").
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.writeup.language import listing, own, that, unstopped, whether
from app.writeup.lexicon import Lexicon
from app.writeup.people import People

_SAYING = (("argues", "argue"), ("says", "say"), ("holds", "hold"), ("maintains", "maintain"))
_REPLYING = (("replies", "reply"), ("objects", "object"), ("answers", "answer"))
_SUPPOSING = (
    ("entertains, without asserting it, the thought", "entertain, without asserting it, the thought"),
    ("supposes, for the sake of argument,", "suppose, for the sake of argument,"),
)
_NOUNS = {
    "asserts": "claim",
    "concedes": "concession",
    "quotes": "claim",
    "supposes": "supposition",
    "reports": "report of the view",
}


@dataclass(frozen=True)
class Voice:
    """A statement as somebody's: ``subject`` and ``predicate`` make a sentence, ``keys`` are the speakers."""

    keys: tuple[str, ...]
    subject: str
    predicate: str
    attitude: str

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate}"


class Voices:
    """Puts nodes into people's mouths. Verbs take turns, so that they do not repeat one after another."""

    def __init__(self, view: MapSnapshot, people: People, lexicon: Lexicon) -> None:
        self.view = view
        self.people = people
        self.lexicon = lexicon
        self._turn: dict[int, int] = {}

    def said(self, node: Node, *, reply: bool = False, also: bool = False) -> Voice:
        """The node as reported speech: "commenter 8" + "says that …".

        ``reply`` allows verbs of answering, ``also`` marks that the same speaker goes on.
        """
        by = holders(node)
        adverb = "also " if also else ""
        asserting, quoted = by.get("asserts"), by.get("quotes")
        conceding = [key for key in by.get("concedes", ()) if key not in (asserting or ())]
        if asserting:
            verb = self._saying(node, len(asserting), reply=reply)
            if also and verb in ("says", "say"):
                adverb, verb = "", "adds" if verb == "says" else "add"
            if conceding and asserting:
                grant = _form(("concedes", "concede"), len(conceding))
                both = f"{adverb}{verb}, and {self.people.names(conceding)} {grant},"
                return self._voice(asserting, f"{both} {that(node.text, self.lexicon)}", "asserts")
            return self._voice(asserting, f"{adverb}{verb} {that(node.text, self.lexicon)}", "asserts")
        if quoted:
            subject = f"{self.people.names(quoted)}, as quoted by {self.people.names(self.quoters(node))},"
            verb = self._saying(node, len(quoted), reply=False)
            if conceding:
                verb += (
                    f", and {self.people.names(conceding)} {_form(('concedes', 'concede'), len(conceding))},"
                )
            return Voice(tuple(quoted), subject, f"{verb} {that(node.text, self.lexicon)}", "quotes")
        if conceding:
            verb = _form(("concedes", "concede"), len(conceding))
            return self._voice(conceding, f"{adverb}{verb} {that(node.text, self.lexicon)}", "concedes")
        return self._not_held(node, by)

    def _not_held(self, node: Node, by: dict[str, list[str]]) -> Voice:
        statement = that(node.text, self.lexicon)
        if (supposing := by.get("supposes")) is not None:
            if set(supposing) <= set(by.get("denies", ())):
                verb = _form(
                    ("considers, and rejects, the thought", "consider, and reject, the thought"),
                    len(supposing),
                )
                return self._voice(supposing, f"{verb} {statement}", "denies")
            return self._voice(supposing, f"{self._next(_SUPPOSING, len(supposing))} {statement}", "supposes")
        if (reporting := by.get("reports")) is not None:
            verb = _form(
                ("reports, without taking it over, the view", "report, without taking it over, the view"),
                len(reporting),
            )
            return self._voice(reporting, f"{verb} {statement}", "reports")
        if (asking := by.get("asks")) is not None:
            return self._voice(asking, f"{_form(('asks', 'ask'), len(asking))} {self._asked(node)}", "asks")
        if (denying := by.get("denies")) is not None:
            return self._voice(denying, f"{_form(('denies', 'deny'), len(denying))} {statement}", "denies")
        if (declining := by.get("declines")) is not None:
            verb = _form(("takes no position on", "take no position on"), len(declining))
            return self._voice(declining, f"{verb} {whether(node.text, self.lexicon)}", "declines")
        return Voice((), "it", f"is said {statement}", "")

    def named(self, node: Node) -> str:
        """The node as a noun: "commenter 3's claim that …"."""
        by = holders(node)
        for attitude, noun in _NOUNS.items():
            keys = by.get(attitude)
            if keys:
                owner = self.people.names(keys)
                noun = self._noun(node, noun)
                statement = that(node.text, self.lexicon)
                if len(keys) == 1:
                    statement = own(statement, owner)
                quoters = (
                    f", quoted by {self.people.names(self.quoters(node))}," if attitude == "quotes" else ""
                )
                if " of " in owner:  # "the author of the text's claim" would be another claim
                    return f"the {noun} of {owner}{quoters} {statement}"
                return f"{possessive(owner)} {noun}{quoters} {statement}"
        if (asking := by.get("asks")) is not None:
            return f"{possessive(self.people.names(asking))} question {self._asked(node)}"
        return f"the claim {that(node.text, self.lexicon)}"

    def attitude_tail(self, node: Node) -> str:
        """What others do with it, as one more sentence without its stop; empty where nobody does."""
        by = holders(node)
        holding = {*by.get("asserts", ()), *by.get("concedes", ())}
        if not holding and "quotes" not in by:
            return ""
        denying = [key for key in by.get("denies", ()) if key not in holding]
        declining = [key for key in by.get("declines", ()) if key not in holding and key not in denying]
        parts = []
        if denying:
            parts.append(f"{self.people.names(denying)} {_form(('denies', 'deny'), len(denying))} it")
        if declining:
            verb = _form(("takes no position on it", "take no position on it"), len(declining))
            parts.append(f"{self.people.names(declining)} {verb}")
        return listing(parts)

    def quoters(self, node: Node) -> list[str]:
        """Who quotes it, where it is known from quotations only."""
        found: dict[str, None] = {}
        for mention in node.passages:
            comment = self.view.comment_at(mention.document, mention.start)
            if mention.attitude == "quotes" and comment is not None and comment.duplicate_of is None:
                found[comment.participant] = None
        return list(found) or [mention.holder for mention in node.passages[:1]]

    def _asked(self, node: Node) -> str:
        if node.type == "question" or node.text.rstrip().endswith("?"):
            return f"this: {self.lexicon.lower_first(unstopped(node.text))}"
        return whether(node.text, self.lexicon)

    def _noun(self, node: Node, noun: str) -> str:
        if noun == "claim" and node.type == "objection":
            return "objection"
        if noun == "claim" and node.type == "proposal":
            return "proposal"
        return noun

    def _saying(self, node: Node, count: int, *, reply: bool) -> str:
        if node.type == "evidence" and "evidence" not in node.text.lower():
            return _form(("offers as evidence", "offer as evidence"), count)
        if node.type == "proposal":
            return _form(("suggests", "suggest"), count)
        if node.type == "definition":
            return _form(("explains the terms by saying", "explain the terms by saying"), count)
        if node.text.startswith("Arguably, "):
            return _form(_SAYING[1], count)
        return self._next(_REPLYING if reply else _SAYING, count)

    def _next(self, verbs: Sequence[tuple[str, str]], count: int) -> str:
        turn = self._turn.get(id(verbs), -1) + 1
        self._turn[id(verbs)] = turn
        return _form(verbs[turn % len(verbs)], count)

    def _voice(self, keys: Sequence[str], predicate: str, attitude: str) -> Voice:
        subject = self.people.names(keys)
        return Voice(tuple(keys), subject, own(predicate, subject) if len(keys) == 1 else predicate, attitude)


def holders(node: Node) -> dict[str, list[str]]:
    """Who takes which attitude, in reading order; quotations only of those not heard in their own voice."""
    found: dict[str, list[str]] = {}
    first_hand = {m.holder for m in node.passages if m.attitude != "quotes"}
    for mention in node.passages:
        if mention.attitude == "quotes" and mention.holder in first_hand:
            continue
        keys = found.setdefault(mention.attitude, [])
        if mention.holder not in keys:
            keys.append(mention.holder)
    return found


def possessive(name: str) -> str:
    """The owner's form.

    >>> possessive("commenter 8"), possessive("the authors")
    ("commenter 8's", "the authors'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _form(verb: tuple[str, str], count: int) -> str:
    return verb[0] if count == 1 else verb[1]
