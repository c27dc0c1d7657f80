"""Reading Kialo's text export: numbered claims, each for or against the one whose number it extends.

    Discussion Title: …

    1. The thesis.
    1.1. Pro: A claim, which may go on
    over several lines.
    1.1.1. Con: -> See 1.2.

Newer exports say "Discussion Name:" with the name below, put each label (also "Thesis:" and "Question:")
on a line of its own, the words below it, indented, and end with the addresses the words cite, "Sources:".

A claim given as ``-> See n.`` is the claim that stands at ``n.`` once more: one node, one more relation;
``-> See discussion #5: Words`` is a claim whose words are those of another discussion's thesis. The export
names nobody, so the claims are held, as reports, by whoever wrote the file. In a discussion of several
theses the first line is the question and the theses under it carry no Pro or Con; such a line answers the
question and otherwise has no relation. The file itself becomes the document.
"""

import re
from dataclasses import dataclass, field

from app.errors import InvalidInput
from app.formats.building import Builder, Lines, Place
from app.formats.exchange import Imported, Progress, clean, decode

_LINE = re.compile(r"[^\r\n]+")
_CLAIM = re.compile(
    r"[ \t]*(?P<number>\d+\.(?:\d+\.)*)[ \t]+"
    r"(?:(?P<side>Pro|Con)[ \t]*:[ \t]*|(?P<label>Thesis|Question)[ \t]*:[ \t]*$)?(?P<text>.*)",
    re.S | re.I,
)
_HEADER = re.compile(
    r"[ \t]*(?P<key>Discussion (?:Title|Name)|Tags|Thesis)[ \t]*:[ \t]*(?P<value>.*)", re.I | re.S
)
_SEE = re.compile(r"-+>[ \t]*See[ \t]+(?P<number>\d+(?:\.\d+)*)\.?[ \t]*", re.I)
_ELSEWHERE = re.compile(r"-+>[ \t]*See[ \t]+discussion[ \t]+#\d+[ \t]*:[ \t]*(?P<text>.*\S)", re.I)
_SOURCES = re.compile(r"^Sources:[ \t\r]*\n(?=[ \t\r\n]*\[\d+\][ \t])", re.M)
_SOURCE = re.compile(r"^\[\d+\][ \t]+\S.*", re.M)
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\((?:[^()\n]|\([^()\n]*\)){1,2000}\)")
_CHILD = re.compile(r"^[ \t]*(\d{1,7})\.\d+\.(?:\d+\.)*[ \t]+(?:Pro|Con)[ \t]*:", re.M | re.I)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|])")


@dataclass
class _Claim:
    number: tuple[int, ...]
    side: str | None
    marker: Place
    places: list[Place]
    parts: list[str]
    asks: bool = False
    node: str = ""
    children: list["_Claim"] = field(default_factory=list)

    @property
    def written(self) -> str:
        return _written(self.number)

    @property
    def text(self) -> str:
        return " ".join(self.parts)


def looks_like(text: str) -> bool:
    """Whether a text is a Kialo export."""
    start = text.lstrip()[:20_000]
    if re.match(r"Discussion (?:Title|Name):", start, re.I):
        return True
    return (
        re.match(r"1\. ", start) is not None and re.search(r"^1\.\d+\. (?:Pro|Con):", start, re.M) is not None
    )


def read(data: bytes, name: str, progress: Progress | None = None) -> Imported:
    """The map in a Kialo export.

    Raises
    ------
    InvalidInput : not UTF-8, no claim in it, or a number that stands twice or is too long; names the line.
    """
    text = decode(data, name)
    build = Builder(name, text, progress)
    lines = Lines(text)
    claims = _claims(text, name, build, lines)
    if not claims:
        raise InvalidInput(
            "there is no numbered claim in this file", where=f"{name}:1", remedy="is it a Kialo export?"
        )
    for claim in claims.values():
        parent = claims.get(claim.number[:-1])
        if parent is not None:
            parent.children.append(claim)
    _make_nodes(claims, build)
    for claim in claims.values():
        if len(claim.number) > 1:
            _relate(claim, claims, build)
    return build.finish()


def _claims(text: str, name: str, build: Builder, lines: Lines) -> dict[tuple[int, ...], _Claim]:
    found: dict[tuple[int, ...], _Claim] = {}
    current: _Claim | None = None
    untitled = False  # the line "Discussion Name:" stands alone: the name is in the next
    last_root = max((int(m.group(1)) for m in _CHILD.finditer(text)), default=0)
    end = _end_of_claims(text, build)
    for line in _LINE.finditer(text, 0, end):
        claim = _CLAIM.fullmatch(line.group())
        number = _number(claim["number"]) if claim is not None else ()
        side = claim["side"] or claim["label"] if claim is not None else None
        if side is not None and not number:
            raise InvalidInput(
                "the number of this claim is too long", where=f"{name}:{lines.of(line.start())}"
            )
        if claim is not None and _begins(number, side, found, last_root):
            if number in found:
                raise InvalidInput(
                    f"the number {_written(number)} stands twice",
                    where=f"{name}:{lines.of(line.start())}",
                    remedy=f"the other is at line {lines.of(found[number].marker[0])}",
                )
            start = line.start() + claim.start("number")
            marker = (start, line.start() + (claim.end("side") + 1 if claim["side"] else claim.end("number")))
            polarity = claim["side"].capitalize() if claim["side"] else None
            asks = (claim["label"] or "").lower() == "question"
            current = _Claim(number, polarity, marker, [], [], asks)
            found[number] = current
            _add(current, line.start() + claim.start("text"), claim["text"])
        elif current is not None:
            _add(current, line.start(), line.group())
        elif (header := _HEADER.match(line.group())) is not None:
            if header["key"].lower().startswith("discussion"):
                build.title = clean(header["value"])
                untitled = not build.title
            else:
                build.losses.add(
                    "header line", "a map has no place for it; it stays in the document", line.group()
                )
        elif untitled and line.group().strip():
            build.title, untitled = clean(line.group()), False
        elif line.group().strip():
            build.losses.add(
                "line before the first claim", "it is no claim; it stays in the document", line.group()
            )
    return found


def _end_of_claims(text: str, build: Builder) -> int:
    """Where the claims end: at the sources that stand after the last of them, which are counted."""
    found = next(iter(reversed(list(_SOURCES.finditer(text)))), None)
    if found is None or _CHILD.search(text, found.end()) is not None:
        return len(text)
    sources = _SOURCE.findall(text, found.end())
    build.losses.add(
        "source", "a map has no place for addresses; they stay in the document", sources[0], len(sources)
    )
    return found.start()


def _number(written: str) -> tuple[int, ...]:
    # Kialo's own numbers are short; a longer one is text.
    parts = written.strip(".").split(".")
    return tuple(int(part) for part in parts) if len(parts) < 1_000 and all(len(p) < 8 for p in parts) else ()


def _written(number: tuple[int, ...]) -> str:
    return "".join(f"{part}." for part in number)


def _begins(
    number: tuple[int, ...], side: str | None, found: dict[tuple[int, ...], _Claim], last_root: int
) -> bool:
    """Whether a numbered line begins a claim, rather than going on with the one before ("2. second point")."""
    if not number:
        return False
    if len(number) == 1:
        return not found or (number[0] <= last_root and number not in found)
    if side is not None:
        return True
    return number[:-1] in found and number not in found


def _add(claim: _Claim, start: int, line: str) -> None:
    stripped = line.strip()
    if stripped:
        at = start + line.index(stripped)
        claim.places.append((at, at + len(stripped)))
        claim.parts.append(stripped)


def _plain(text: str, build: Builder) -> str:
    """A claim's words without Markdown links and backslashes; what is left out is counted."""

    def keep(match: re.Match[str]) -> str:
        build.losses.add("link address", "a statement is plain text; it stays in the document", match.group())
        return match.group(1)

    return _ESCAPE.sub(r"\1", _LINK.sub(keep, text))


def _make_nodes(claims: dict[tuple[int, ...], _Claim], build: Builder) -> None:
    for claim in claims.values():
        if _SEE.fullmatch(claim.text) is None:
            elsewhere = _ELSEWHERE.fullmatch(claim.text)
            if elsewhere is not None:
                build.losses.add(
                    "link to another discussion",
                    "its claims are not in the file, only its thesis",
                    claim.text,
                )
            plain = _plain(elsewhere["text"] if elsewhere is not None else claim.text, build)
            if not plain:
                build.losses.add("claim without words", "its number stands in for them", claim.written)
            theses = [child for child in claim.children if child.side is None]
            asks = claim.asks or (
                len(claim.number) == 1
                and claim.text.rstrip().endswith("?")
                and len(theses) == len(claim.children) > 0
            )
            claim.node = build.node(plain or claim.written, kind="question" if asks else "claim")
            for place in claim.places or [claim.marker]:
                build.stands(claim.node, place)
    seen: dict[tuple[int, ...], str] = {}
    for claim in claims.values():
        if not claim.node:
            claim.node = _seen(claim, claims, seen)
            if not claim.node:
                build.losses.add(
                    "reference to no claim",
                    "the claim it names is not in the file",
                    f"{claim.written} {claim.text}",
                )


def _seen(claim: _Claim, claims: dict[tuple[int, ...], _Claim], known: dict[tuple[int, ...], str]) -> str:
    """The node a ``-> See`` leads to, through further ones; empty where it leads nowhere.

    ``known`` keeps the answers for all that were passed, so that a long chain is walked once.
    """
    passed: dict[tuple[int, ...], None] = {}
    at: _Claim | None = claim
    while at is not None and not at.node and at.number not in passed and at.number not in known:
        passed[at.number] = None
        see = _SEE.fullmatch(at.text)
        at = claims.get(_number(see["number"])) if see is not None else None
    found = (at.node or known.get(at.number, "")) if at is not None else ""
    known.update(dict.fromkeys(passed, found))
    return found


def _relate(claim: _Claim, claims: dict[tuple[int, ...], _Claim], build: Builder) -> None:
    parent = claims.get(claim.number[:-1])
    example = f"{claim.written} {claim.text}"
    if parent is None or not parent.node:
        build.losses.add(
            "relation to a missing claim", "the claim it stands under is not in the file", example
        )
    elif not claim.node:
        pass
    elif claim.side is None and build.type_of(parent.node) != "question":
        build.losses.add(
            "place under another claim", "the file does not say whether it is for or against", example
        )
    else:
        kind = {"Pro": "supports", "Con": "attacks", None: "answers"}[claim.side]
        made = build.relation(kind, claim.node, parent.node)
        if made is not None and claim.side is not None:
            build.stands(made, claim.marker)
