"""Misreadings that readers report, for the editors' queue."""

from dataclasses import dataclass

from sqlalchemy import Column, Text, insert, select, update
from sqlmodel import Field

from app.errors import NotFound
from app.model.tables import Table
from app.store.database import Database
from app.store.writing import now


class ReportRow(Table, table=True):
    __tablename__ = "op_report"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    ref: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    at: str
    closed_at: str | None = None
    closed_by: str | None = None


@dataclass(frozen=True)
class Report:
    """What a reader says is wrong with a node or relation."""

    id: int
    kind: str
    ref: str
    text: str
    at: str
    closed_at: str | None
    closed_by: str | None


_COLUMNS = tuple(getattr(ReportRow, name) for name in Report.__dataclass_fields__)


def add(database: Database, kind: str, ref: str, text: str) -> Report:
    """Keep a report."""
    with database.write() as session:
        done = session.execute(insert(ReportRow).values(kind=kind, ref=ref, text=text, at=now()))
        key = done.inserted_primary_key[0]  # type: ignore[attr-defined]
        row = session.execute(select(*_COLUMNS).filter_by(id=key)).mappings().one()
        return Report(**row)


def listed(database: Database, closed: bool = False) -> list[Report]:
    """Reports, newest first; the closed ones only where asked for."""
    with database.read() as session:
        rows = session.execute(select(*_COLUMNS).order_by(ReportRow.id.desc())).mappings()  # type: ignore[union-attr]
        found = [Report(**row) for row in rows]
    return [report for report in found if closed or report.closed_at is None]


def close(database: Database, key: int, who: str) -> Report:
    """Say that a report has been seen to.

    Raises
    ------
    NotFound : there is none of this number.
    """
    with database.write() as session:
        row = session.execute(select(*_COLUMNS).filter_by(id=key)).mappings().first()
        if row is None:
            raise NotFound("there is no report of this number", "id")
        if row["closed_at"] is None:
            session.execute(update(ReportRow).filter_by(id=key).values(closed_at=now(), closed_by=who))
        row = session.execute(select(*_COLUMNS).filter_by(id=key)).mappings().one()
        return Report(**row)
