"""Who may write: random tokens with roles, of which the database keeps only digests.

A token reads ``cmx_<32 characters><6 characters of checksum>``: recognisable to secret scanners, and a
mistyped one is told from an unknown one without a look into the database.
"""

import datetime
import hmac
import secrets
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import CheckConstraint, insert, select, update
from sqlmodel import Field, Session

from app.errors import InvalidInput, NotFound, StorageError
from app.model.tables import Table, one_of
from app.store.database import Database

Role = Literal["contributor", "editor", "admin"]
ROLES: tuple[Role, ...] = ("contributor", "editor", "admin")
PREFIX = "cmx_"
LINK_MINUTES = 60 * 24
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RANDOM = 32


class TokenRow(Table, table=True):
    __tablename__ = "op_token"
    __table_args__: tuple[CheckConstraint, ...] = (
        one_of("role", *ROLES),
        one_of("kind", "bearer", "link", "session"),
    )
    id: str = Field(primary_key=True)
    digest: str = Field(unique=True)
    label: str
    role: str
    kind: str
    participant: str | None = Field(default=None, foreign_key="participant.id")
    created_at: str
    expires_at: str | None = None
    revoked_at: str | None = None
    used_at: str | None = None


class SecretRow(Table, table=True):
    __tablename__ = "op_secret"
    name: str = Field(primary_key=True)
    value: str


@dataclass(frozen=True)
class Caller:
    """Who makes a request: the token's id and label, its role, the participant it is bound to."""

    id: str
    label: str
    role: Role
    participant: str | None = None

    def may(self, role: Role) -> bool:
        """Whether the caller's role includes this one."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class TokenInfo:
    """What is known of a token; never the token itself."""

    id: str
    label: str
    role: str
    kind: str
    participant: str | None
    created_at: str
    expires_at: str | None
    revoked_at: str | None
    used_at: str | None

    @property
    def state(self) -> str:
        """Active, used, revoked or expired."""
        if self.revoked_at is not None:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= _now():
            return "expired"
        return "used" if self.kind == "link" and self.used_at is not None else "active"


def generate() -> str:
    """A new random token."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return PREFIX + body + _checksum(body)


def well_formed(token: str) -> bool:
    """Whether prefix, length and checksum are right."""
    body = token[len(PREFIX) :]
    return (
        token.startswith(PREFIX)
        and len(body) == _RANDOM + 6
        and token.isascii()
        and hmac.compare_digest(_checksum(body[:_RANDOM]), body[_RANDOM:])
    )


def _checksum(body: str) -> str:
    number = zlib.crc32(body.encode())
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits


def digest(token: str) -> str:
    """What is stored of a token. Tokens hold 190 random bits, so one round of SHA-256 is enough."""
    return sha256(token.encode()).hexdigest()


def create(
    database: Database,
    role: Role,
    label: str,
    *,
    participant: str | None = None,
    days: float | None = None,
    kind: Literal["bearer", "link", "session"] = "bearer",
) -> tuple[str, TokenInfo]:
    """A new token, shown this once, and what is kept of it.

    Raises
    ------
    InvalidInput : no such role; a contributor without a participant, or one that is not in the map.
    """
    if role not in ROLES:
        raise InvalidInput(f"{role!r} is no role", "role", f"one of {', '.join(ROLES)}")
    if role == "contributor" and participant is None:
        raise InvalidInput("a contributor is bound to a participant", "participant", "name one by its id")
    if days is not None and not 0 < days <= 36500:
        raise InvalidInput("a token lasts more than 0 and at most 36500 days", "days")
    token = generate()
    made = datetime.datetime.now(datetime.UTC)
    info = TokenInfo(
        id=secrets.token_hex(4),
        label=label,
        role=role,
        kind=kind,
        participant=participant,
        created_at=made.isoformat(timespec="seconds"),
        expires_at=(made + datetime.timedelta(days=days)).isoformat(timespec="seconds") if days else None,
        revoked_at=None,
        used_at=None,
    )
    with database.write() as session:
        if participant is not None and not _participant_exists(session, participant):
            raise InvalidInput("there is no participant with this id", "participant", "see /participants")
        session.execute(insert(TokenRow).values(digest=digest(token), **info.__dict__))
    return token, info


def _participant_exists(session: Session, participant: str) -> bool:
    from app.model.tables import ParticipantRow

    query = select(ParticipantRow.id).filter_by(id=participant)  # type: ignore[call-overload]
    return session.execute(query).first() is not None


def listed(database: Database) -> list[TokenInfo]:
    """Every token there ever was, newest first; browser sessions are left out."""
    with database.read() as session:
        query = select(*_columns()).where(TokenRow.kind != "session")  # type: ignore[arg-type]
        rows = session.execute(query.order_by(TokenRow.created_at.desc(), TokenRow.id))  # type: ignore[attr-defined]
        return [TokenInfo(**row) for row in rows.mappings()]


def revoke(database: Database, key: str) -> TokenInfo:
    """Take a token back for good.

    Raises
    ------
    NotFound : there is none with this id.
    """
    with database.write() as session:
        row = session.execute(select(*_columns()).filter_by(id=key)).mappings().first()
        if row is None:
            raise NotFound("there is no token with this id", "id", "see cruxmap token list")
        if row["revoked_at"] is None:
            session.execute(update(TokenRow).filter_by(id=key).values(revoked_at=_now()))
        return TokenInfo(**{**row, "revoked_at": row["revoked_at"] or _now()})


def caller_of(database: Database, token: str, kind: str = "bearer") -> Caller | None:
    """Whom a token stands for; None for one that is unknown, expired or revoked."""
    if not well_formed(token):
        return None
    with database.read() as session:
        row = (
            session.execute(select(*_columns()).filter_by(digest=digest(token), kind=kind)).mappings().first()
        )
    if row is None or TokenInfo(**row).state != "active":
        return None
    role: Role = row["role"]
    return Caller(row["id"], row["label"], role, row["participant"])


def is_active(database: Database, key: str) -> bool:
    """Whether there is a token with this id, neither expired nor revoked."""
    with database.read() as session:
        row = session.execute(select(*_columns()).filter_by(id=key)).mappings().first()
    return row is not None and TokenInfo(**row).state == "active"


def use_link(database: Database, token: str, days: float = 30) -> str | None:
    """Turn a one-time link into the token of a browser session; None where it counts no longer."""
    if not well_formed(token):
        return None
    with database.write() as session:
        row = (
            session.execute(select(*_columns()).filter_by(digest=digest(token), kind="link"))
            .mappings()
            .first()
        )
        if row is None or TokenInfo(**row).state != "active":
            return None
        session.execute(update(TokenRow).filter_by(id=row["id"]).values(used_at=_now()))
    role: Role = row["role"]
    return create(database, role, row["label"], participant=row["participant"], days=days, kind="session")[0]


def secret(database: Database, name: str) -> str:
    """A random secret of this map, made when first asked for (it signs cookies)."""
    with database.read() as session:
        found = session.execute(select(SecretRow.value).filter_by(name=name)).scalar()  # type: ignore[call-overload]
    if found is not None:
        return str(found)
    with database.write() as session:
        found = session.execute(select(SecretRow.value).filter_by(name=name)).scalar()  # type: ignore[call-overload]
        if found is None:
            found = secrets.token_urlsafe(32)
            session.execute(insert(SecretRow).values(name=name, value=found))
    return str(found)


def first_token(database: Database) -> tuple[str | None, bool]:
    """The token made at the first start, and whether that was now.

    It lies in a file that only its owner can read, beside an SQLite database; of another database it is
    known only at the moment it is made, and None afterwards.

    Raises
    ------
    StorageError : the file cannot be written.
    """
    path = token_file(database)
    if path is not None and path.exists():
        try:
            kept = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise StorageError("the file with the token cannot be read", str(path)) from error
        if caller_of(database, kept) is not None:
            return kept, False
    elif path is None and any(info.label == FIRST and info.state == "active" for info in listed(database)):
        return None, False
    token, _ = create(database, "admin", FIRST)
    if path is not None:
        _keep(path, token)
    return token, True


FIRST = "first token"


def token_file(database: Database) -> Path | None:
    """Where the first token of an SQLite map is kept."""
    return None if database.path is None else database.path.with_name(database.path.name + ".token")


def _keep(path: Path, token: str) -> None:
    try:
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(token + "\n", encoding="ascii")
    except OSError as error:
        raise StorageError(
            f"the file with the token cannot be written: {error.strerror}",
            str(path),
            "set CRUXMAP_TOKEN, or mend the permissions of the folder",
        ) from error


def _columns() -> list[Any]:
    return [getattr(TokenRow, name) for name in TokenInfo.__dataclass_fields__]


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
