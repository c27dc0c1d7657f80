"""The abstract document: what every renderer reads.

Running text is a sequence of :data:`Inline` pieces, already punctuated and spaced; a renderer escapes each
piece for its format and adds nothing of its own to the prose.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "emphasis", "strong"]
Side = Literal["for", "against"]


@dataclass(frozen=True)
class Text:
    """A stretch of text in one style."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True)
class Mark:
    """The place a note is called from; ``number`` counts from 1 through the document."""

    number: int


@dataclass(frozen=True)
class SectionLink:
    """A reference to another section of the document, by the crux it is about."""

    crux: str
    text: str


Inline = Text | Mark | SectionLink
Run = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    run: Run


@dataclass(frozen=True)
class Part:
    """A part of a section: ``key`` is the same in every language of captions (``why``, ``for`` …).

    ``run_on``: in running text it goes on under the title of the part before, in the same paragraph.
    """

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    run_on: bool = False


@dataclass(frozen=True)
class Quote:
    """Words of a document, verbatim, with where they stand and who holds them how."""

    exact: str
    holder: str
    attitude: str
    writer: str
    comment: str
    document: str
    document_title: str
    paragraph: int
    start: int
    end: int
    url: str


@dataclass(frozen=True)
class Note:
    """A footnote: quotes that carry a point, and how the point comes to bear on the question."""

    number: int
    quotes: tuple[Quote, ...]
    bearing: tuple[Quote, ...] = ()
    remark: str = ""


@dataclass(frozen=True)
class Point:
    """One argument as data, for the formats that are tables: a row each, replies and grounds included.

    ``role`` says what it does: ``argument`` bears on the crux, ``ground`` supports the point before it,
    ``rejoinder`` speaks against that point, ``undercut`` against its bearing on what it is a point for.
    ``depth`` is 0 for arguments. ``answered`` is False where nothing on the map speaks against the point.
    """

    node: str
    type: str
    text: str
    relation: str
    relation_type: str
    side: Side
    role: Literal["argument", "ground", "rejoinder", "undercut"]
    depth: int
    basis: str
    rationale: str
    answered: bool
    strength: float | None
    stances: Mapping[str, str]
    quotes: tuple[Quote, ...]
    bearing: tuple[Quote, ...]


def caption(question: str) -> str:
    """What a figure shows."""
    return f"“{' '.join(question.split())}”: what bears on the answer, and what the answer bears on."


@dataclass(frozen=True)
class Figure:
    """A drawing of a crux and what surrounds it: SVG as text, and PNG and PDF where they can be made."""

    caption: str
    svg: str
    png: bytes | None = None
    pdf: bytes | None = None


@dataclass(frozen=True)
class Section:
    """All that is said of one crux."""

    crux: str
    number: int
    question: str
    proposition: str
    if_true: str
    if_false: str
    would_settle: str | None
    url: str
    stances: Mapping[str, str]
    direct: frozenset[str]
    strength: float | None
    effect: str
    parts: tuple[Part, ...]
    points: tuple[Point, ...]
    holders: Mapping[str, tuple[str, ...]]
    figure: Figure | None = None

    @property
    def chapters(self) -> tuple[tuple[str, tuple[Paragraph, ...]], ...]:
        """Titles and paragraphs as they are read: parts that run on are joined to what is before them."""
        out: list[tuple[str, list[Paragraph]]] = []
        for part in self.parts:
            if part.run_on and out and part.paragraphs:
                before = out[-1][1]
                joined = Paragraph((*before[-1].run, Text(" "), *part.paragraphs[0].run))
                out[-1] = (out[-1][0], [*before[:-1], joined, *part.paragraphs[1:]])
            else:
                out.append((part.title, list(part.paragraphs)))
        return tuple((title, tuple(paragraphs)) for title, paragraphs in out)


@dataclass(frozen=True)
class Scenario:
    """A scenario as the head lists it."""

    letter: str
    text: str
    strength: float | None = None


@dataclass(frozen=True)
class Reference:
    """A cited comment, for the list of references and for BibTeX. ``key`` is unique in the document."""

    key: str
    author: str
    comment: str
    document: str
    document_title: str
    sha256: str
    first_paragraph: int
    last_paragraph: int
    url: str


@dataclass(frozen=True)
class Writeup:
    """The document."""

    title: str
    head: tuple[Paragraph, ...]
    method: tuple[Paragraph, ...]
    scenarios: tuple[Scenario, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    references: tuple[Reference, ...]
    revision: int
    quotes: Literal["notes", "inline", "none"] = "notes"
    settings: Mapping[str, object] = field(default_factory=dict)

    def note(self, number: int) -> Note:
        """The note with that number."""
        return self.notes[number - 1]


def paragraph(pieces: Sequence[Inline]) -> Paragraph:
    """A paragraph of these pieces, without empty ones and without white space at its end."""
    kept = [piece for piece in pieces if not (isinstance(piece, Text) and not piece.text)]
    while kept and isinstance(kept[-1], Text) and not kept[-1].text.strip():
        kept.pop()
    if kept and isinstance(kept[-1], Text):
        kept[-1] = Text(kept[-1].text.rstrip(), kept[-1].style)
    return Paragraph(tuple(kept))


def plain(run: Run) -> str:
    """The text of a run without its marks.

    >>> plain((Text("So be it."), Mark(1)))
    'So be it.'
    """
    return "".join("" if isinstance(piece, Mark) else piece.text for piece in run)


def marks(run: Run) -> Iterator[int]:
    """The notes a run calls."""
    return (piece.number for piece in run if isinstance(piece, Mark))
