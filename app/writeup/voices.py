"""Who says what how: a node as a reported statement, faithful to the attitudes its holders take.

Nothing here turns a hypothetical, a question or a report into an assertion, and what is quoted is said by
whom it quotes. No verb is used that would endorse what is said ("shows", "notes", "points out").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.model.records import Node
from app.model.snapshot import MapSnapshot
from app.writeup.language import guessed, listing, own, that, unstopped, whether
from app.writeup.lexicon import Lexicon
from app.writeup.people import People

_SUPPOSING = ("entertains, without asserting it, the thought", "entertain, without asserting it, the thought")
_MANNERS = {
    "argued": ("argues", "argue"),
    "disputed": ("maintains", "maintain"),
    "plain": ("holds", "hold"),
    "reply": ("replies", "reply"),
    "backing": ("holds", "hold"),
}
Manner = Literal["argued", "disputed", "plain", "reply", "backing"]
"""How it is said: with reasons, against opposition, neither, in answer, in support. The verb follows from it."""

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
    """Puts nodes into people's mouths. The verb says what is true of the saying: it is never a mere synonym."""

    def __init__(self, view: MapSnapshot, people: People, lexicon: Lexicon) -> None:
        self.view = view
        self.people = people
        self.lexicon = lexicon

    def said(self, node: Node, manner: Manner = "plain", *, also: bool = False) -> Voice:
        """The node as reported speech: "commenter 8" + "holds that …"; ``also``: the same speaker goes on."""
        by = holders(node)
        adverb = "also " if also else ""
        asserting, quoted = by.get("asserts"), by.get("quotes")
        conceding = [key for key in by.get("concedes", ()) if key not in (asserting or ())]
        speaking = asserting or quoted
        if speaking:
            verb, statement = self._saying(node, len(speaking), manner)
            if also and manner == "plain" and verb in _MANNERS["plain"]:
                adverb, verb = "", _form(("adds", "add"), len(speaking))
            said = f"{adverb}{verb} "
            if conceding:
                grant = _form(("concedes", "concede"), len(conceding))
                said = f"{adverb}{verb}, and {self.people.names(conceding)} {grant}, "
            if asserting:
                return self._voice(asserting, said + statement, "asserts")
            subject = f"{self.people.names(speaking)}, as quoted by {self.people.names(self.quoters(node))},"
            return Voice(tuple(speaking), subject, said + statement, "quotes")
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
            return self._voice(supposing, f"{_form(_SUPPOSING, len(supposing))} {statement}", "supposes")
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

    def named(self, node: Node, *, backing: bool = False) -> str:
        """The node as a noun: "commenter 3's claim that …"; ``backing``: what supports something is no objection."""
        by = holders(node)
        for attitude, noun in _NOUNS.items():
            keys = by.get(attitude)
            if keys:
                owner = self.people.names(keys)
                noun = self._noun(node, noun, backing)
                statement = that(guessed(node.text)[1] if noun == "guess" else node.text, self.lexicon)
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
            parts.append(
                f"{self.people.names(denying)} {_form(('denies', 'deny'), len(denying))} the claim itself"
            )
        if declining:
            verb = _form(
                ("takes no position on the claim itself", "take no position on the claim itself"),
                len(declining),
            )
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
            return f"this: {unstopped(node.text)}"
        return whether(node.text, self.lexicon)

    def _noun(self, node: Node, noun: str, backing: bool) -> str:
        if noun == "claim" and node.type == "objection" and not backing:
            return "objection"
        if noun == "claim" and node.type == "proposal":
            return "proposal"
        if noun == "claim" and guessed(node.text)[0]:
            return "guess"
        return noun

    def _own_names(self, node: Node) -> tuple[str, ...]:
        """How a statement begins in which somebody speaks of themselves."""
        return tuple(
            f"{name[:1].upper()}{name[1:]} " for m in node.passages if (name := self.people.name(m.holder))
        )

    def _saying(self, node: Node, count: int, manner: Manner) -> tuple[str, str]:
        """The verb, and the statement as it goes on after it."""
        statement = that(node.text, self.lexicon)
        kind, bare = guessed(node.text)
        if kind:
            verb = (
                _form(("guesses", "guess"), count)
                if kind == "guess"
                else _form((f"offers as a {kind}", f"offer as a {kind}"), count)
            )
            return verb, that(bare, self.lexicon)
        if node.type == "evidence" and "evidence" not in node.text.lower():
            return _form(("offers as evidence", "offer as evidence"), count), statement
        if node.type == "proposal":
            return _form(("suggests", "suggest"), count), statement
        if node.type == "definition":
            return _form(("explains the terms by saying", "explain the terms by saying"), count), statement
        if node.text.startswith("Arguably, ") or node.text.startswith(self._own_names(node)):
            return _form(("says", "say"), count), statement
        if node.type == "objection" and manner not in ("argued", "backing"):
            return _form(("objects", "object"), count), statement
        return _form(_MANNERS[manner], count), statement

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
