"""One immutable view of the map at a revision, with the indexes that pages and reasoning need.

Everything here is derived from :class:`~app.model.records.MapContent` and can be thrown away.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from app.model.records import Comment, Document, MapContent, Mention, Node, Quotation, Relation
from app.model.vocabulary import Vocabulary
from app.source import Paragraph, paragraphs

Element = Node | Relation

HOLDS = ("asserts", "concedes")
_NOT_ASSERTED = ("scenario", "question", "definition", "proposal")


@dataclass(frozen=True, eq=False)
class MapSnapshot:
    """The content of a map at one revision.

    ``revision`` is 0 for content that was never in a database; ``at`` is when it was made (ISO 8601),
    empty where nobody asked.
    """

    content: MapContent
    revision: int
    words: Vocabulary
    at: str = ""

    # --- elements ------------------------------------------------------------------------------

    def element(self, key: str) -> Element | None:
        """The node or relation with that id; a merged node leads to what it was merged into."""
        seen = set()
        node = self.content.nodes.get(key)
        while node is not None and node.merged_into is not None and node.id not in seen:
            seen.add(node.id)
            node = self.content.nodes.get(node.merged_into)
        return node if node is not None else self.content.relations.get(key)

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by source id."""
        return _grouped(self.content.relations.values(), "source")

    @cached_property
    def incoming(self) -> Mapping[str, tuple[Relation, ...]]:
        """Relations by target id (a node's or a relation's)."""
        return _grouped(self.content.relations.values(), "target")

    @cached_property
    def scenarios(self) -> tuple[Node, ...]:
        """The scenarios that are not withdrawn, by letter."""
        found = [n for n in self.content.nodes.values() if n.scenario is not None and self.visible(n)]
        return tuple(sorted(found, key=letter))

    def participant(self, key: str) -> str:
        """The id of a participant; a merged one leads to whom it was merged into."""
        people = self.content.participants
        seen: set[str] = set()
        while key in people and (into := people[key].merged_into) is not None and into not in seen:
            seen.add(into)
            key = into
        return key

    def scenario(self, wanted: str) -> Node | None:
        """The scenario with that letter (any case), withdrawn ones too."""
        everyone = [n for n in self.content.nodes.values() if n.scenario and n.merged_into is None]
        # A letter may have passed from a withdrawn scenario to another: the living one answers.
        everyone.sort(key=lambda n: not self.visible(n))
        return next((n for n in everyone if letter(n) == wanted.upper()), None)

    @cached_property
    def cruxes(self) -> tuple[Node, ...]:
        """The curated cruxes, by id."""
        return tuple(n for n in self.content.nodes.values() if n.type == "crux" and self.visible(n))

    def polarity(self, relation: Relation) -> int:
        """+1, −1, or 0 for a neutral relation."""
        return self.words.relations[relation.type].polarity

    # --- what counts ---------------------------------------------------------------------------

    def visible(self, element: Element | Comment) -> bool:
        """Whether pages list it: neither withdrawn nor rejected."""
        return element.status in ("reviewed", "unreviewed")

    def counts(self, element: Element, include_unreviewed: bool = False) -> bool:
        """Whether it enters reasoning: its status, and for a relation that of both its ends."""
        seen: set[str] = set()
        while True:
            if element.status != "reviewed" and not (include_unreviewed and element.status == "unreviewed"):
                return False
            if isinstance(element, Node):
                return True
            source = self.content.nodes.get(element.source)
            if source is None or not self.counts(source, include_unreviewed) or element.id in seen:
                return False
            seen.add(element.id)
            target = self.content.nodes.get(element.target) or self.content.relations.get(element.target)
            if target is None:
                return False
            element = target

    @cached_property
    def writers(self) -> frozenset[str]:
        """The participants who wrote a visible comment; others are quoted or reported only."""
        wrote = {self.participant(c.participant) for c in self.content.comments.values() if self.visible(c)}
        return frozenset(wrote)

    def held(self, node: Node) -> bool | None:
        """Whether somebody asserts or concedes it, or whoever writes in the thread is known to say it.

        A quotation alone says that: beside another attitude of the same holder, it only repeats it.
        None where that cannot be told or makes no sense: no passage is given, or it is nothing to assert.
        """
        spoken = [
            m
            for m in node.passages
            if (at := self.comment_at(m.document, m.start)) is None or self.visible(at)
        ]
        if not spoken or node.type in _NOT_ASSERTED:
            return None
        own = {self.participant(m.holder) for m in spoken if m.attitude != "quotes"}
        said = {self.participant(m.holder) for m in spoken} - own
        return any(m.attitude in HOLDS for m in spoken) or bool(said & self.writers)

    # --- text ----------------------------------------------------------------------------------

    @cached_property
    def paragraphs(self) -> Mapping[str, tuple[Paragraph, ...]]:
        """The paragraphs of each document."""
        return {key: tuple(paragraphs(document.text)) for key, document in self.content.documents.items()}

    def paragraph_number(self, document: str, offset: int) -> int:
        """The 1-based paragraph that holds this offset."""
        return bisect_right(self._starts[document], offset)

    @cached_property
    def _starts(self) -> Mapping[str, list[int]]:
        return {key: [line.start for line in lines] for key, lines in self.paragraphs.items()}

    def text_of(self, comment: Comment) -> str:
        """The comment's body, verbatim."""
        parts = self.paragraphs[comment.document]
        text = self.content.documents[comment.document].text
        return text[parts[comment.first_paragraph - 1].start : parts[comment.last_paragraph - 1].end]

    def own_words(self, comment: Comment) -> str:
        """The comment's body without the paragraphs that only quote: what its writer says there.

        The whole body where nothing else is left.
        """
        lines = self.paragraphs[comment.document][comment.first_paragraph - 1 : comment.last_paragraph]
        text = self.content.documents[comment.document].text
        quoted = [(q.start, q.end) for q in self.quotations.get(comment.document, ())]
        kept = [
            line.of(text)
            for line in lines
            if not any(start <= line.start and line.end <= end for start, end in quoted)
        ]
        return "\n".join(kept).strip() or self.text_of(comment)

    def span_of(self, comment: Comment) -> tuple[int, int]:
        """The comment's offsets in its document."""
        parts = self.paragraphs[comment.document]
        return parts[comment.first_paragraph - 1].start, parts[comment.last_paragraph - 1].end

    @cached_property
    def _ranges(self) -> Mapping[str, tuple[list[int], list[tuple[int, Comment]]]]:
        ranges: dict[str, list[tuple[int, int, str]]] = {}
        for comment in self.content.comments.values():
            for version in comment.versions:
                ranges.setdefault(version.document, []).append(
                    (version.first_paragraph, version.last_paragraph, comment.id)
                )
        out = {}
        for document, rows in ranges.items():
            rows.sort()
            out[document] = (
                [first for first, _, _ in rows],
                [(last, self.content.comments[key]) for _, last, key in rows],
            )
        return out

    def comment_at(self, document: str, offset: int) -> Comment | None:
        """The comment whose body (of any version) holds this offset."""
        return self.comment_of_paragraph(document, self.paragraph_number(document, offset))

    def comment_of_paragraph(self, document: str, number: int) -> Comment | None:
        """The comment that holds this paragraph."""
        if document not in self._ranges:
            return None
        firsts, rows = self._ranges[document]
        at = bisect_right(firsts, number) - 1
        if at < 0 or rows[at][0] < number:
            return None
        return rows[at][1]

    def home(self, element: Element) -> Comment | None:
        """The comment of the element's first passage; for a relation without one, of its source."""
        if element.passages:
            first = element.passages[0]
            return self.comment_at(first.document, first.start)
        if isinstance(element, Relation):
            source = self.content.nodes.get(element.source)
            return self.home(source) if source is not None else None
        return None

    # --- the thread ----------------------------------------------------------------------------

    def comment_order(self, comment: Comment) -> tuple[str, int, str]:
        """Where the comment stands: documents in order, then paragraphs; a new version stays where the first was."""
        first = comment.earlier[0] if comment.earlier else comment
        return (first.document, first.first_paragraph, comment.id)

    @cached_property
    def thread(self) -> tuple[tuple[int, Comment], ...]:
        """All comments as (depth, comment), replies under what they answer, in reading order."""
        children: dict[str | None, list[Comment]] = {}
        for comment in sorted(self.content.comments.values(), key=self.comment_order):
            parent = comment.reply_to if comment.reply_to in self.content.comments else None
            children.setdefault(parent, []).append(comment)
        rows: list[tuple[int, Comment]] = []
        stack = [(0, comment) for comment in reversed(children.get(None, []))]
        while stack:
            depth, comment = stack.pop()
            rows.append((depth, comment))
            stack += [(depth + 1, child) for child in reversed(children.get(comment.id, []))]
        return tuple(rows)

    @cached_property
    def mentions(self) -> Mapping[str, tuple[tuple[Mention, Element], ...]]:
        """Per document, each (mention, element) of the visible map, in reading order."""
        out: dict[str, list[tuple[Mention, Element]]] = {}
        elements: list[Element] = [*self.content.nodes.values(), *self.content.relations.values()]
        for element in elements:
            if self.visible(element):
                for mention in element.passages:
                    out.setdefault(mention.document, []).append((mention, element))
        return {
            key: tuple(sorted(rows, key=lambda row: (row[0].order, row[1].id))) for key, rows in out.items()
        }

    @cached_property
    def quotations(self) -> Mapping[str, tuple[Quotation, ...]]:
        """Per document, its quotations in reading order."""
        out: dict[str, list[Quotation]] = {}
        for quotation in sorted(self.content.quotations.values(), key=lambda q: (q.document, q.start)):
            out.setdefault(quotation.document, []).append(quotation)
        return {key: tuple(rows) for key, rows in out.items()}

    def documents(self) -> Iterator[Document]:
        """The source documents: not the bodies of comments added later."""
        added = {
            version.document
            for comment in self.content.comments.values()
            if comment.type == "api"
            for version in comment.versions
        }
        return (d for d in self.content.documents.values() if d.id not in added)

    def over(self, content: MapContent) -> "MapSnapshot":
        """The same view over other content: a what-if at the same revision."""
        return replace(self, content=content)


def letter(scenario: Node) -> str:
    """A scenario's letter."""
    return scenario.scenario.letter if scenario.scenario is not None else ""


def _grouped(relations: Iterable[Relation], end: str) -> Mapping[str, tuple[Relation, ...]]:
    out: dict[str, list[Relation]] = {}
    for relation in relations:
        out.setdefault(getattr(relation, end), []).append(relation)
    return {key: tuple(sorted(rows, key=lambda r: r.id)) for key, rows in out.items()}
