"""issued files kept in the database, replacements, and frozen papers on PostgreSQL too"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TRIGGERS = {
    f"issued_file_no_{verb}": f"""BEFORE {verb} ON issued_file
        BEGIN SELECT RAISE(ABORT, 'an issued file is kept as it is'); END"""
    for verb in ("update", "delete")
}
POSTGRESQL = """
CREATE FUNCTION refuse_file_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'an issued file is kept as it is'; END $body$;
CREATE TRIGGER issued_file_kept BEFORE UPDATE OR DELETE ON issued_file
FOR EACH ROW EXECUTE FUNCTION refuse_file_change();
CREATE FUNCTION refuse_document_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF OLD.state = 'draft' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'an issued paper is kept'; END IF;
  IF (NEW.content::text, NEW.serial, NEW.code, NEW.recipient, NEW.dated_on)
    IS NOT DISTINCT FROM (OLD.content::text, OLD.serial, OLD.code, OLD.recipient, OLD.dated_on)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an issued paper is frozen';
END $body$;
CREATE TRIGGER document_frozen BEFORE UPDATE OR DELETE ON document
FOR EACH ROW EXECUTE FUNCTION refuse_document_change();
"""


def upgrade() -> None:
    op.create_table(
        "issued_file",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_issued_file_document_id_document"
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_issued_file"),
    )
    op.create_index("ix_issued_file_sha256", "issued_file", ["sha256"])
    op.create_table(
        "replacement",
        sa.Column("new_id", sa.Integer(), nullable=False),
        sa.Column("old_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["new_id"],
            ["document.id"],
            name="fk_replacement_new_id_document",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["old_id"], ["document.id"], name="fk_replacement_old_id_document"
        ),
        sa.PrimaryKeyConstraint("new_id", name="pk_replacement"),
        sa.UniqueConstraint("old_id", name="uq_replacement_old_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        for name, body in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        op.execute(POSTGRESQL)


def downgrade() -> None:
    op.drop_table("replacement")
    op.drop_table("issued_file")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_file_change")
        op.execute("DROP TRIGGER document_frozen ON document")
        op.execute("DROP FUNCTION refuse_document_change")
