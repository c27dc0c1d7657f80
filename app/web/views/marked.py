"""Verbatim text with what the map made of it: marked stretches, and notes for the margin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app import urls
from app.model.records import Comment, Node
from app.model.snapshot import Element, MapSnapshot
from app.source import Anchored, Paragraph, anchored
from app.web import words
from app.web.views.common import Ref, ref

Span = tuple[int, int]
_NOTE = 120
# What a margin holds, in the pixels of a page of full width: a line of text or of notes, and how many letters it takes.
_TEXT_LINE, _TEXT_LETTERS, _TEXT_GAP = 26, 70, 20
_NOTE_LINE, _NOTE_LETTERS, _NOTE_GAP = 20, 50, 8
_AT_LEAST = 3
# Never folded: what says that words are somebody else's, or that something is missing.
_ALWAYS = ("quotation", "footnote", "lost")


@dataclass(frozen=True)
class Entry:
    """A node or relation that a stretch of text carries, and what is done with it there.

    ``again`` are the addresses of other relations that read the same: to one target, from other statements.
    """

    ref: Ref
    text: str
    sign: str
    attitude: str
    holder: str
    again: tuple[str, ...] = ()


@dataclass(frozen=True)
class Note:
    """A note in the margin. ``number`` ties it to the text; quotations, losses and judgements have none.

    What is carried by several stretches of a paragraph is said once: they bear the same number.
    """

    kind: str
    number: int
    entries: tuple[Entry, ...] = ()
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Segment:
    """A stretch of text that is marked in one way throughout."""

    text: str
    url: str = ""
    title: str = ""
    numbers: tuple[int, ...] = ()
    classes: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class MarkedParagraph:
    """A paragraph: its text in segments, its notes, and whether it is a quotation or a footnote as a whole.

    ``notes`` find room beside the text; ``folded`` are the others. ``gap`` says what is known of an empty one.
    """

    number: int
    kind: str
    segments: tuple[Segment, ...]
    notes: tuple[Note, ...]
    folded: tuple[Note, ...] = ()
    gap: str = ""

    @property
    def said(self) -> int:
        """How many things the notes say."""
        return _count(self.notes) + self.more

    @property
    def more(self) -> int:
        """How many of them are folded."""
        return _count(self.folded)


def _count(notes: Iterable[Note]) -> int:
    return sum(len(note.entries) or 1 for note in notes)


@dataclass
class _Marks:
    """What lies on one paragraph, before it is cut into segments."""

    spans: dict[Span, list[Entry]] = field(default_factory=dict)
    plain: list[tuple[Span, str, Note]] = field(default_factory=list)
    links: list[tuple[Span, str, str]] = field(default_factory=list)


def marked(
    view: MapSnapshot, document: str, first: int, last: int, at: Span | None = None
) -> tuple[MarkedParagraph, ...]:
    """Paragraphs ``first`` to ``last`` of a document with their marks; ``at`` is a stretch to point out."""
    lines = view.paragraphs[document][first - 1 : last]
    marks = {line.number: _Marks() for line in lines}
    _elements(view, document, lines, marks)
    _quotations(view, document, lines, marks)
    _judgements(view, document, lines, marks)
    feet = _footnotes(view, document, lines, marks)
    text = view.content.documents[document].text
    return tuple(
        _paragraph(text, line, marks[line.number], line.number in feet, at)
        if line.of(text).strip()
        else MarkedParagraph(line.number, "text", (), (), gap=_gap(view, document, line))
        for line in lines
    )


def _gap(view: MapSnapshot, document: str, line: Paragraph) -> str:
    """What an empty paragraph lost, where the text before it ends in something that is lost."""
    text = view.content.documents[document].text
    for judgement in view.content.ledger.values():
        before = judgement.document == document and judgement.type == "lost" and judgement.end <= line.start
        if before and not text[judgement.end : line.start].strip():
            return judgement.reason
    return "Empty in the source."


def _touching(lines: Sequence[Paragraph], start: int, end: int) -> Iterable[tuple[Paragraph, Span]]:
    for line in lines:
        if start < line.end and end > line.start:
            yield line, (max(start, line.start), min(end, line.end))


def _elements(view: MapSnapshot, document: str, lines: Sequence[Paragraph], marks: dict[int, _Marks]) -> None:
    begin, finish = lines[0].start, lines[-1].end
    for mention, element in view.mentions.get(document, ()):
        if mention.end <= begin or mention.start >= finish:
            continue
        sign = "" if isinstance(element, Node) else view.words.relations[element.type].sign
        here = view.comment_at(document, mention.start)
        other = here is None or here.participant != mention.holder
        holder = view.content.participants[mention.holder].label if other else ""
        entry = Entry(
            ref(view, element),
            _said(view, element),
            sign,
            "asserts" if mention.attitude == element.type else words.held(view, mention.attitude),
            holder,
        )
        for line, span in _touching(lines, mention.start, mention.end):
            marks[line.number].spans.setdefault(span, []).append(entry)


def _said(view: MapSnapshot, element: Element) -> str:
    """What a note says: the node's sentence, or what the relation does to what."""
    if isinstance(element, Node):
        return words.clip(element.text, _NOTE)
    _, target = words.ends(view, element)
    return f"{view.words.relations[element.type].label} {words.name(view, target, _NOTE - 30)}"


def _quotations(
    view: MapSnapshot, document: str, lines: Sequence[Paragraph], marks: dict[int, _Marks]
) -> None:
    for quotation in view.quotations.get(document, ()):
        if quotation.quotes is not None:
            source = quotation.quotes
            number = view.paragraph_number(source.document, source.start)
            where = (
                "" if source.document == document else f" of {view.content.documents[source.document].title}"
            )
            at = view.comment_at(source.document, source.start)
            who = f", {view.content.participants[at.participant].label}" if at is not None else ""
            address = urls.passage(view, source.document, source.start, source.end)
            note = Note("quotation", 0, text=f"quotes paragraph {number}{where}{who}", url=address)
        else:
            note = Note("quotation", 0, text=f"quotes {quotation.outside}")
        for line, span in _touching(lines, quotation.start, quotation.end):
            marks[line.number].plain.append((span, "q", note))


def _judgements(
    view: MapSnapshot, document: str, lines: Sequence[Paragraph], marks: dict[int, _Marks]
) -> None:
    for judgement in view.content.ledger.values():
        if judgement.document == document:
            label = view.words.ledger_kinds[judgement.type].label
            lost = judgement.type == "lost"
            note = Note(judgement.type, 0, text=judgement.reason if lost else f"{label}: {judgement.reason}")
            for line, span in _touching(lines, judgement.start, judgement.end):
                marks[line.number].plain.append((span, "lost" if lost else "aside", note))


def _footnotes(
    view: MapSnapshot, document: str, lines: Sequence[Paragraph], marks: dict[int, _Marks]
) -> set[int]:
    """Tie footnotes to their marks, comment by comment; the paragraphs that are footnotes."""
    text = view.content.documents[document].text
    feet: set[int] = set()
    comments = {c.id: c for line in lines if (c := view.comment_of_paragraph(document, line.number))}
    for comment in comments.values():
        for found in _anchored(text, comment, document):
            feet.add(found.footnote.paragraph)
            _tie(text, found, marks)
    return feet


def _anchored(text: str, comment: Comment, document: str) -> tuple[Anchored, ...]:
    return tuple(
        found
        for version in comment.versions
        if version.document == document
        for found in anchored(text, version.first_paragraph, version.last_paragraph)
    )


def _tie(text: str, found: Anchored, marks: dict[int, _Marks]) -> None:
    foot, mark = found.footnote, found.marker
    if foot.paragraph in marks:
        if mark is None:
            note = Note("footnote", 0, text="a footnote; where it belongs is lost in the source")
        else:
            note = Note(
                "footnote", 0, text=f"footnote to paragraph {mark.paragraph}", url=f"#p{mark.paragraph}"
            )
        marks[foot.paragraph].plain.append(((foot.start, foot.end), "", note))
    if mark is not None and mark.paragraph in marks:
        span = (mark.start, mark.end)
        words_of = words.clip(text[foot.start : foot.end].strip(), 400)
        note = Note("footnote", 0, text=f"Footnote {mark.label}: {words_of}", url=f"#p{foot.paragraph}")
        marks[mark.paragraph].plain.append((span, "", note))
        marks[mark.paragraph].links.append((span, f"#p{foot.paragraph}", f"footnote {mark.label}"))


def _paragraph(text: str, line: Paragraph, marks: _Marks, foot: bool, at: Span | None) -> MarkedParagraph:
    order, notes = _numbered(marks.spans)
    edges = {line.start, line.end}
    for span in [
        *marks.spans,
        *(s for s, _, _ in marks.plain),
        *(s for s, _, _ in marks.links),
        *([at] if at else []),
    ]:
        edges |= {edge for edge in span if line.start <= edge <= line.end}
    cuts = sorted(edges)
    segments = tuple(_segment(text, start, end, marks, order, at) for start, end in pairwise(cuts))
    quoting = sum(min(e, line.end) - max(s, line.start) for (s, e), kind, _ in marks.plain if kind == "q")
    whole = quoting >= 0.9 * max(1, line.end - line.start)
    notes += dict.fromkeys(note for _, _, note in sorted(marks.plain, key=lambda row: row[0]))
    shown, folded = _fitting(notes, line.end - line.start)
    kind = "quotation" if whole else "footnote" if foot else "text"
    return MarkedParagraph(line.number, kind, segments, shown, folded)


def _numbered(spans: dict[Span, list[Entry]]) -> tuple[dict[Span, int], list[Note]]:
    """The number of each stretch, and the notes that go with the numbers: the same thing is said only once."""
    said: dict[tuple[str, ...], list[Entry]] = {}
    first: dict[tuple[str, ...], Span] = {}
    for span in sorted(spans):
        for entry in spans[span]:
            key = _key(entry)
            said.setdefault(key, []).append(entry)
            first.setdefault(key, span)
    by_span: dict[Span, list[Entry]] = {}
    for key, same in said.items():
        others = dict.fromkeys(entry.ref.url for entry in same if entry.ref.id != same[0].ref.id)
        by_span.setdefault(first[key], []).append(replace(same[0], again=tuple(others)))
    number = {span: n for n, span in enumerate(sorted(by_span), 1)}
    order = {
        span: number.get(span) or min(number[first[_key(e)]] for e in entries)
        for span, entries in spans.items()
    }
    return order, [Note("element", n, tuple(by_span[span])) for span, n in number.items()]


def _key(entry: Entry) -> tuple[str, ...]:
    """What a reader sees of an entry."""
    return entry.text, entry.sign, entry.attitude, entry.holder


def _fitting(notes: Sequence[Note], letters: int) -> tuple[tuple[Note, ...], tuple[Note, ...]]:
    """The notes that fit beside a text of so many letters (a few at least), and the rest."""
    room = _TEXT_LINE * -(-letters // _TEXT_LETTERS) + _TEXT_GAP
    room -= sum(_height(note.text) for note in notes if note.kind in _ALWAYS)
    shown: list[Note] = []
    folded: list[Note] = []
    for note in notes:
        if note.kind in _ALWAYS:
            shown.append(note)
            continue
        fit = 0
        for said in [f"{e.holder} {e.text}" for e in note.entries] or [note.text]:
            room -= _height(said)
            if folded or (room < 0 and _count(shown) + fit >= _AT_LEAST):
                break
            fit += 1
        if not note.entries:
            (shown if fit else folded).append(note)
        else:
            shown += [replace(note, entries=note.entries[:fit])] if fit else []
            folded += [replace(note, entries=note.entries[fit:])] if fit < len(note.entries) else []
    # A fold is as high as the one note it would hide.
    return (tuple(notes), ()) if _count(folded) == 1 else (tuple(shown), tuple(folded))


def _height(said: str) -> int:
    return _NOTE_LINE * -(-len(said) // _NOTE_LETTERS) + _NOTE_GAP


def _segment(
    text: str, start: int, end: int, marks: _Marks, order: dict[Span, int], at: Span | None
) -> Segment:
    over = sorted((s for s in marks.spans if s[0] <= start and end <= s[1]), key=lambda s: (s[1] - s[0], s))
    classes = [kind for (s, e), kind, _ in marks.plain if kind and s <= start and end <= e]
    if over:
        classes.append("m")
    if at is not None and at[0] <= start and end <= at[1]:
        classes.append("at")
    url = title = ""
    entries = [entry for span in over for entry in marks.spans[span]]
    # A bracket left over between two passages is no place to click.
    if entries and any(character.isalnum() for character in text[start:end]):
        # The text leads to the most exact node; relations only where there is none.
        chosen = next((entry for entry in entries if not entry.sign), entries[0])
        url, title = chosen.ref.url, words.clip(chosen.ref.text, 160)
    for span, address, what in marks.links:
        if span[0] <= start and end <= span[1]:
            url, title = address, what
            classes.append("fn")
    numbers = tuple(order[span] for span in over if span[1] == end)
    anchor = "at" if at is not None and at[0] == start else ""
    shown = " ".join(dict.fromkeys(classes))
    return Segment(text[start:end], url, title, tuple(sorted(numbers)), shown, anchor)
