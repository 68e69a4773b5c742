"""signing up for activities, with places and a waiting list"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CURRENT = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    # One statement that both databases know; a batch would rebuild a table that others point to.
    op.execute(
        "ALTER TABLE activity ADD COLUMN capacity INTEGER"
        " CONSTRAINT ck_activity_capacity_positive CHECK (capacity > 0)"
    )
    op.create_table(
        "signup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("volunteer_id", sa.Integer(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(), nullable=False),
        sa.Column("signed_up_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_signup_activity_id_activity"
        ),
        sa.ForeignKeyConstraint(
            ["signed_up_by_id"], ["user.id"], name="fk_signup_signed_up_by_id_user"
        ),
        sa.ForeignKeyConstraint(
            ["volunteer_id"], ["volunteer.id"], name="fk_signup_volunteer_id_volunteer"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_signup"),
    )
    op.create_index("ix_signup_activity_id", "signup", ["activity_id"])
    op.create_index("ix_signup_volunteer_id", "signup", ["volunteer_id"])
    op.create_index(
        "uq_signup_current",
        "signup",
        ["activity_id", "volunteer_id"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )


def downgrade() -> None:
    op.drop_table("signup")
    op.drop_column("activity", "capacity")
