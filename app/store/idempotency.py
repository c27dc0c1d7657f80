"""Requests that may be sent twice: the same key and the same request get the same answer."""

import datetime
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Column, Text, delete, insert, select
from sqlmodel import Field, Session

from app.errors import Conflict
from app.model.tables import Table
from app.store.writing import now

KEPT_DAYS = 7


class IdempotencyRow(Table, table=True):
    __tablename__ = "op_idempotency"
    caller: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    status: int
    location: str | None = None
    body: str = Field(sa_column=Column(Text, nullable=False))
    at: str


@dataclass(frozen=True)
class Answer:
    """An answer that was given before."""

    status: int
    location: str | None
    body: str


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same."""
    return sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


def find(session: Session, caller: str, key: str, request: str) -> Answer | None:
    """The answer that this caller's key got before; None where it is new.

    Raises
    ------
    Conflict : the key was used for another request.
    """
    columns = (IdempotencyRow.request, IdempotencyRow.status, IdempotencyRow.location, IdempotencyRow.body)
    row = session.execute(select(*columns).filter_by(caller=caller, key=key)).first()  # type: ignore[call-overload]
    if row is None:
        return None
    if row[0] != request:
        raise Conflict("this key was used for another request", "Idempotency-Key", "use a new key")
    return Answer(*row[1:])


def keep(session: Session, caller: str, key: str, request: str, answer: Answer) -> None:
    """Keep an answer with the write it belongs to; old ones are forgotten."""
    limit = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=KEPT_DAYS)
    forgotten = IdempotencyRow.at < limit.isoformat(timespec="seconds")
    session.execute(delete(IdempotencyRow).where(forgotten))  # type: ignore[arg-type]
    session.execute(
        insert(IdempotencyRow).values(
            caller=caller,
            key=key,
            request=request,
            status=answer.status,
            location=answer.location,
            body=answer.body,
            at=now(),
        )
    )
