"""Writing the map's content as a folder of map files: one file a comment, byte for byte the same each time.

``read(write(content)) == content`` and, for files that were written by this module,
``write(read(files)) == files``.
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from app.errors import InvalidInput
from app.formats import yaml_text
from app.model.records import Comment, Mention, Node, Quotation, Record, Relation
from app.model.snapshot import MapSnapshot
from app.source import Passage, describe

HEADING = "yaml-language-server: $schema={up}schema/map-file.schema.json"
Data = dict[str, Any]


def files(view: MapSnapshot) -> dict[str, bytes]:
    """Every file of the map's folder, by its path within the folder."""
    writer = _Writer(view)
    out = {f"documents/{d.file}": d.text.encode("utf-8") for d in view.content.documents.values()}
    for name, data in writer.parts().items():
        up = "../" * len(PurePosixPath(name).parts)
        out[name] = yaml_text.emit(data, HEADING.format(up=up)).encode("utf-8")
    return out


def write(view: MapSnapshot, folder: Path) -> list[Path]:
    """Write the map's files into ``folder``, which is made if need be.

    Files of an earlier dump that the map no longer has are removed; a folder that holds anything else is
    refused before a byte is written.

    Raises
    ------
    InvalidInput : the folder holds other things, or cannot be written.
    """
    wanted = files(view)
    try:
        have = (
            {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
            if folder.exists()
            else set()
        )
        stale = have - wanted.keys()
        if stale and not {"map.yaml"} <= have:
            raise InvalidInput(
                "the folder holds other files",
                where=str(folder),
                remedy="name an empty folder, or one of an earlier dump",
            )
        strange = sorted(n for n in stale if not n.startswith(("comments/", "documents/")) and n not in _OWN)
        if strange:
            raise InvalidInput(f"the folder holds {strange[0]}, which no dump has written", where=str(folder))
        for name, body in wanted.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(path.name + ".part")
            partial.write_bytes(body)
            partial.replace(path)
        for name in stale:
            (folder / name).unlink()
    except OSError as error:
        raise InvalidInput(
            f"cannot be written: {error.strerror or error}",
            where=str(error.filename or folder),
            remedy="name another folder",
        ) from error
    return [folder / name for name in sorted(wanted)]


_OWN = ("map.yaml", "scenarios.yaml", "cruxes.yaml", "rest.yaml")


class _Writer:
    def __init__(self, view: MapSnapshot) -> None:
        self.view = view

    def parts(self) -> dict[str, Data]:
        content = self.view.content
        grouped: dict[str, list[Record]] = defaultdict(list)
        for record in content.records():
            if record.kind not in ("map", "document", "participant"):
                grouped[self._file(record)].append(record)
        out = {
            "map.yaml": _without_empty(
                {
                    "map": content.info.model_dump(),
                    "documents": [d.model_dump(exclude={"text"}) for d in content.documents.values()],
                    "participants": [p.model_dump(exclude_none=True) for p in content.participants.values()],
                }
            )
        }
        for name in sorted(grouped):
            out[name] = self._part(grouped[name])
        return out

    def _file(self, record: Record) -> str:
        home: Comment | None
        if isinstance(record, Comment):
            home = record
        elif isinstance(record, Node):
            if record.type in ("scenario", "crux"):
                return f"{'scenarios' if record.type == 'scenario' else 'cruxes'}.yaml"
            home = self.view.home(record)
        elif isinstance(record, Relation):
            source = self.view.content.nodes.get(record.source)
            if not record.passages and source is not None:
                return self._file(source)
            home = self.view.home(record)
        else:
            home = self.view.comment_at(record.document, record.start)  # type: ignore[attr-defined]
        return f"comments/{home.id}.yaml" if home is not None else "rest.yaml"

    def _part(self, records: list[Record]) -> Data:
        comments = [r for r in records if isinstance(r, Comment)]
        default = comments[0].document if comments else None
        nodes = sorted((r for r in records if isinstance(r, Node)), key=_position)
        relations = sorted((r for r in records if isinstance(r, Relation)), key=lambda r: _natural(r.id))
        return _without_empty(
            {
                "comments": [self._comment(c) for c in comments],
                "nodes": [self._node(n, default) for n in nodes],
                "relations": [self._relation(r, default) for r in relations],
                "quotations": [self._quotation(q, default) for q in _of_kind(records, "quotation")],
                "ledger": [
                    {**self._place(n.document, n.start, n.end, default), "type": n.type, "reason": n.reason}
                    for n in _of_kind(records, "ledger")
                ],
            }
        )

    def _comment(self, comment: Comment) -> Data:
        data = comment.model_dump(exclude_none=True)
        defaults = {"type": "thread", "status": "reviewed", "earlier": ()}
        return {k: v for k, v in data.items() if k not in defaults or v != defaults[k]}

    def _node(self, node: Node, default: str | None) -> Data:
        data: Data = {"id": node.id, "type": node.type, "text": node.text}
        if node.tags:
            data["tags"] = list(node.tags)
        data.update(_marks(node))
        if node.merged_into is not None:
            data["merged_into"] = node.merged_into
        if node.crux is not None:
            data["crux"] = node.crux.model_dump()
        if node.scenario is not None:
            data["scenario"] = node.scenario.model_dump()
        if node.model is not None:
            data["model"] = node.model
        return {**data, **self._passages(node.passages, default)}

    def _relation(self, relation: Relation, default: str | None) -> Data:
        data: Data = {
            "id": relation.id,
            "type": relation.type,
            "source": relation.source,
            "target": relation.target,
            "basis": relation.basis,
        }
        if relation.rationale:
            data["rationale"] = relation.rationale
        return {**data, **_marks(relation), **self._passages(relation.passages, default)}

    def _passages(self, mentions: Iterable[Mention], default: str | None) -> Data:
        rows = []
        for m in mentions:
            row = self._place(m.document, m.start, m.end, default)
            row["attitude"] = m.attitude
            comment = self.view.comment_at(m.document, m.start)
            if comment is None or comment.participant != m.holder:
                row["holder"] = m.holder
            rows.append(row)
        return {"passages": rows} if rows else {}

    def _quotation(self, quotation: Quotation, default: str | None) -> Data:
        row = self._place(quotation.document, quotation.start, quotation.end, default)
        if quotation.quotes is not None:
            q = quotation.quotes
            row["quotes"] = self._place(q.document, q.start, q.end, default)
        else:
            row["outside"] = quotation.outside
        return row

    def _place(self, document: str, start: int, end: int, default: str | None) -> Data:
        text = self.view.content.documents[document].text
        found = describe(text, Passage.at(text, start, end))
        place: Data = {} if document == default else {"document": document}
        place.update(paragraph=found.paragraph, quote=found.quote)
        if found.occurrence is not None:
            place["occurrence"] = found.occurrence
        return place


def _marks(element: Node | Relation) -> Data:
    """Base score and status, where they are not what they usually are."""
    marks: Data = {}
    if element.base is not None:
        marks["base"] = element.base
    if element.status != "reviewed":
        marks["status"] = element.status
    return marks


def _position(node: Node) -> tuple[str, int, str]:
    return (node.passages[0].document, node.passages[0].start, node.id) if node.passages else ("", 0, node.id)


def _natural(key: str) -> tuple[tuple[str, int], ...]:
    """An order in which ``c2-r10`` comes after ``c2-r9``."""
    parts: list[tuple[str, int]] = []
    text = digits = ""
    for char in f"{key}-":
        if char.isascii() and char.isdigit():
            digits += char
            continue
        if digits:
            parts.append((text, int(digits)))
            text = digits = ""
        text += char
    return (*parts, (text, -1))


def _of_kind(records: Iterable[Record], kind: str) -> list[Any]:
    found: list[Any] = [r for r in records if r.kind == kind]
    return sorted(found, key=lambda r: (r.document, r.start, r.end))


def _without_empty(data: Data) -> Data:
    return {key: value for key, value in data.items() if value}
