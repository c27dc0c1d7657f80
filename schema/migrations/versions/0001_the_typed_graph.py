"""the typed graph

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("file", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_document_sha256_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("file", name=op.f("uq_document_file")),
    )
    op.create_table(
        "map",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("description", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("home", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_map_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_map")),
    )
    op.create_table(
        "participant",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("merged_into", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["participant.id"],
            name=op.f("fk_participant_merged_into"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
    )
    op.create_table(
        "revision",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("who", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("origin", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_revision")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_origin"), ["origin"], unique=False)

    op.create_table(
        "vocabulary_type",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("kind IN ('node', 'relation')", name=op.f("ck_vocabulary_type_kind_known")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_vocabulary_type")),
        sa.UniqueConstraint("name", "kind", name=op.f("uq_vocabulary_type_name_kind")),
    )
    op.create_table(
        "change",
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("before IS NOT NULL OR after IS NOT NULL", name=op.f("ck_change_not_empty")),
        sa.ForeignKeyConstraint(["revision"], ["revision.n"], name=op.f("fk_change_revision")),
        sa.PrimaryKeyConstraint("revision", "kind", "ref", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_kind_ref", ["kind", "ref"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("participant", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attribution", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("reply_to", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("duplicate_of", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("source_url", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("submitted_by", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "attribution IN ('stated', 'inferred')", name=op.f("ck_comment_attribution_known")
        ),
        sa.CheckConstraint(
            "status IN ('reviewed', 'unreviewed', 'rejected', 'withdrawn')",
            name=op.f("ck_comment_status_known"),
        ),
        sa.CheckConstraint("type IN ('thread', 'api', 'excerpt')", name=op.f("ck_comment_type_known")),
        sa.CheckConstraint(
            "confidence IS NULL OR (confidence >= 0 AND confidence <= 1)",
            name=op.f("ck_comment_confidence_unit"),
        ),
        sa.CheckConstraint("reply_to IS NULL OR reply_to <> id", name=op.f("ck_comment_no_self_reply")),
        sa.ForeignKeyConstraint(
            ["duplicate_of"],
            ["comment.id"],
            name=op.f("fk_comment_duplicate_of"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["participant"], ["participant.id"], name=op.f("fk_comment_participant")),
        sa.ForeignKeyConstraint(
            ["reply_to"],
            ["comment.id"],
            name=op.f("fk_comment_reply_to"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_participant"), ["participant"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_reply_to"), ["reply_to"], unique=False)

    op.create_table(
        "element",
        sa.Column("id", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["type", "kind"],
            ["vocabulary_type.name", "vocabulary_type.kind"],
            name=op.f("fk_element_type_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_element")),
        sa.UniqueConstraint("id", "kind", name=op.f("uq_element_id_kind")),
        sa.UniqueConstraint("id", "type", name=op.f("uq_element_id_type")),
    )
    op.create_table(
        "ledger_note",
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("kind IN ('not_argument', 'lost')", name=op.f("ck_ledger_note_kind_known")),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_ledger_note_range")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_ledger_note_document")),
        sa.PrimaryKeyConstraint("document", "start", "end", name=op.f("pk_ledger_note")),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("suffix", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_passage_range")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_passage_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("document", "start", "end", name=op.f("uq_passage_document_start_end")),
    )
    op.create_table(
        "snapshot",
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["revision"], ["revision.n"], name=op.f("fk_snapshot_revision")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_snapshot")),
    )
    op.create_table(
        "vocabulary_end",
        sa.Column("relation", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["relation"], ["vocabulary_type.name"], name=op.f("fk_vocabulary_end_relation")
        ),
        sa.ForeignKeyConstraint(
            ["source_type"], ["vocabulary_type.name"], name=op.f("fk_vocabulary_end_source_type")
        ),
        sa.ForeignKeyConstraint(
            ["target_type"], ["vocabulary_type.name"], name=op.f("fk_vocabulary_end_target_type")
        ),
        sa.PrimaryKeyConstraint("relation", "source_type", "target_type", name=op.f("pk_vocabulary_end")),
    )
    op.create_table(
        "attitude",
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("element", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("holder", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('asserts', 'denies', 'concedes', 'asks', 'supposes', 'reports', 'quotes', 'declines')",
            name=op.f("ck_attitude_kind_known"),
        ),
        sa.ForeignKeyConstraint(["element"], ["element.id"], name=op.f("fk_attitude_element")),
        sa.ForeignKeyConstraint(["holder"], ["participant.id"], name=op.f("fk_attitude_holder")),
        sa.ForeignKeyConstraint(["passage"], ["passage.id"], name=op.f("fk_attitude_passage")),
        sa.PrimaryKeyConstraint("passage", "element", "kind", "holder", name=op.f("pk_attitude")),
    )
    with op.batch_alter_table("attitude", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attitude_element"), ["element"], unique=False)
        batch_op.create_index(batch_op.f("ix_attitude_holder"), ["holder"], unique=False)

    op.create_table(
        "comment_text",
        sa.Column("comment", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("first_paragraph", sa.Integer(), nullable=False),
        sa.Column("last_paragraph", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "first_paragraph >= 1 AND last_paragraph >= first_paragraph",
            name=op.f("ck_comment_text_paragraph_range"),
        ),
        sa.ForeignKeyConstraint(["comment"], ["comment.id"], name=op.f("fk_comment_text_comment")),
        sa.ForeignKeyConstraint(["document"], ["document.id"], name=op.f("fk_comment_text_document")),
        sa.PrimaryKeyConstraint("comment", "version", name=op.f("pk_comment_text")),
    )
    with op.batch_alter_table("comment_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_text_document"), ["document"], unique=False)

    op.create_table(
        "crux",
        sa.Column("node", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("if_true", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("if_false", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("would_settle", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("type = 'crux'", name=op.f("ck_crux_is_crux")),
        sa.ForeignKeyConstraint(
            ["node", "type"], ["element.id", "element.type"], name=op.f("fk_crux_node_type")
        ),
        sa.PrimaryKeyConstraint("node", name=op.f("pk_crux")),
    )
    op.create_table(
        "node",
        sa.Column("element", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("base", sa.Float(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("model", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("merged_into", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint("kind = 'node'", name=op.f("ck_node_is_node")),
        sa.CheckConstraint(
            "status IN ('reviewed', 'unreviewed', 'rejected', 'withdrawn')", name=op.f("ck_node_status_known")
        ),
        sa.CheckConstraint("base IS NULL OR (base >= 0 AND base <= 1)", name=op.f("ck_node_base_unit")),
        sa.ForeignKeyConstraint(
            ["element", "kind"], ["element.id", "element.kind"], name=op.f("fk_node_element_kind")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["node.element"],
            name=op.f("fk_node_merged_into"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("element", name=op.f("pk_node")),
    )
    op.create_table(
        "quotation",
        sa.Column("passage", sa.Integer(), nullable=False),
        sa.Column("source_passage", sa.Integer(), nullable=True),
        sa.Column("outside", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.CheckConstraint(
            "(source_passage IS NULL) <> (outside IS NULL)", name=op.f("ck_quotation_one_source")
        ),
        sa.ForeignKeyConstraint(["passage"], ["passage.id"], name=op.f("fk_quotation_passage")),
        sa.ForeignKeyConstraint(["source_passage"], ["passage.id"], name=op.f("fk_quotation_source_passage")),
        sa.PrimaryKeyConstraint("passage", name=op.f("pk_quotation")),
    )
    op.create_table(
        "relation",
        sa.Column("element", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("source_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target_type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("rationale", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("base", sa.Float(), nullable=True),
        sa.Column("status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint("basis IN ('stated', 'inferred')", name=op.f("ck_relation_basis_known")),
        sa.CheckConstraint(
            "status IN ('reviewed', 'unreviewed', 'rejected', 'withdrawn')",
            name=op.f("ck_relation_status_known"),
        ),
        sa.CheckConstraint("base IS NULL OR (base >= 0 AND base <= 1)", name=op.f("ck_relation_base_unit")),
        sa.CheckConstraint("element <> target AND source <> target", name=op.f("ck_relation_no_loop")),
        sa.ForeignKeyConstraint(
            ["element", "type"],
            ["element.id", "element.type"],
            name=op.f("fk_relation_element_type"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source", "source_type"],
            ["element.id", "element.type"],
            name=op.f("fk_relation_source_source_type"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target", "target_type"],
            ["element.id", "element.type"],
            name=op.f("fk_relation_target_target_type"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["type", "source_type", "target_type"],
            ["vocabulary_end.relation", "vocabulary_end.source_type", "vocabulary_end.target_type"],
            name=op.f("fk_relation_type_source_type_target_type"),
        ),
        sa.PrimaryKeyConstraint("element", name=op.f("pk_relation")),
    )
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.create_index("ix_relation_source", ["source"], unique=False)
        batch_op.create_index("ix_relation_target", ["target"], unique=False)

    op.create_table(
        "scenario",
        sa.Column("node", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("type", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("letter", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("drawing", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("type = 'scenario'", name=op.f("ck_scenario_is_scenario")),
        sa.ForeignKeyConstraint(
            ["node", "type"], ["element.id", "element.type"], name=op.f("fk_scenario_node_type")
        ),
        sa.PrimaryKeyConstraint("node", name=op.f("pk_scenario")),
        sa.UniqueConstraint("letter", name=op.f("uq_scenario_letter")),
    )


def downgrade() -> None:
    op.drop_table("scenario")
    with op.batch_alter_table("relation", schema=None) as batch_op:
        batch_op.drop_index("ix_relation_target")
        batch_op.drop_index("ix_relation_source")

    op.drop_table("relation")
    op.drop_table("quotation")
    op.drop_table("node")
    op.drop_table("crux")
    with op.batch_alter_table("comment_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_text_document"))

    op.drop_table("comment_text")
    with op.batch_alter_table("attitude", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attitude_holder"))
        batch_op.drop_index(batch_op.f("ix_attitude_element"))

    op.drop_table("attitude")
    op.drop_table("vocabulary_end")
    op.drop_table("snapshot")
    op.drop_table("passage")
    op.drop_table("ledger_note")
    op.drop_table("element")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_reply_to"))
        batch_op.drop_index(batch_op.f("ix_comment_participant"))

    op.drop_table("comment")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_kind_ref")

    op.drop_table("change")
    op.drop_table("vocabulary_type")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_origin"))

    op.drop_table("revision")
    op.drop_table("participant")
    op.drop_table("map")
    op.drop_table("document")
