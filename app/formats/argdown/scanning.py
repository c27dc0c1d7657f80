"""Finding one's way in the text of an Argdown file, in time linear in its length."""

import re
from collections.abc import Mapping
from typing import Any

from app.errors import InvalidInput
from app.formats import yaml_text
from app.formats.argdown.parts import Member, Parsed
from app.formats.building import Lines
from app.formats.exchange import MAX_STATEMENTS, clean

# What begins a new piece at the start of a line. Anything else goes on with the text before it.
STRUCTURE = re.compile(
    r"[ \t]*(?:--|\+>|->|><|_>|<_|<\+|<-(?!-)|\+|-|_(?=\s)|\(\d{1,9}\)|(?:\d{1,9}\.|\*)(?=\s)"
    r"|\[[^\]\n]+\]:|<[^>\n!]+>:)|#+ "
)
_SPECIAL = re.compile(r"[\\/<#*_\[{@\n]")
_TAG = re.compile(r"#(?:\(([^)\n]+)\)|([A-Za-z0-9\-_\u00A0-\uD7FF\uF900-\uFDCF\uFDF0-\uFFEF]+))")
_BLANK = re.compile(r"[ \t\r]*(?:\n|\Z)")
_AFTER_EMPHASIS = frozenset(" \t\r\n)}_.,!?;:-*")
_TIGHT = re.compile(r"(?<=[\w\"']):(?=[\[{\"'])")
_BLOCK = re.compile(r"\{[ \t\r]*\n(.*)\}", re.S)
_LONGEST_DATA = 20_000


class Scanner:
    """A position in a text, and what can be read from there."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.position = 0
        self.parsed = Parsed()
        self.lines = Lines(text)
        self._next: dict[str, int] = {}
        self._budget = 4 * len(text) + 100_000

    def error(self, message: str, offset: int, remedy: str = "mend the file") -> InvalidInput:
        """An error with file and line."""
        return InvalidInput(message, where=f"{self.name}:{self.lines.of(offset)}", remedy=remedy)

    def find(self, what: str, start: int) -> int:
        """Where ``what`` comes next, or the text's length; repeated questions cost nothing."""
        known = self._next.get(what, -1)
        if known < start:
            known = self.text.find(what, start)
            known = len(self.text) if known < 0 else known
            self._next[what] = known
        return known

    def in_line(self, what: str, start: int) -> int:
        """Where ``what`` comes next in the same line, or -1."""
        at = self.find(what, start)
        return at if at < self.find("\n", start) else -1

    def blank(self, start: int) -> bool:
        """Whether nothing but spaces is left in the line."""
        return _BLANK.match(self.text, start) is not None

    def past_spaces(self, start: int) -> int:
        """The first position that is no space or tab."""
        while start < len(self.text) and self.text[start] in " \t\r":
            start += 1
        return start

    def comment_end(self, start: int) -> int | None:
        """Where the comment that begins here ends, or None where none begins."""
        text = self.text
        if text.startswith("//", start):
            end = self.find("\n", start)
        elif text.startswith("/*", start):
            end = self.find("*/", start + 2) + 2
        elif text.startswith("<!--", start):
            end = self.find("-->", start + 4) + 3
        else:
            return None
        if end > len(text):
            return None
        self.parsed.comments.append(text[start : min(end, start + 200)])
        return end

    def past_comments(self, start: int) -> int:
        """The start of the first line from here that does not consist of comments alone."""
        while True:
            at = self.past_spaces(start)
            end = self.comment_end(at)
            if end is None:
                return start
            if not self.blank(end):
                return end
            start = min(self.find("\n", end) + 1, len(self.text))

    def data(self, start: int) -> tuple[Mapping[str, Any], int] | None:
        """The YAML data in braces that ends the line, and where it ends; None where these are just words."""
        depth, quote, at = 0, "", start
        text = self.text
        while at < len(text) and at - start < _LONGEST_DATA and self._budget > 0:
            self._budget -= 1
            character = text[at]
            if quote:
                if character == "\\" and quote == '"':
                    at += 1
                elif character == quote:
                    quote = ""
            elif character in "\"'" and text[at - 1] in " \t\n:,[{":
                quote = character
            elif character in "{[":
                depth += 1
            elif character in "}]":
                depth -= 1
                if depth == 0:
                    break
            at += 1
        else:
            return None
        end = at + 1
        after = self.past_spaces(end)
        comment = self.comment_end(after)
        if not self.blank(after if comment is None else comment):
            return None
        return self.yaml(start, end), end

    def yaml(self, start: int, end: int) -> Mapping[str, Any]:
        """The YAML mapping that stands here.

        In braces it is a flow mapping, also one of YAML 1.2 (``{uses:[1, 2]}``), or, after a line break, a
        block mapping: Argdown then leaves the braces out.
        """
        written = self.text[start:end]
        forms = [written]
        if written.startswith("{"):
            forms.append(_TIGHT.sub(": ", written))
            if (inner := _BLOCK.fullmatch(written)) is not None:
                forms.append("\n" + inner.group(1))
        errors = []
        for form in dict.fromkeys(forms):
            try:
                value, _ = yaml_text.parse(form, "")
            except InvalidInput as error:
                errors.append(error)
            else:
                return value if isinstance(value, dict) else {}
        problem = errors[0].problems[0]
        line = int(problem.where.removeprefix(":") or 1) + self.lines.of(start) - 1
        raise InvalidInput(problem.message, where=f"{self.name}:{line}", remedy=problem.remedy) from errors[0]

    # --- members -------------------------------------------------------------------------------

    def member(self) -> Member:
        """The statement or argument that begins here, with all its lines; the position is left after it."""
        text = self.text
        start = self.position = self.past_spaces(self.position)
        if len(self.parsed.members) >= 3 * MAX_STATEMENTS:
            raise self.error("there are more statements than a map is made for", start, "split the file")
        made = Member("statement", None, False, self.lines.of(start))
        opening = text[start : start + 1]
        if opening in "[<" and opening:
            close = self.in_line("]" if opening == "[" else ">", start + 1)
            follows = text[close + 1 : close + 2] if close > start + 1 else ""
            link = opening == "[" and follows == "("
            if close > start + 1 and not link and text[start + 1] not in "-!":
                made.kind = "statement" if opening == "[" else "argument"
                made.title = clean(text[start + 1 : close])
                made.reference = follows != ":"
                made.end = close + 1
                self.position = close + (1 if made.reference else 2)
        _Words(self, made).read()
        self.parsed.members.append(made)
        return made


class _Words:
    """Reads the words of a member: escapes, emphasis, links, mentions, tags, comments and data."""

    def __init__(self, scanner: Scanner, member: Member) -> None:
        self.at = scanner
        self.member = member
        self.out: list[str] = []
        self.pending: list[str] = []  # tags that are words of the sentence only if more words follow
        self.open: list[tuple[str, int]] = []
        self.line_start = -1
        self.line_end = -1

    def read(self) -> None:
        text, scanner = self.at.text, self.at
        position = scanner.position
        while True:
            match = _SPECIAL.search(text, position)
            end = match.start() if match is not None else len(text)
            if end > position:
                self._words(position, end, text[position:end])
            if match is None:
                position = len(text)
                break
            following = self._special(end)
            if following is None:
                position = scanner.position
                break
            position = following
        self._end_line()
        scanner.position = position
        self.member.text = clean("".join(self.out))
        if self.member.reference and self.member.text:
            scanner.parsed.stray.append(self.member.text)
        if self.member.places and not self.member.end:
            self.member.end = self.member.places[0][1]
        elif self.member.places and not self.member.reference:
            self.member.end = max(self.member.end, self.member.places[0][1])

    def _words(self, start: int, end: int, shown: str) -> None:
        if shown.strip():
            self.out += self.pending
            self.pending.clear()
            stands = self.at.text[start:end]
            if self.line_start < 0:
                self.line_start = start + len(stands) - len(stands.lstrip())
            self.line_end = end - (len(stands) - len(stands.rstrip()))
            self.out.append(shown)
        elif self.pending:
            self.pending.append(shown)
        else:
            self.out.append(shown)

    def _end_line(self) -> None:
        if self.line_start >= 0 and not self.member.reference:
            self.member.places.append((self.line_start, self.line_end))
        self.line_start = -1

    def _special(self, start: int) -> int | None:
        """Deal with the special character here; where to go on, or None at the end of the member."""
        text, scanner = self.at.text, self.at
        character = text[start]
        if character == "\n":
            return self._newline(start)
        if character in "/<" and (end := scanner.comment_end(start)) is not None:
            return end
        if character == "\\" and start + 1 < len(text) and text[start + 1] not in "\r\n":
            self._words(start, start + 2, text[start + 1])
            return start + 2
        if character == "#" and (tag := _TAG.match(text, start)) is not None:
            self.member.tags.append(clean(tag.group(1) or tag.group(2)))
            self.pending.append(tag.group())
            return tag.end()
        if character == "{" and (found := scanner.data(start)) is not None:
            self.member.data, end = found
            self._end_line()
            scanner.position = min(scanner.find("\n", end) + 1, len(text))
            return None
        if character == "[" and (close := scanner.in_line("](", start)) > start + 1:
            last = scanner.in_line(")", close)
            if last > 0 and "[" not in text[start + 1 : min(close, start + 300)]:
                self._words(start, last + 1, text[start + 1 : close])
                scanner.parsed.addresses.append(text[start : last + 1][:200])
                return last + 1
        if character == "@" and text[start + 1 : start + 2] in ("[", "<"):
            close = scanner.in_line("]" if text[start + 1] == "[" else ">", start + 2)
            if close > start + 2:
                self._words(start, close + 1, text[start + 2 : close])
                return close + 1
        if character in "*_":
            return self._emphasis(start, character)
        self._words(start, start + 1, character)
        return start + 1

    def _emphasis(self, start: int, character: str) -> int:
        text = self.at.text
        marker = character * 2 if text.startswith(character * 2, start) else character
        end = start + len(marker)
        after = text[end] if end < len(text) else "\n"
        if (
            self.open
            and self.open[-1][0] == marker
            and after in _AFTER_EMPHASIS
            and text[start - 1] not in " \t\n"
        ):
            _, index = self.open.pop()
            self.out[index] = ""
            if self.line_start >= 0:
                self.line_end = end
            return end
        before = len(self.out) + len(self.pending)
        self._words(start, end, marker)
        if after not in " \t\r\n" and len(self.open) < 50:
            self.open.append((marker, before))
        return end

    def _newline(self, start: int) -> int | None:
        text, scanner = self.at.text, self.at
        self._end_line()
        following = scanner.past_comments(start + 1)
        ends = scanner.blank(following) or STRUCTURE.match(text, following) is not None
        if self.member.reference:
            ends = ends or text[scanner.past_spaces(following)] != "{"
        if ends:
            scanner.position = following
            return None
        (self.pending if self.pending else self.out).append(" ")
        return following
