"""How wide text is, without asking a browser: enough to wrap it into boxes.

The widths are those of a plain sans serif (advance widths of Helvetica and its metric twins, in thousandths
of the type size), enlarged by :data:`ALLOWANCE`, because the reader's machine may put a wider face in its
place. Characters that are not in the table count as wide as the widest ordinary letter; East Asian wide ones
as a full square.
"""

import unicodedata
from functools import lru_cache

ALLOWANCE = 1.07

_BY_WIDTH = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft·",
    333: "()-`r“”",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckqsvxyz–",
    556: "#$0123456789?L_abdeghnopu…",
    584: "+<=>~−×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—",
    1015: "@",
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
    return sum(map(_advance, text)) * size * ALLOWANCE / 1000


def wrap(text: str, size: float, room: float, lines: int | None = None) -> tuple[str, ...]:
    """Break text into lines no wider than ``room`` pixels; at most ``lines`` of them, the last with an ellipsis.

    Words wider than a line are broken. White space is collapsed.

    >>> wrap("one two three", 10, 45)
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
