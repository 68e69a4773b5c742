"""which volunteers a public paper names, so that it comes down when one no longer agrees"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "named_volunteer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_named_volunteer_document_id_document"
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"],
            ["volunteer.id"],
            name="fk_named_volunteer_volunteer_id_volunteer",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_named_volunteer"),
    )
    op.create_index("ix_named_volunteer_document_id", "named_volunteer", ["document_id"])
    op.create_index("ix_named_volunteer_volunteer_id", "named_volunteer", ["volunteer_id"])


def downgrade() -> None:
    op.drop_table("named_volunteer")
