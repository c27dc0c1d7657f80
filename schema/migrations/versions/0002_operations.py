"""operations: tokens, idempotency keys, reports, tombstones, secrets

None of this is content of the map: it is never dumped or exported.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _text(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sqlmodel.sql.sqltypes.AutoString(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "op_token",
        _text("id"),
        _text("digest"),
        _text("label"),
        _text("role"),
        _text("kind"),
        _text("participant", nullable=True),
        _text("created_at"),
        _text("expires_at", nullable=True),
        _text("revoked_at", nullable=True),
        _text("used_at", nullable=True),
        sa.CheckConstraint("role IN ('contributor', 'editor', 'admin')", name=op.f("ck_op_token_role_known")),
        sa.CheckConstraint("kind IN ('bearer', 'link', 'session')", name=op.f("ck_op_token_kind_known")),
        sa.ForeignKeyConstraint(["participant"], ["participant.id"], name=op.f("fk_op_token_participant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_op_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_op_token_digest")),
    )
    op.create_table(
        "op_idempotency",
        _text("caller"),
        _text("key"),
        _text("request"),
        sa.Column("status", sa.Integer(), nullable=False),
        _text("location", nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        _text("at"),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_op_idempotency")),
    )
    op.create_table(
        "op_report",
        sa.Column("id", sa.Integer(), nullable=False),
        _text("kind"),
        _text("ref"),
        sa.Column("text", sa.Text(), nullable=False),
        _text("at"),
        _text("closed_at", nullable=True),
        _text("closed_by", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_op_report")),
    )
    op.create_table(
        "op_tombstone",
        _text("kind"),
        _text("ref"),
        _text("at"),
        _text("who"),
        _text("why"),
        sa.PrimaryKeyConstraint("kind", "ref", name=op.f("pk_op_tombstone")),
    )
    op.create_table(
        "op_secret",
        _text("name"),
        _text("value"),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_op_secret")),
    )
