"""papers issued together, and what came of it"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("verify_root", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name="fk_batch_created_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_batch"),
    )
    op.create_table(
        "batch_paper",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=260), nullable=False),
        sa.Column("by_team", sa.String(length=330), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_batch_paper_document_id_document"
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name="fk_batch_paper_batch_id_batch"),
        sa.PrimaryKeyConstraint("document_id", name="pk_batch_paper"),
    )
    op.create_index("ix_batch_paper_batch_id", "batch_paper", ["batch_id"])


def downgrade() -> None:
    op.drop_table("batch_paper")
    op.drop_table("batch")
