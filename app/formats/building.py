"""Turning what a file says into records of a map, whatever the format.

A statement becomes a node, a speaker a participant, a locution a comment. Words have their place in a
document: the file itself where it is plain text, otherwise a transcript made of its texts, one a
paragraph. Where a file names nobody who says a thing, the thing is held, as a report, by a participant
who stands for whoever wrote the file. Nothing is invented: what the vocabulary cannot hold is counted.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence

from app.errors import InvalidInput
from app.formats.exchange import (
    MAX_RELATIONS,
    MAX_STATEMENTS,
    Counts,
    Imported,
    Losses,
    Progress,
    clean,
    shorten,
    slug,
)
from app.model.records import (
    SLUG,
    Comment,
    CruxDetails,
    Document,
    MapContent,
    MapInfo,
    Mention,
    Node,
    Participant,
    Record,
    Relation,
    ScenarioDetails,
)
from app.model.vocabulary import vocabulary
from app.source import Passage

_SLUG = re.compile(SLUG)
MOST_PASSAGES = 200
Place = tuple[int, int]
"""Where words stand in the document: offsets of a passage within one paragraph."""


class Builder:
    """Collects the records of one imported file.

    Parameters
    ----------
    name : the file's name, for messages and for the document's name.
    text : the file's text, where passages point into the file itself; without it a transcript is written
        (``say``).
    """

    def __init__(self, name: str, text: str | None = None, progress: Progress | None = None) -> None:
        self.name = name
        self.losses = Losses()
        self.title = ""
        self._text = text
        self._said: list[str] = []
        self._length = 0
        self._progress = progress
        self._words = vocabulary()
        self._ids: set[str] = set()
        self._numbers: dict[str, int] = {}  # the last number tried for each id that was wanted again
        self._stem = slug(re.sub(r"\.[A-Za-z0-9]+$", "", name), "import", 40)
        self._nodes: dict[str, Node] = {}
        self._relations: dict[str, Relation] = {}
        self._seen: dict[tuple[str, str, str], str] = {}
        self._bases: dict[str, str] = {}
        self._outgoing: dict[str, list[str]] = {}
        self._passages: dict[str, list[tuple[Place, str, str]]] = {}
        self._participants: dict[str, Participant] = {}
        self._comments: dict[str, Comment] = {}
        self._replies: dict[str, str] = {}
        self._unnamed: str | None = None

    # --- ids -----------------------------------------------------------------------------------

    def _fresh(self, wanted: str, taken: Container[str]) -> str:
        """The id, or the first of ``id-2``, ``id-3`` … that is free."""
        if wanted not in taken:
            return wanted
        stem = wanted[:110].rstrip("-")
        number = self._numbers.get(stem, 1) + 1
        while (made := f"{stem}-{number}") in taken:
            number += 1
        self._numbers[stem] = number
        return made

    def _element_id(self, wanted: str | None, text: str, otherwise: str) -> str:
        if wanted is None or not _SLUG.match(wanted):
            wanted = slug(wanted or text, otherwise)
        made = self._fresh(wanted, self._ids)
        self._ids.add(made)
        return made

    # --- elements ------------------------------------------------------------------------------

    def node(
        self,
        text: str,
        *,
        wanted: str | None = None,
        kind: str = "claim",
        tags: Sequence[str] = (),
        base: float | None = None,
        letter: str | None = None,
        crux: CruxDetails | None = None,
    ) -> str:
        """Add a statement; its id. A type that cannot be had is noted and "claim" taken.

        Raises
        ------
        InvalidInput : there are more statements than a map is made for.
        """
        if len(self._nodes) >= MAX_STATEMENTS:
            raise InvalidInput(f"holds more than {MAX_STATEMENTS:,} statements", where=self.name)
        said = clean(text)
        lacking = (kind == "crux" and crux is None) or (kind == "scenario" and letter is None)
        if lacking or kind not in self._words.nodes:
            self.losses.add(
                f"type {shorten(kind, 30)}",
                "the file does not hold what such a node needs; kept as a claim",
                said,
            )
            kind = "claim"
        key = self._element_id(wanted, said, "statement")
        scenario = ScenarioDetails(letter=letter) if kind == "scenario" and letter else None
        kept = tuple(dict.fromkeys(tag for tag in map(clean, tags) if tag))
        self._nodes[key] = Node(
            id=key,
            type=kind,
            text=said or key,
            tags=kept,
            base=base,
            crux=crux if kind == "crux" else None,
            scenario=scenario,
        )
        if self._progress is not None and len(self._nodes) % 500 == 0:
            self._progress("reading statements", len(self._nodes), len(self._nodes))
        return key

    def type_of(self, key: str) -> str:
        """The type of a node or relation that was added."""
        return self._nodes[key].type if key in self._nodes else self._relations[key].type

    def is_relation(self, key: str) -> bool:
        """Whether the id is that of a relation that was added."""
        return key in self._relations

    def relation(
        self,
        kind: str,
        source: str,
        target: str,
        *,
        wanted: str | None = None,
        rationale: str = "",
        base: float | None = None,
        basis: str | None = None,
    ) -> str | None:
        """Add a relation; its id, or None where the vocabulary has no place for it (which is noted).

        The same relation between the same two is added once.

        Raises
        ------
        InvalidInput : there are more relations than a map is made for.
        """
        said = f"{source} {kind} {target}"
        if (kind, source, target) in self._seen:
            self.losses.add("relation said again", "there is one of a type between the same two", said)
            return self._seen[kind, source, target]
        if source == target:
            self.losses.add("relation to itself", "a statement cannot bear on itself", said)
            return None
        if source not in self._nodes:
            self.losses.add("relation from a relation", "a relation starts from a statement", said)
            return None
        objection = self._words.objection(kind, self.type_of(source), self.type_of(target))
        if objection is not None:
            self.losses.add("relation of unsuitable types", objection, said)
            return None
        self.room(1)
        key = self._element_id(wanted, f"{source[:50]}-{kind}-{target[:50]}", "relation")
        self._relations[key] = Relation(
            id=key, type=kind, source=source, target=target, rationale=clean(rationale), base=base
        )
        self._seen[kind, source, target] = key
        if basis is not None:
            self._bases[key] = basis
        if self._words.relations[kind].polar:
            self._outgoing.setdefault(source, []).append(key)
        return key

    def room(self, count: int) -> None:
        """Whether so many more relations can be added: a short file can mean millions.

        Raises
        ------
        InvalidInput : there would be more relations than a map is made for.
        """
        if len(self._relations) + count > MAX_RELATIONS:
            raise InvalidInput(f"holds more than {MAX_RELATIONS:,} relations", where=self.name)

    def sources(self, key: str) -> tuple[str, ...]:
        """The polar relations that start from a statement."""
        return tuple(self._outgoing.get(key, ()))

    # --- people and places ---------------------------------------------------------------------

    def participant(self, label: str, wanted: str | None = None) -> str:
        """Add a speaker; equal labels are different speakers unless the caller knows better."""
        label = clean(label) or "unnamed"
        key = wanted if wanted and _SLUG.match(wanted) else slug(label, "participant", 40)
        key = self._fresh(key, self._participants)
        self._participants[key] = Participant(id=key, label=label)
        return key

    @property
    def unnamed(self) -> str:
        """The participant who stands for whoever wrote the file."""
        if self._unnamed is None:
            self._unnamed = self._fresh(f"{self._stem}-author", self._participants)
            self._participants[self._unnamed] = Participant(
                id=self._unnamed,
                label=f"whoever wrote {clean(self.name) or 'the file'}",
                note="Stands for nobody in particular: the file does not say who holds these statements.",
            )
        return self._unnamed

    def say(self, text: str) -> tuple[int, Place]:
        """Add a paragraph to the transcript; its number (from 1) and its place."""
        line = clean(text) or "(empty)"
        start = self._length
        self._said.append(line)
        self._length += len(line) + 1
        return len(self._said), (start, start + len(line))

    def comment(self, paragraph: int, participant: str, *, wanted: str | None = None) -> str:
        """Add a comment that is one paragraph of the transcript."""
        key = self._fresh(wanted if wanted and _SLUG.match(wanted) else f"c{paragraph}", self._comments)
        self._comments[key] = Comment(
            id=key,
            document=self.document_id,
            first_paragraph=paragraph,
            last_paragraph=paragraph,
            participant=participant,
            attribution="stated",
        )
        return key

    def reply(self, comment: str, to: str) -> None:
        """Say what a comment answers; the first that is said counts."""
        if comment == to or self._replies.setdefault(comment, to) != to:
            self.losses.add("reply to a further comment", "a comment answers one other", f"{comment} to {to}")

    def _reply_targets(self) -> dict[str, str]:
        """What each comment answers, without the replies that would close a circle."""
        done: set[str] = set()
        kept = dict(self._replies)
        for start in self._replies:
            path: dict[str, None] = {}
            current: str | None = start
            while current is not None and current not in done and current not in path:
                path[current] = None
                current = kept.get(current)
            if current is not None and current in path:
                last = next(reversed(path))
                self.losses.add(
                    "reply in a circle", "comments cannot answer one another", f"{last} to {kept[last]}"
                )
                del kept[last]
            done.update(path)
        return kept

    @property
    def document_id(self) -> str:
        """The id of the imported file's document."""
        return self._stem

    def stands(
        self, element: str, place: Place, attitude: str = "reports", holder: str | None = None
    ) -> None:
        """Say where an element stands, and what its holder does with it there."""
        if place[1] > place[0]:
            rows = self._passages.setdefault(element, [])
            if len(rows) < MOST_PASSAGES:
                rows.append((place, attitude, holder or self.unnamed))
            else:
                self.losses.add("passage", f"an element keeps {MOST_PASSAGES} at most", element)

    def has_place(self, element: str) -> bool:
        """Whether anything was said of where an element stands."""
        return element in self._passages

    # --- the end -------------------------------------------------------------------------------

    def finish(self) -> Imported:
        """The records, complete."""
        text = self._text if self._text is not None else "".join(f"{line}\n" for line in self._said)
        info = MapInfo(title=self.title or clean(self.name) or "An imported map")
        replies = self._reply_targets()
        comments = [c.model_copy(update={"reply_to": replies.get(c.id)}) for c in self._comments.values()]
        records: list[Record] = [info, *self._participants.values(), *comments]
        if text:
            records.append(self._document(text, info.title))
        for group in (self._nodes, self._relations):
            for key, element in group.items():
                mentions = tuple(self._mentions(text, self._passages.get(key, ())))
                stated = mentions and isinstance(element, Relation) and self._bases.get(key) != "inferred"
                update = {"passages": mentions, **({"basis": "stated"} if stated else {})}
                records.append(element.model_copy(update=update))
        content = MapContent.of(records)
        nobody = (self._unnamed,) if self._unnamed is not None else ()
        return Imported(content, self.losses.report(), Counts.of(content, nobody))

    def _document(self, text: str, title: str) -> Document:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return Document(
            id=self.document_id, file=f"{self.document_id}.txt", title=title, sha256=digest, text=text
        )

    def _mentions(self, text: str, rows: Iterable[tuple[Place, str, str]]) -> list[Mention]:
        found = []
        for (start, end), attitude, holder in sorted(set(rows)):
            at = Passage.at(text, start, end)
            found.append(
                Mention(
                    document=self.document_id,
                    start=start,
                    end=end,
                    exact=at.exact,
                    prefix=at.prefix,
                    suffix=at.suffix,
                    attitude=attitude,
                    holder=holder,
                )
            )
        return found


class Lines:
    """Line numbers of a text's offsets."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def of(self, offset: int) -> int:
        """The 1-based line that holds the offset."""
        return bisect_right(self._starts, offset)
