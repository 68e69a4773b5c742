"""wishes that lapse by the calendar, helpers of a claim, costs and faces kept with the claim

Revision ID: 0013
Revises: 0012
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Claims made before there were days of grace get the default.
GRACE = timedelta(days=3)
# Moments are stored in UTC; what people call a day is Shanghai's.
TO_SHANGHAI = timedelta(hours=8)

wish = sa.table(
    "wish",
    sa.column("id", sa.Integer),
    sa.column("state", sa.String),
    sa.column("collected_on", sa.Date),
    sa.column("since", sa.Date),
    sa.column("lapses_on", sa.Date),
)
step = sa.table("wish_step", sa.column("wish_id", sa.Integer), sa.column("at", sa.DateTime))
claim = sa.table(
    "claim",
    sa.column("wish_id", sa.Integer),
    sa.column("due_on", sa.Date),
    sa.column("ended_at", sa.DateTime),
)


def upgrade() -> None:
    some_day = sa.text("'2000-01-01'")
    op.add_column("wish", sa.Column("since", sa.Date(), nullable=False, server_default=some_day))
    op.add_column("wish", sa.Column("lapses_on", sa.Date(), nullable=True))
    op.add_column("claim", sa.Column("cost_yuan", sa.Integer(), nullable=True))
    op.add_column(
        "claim",
        sa.Column("photo_shows_resident", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "claim_helper",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name="fk_claim_helper_claim_id_claim"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_claim_helper_user_id_user"),
        sa.PrimaryKeyConstraint("claim_id", "user_id", name="pk_claim_helper"),
    )
    op.create_index("ix_claim_helper_user_id", "claim_helper", ["user_id"])
    reckon_days(op.get_bind())
    op.execute(
        "UPDATE claim SET cost_yuan = (SELECT cost_yuan FROM wish WHERE wish.id = claim.wish_id)"
        " WHERE fulfilled_at IS NOT NULL AND ended_at IS NULL"
    )
    op.execute("ALTER TABLE wish DROP COLUMN cost_yuan")
    op.drop_index("ix_wish_state_day", "wish")
    op.create_index("ix_wish_state_since", "wish", ["state", "since", "id"])
    op.create_index("ix_wish_state_lapses", "wish", ["state", "lapses_on"])


def reckon_days(connection: sa.Connection) -> None:
    """Say of every wish since when it stands where it stands, and when its claim lapses."""
    connection.execute(sa.update(wish).values(since=wish.c.collected_on))
    latest = sa.select(step.c.wish_id, sa.func.max(step.c.at)).group_by(step.c.wish_id)
    days = [
        {"of": wish_id, "day": (at + TO_SHANGHAI).date()}
        for wish_id, at in connection.execute(latest).all()
    ]
    set_since = sa.update(wish).where(wish.c.id == sa.bindparam("of"))
    if days:
        connection.execute(set_since.values(since=sa.bindparam("day")), days)
    promised = (
        sa.select(wish.c.id, claim.c.due_on)
        .join(claim, claim.c.wish_id == wish.c.id)
        .where(wish.c.state == "claimed", claim.c.ended_at.is_(None))
    )
    lapses = [{"of": id_, "day": due + GRACE} for id_, due in connection.execute(promised).all()]
    if lapses:
        connection.execute(set_since.values(lapses_on=sa.bindparam("day")), lapses)


def downgrade() -> None:
    op.drop_index("ix_wish_state_lapses", "wish")
    op.drop_index("ix_wish_state_since", "wish")
    op.create_index("ix_wish_state_day", "wish", ["state", "collected_on", "id"])
    op.add_column("wish", sa.Column("cost_yuan", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE wish SET cost_yuan = (SELECT cost_yuan FROM claim WHERE claim.wish_id = wish.id"
        " AND claim.ended_at IS NULL)"
    )
    op.drop_table("claim_helper")
    for table, column in (
        ("claim", "photo_shows_resident"), ("claim", "cost_yuan"),
        ("wish", "lapses_on"), ("wish", "since"),
    ):  # fmt: skip
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
