"""leave, and who looks after the households meanwhile"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("student_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("deputy_id <> student_id", name=op.f("ck_absence_deputy_is_another")),
        sa.ForeignKeyConstraint(
            ["student_id"], ["user.id"], name=op.f("fk_absence_student_id_user")
        ),
        sa.ForeignKeyConstraint(["deputy_id"], ["user.id"], name=op.f("fk_absence_deputy_id_user")),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name=op.f("fk_absence_created_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(
        "ix_absence_deputy_days", "absence", ["deputy_id", "last_on", "first_on", "student_id"]
    )
    op.create_index("ix_absence_student_days", "absence", ["student_id", "last_on"])


def downgrade() -> None:
    op.drop_table("absence")
