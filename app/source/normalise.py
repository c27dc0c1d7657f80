"""Folding: what typography changes and meaning does not.

People quote with other quote marks, dashes and spaces than the source has. ``fold`` maps these to one
form and keeps a map back, so that a match in folded text is answered in offsets of the original.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`\u2039\u203a\uff07"
DOUBLE_QUOTES = '"\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02'
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
# Soft hyphen, zero-width space and joiners, word joiner, byte order mark: invisible, so never meant.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"

_PLAIN = {ord(mark): "'" for mark in SINGLE_QUOTES} | {ord(mark): '"' for mark in DOUBLE_QUOTES}
# A run of spaces, dashes and invisible characters folds to one character or none; an ellipsis to three
# dots. Everything else keeps its length. One class with one quantifier: linear whatever the input.
_IRREGULAR = re.compile(rf"[\s\x1c-\x1f{INVISIBLE}{re.escape(DASHES)}]+|\u2026")
_DASH = re.compile(f"[{re.escape(DASHES)}]")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded ``text`` of ``original``, with the way back.

    ``units`` are the places where the length changed: (start, end in the folded text, start, end in
    the original), in order. Between two of them the offsets run in step.
    """

    text: str
    original: str
    units: tuple[tuple[int, int, int, int], ...] = field(repr=False)

    def _unit(self, position: int) -> tuple[int, int, int, int]:
        """The original extent of the folded character at ``position``, in the last two numbers."""
        index = bisect_right(self.units, position, key=lambda unit: unit[0]) - 1
        if index < 0:
            return position, position + 1, position, position + 1
        start, end, from_, to = self.units[index]
        if position < end:
            return start, end, from_, to
        return position, position + 1, to + position - end, to + position - end + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that folded ``text[start:end]`` stands for; needs start < end.

        A range that takes in part of a folded run (two of the three dots of "…") is widened to all of it.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such range in the folded text: {start}, {end}")
        return self._unit(start)[2], self._unit(end - 1)[3]


def fold(text: str, *, case: bool = False) -> Folded:
    """Fold quote marks, dashes, spaces and ellipses; with ``case``, upper and lower case too.

    A run of white space becomes one space, a run of dashes with the spaces around it one hyphen,
    "…" three dots; invisible characters go. Time and memory are linear in the text.

    >>> fold("a \\u2014 \\u201cb\\u201d").text
    'a-"b"'
    """
    pieces: list[str] = []
    units: list[tuple[int, int, int, int]] = []
    done = length = 0
    for match in _IRREGULAR.finditer(text):
        start, end = match.span()
        new = _folded_run(match.group())
        pieces.append(text[done:start])
        length += start - done
        if len(new) != end - start:
            units.append((length, length + len(new), start, end))
        pieces.append(new)
        length += len(new)
        done = end
    pieces.append(text[done:])
    folded = "".join(pieces).translate(_PLAIN)
    return Folded(_lower(folded) if case else folded, text, tuple(units))


def _folded_run(run: str) -> str:
    if run == "\u2026":
        return "..."
    if _DASH.search(run):
        return "-"
    return "" if all(character in INVISIBLE for character in run) else " "


def _lower(text: str) -> str:
    """Lower case that keeps every character in its place ("İ" would become two)."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.replace("\u03c2", "\u03c3")


_CONTROLS = {0: "NULL", 7: "BELL", 8: "BACKSPACE", 11: "LINE TABULATION", 12: "FORM FEED", 27: "ESCAPE"}
_UNSAFE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\u202a-\\u202e\\u2066-\\u2069\\ufffe\\uffff]"
)


@dataclass(frozen=True, slots=True)
class UnsafeCharacter:
    """A character at ``offset`` that no text of a comment needs, with its Unicode name or kind."""

    offset: int
    codepoint: int
    name: str

    def __str__(self) -> str:
        return f"U+{self.codepoint:04X} {self.name} at {self.offset}"


def unsafe_characters(text: str) -> tuple[UnsafeCharacter, ...]:
    """Characters that break files or mislead readers, in order.

    NUL and the other C0 and C1 controls but for tab, line feed and carriage return; lone surrogates,
    which no encoding can carry; bidirectional embeddings, overrides and isolates, which make a text
    read in another order than it is stored; U+FFFE and U+FFFF, which XML forbids.
    """
    return tuple(
        UnsafeCharacter(match.start(), ord(match.group()), _character_name(ord(match.group())))
        for match in _UNSAFE.finditer(text)
    )


def _character_name(codepoint: int) -> str:
    if codepoint < 0x20:
        return _CONTROLS.get(codepoint, "C0 CONTROL")
    if codepoint < 0xA0:
        return "DELETE" if codepoint == 0x7F else "C1 CONTROL"
    if 0xD800 <= codepoint <= 0xDFFF:
        return "LONE SURROGATE"
    return unicodedata.name(chr(codepoint), "NONCHARACTER")
