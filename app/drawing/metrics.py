"""How wide text is, without asking a browser: enough to wrap it into boxes.

The widths are advance widths of DejaVu Sans, in thousandths of the type size: of the faces that a reader's
machine is likely to put in place of a plain sans serif it is the widest, and text must not leave its box in
any of them. Characters that are not in the table count as wide as a capital; East Asian wide ones as a full
square.
"""

import unicodedata
from functools import lru_cache

_BY_WIDTH = {
    275: "'",
    278: "ijl",
    295: "IJ",
    318: " ,.‘’·",
    337: "/:;\\|",
    352: "f",
    361: "-",
    390: "()[]",
    392: "t",
    401: "!⁰¹²³⁴⁵⁶⁷⁸⁹",
    411: "r",
    460: '"',
    500: "*_`–",
    518: "“”",
    523: "sz",
    528: "⁻",
    531: "?",
    550: "c",
    557: "L",
    577: "Fk",
    592: "vxy",
    603: "P",
    615: "TYoae",
    636: "Ehnu0123456789Sbdgpq${}",
    656: "K",
    686: "ABVXZ",
    698: "CR",
    732: "U",
    752: "HN",
    775: "DG",
    787: "&OQ",
    818: "w",
    838: "#+<=>^~×−≥≤≠→",
    863: "M",
    974: "m%",
    1000: "W@—…",
}
_WIDTHS = {character: width for width, characters in _BY_WIDTH.items() for character in characters}
_UNKNOWN = 780


@lru_cache(maxsize=4096)
def _advance(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1000
    plain = unicodedata.normalize("NFD", character)[:1]  # é is as wide as e
    return _WIDTHS.get(plain, _UNKNOWN)


def width(text: str, size: float) -> float:
    """Width of one line of text set at ``size`` pixels, in pixels."""
    return sum(map(_advance, text)) * size / 1000


def wrap(text: str, size: float, room: float, lines: int | None = None) -> tuple[str, ...]:
    """Break text into lines no wider than ``room`` pixels; at most ``lines`` of them, the last with an ellipsis.

    Words wider than a line are broken. White space is collapsed.

    >>> wrap("one two three", 10, 50)
    ('one two', 'three')
    """
    out: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined, size) <= room:
            line = joined
            continue
        if line:
            out.append(line)
        while width(word, size) > room:
            head = _fitting(word, size, room)
            out.append(head)
            word = word[len(head) :]
        line = word
    if line:
        out.append(line)
    if lines is not None and len(out) > lines:
        out[lines - 1 :] = [shorten(" ".join(out[lines - 1 :]), size, room)]
    return tuple(out)


def shorten(text: str, size: float, room: float) -> str:
    """The text, or as much of it as fits in ``room`` with an ellipsis, cut between words where possible."""
    if width(text, size) <= room:
        return text
    words = text.split(" ")
    while len(words) > 1:
        words.pop()
        cut = " ".join(words).rstrip(" ,;:.–—-") + "…"
        if width(cut, size) <= room:
            return cut
    return _fitting(words[0], size, room - width("…", size)) + "…"


def _fitting(word: str, size: float, room: float) -> str:
    """The longest head of a word that fits, one character at least."""
    used = 0.0
    for position, character in enumerate(word):
        used += width(character, size)
        if used > room and position:
            return word[:position]
    return word
