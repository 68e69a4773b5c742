"""what the scan of a public paper stopped and two people let through"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_exception",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["user.id"], name="fk_public_exception_asked_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["user.id"], name="fk_public_exception_granted_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name="fk_public_exception_document_id_document",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", name="pk_public_exception"),
    )


def downgrade() -> None:
    op.drop_table("public_exception")
