"""who asked to be forgotten is marked by the day, and no longer gives the home its name

Until now only a dash in the place of the name told of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ERASED = "—"
LAST = 10_000
PERSON = sa.table(
    "resident",
    sa.column("id", sa.Integer),
    sa.column("household_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("position", sa.Integer),
    sa.column("erased_on", sa.Date),
)
TRAIL = sa.table(
    "audit_entry",
    sa.column("at", sa.DateTime),
    sa.column("action", sa.String),
    sa.column("object_type", sa.String),
    sa.column("object_id", sa.String),
)


def upgrade() -> None:
    op.add_column("resident", sa.Column("erased_on", sa.Date()))
    connection = op.get_bind()
    # A ledger may hold a dash for a name nobody knew: only the trail tells who asked.
    erasures = sa.select(TRAIL.c.object_id, TRAIL.c.at).where(
        TRAIL.c.action == "erase", TRAIL.c.object_type == "resident"
    )
    homes = set()
    for person_id, at in connection.execute(erasures).all():
        person = PERSON.c.id == int(person_id), PERSON.c.name == ERASED
        gone = PERSON.update().where(*person).values(erased_on=at.date(), position=LAST)
        connection.execute(gone)
        homes.update(connection.scalars(sa.select(PERSON.c.household_id).where(*person)))
    for home_id in homes:
        close_ranks(connection, home_id)


def close_ranks(connection: sa.Connection, home_id: int) -> None:
    known = sa.select(PERSON.c.id).where(
        PERSON.c.household_id == home_id, PERSON.c.erased_on.is_(None)
    )
    for place, person_id in enumerate(connection.scalars(known.order_by(PERSON.c.position)).all()):
        connection.execute(
            PERSON.update().where(PERSON.c.id == person_id).values(position=place)
        )


def downgrade() -> None:
    op.drop_column("resident", "erased_on")
