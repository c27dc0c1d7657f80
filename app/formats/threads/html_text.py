"""The HTML of a comment as plain text: paragraphs, ``> `` for block quotes, list items as lines.

The sanitizer goes first: it drops scripts, styles and everything hidden, and hands on well-formed markup
however broken the input was, in linear time. Link addresses and pictures cannot be kept in text; they
are counted.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

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
_KEPT = _BLOCKS | _HEADINGS | _CELLS | {"blockquote", "ul", "ol", "li", "pre", "br", "hr", "a", "img"}
_DROPPED = {
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
}
_DEEPEST = 12  # of quotes and of lists; what is nested deeper is written as deep as this
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class Converted:
    """The text, and how many links and pictures it had."""

    text: str
    links: int
    pictures: int


def to_text(html: str) -> Converted:
    """What a reader of the page would read, as lines of text."""
    clean = nh3.clean(
        html,
        tags=_KEPT,
        clean_content_tags=_DROPPED,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https"},
        link_rel=None,
        strip_comments=True,
    )
    writer = _Writer()
    writer.feed(clean)
    writer.close()
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


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.links = 0
        self.pictures = 0
        self._state = _State()
        self._inline: list[str] = []
        self._last: tuple[int, bool] | None = None  # quote depth of the last line, and whether in a list

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        state = self._state
        if tag == "a":
            self.links += any(name == "href" for name, _ in attrs)
        elif tag == "img":
            self.pictures += 1
        elif tag == "br":
            self._inline.append("\n" if state.code else "\x00")
        elif tag in _CELLS:
            if "".join(self._inline).strip():
                self._inline.append(" | ")
        elif tag in _KEPT:
            self.flush()
            if tag == "blockquote":
                state.quotes += 1
            elif tag in ("ul", "ol"):
                state.lists.append(_List(tag == "ol", _start(attrs)))
            elif tag == "li":
                state.marker = self._marker()
            elif tag == "pre":
                state.code += 1

    def handle_endtag(self, tag: str) -> None:
        state = self._state
        if tag not in _KEPT or tag in _CELLS | {"a", "img", "br"}:
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

    def handle_data(self, data: str) -> None:
        self._inline.append(data)

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
        if self._state.code:
            lines = text.replace("\x00", "\n").strip("\n").split("\n")
            lines = ["```", *lines, "```"] if text.strip() else []
        else:
            lines = [_SPACES.sub(" ", line).strip(" ") for line in text.split("\x00")]
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


def _start(attrs: list[tuple[str, str | None]]) -> int:
    value = dict(attrs).get("start") or ""
    return int(value) if re.fullmatch(r"[0-9]{1,6}", value) else 1
