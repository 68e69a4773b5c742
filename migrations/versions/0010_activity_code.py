"""signing in and out of an activity by scanning its code"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "activity",
        sa.Column("code_key", sa.String(length=24), nullable=False, server_default=""),
    )
    op.add_column("attendance", sa.Column("arrived_at", sa.DateTime(), nullable=True))
    op.add_column("attendance", sa.Column("left_at", sa.DateTime(), nullable=True))
    activity = sa.table("activity", sa.column("id"), sa.column("code_key"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(activity.c.id)).all():
        connection.execute(
            activity.update()
            .where(activity.c.id == row.id)
            .values(code_key=secrets.token_urlsafe(12))
        )


def downgrade() -> None:
    op.drop_column("attendance", "left_at")
    op.drop_column("attendance", "arrived_at")
    op.drop_column("activity", "code_key")
