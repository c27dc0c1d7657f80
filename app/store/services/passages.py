"""From quotes as people give them to exact passages, with whose words they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from app.errors import InvalidInput, Problem
from app.model.records import Document, Mention
from app.model.snapshot import MapSnapshot
from app.source import Passage, locate
from app.source.passages import occurrences
from app.store.services.quoting import Quoted, speaker
from app.store.services.submission import PassageIn


@dataclass(frozen=True)
class Body:
    """The text of the comment that is being added."""

    document: Document
    participant: str
    quoted: Quoted


class Passages:
    """Locates the passages of one request; what is wrong goes to the two lists of problems."""

    def __init__(
        self, view: MapSnapshot, body: Body, problems: list[Problem], unknown: list[Problem]
    ) -> None:
        self.view = view
        self.body = body
        self.problems = problems
        self.unknown = unknown

    def of(
        self, items: Sequence[PassageIn], place: str, attitude: str | None, holder: str | None
    ) -> tuple[Mention, ...]:
        """The mentions these passages make, in reading order, each once."""
        found: dict[Mention, None] = {}
        for number, item in enumerate(items):
            mention = self._mention(item, f"{place}.passages[{number}]", attitude, holder)
            if mention is not None:
                found[mention] = None
        return tuple(sorted(found, key=lambda m: m.order))

    def _mention(
        self, item: PassageIn, place: str, attitude: str | None, holder: str | None
    ) -> Mention | None:
        where = self._where(item, place)
        if where is None:
            return None
        document, start, end = where
        try:
            passage = _located(document.text, item, start, end)
        except InvalidInput as error:
            field = "quote" if item.occurrence is None else "occurrence"
            field = "paragraph" if "no paragraph" in str(error) else field
            self.problems += [Problem(p.message, f"{place}.{field}", p.remedy) for p in error.problems]
            return None
        wanted = item.holder or holder
        quoted, theirs = self._speaker(document, passage)
        if wanted is not None:
            if wanted not in self.view.content.participants and wanted != self.body.participant:
                self.unknown.append(
                    Problem(
                        "there is no participant with this id", f"{place}.holder", "see /api/v1/participants"
                    )
                )
                return None
            theirs = wanted
        if theirs is None:
            self.problems.append(
                Problem(
                    "these words stand in a quotation whose source is not in the map",
                    f"{place}.holder",
                    "say whose words they are, by a participant's id",
                )
            )
            return None
        kind = item.attitude or attitude or ("quotes" if quoted else "asserts")
        return Mention(
            document=document.id,
            start=passage.start,
            end=passage.end,
            exact=passage.exact,
            prefix=passage.prefix,
            suffix=passage.suffix,
            attitude=kind,
            holder=theirs,
        )

    def _where(self, item: PassageIn, place: str) -> tuple[Document, int, int] | None:
        """The document and the stretch of it in which the quote is looked for."""
        if item.document is not None and item.comment is not None:
            self.problems.append(Problem("names a document and a comment", place, "name one of them"))
            return None
        if item.comment is not None:
            comment = self.view.content.comments.get(item.comment)
            if comment is None:
                self.unknown.append(Problem("there is no comment with this id", f"{place}.comment"))
                return None
            return self.view.content.documents[comment.document], *self.view.span_of(comment)
        if item.document is not None:
            document = self.view.content.documents.get(item.document)
            if document is None:
                self.unknown.append(Problem("there is no document with this id", f"{place}.document"))
                return None
            return document, 0, len(document.text)
        return self.body.document, 0, len(self.body.document.text)

    def _speaker(self, document: Document, passage: Passage) -> tuple[bool, str | None]:
        """Whether the words stand in a quotation, and whose they are; None where that is not known."""
        start, end = passage.start, passage.end
        if document is not self.body.document:
            comment = self.view.comment_at(document.id, start)
            said = speaker(self.view, document.id, start, end)
            return comment is None or said != comment.participant, said
        for quotation in self.body.quoted.found:
            if quotation.start <= start and end <= quotation.end and quotation.quotes is not None:
                span = quotation.quotes
                return True, speaker(self.view, span.document, span.start, span.end)
        if any(first <= start and end <= last for first, last in self.body.quoted.unknown):
            return True, None
        return False, self.body.participant


def _located(text: str, item: PassageIn, start: int, end: int) -> Passage:
    """The passage a quote is, in a paragraph or anywhere in a stretch of the text."""
    quote = item.quote.replace("\r\n", "\n")
    if item.paragraph is not None:
        return locate(text, quote, item.paragraph, item.occurrence)
    body = text[start:end]
    wanted = item.occurrence or 1
    places = list(islice(occurrences(body, quote), 1000))
    if "\n" in quote or not places:
        # Let the careful search explain what stands there instead.
        first = body[: max(body.find(quote[:20]), 0)].count("\n") + 1
        return locate(body, quote, first, None)
    if item.occurrence is None and len(places) > 1:
        raise InvalidInput(
            f"these words stand {len(places)} times in the text",
            remedy=f"give the occurrence, 1 to {len(places)}, or quote more of the sentence",
        )
    if wanted > len(places):
        times = "once" if len(places) == 1 else f"{len(places)} times"
        raise InvalidInput(f"these words stand in the text {times}", remedy="give a smaller occurrence")
    at = start + places[wanted - 1]
    return Passage.at(text, at, at + len(quote))
