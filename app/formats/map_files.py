"""Reading a folder of map files (YAML, and the verbatim documents beside them) into the map's content.

Any file may hold any part; `schema/map-file.schema.json` says what a part looks like. Passages are
written as paragraph and quote; their offsets are computed here, and a quote that does not stand where
the file says it does stops the reading, with file and line.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from app import resources
from app.errors import InvalidInput, Problem
from app.formats import yaml_text
from app.model.checks import check
from app.model.records import (
    Comment,
    CommentText,
    Document,
    Kind,
    LedgerNote,
    MapContent,
    MapInfo,
    Mention,
    Node,
    Participant,
    Quotation,
    Record,
    Relation,
    Span,
)
from app.model.vocabulary import Vocabulary
from app.source import Passage, locate, paragraphs

Progress = Callable[[str, int, int], None]
Part = Mapping[str, Any]
MAX_PROBLEMS = 50


@dataclass
class _File:
    """One parsed file."""

    name: str
    data: dict[str, Any]
    lines: yaml_text.Lines

    def place(self, *path: str | int) -> str:
        return f"{self.name}:{yaml_text.line_of(self.lines, path)}"


@dataclass
class _Reading:
    """What has been read so far, and what is wrong with it."""

    folder: Path
    records: dict[tuple[Kind, str], Record] = field(default_factory=dict)
    places: dict[tuple[Kind, str], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, record: Record, place: str) -> None:
        key = (record.kind, record.key)
        if key in self.records:
            self.problem(
                f"{record.kind} {record.key!r} stands twice", place, f"the other is at {self.places[key]}"
            )
            return
        self.records[key] = record
        self.places[key] = place

    def problem(self, message: str, place: str, remedy: str = "") -> None:
        self.problems.append(Problem(message, place, remedy))

    def stop_on_problems(self) -> None:
        if self.problems:
            raise InvalidInput(self.problems[:MAX_PROBLEMS])


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    path = resources.path("schema") / "map-file.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def read(folder: Path, words: Vocabulary, progress: Progress | None = None) -> MapContent:
    """The content of the map in ``folder`` (or in one YAML file with its documents beside it).

    Parameters
    ----------
    progress : called as (what, done, total) while reading.

    Raises
    ------
    InvalidInput : with every problem found, each with its file and line; nothing is returned by halves.
    """
    files = _files(folder)
    reading = _Reading(folder if folder.is_dir() else folder.parent)
    parsed: list[_File] = []
    for number, path in enumerate(files, 1):
        parsed.append(_parse(path, reading))
        if progress is not None:
            progress("reading files", number, len(files))
    reading.stop_on_problems()
    for file in parsed:
        _read_frame(file, reading)
    reading.stop_on_problems()
    total = sum(len(file.data.get(key) or ()) for file in parsed for key in ("nodes", "relations"))
    done = 0
    where = _Where(reading)
    for file in parsed:
        _read_argument(file, reading, where)
        done += sum(len(file.data.get(key) or ()) for key in ("nodes", "relations"))
        if progress is not None:
            progress("finding passages", done, total)
    reading.stop_on_problems()
    content = MapContent.of(list(reading.records.values()))
    findings = check(content, words)
    if findings:
        raise InvalidInput([finding.problem(reading.places) for finding in findings[:MAX_PROBLEMS]])
    return content


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise InvalidInput(
            "there is no such file or folder", where=str(folder), remedy="name a folder of map files"
        )
    found = sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml") and p.is_file())
    if not found:
        raise InvalidInput("there are no map files (*.yaml) here", where=str(folder))
    return found


def _parse(path: Path, reading: _Reading) -> _File:
    name = str(path.relative_to(reading.folder)) if path.is_relative_to(reading.folder) else str(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"cannot be read as UTF-8 text: {error}", where=name) from error
    data, lines = yaml_text.parse(text, name)
    file = _File(name, data if isinstance(data, dict) else {}, lines)
    if data is not None and not isinstance(data, dict):
        reading.problem("a map file holds a mapping (map, comments, nodes …)", f"{name}:1")
        return file
    for found in _validator().iter_errors(file.data):
        specific = best_match([found]) or found
        reading.problem(
            _explain(specific), file.place(*specific.absolute_path), "see schema/map-file.schema.json"
        )
    return file


def _explain(error: ValidationError) -> str:
    where = ".".join(str(part) for part in error.absolute_path)
    if error.validator == "enum":
        message = f"{error.instance!r} is not one of {', '.join(str(item) for item in _listed(error.validator_value))}"
    elif error.validator == "pattern":
        message = f"{error.instance!r} does not match {error.validator_value}"
    else:
        message = error.message if len(error.message) < 300 else error.message[:300] + "…"
    return f"{where}: {message}" if where else message


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _read_frame(file: _File, reading: _Reading) -> None:
    """The map's title, documents, participants and comments: what passages refer to."""
    if "map" in file.data:
        reading.add(MapInfo(**file.data["map"]), file.place("map"))
    for number, part in enumerate(file.data.get("documents") or ()):
        _read_document(part, file.place("documents", number), reading)
    for number, part in enumerate(file.data.get("participants") or ()):
        reading.add(Participant(**part), file.place("participants", number))
    for number, part in enumerate(file.data.get("comments") or ()):
        earlier = tuple(CommentText(**item) for item in part.get("earlier", ()))
        reading.add(Comment(**{**part, "earlier": earlier}), file.place("comments", number))


def _read_document(part: Part, place: str, reading: _Reading) -> None:
    path = reading.folder / "documents" / part["file"]
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except FileNotFoundError:
        reading.problem(f"the document's file documents/{part['file']} is missing", place, "put it there")
        return
    except (OSError, UnicodeDecodeError) as error:
        reading.problem(f"documents/{part['file']} cannot be read as UTF-8 text: {error}", place)
        return
    found = hashlib.sha256(raw).hexdigest()
    if found != part["sha256"]:
        reading.problem(
            f"the bytes of documents/{part['file']} have changed under its passages: SHA-256 is {found}",
            place,
            "put the original back, or give the new text a new document id",
        )
        return
    reading.add(Document(**part, text=text), place)


class _Where:
    """Finds passages and the comments they stand in."""

    def __init__(self, reading: _Reading) -> None:
        self.documents = {k[1]: r for k, r in reading.records.items() if isinstance(r, Document)}
        self.comments = [r for r in reading.records.values() if isinstance(r, Comment)]
        self._by_paragraph: dict[tuple[str, int], Comment] = {}
        for comment in self.comments:
            for version in comment.versions:
                document = self.documents.get(version.document)
                limit = len(paragraphs(document.text)) if document is not None else 0
                for number in range(version.first_paragraph, min(version.last_paragraph, limit) + 1):
                    self._by_paragraph[version.document, number] = comment

    def passage(self, part: Part, default: str | None) -> tuple[str, Passage]:
        """The document and passage a part names; raises InvalidInput."""
        key = part.get("document", default)
        if key is None:
            raise InvalidInput("the document is not named", remedy="add document: … to the passage")
        document = self.documents.get(key)
        if document is None:
            raise InvalidInput(f"there is no document {key!r}", remedy="name one of those under documents")
        return key, locate(document.text, part["quote"], part["paragraph"], part.get("occurrence"))

    def comment(self, document: str, paragraph: int) -> Comment | None:
        return self._by_paragraph.get((document, paragraph))


def _read_argument(file: _File, reading: _Reading, where: _Where) -> None:
    """Nodes, relations, quotations and ledger notes."""
    comments = file.data.get("comments") or ()
    default = comments[0]["document"] if comments else None
    for number, part in enumerate(file.data.get("nodes") or ()):
        place = file.place("nodes", number)
        mentions = tuple(_mentions(file, ("nodes", number), part, default, reading, where))
        fields = {k: v for k, v in part.items() if k != "passages"}
        fields["tags"] = tuple(fields.get("tags", ()))
        reading.add(Node(**fields, passages=mentions), place)
    for number, part in enumerate(file.data.get("relations") or ()):
        place = file.place("relations", number)
        mentions = tuple(_mentions(file, ("relations", number), part, default, reading, where))
        fields = {k: v for k, v in part.items() if k != "passages"}
        reading.add(Relation(**fields, passages=mentions), place)
    for number, part in enumerate(file.data.get("quotations") or ()):
        place = file.place("quotations", number)
        spans = _spans(part, default, place, reading, where)
        if spans is not None:
            at, quotes = spans
            outside = part.get("outside")
            reading.add(Quotation(**at.model_dump(), quotes=quotes, outside=outside), place)
    for number, part in enumerate(file.data.get("ledger") or ()):
        place = file.place("ledger", number)
        spans = _spans(part, default, place, reading, where)
        if spans is not None:
            reading.add(LedgerNote(**spans[0].model_dump(), type=part["type"], reason=part["reason"]), place)


def _mentions(
    file: _File,
    path: tuple[str, int],
    part: Part,
    default: str | None,
    reading: _Reading,
    where: _Where,
) -> Iterator[Mention]:
    seen = set()
    for number, item in enumerate(part.get("passages") or ()):
        place = f"{file.place(*path, 'passages', number)}: {path[0][:-1]} {part['id']}, passage {number + 1}"
        try:
            document, passage = where.passage(item, default)
        except InvalidInput as error:
            reading.problems += [Problem(p.message, place, p.remedy) for p in error.problems]
            continue
        holder = item.get("holder")
        if holder is None:
            comment = where.comment(document, item["paragraph"])
            if comment is None:
                reading.problem(
                    f"paragraph {item['paragraph']} of document {document} belongs to no comment",
                    place,
                    "name the holder",
                )
                continue
            holder = comment.participant
        key = (document, passage.start, passage.end, item["attitude"], holder)
        if key in seen:
            reading.problem(
                "the same passage with the same attitude and holder stands twice", place, "keep one"
            )
            continue
        seen.add(key)
        yield mention(document, passage, item["attitude"], holder)


def mention(document: str, passage: Passage, attitude: str, holder: str) -> Mention:
    """A passage with what its holder does with it there."""
    return Mention(
        document=document,
        start=passage.start,
        end=passage.end,
        exact=passage.exact,
        prefix=passage.prefix,
        suffix=passage.suffix,
        attitude=attitude,
        holder=holder,
    )


def _spans(
    part: Part, default: str | None, place: str, reading: _Reading, where: _Where
) -> tuple[Span, Span | None] | None:
    found: list[Span] = []
    for item in (part, part.get("quotes")):
        if item is None:
            continue
        try:
            document, passage = where.passage(item, default)
        except InvalidInput as error:
            reading.problems += [Problem(p.message, place, p.remedy) for p in error.problems]
            return None
        found.append(Span(document=document, start=passage.start, end=passage.end))
    return found[0], found[1] if len(found) > 1 else None


def problems_text(problems: Sequence[Problem]) -> str:
    """All problems, a line each."""
    return "\n".join(str(problem) for problem in problems)
