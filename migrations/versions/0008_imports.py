"""ledgers of every room: what was imported, and what headers mean"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imported_object",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["ledger_import.id"],
            name=op.f("fk_imported_object_import_id_ledger_import"),
        ),
        sa.PrimaryKeyConstraint(
            "import_id", "object_type", "object_id", name=op.f("pk_imported_object")
        ),
    )
    op.create_index(
        "ix_imported_object_object", "imported_object", ["object_type", "object_id"]
    )
    op.create_table(
        "known_column",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("header", sa.String(length=60), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("kind", "header", name=op.f("pk_known_column")),
    )
    with op.batch_alter_table("ledger_import") as batch:
        batch.add_column(
            sa.Column("kind", sa.String(length=20), nullable=False, server_default="households")
        )
        # Volunteers and activities belong to no estate.
        batch.alter_column("estate_id", existing_type=sa.Integer(), nullable=True)
    # Imports made before can still be taken back as a whole.
    op.execute(
        "INSERT INTO imported_object (import_id, object_type, object_id) "
        "SELECT import_id, 'household', id FROM household WHERE import_id IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("ledger_import") as batch:
        batch.drop_column("kind")
    op.drop_table("known_column")
    op.drop_index("ix_imported_object_object", "imported_object")
    op.drop_table("imported_object")
