"""Reads: the content of the map, its revisions and its history."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from app.model.records import (
    Comment,
    CommentText,
    CruxDetails,
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
    ScenarioDetails,
    Span,
)
from app.model.tables import (
    AttitudeRow,
    CommentRow,
    CommentTextRow,
    CruxRow,
    DocumentRow,
    ElementRow,
    LedgerNoteRow,
    MapRow,
    NodeRow,
    ParticipantRow,
    PassageRow,
    QuotationRow,
    RelationRow,
    RevisionRow,
    ScenarioRow,
    Table,
)


def current_revision(session: Session) -> int:
    """The number of the newest revision; 0 for an empty map."""
    return int(session.execute(select(func.max(RevisionRow.n))).scalar() or 0)


def revision_time(session: Session, revision: int) -> str:
    """When a revision was made (ISO 8601); empty where there is none."""
    return str(session.execute(select(func.max(RevisionRow.at)).filter_by(n=revision)).scalar() or "")


def read_content(session: Session) -> MapContent:
    """The whole content of the map, in a constant number of queries."""
    records: list[Record] = [
        MapInfo(title=row["title"], description=row["description"], home=row["home"])
        for row in _rows(session, MapRow)
    ]
    records += [Document(**row) for row in _rows(session, DocumentRow)]
    records += [Participant(**row) for row in _rows(session, ParticipantRow)]
    records += _comments(session)
    passages = {row["id"]: row for row in _rows(session, PassageRow)}
    mentions = _mentions(session, passages)
    types = {row["id"]: row["type"] for row in _rows(session, ElementRow)}
    records += _nodes(session, types, mentions)
    for row in _rows(session, RelationRow):
        key = row.pop("element")
        row = {name: value for name, value in row.items() if not name.endswith("_type")}
        records.append(Relation(id=key, passages=mentions.get(key, ()), **row))
    for row in _rows(session, QuotationRow):
        at = passages[row["passage"]]
        source = passages.get(row["source_passage"])
        quotes = (
            Span(document=source["document"], start=source["start"], end=source["end"]) if source else None
        )
        records.append(
            Quotation(
                document=at["document"],
                start=at["start"],
                end=at["end"],
                quotes=quotes,
                outside=row["outside"],
            )
        )
    records += [LedgerNote(type=row.pop("kind"), **row) for row in _rows(session, LedgerNoteRow)]
    return MapContent.of(records)


def _rows(session: Session, table: type[Table]) -> list[dict[str, Any]]:
    # Core rather than ORM rows: an order of magnitude faster, and nothing to expire.
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return [dict(row) for row in session.execute(select(*columns)).mappings()]


def _comments(session: Session) -> list[Record]:
    versions: dict[str, list[tuple[int, CommentText]]] = defaultdict(list)
    for row in _rows(session, CommentTextRow):
        comment, version = row.pop("comment"), row.pop("version")
        versions[comment].append((version, CommentText(**row)))
    found: list[Record] = []
    for row in _rows(session, CommentRow):
        *earlier, latest = [text for _, text in sorted(versions[row["id"]], key=lambda item: item[0])]
        found.append(Comment(**row, **latest.model_dump(), earlier=tuple(earlier)))
    return found


def _mentions(session: Session, passages: dict[int, dict[str, Any]]) -> dict[str, tuple[Mention, ...]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for row in _rows(session, AttitudeRow):
        at = passages[row["passage"]]
        found[row["element"]].append(
            # Trusted: these rows were validated when they were written.
            Mention.model_construct(
                document=at["document"],
                start=at["start"],
                end=at["end"],
                exact=at["exact"],
                prefix=at["prefix"],
                suffix=at["suffix"],
                attitude=row["kind"],
                holder=row["holder"],
            )
        )
    return {key: tuple(rows) for key, rows in found.items()}


def _nodes(session: Session, types: dict[str, str], mentions: dict[str, tuple[Mention, ...]]) -> list[Record]:
    cruxes = {row.pop("node"): CruxDetails(**_without_type(row)) for row in _rows(session, CruxRow)}
    scenarios = {
        row.pop("node"): ScenarioDetails(**_without_type(row)) for row in _rows(session, ScenarioRow)
    }
    found: list[Record] = []
    for row in _rows(session, NodeRow):
        key = row.pop("element")
        row.pop("kind")
        found.append(
            Node(
                id=key,
                type=types[key],
                passages=mentions.get(key, ()),
                crux=cruxes.get(key),
                scenario=scenarios.get(key),
                **row,
            )
        )
    return found


def _without_type(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "type"}
