"""Reading the structure of an Argdown file: blocks, indented relations, premise–conclusion structures."""

import re

from app.errors import InvalidInput
from app.formats.argdown.parts import Inference, Link, LinkKind, Member, Parsed, Reconstruction, Step
from app.formats.argdown.scanning import Scanner
from app.formats.exchange import clean

_FRONT = re.compile(r"[ \t\r\n]*===+[ \t\r]*\n")
_FRONT_END = re.compile(r"^[ \t]*===+[ \t\r]*$", re.M)
_RELATION = re.compile(r"([ \t]*)(\+>|->|><|_>|<_|<\+|<-(?!-)|\+|-|_(?=\s))")
_INFERENCE = re.compile(r"[ \t]*--")
_NUMBER = re.compile(r"[ \t]*\((\d{1,9})\)")
_LIST = re.compile(r"([ \t]*)(?:\d{1,9}\.|\*)(?=\s)")
_HEADING = re.compile(r"[ \t]*#+ ")
_LONGEST_INFERENCE = 5_000

_KINDS: dict[str, tuple[LinkKind, bool]] = {
    "+>": ("supports", True),
    "<+": ("supports", False),
    "+": ("supports", False),
    "->": ("attacks", True),
    "<-": ("attacks", False),
    "-": ("attacks", False),
    "_>": ("undercuts", True),
    "<_": ("undercuts", False),
    "_": ("undercuts", False),
    "><": ("contradicts", True),
}


def parse(text: str, name: str) -> Parsed:
    """The parts of an Argdown file.

    Raises
    ------
    InvalidInput : a relation without something above it, a structure without a conclusion, an inference or
        data that do not end, or values that are not YAML; names the line.
    """
    return _Parser(Scanner(text, name)).run()


class _Parser:
    def __init__(self, scanner: Scanner) -> None:
        self.at = scanner
        self.stack: list[tuple[int, Member | Inference]] = []
        self.last: Member | None = None  # the block before, which a structure may spell out
        self.open: Reconstruction | None = None
        self.inference: Inference | None = None
        self.gap = False

    def run(self) -> Parsed:
        self._front_matter()
        while self.at.position < len(self.at.text):
            self.at.position = self.at.past_comments(self.at.position)
            if self.at.position < len(self.at.text):
                self._line()
        self._close()
        return self.at.parsed

    def _front_matter(self) -> None:
        start = _FRONT.match(self.at.text)
        if start is None:
            return
        end = _FRONT_END.search(self.at.text, start.end())
        if end is None:
            raise self.at.error("the front matter does not end", 0, "close it with ===")
        self.at.parsed.meta = self.at.yaml(start.end(), end.start())
        self.at.position = end.end()

    def _line(self) -> None:
        text, start = self.at.text, self.at.position
        if self.at.blank(start):
            self.gap = True
            self.at.position = min(self.at.find("\n", start) + 1, len(text))
        elif _HEADING.match(text, start):
            self._heading(start)
        elif _INFERENCE.match(text, start) and self.open is not None:
            self._inference(start)
        elif (number := _NUMBER.match(text, start)) is not None:
            self._step(number)
        elif (relation := _RELATION.match(text, start)) is not None:
            self._relation(relation)
        else:
            item = _LIST.match(text, start)
            self._close()
            if item is not None:
                self.at.position = item.end()
            self.last = self.at.member()
            self.stack = [(len(item.group(1)) if item is not None else -1, self.last)]
            self.gap = False

    def _heading(self, start: int) -> None:
        self._close()
        self.at.position = self.at.find("# ", start) + 2
        before = len(self.at.parsed.members)
        heading = self.at.member()
        del self.at.parsed.members[before:]
        self.at.parsed.headings.append(heading.title or heading.text)
        self.stack, self.last = [], None

    def _relation(self, match: re.Match[str]) -> None:
        indent = len(match.group(1))
        while self.stack and self.stack[-1][0] >= max(indent, 1):
            self.stack.pop()
        if not self.stack or indent == 0:
            raise self.at.error(
                f"the relation {match.group(2)!r} stands under nothing",
                match.start(2),
                "indent it under the statement or argument it is about",
            )
        parent = self.stack[-1][1]
        self.at.position = match.end()
        child = self.at.member()
        if child.title is None and not child.text:
            raise self.at.error(
                f"the relation {match.group(2)!r} leads nowhere", match.start(2), "name its other end"
            )
        kind, outward = _KINDS[match.group(2)]
        # A passage lies within one line; the words of a definition may begin in the next.
        line_end = self.at.text.find("\n", match.end())
        last = child.end if line_end < 0 else min(child.end, line_end)
        place = (match.start(2), max(last, match.end()))
        self.at.parsed.links.append(Link(kind, outward, parent, child, place))
        self.stack.append((indent, child))

    # --- premise–conclusion structures ---------------------------------------------------------

    def _step(self, match: re.Match[str]) -> None:
        done = self.open is not None and self.inference is None and self.open.steps[-1].inference is not None
        if self.open is None or (done and self.gap):
            self._close()
            argument = self.last if self.last is not None and self.last.kind == "argument" else None
            self.open = Reconstruction(argument, self.at.lines.of(match.start(1)))
        self.at.position = match.end()
        member = self.at.member()
        self.open.steps.append(Step(int(match.group(1)), member, self.inference))
        self.inference = None
        self.stack = [(len(match.group()) - len(match.group().lstrip()), member)]
        self.last, self.gap = None, False

    def _inference(self, start: int) -> None:
        text = self.at.text
        begin = self.at.past_spaces(start) + 2
        end = self.at.find("--", begin)
        if end >= len(text) or end - begin > _LONGEST_INFERENCE:
            raise self.at.error("the inference does not end", start, "close it with --")
        words = text[begin:end]
        found = Inference(self.at.lines.of(start))
        brace = words.find("{")
        if brace >= 0:
            found.data = self.at.yaml(begin + brace, end)
            words = words[:brace]
        found.rules = clean(words)
        self.inference = found
        self.stack = [(-1, found)]
        self.at.position = min(self.at.find("\n", end) + 1, len(text))

    def _close(self) -> None:
        """End the structure that is open; a structure needs a conclusion."""
        if self.open is None:
            return
        if self.inference is not None or self.open.steps[-1].inference is None:
            raise InvalidInput(
                "a premise–conclusion structure ends without its conclusion",
                where=f"{self.at.name}:{self.open.line}",
                remedy="write an inference (----) and the statement that follows",
            )
        self.at.parsed.reconstructions.append(self.open)
        self.open = None
