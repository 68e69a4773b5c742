"""the second step of a login: the secret that a person's phone reckons codes from"""

import sqlalchemy as sa
from alembic import op

from core.db import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "second_step",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("last_used", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_second_step_user_id_user"),
        sa.PrimaryKeyConstraint("user_id", name="pk_second_step"),
    )


def downgrade() -> None:
    op.drop_table("second_step")
