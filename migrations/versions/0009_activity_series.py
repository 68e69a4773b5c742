"""activities that come again"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("every", sa.String(length=12), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["user.id"], name="fk_activity_series_created_by_id_user"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_activity_series"),
    )
    # As for signups: no batch, which would rebuild a table that others point to.
    op.execute(
        "ALTER TABLE activity ADD COLUMN series_id INTEGER"
        " CONSTRAINT fk_activity_series_id_activity_series REFERENCES activity_series (id)"
    )
    op.add_column("activity", sa.Column("series_day", sa.Date(), nullable=True))
    op.create_index(
        "uq_activity_series_id_series_day", "activity", ["series_id", "series_day"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_activity_series_id_series_day", table_name="activity")
    op.drop_column("activity", "series_day")
    with op.batch_alter_table("activity") as batch:
        batch.drop_constraint("fk_activity_series_id_activity_series", type_="foreignkey")
        batch.drop_column("series_id")
    op.drop_table("activity_series")
