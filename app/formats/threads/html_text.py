"""The HTML of a comment as plain text: paragraphs, ``> `` for block quotes, list items as lines.

What comes out is text and never markup again, so that nothing in it can do harm. Scripts, styles and
comments are dropped. One pass over the input, in linear time however broken it is: sanitizers that build
the tree take quadratic time for deep nesting. Link addresses and pictures cannot be kept in text; they
are counted.
"""

import re
from dataclasses import dataclass, field
from html import unescape

_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "figcaption",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CELLS = {"td", "th"}
_KEPT = _BLOCKS | _HEADINGS | {"blockquote", "ul", "ol", "li", "pre"}
_HIDDEN = (
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
    "head",
    "title",
    "select",
)
_DROPPED = {name: re.compile(f"</{name}\\b", re.IGNORECASE) for name in _HIDDEN}
# Never looks beyond the next "<", so that no input is gone over twice; a value with "<" in it is not seen.
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})((?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+)>""")
_START = re.compile(r"<(?=[a-zA-Z/!?])")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})")
_NUMBER = re.compile(r"""\bstart\s{0,9}=\s{0,9}["']?([0-9]{1,6})\b""")
_LINK = re.compile(r"""\shref\s{0,9}=\s{0,9}["']?https?:""", re.IGNORECASE)
_DEEPEST = 12  # of quotes and of lists; what is nested deeper is written as deep as this
# Marks a line break among words; no text has it, since control characters are refused.
_BREAK = "\x00"
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class Converted:
    """The text, and how many links and pictures it had."""

    text: str
    links: int
    pictures: int


def to_text(html: str) -> Converted:
    """What a reader of the page would read, as lines of text."""
    writer = _Writer()
    at = 0
    while (start := _START.search(html, at)) is not None:
        writer.text(html[at : start.start()])
        at = writer.markup(html, start.start())
    writer.text(html[at:])
    writer.flush()
    return Converted("\n".join(writer.lines), writer.links, writer.pictures)


@dataclass
class _List:
    ordered: bool
    number: int


@dataclass
class _State:
    """Where in the page the writer is."""

    quotes: int = 0
    lists: list[_List] = field(default_factory=list)
    marker: str = ""
    code: int = 0


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.links = 0
        self.pictures = 0
        self._state = _State()
        self._inline: list[str] = []
        self._said = False  # whether there are words among them
        self._last: tuple[int, bool] | None = None  # quote depth of the last line, and whether in a list

    def text(self, raw: str) -> None:
        """Words, as they stand in the page."""
        if raw:
            self._inline.append(unescape(raw))
            self._said = self._said or not raw.isspace()

    def markup(self, html: str, at: int) -> int:
        """Take in the tag or comment at this place; where it ends."""
        if html.startswith("<!--", at):
            end = html.find("-->", at)
            return len(html) if end < 0 else end + 3
        match = _TAG.match(html, at)
        if match is not None:
            (slash, name, rest), end = match.groups(), match.end()
        else:
            end = html.find(">", at) + 1
            if not end:
                return len(html)  # cut off within a tag
            named = _NAME.match(html, at, end)
            slash, name, rest = (*named.groups(), "") if named is not None else ("", "", "")
        name = name.lower()
        if slash:
            self._close(name)
        elif name in _DROPPED:
            closing = _DROPPED[name].search(html, end)
            return len(html) if closing is None else closing.start()
        elif name:
            self._open(name, rest)
        return end

    def _open(self, tag: str, rest: str) -> None:
        state = self._state
        if tag == "a":
            self.links += _LINK.search(rest) is not None
        elif tag == "img":
            self.pictures += 1
        elif tag == "br":
            self._inline.append("\n" if state.code else _BREAK)
        elif tag in _CELLS:
            if self._said:
                self._inline.append(" | ")
        elif tag == "hr":
            self.flush()
        elif tag in _KEPT:
            self.flush()
            if tag == "blockquote":
                state.quotes += 1
            elif tag in ("ul", "ol"):
                number = _NUMBER.search(rest)
                state.lists.append(_List(tag == "ol", int(number.group(1)) if number else 1))
            elif tag == "li":
                state.marker = self._marker()
            elif tag == "pre":
                state.code += 1

    def _close(self, tag: str) -> None:
        state = self._state
        if tag not in _KEPT:
            return
        self.flush()
        if tag == "blockquote":
            state.quotes = max(0, state.quotes - 1)
        elif tag in ("ul", "ol") and state.lists:
            state.lists.pop()
        elif tag == "li":
            state.marker = ""
        elif tag == "pre":
            state.code = max(0, state.code - 1)

    def _marker(self) -> str:
        if not self._state.lists:
            return "- "
        of = self._state.lists[-1]
        of.number += 1
        return f"{of.number - 1}. " if of.ordered else "- "

    def flush(self) -> None:
        """Write what was gathered as a block of its own."""
        text = "".join(self._inline)
        self._inline.clear()
        self._said = False
        if self._state.code:
            lines = text.replace(_BREAK, "\n").strip("\n").split("\n")
            lines = ["```", *lines, "```"] if text.strip() else []
        else:
            lines = [_SPACES.sub(" ", line).strip(" ") for line in text.split(_BREAK)]
            while lines and not lines[-1]:
                lines.pop()
            while lines and not lines[0]:
                lines.pop(0)
        if lines:
            self._write(lines)

    def _write(self, lines: list[str]) -> None:
        state = self._state
        depth, within = min(state.quotes, _DEEPEST), bool(state.lists)
        if self._last is not None and not (within and self._last == (depth, True)):
            self.lines.append("> " * min(depth, self._last[0]))
            self.lines[-1] = self.lines[-1].rstrip()
        level = min(len(state.lists), _DEEPEST)
        indent = "  " * max(0, level - 1) if state.marker else "  " * level
        for line in lines:
            prefix = "> " * depth
            self.lines.append((prefix + (indent + state.marker + line if line else "")).rstrip())
            if state.marker:
                indent += " " * len(state.marker)
                state.marker = ""
        self._last = (depth, within)
