"""The stable machine form of a whole map: ``cruxmap-graph/1`` (schema/graph.schema.json).

Complete: reading what was written gives an equal map. What is derived (stances, the ledger's fates,
the comment a passage stands in) is written for readers and ignored when read back.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.analysis import Analysis
from app.errors import InvalidInput, Problem
from app.model.ledger import LedgerRow, ledger
from app.model.records import (
    Comment,
    Document,
    LedgerNote,
    MapContent,
    MapInfo,
    Mention,
    Node,
    Participant,
    Quotation,
    Record,
    Relation,
)
from app.model.snapshot import MapSnapshot, letter
from app.reasoning import Stance

FORMAT = "cruxmap-graph/1"
Data = dict[str, Any]
T = TypeVar("T", bound=BaseModel)


def write(result: Analysis) -> Data:
    """The map as JSON values."""
    view = result.view
    content = view.content
    return {
        "format": FORMAT,
        "revision": view.revision,
        "map": content.info.model_dump(),
        "documents": [_document(d) for d in content.documents.values()],
        "participants": [p.model_dump() for p in content.participants.values()],
        "comments": [comment(c) for c in content.comments.values()],
        "nodes": [node(result, n) for n in content.nodes.values()],
        "relations": [relation(view, r) for r in content.relations.values()],
        "quotations": [q.model_dump() for q in content.quotations.values()],
        "ledger": [ledger_row(row) for d in content.documents for row in ledger(view, d)],
        "judgements": [note.model_dump() for note in content.ledger.values()],
    }


def _document(document: Document) -> Data:
    return {**document.model_dump(), "length": len(document.text)}


def comment(record: Comment) -> Data:
    """A comment as JSON values."""
    return record.model_dump(mode="json")


def node(result: Analysis, record: Node) -> Data:
    """A node as JSON values, with its stances by scenario letter."""
    data = record.model_dump(mode="json")
    data["passages"] = passages(result.view, record)
    data["stances"] = stances(result, record.id)
    return data


def stances(result: Analysis, key: str) -> Data:
    """The stances of a node by scenario letter; empty for scenarios and for what does not count."""
    found = result.stances_of(key)
    if result.view.content.nodes[key].type == "scenario":
        return {}
    return {
        letter(scenario): _stance(found[scenario.id])
        for scenario in result.view.scenarios
        if scenario.id in found
    }


def _stance(stance: Stance) -> Data:
    return {
        "stance": stance.stance,
        "basis": stance.basis,
        "chains": {sign: list(chain.ids) if chain else [] for sign, chain in stance.chains.items()},
    }


def relation(view: MapSnapshot, record: Relation) -> Data:
    """A relation as JSON values."""
    data = record.model_dump(mode="json")
    data["target_kind"] = "node" if record.target in view.content.nodes else "relation"
    data["passages"] = passages(view, record)
    return data


def passages(view: MapSnapshot, element: Node | Relation) -> list[Data]:
    """The passages of a node or relation, each with the comment it stands in and its paragraph."""
    rows = []
    for m in element.passages:
        at = view.comment_at(m.document, m.start)
        rows.append(
            {
                **m.model_dump(),
                "paragraph": view.paragraph_number(m.document, m.start),
                "comment": at.id if at is not None else None,
            }
        )
    return rows


def ledger_row(row: LedgerRow) -> Data:
    """A sentence of the ledger as JSON values."""
    lost = row.fate == "lost"
    return {
        "document": row.document,
        "start": row.sentence.start,
        "end": row.sentence.end,
        "paragraph": row.sentence.paragraph,
        "kind": "not_argument" if lost else row.fate,
        "lost_in_source": lost,
        "reason": row.reason,
        "nodes": list(row.nodes),
        "relations": list(row.relations),
    }


def read(data: Any) -> MapContent:
    """The content of a map from JSON values of this form.

    Raises
    ------
    InvalidInput : another format, or values that make no records; the rules of the map itself are
        checked by ``app.model.checks``.
    """
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise InvalidInput(
            f"this is not a {FORMAT} file", where="format", remedy=f'its "format" must be "{FORMAT}"'
        )
    records: list[Record] = [_record(MapInfo, data.get("map", {}), "map")]
    for key, kind, number, item in _items(data):
        place = f"{key}[{number}]"
        if kind in (Node, Relation):
            mentions = [
                _record(Mention, m, f"{place}.passages[{i}]") for i, m in enumerate(item.get("passages", ()))
            ]
            item = {**item, "passages": mentions}
        records.append(_record(kind, item, place))
    seen: set[tuple[str, str]] = set()
    for record in records:
        if (record.kind, record.key) in seen:
            raise InvalidInput(
                f"{record.kind} {record.key!r} stands twice", where=record.kind, remedy="keep one"
            )
        seen.add((record.kind, record.key))
    return MapContent.of(records)


_LISTS: dict[str, type[Record]] = {
    "documents": Document,
    "participants": Participant,
    "comments": Comment,
    "nodes": Node,
    "relations": Relation,
    "quotations": Quotation,
    "judgements": LedgerNote,
}


def _items(data: Mapping[str, Any]) -> list[tuple[str, type[Record], int, Mapping[str, Any]]]:
    found: list[tuple[str, type[Record], int, Mapping[str, Any]]] = []
    for key, kind in _LISTS.items():
        rows = data.get(key, [])
        if not isinstance(rows, list):
            raise InvalidInput("this must be a list", where=key)
        for number, item in enumerate(rows):
            if not isinstance(item, Mapping):
                raise InvalidInput("this must be an object", where=f"{key}[{number}]")
            found.append((key, kind, number, item))
    return found


def _record(kind: type[T], item: Any, place: str) -> T:
    """The record in ``item``; keys that are derived are left aside."""
    if not isinstance(item, Mapping):
        raise InvalidInput("this must be an object", where=place)
    try:
        return kind.model_validate({k: v for k, v in item.items() if k in kind.model_fields})
    except ValidationError as error:
        raise InvalidInput(
            [
                Problem(
                    e["msg"],
                    ".".join([place, *(str(part) for part in e["loc"])]),
                    "see schema/graph.schema.json",
                )
                for e in error.errors(include_url=False, include_input=False)
            ]
        ) from error
