"""who was forgotten before is forgotten in how wishes were done, in struck-out visits and photos

Files of photos without a row go with the nightly sweep.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

# What stood in the place of a name that was erased.
ERASED = "—"


def table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns))


PERSON = table("resident", "id", "household_id", "name")
VISIT = table("visit", "id", "household_id", "void_reason")
VISIT_PHOTO = table("visit_photo", "visit_id", "photo_id")
ACTIVITY_PHOTO = table("activity_photo", "photo_id")
WISH = table("wish", "id", "household_id", "resident_id")
STEP = table("wish_step", "wish_id", "reason")
CLAIM = table("claim", "wish_id", "proof_note", "resident_words", "photo_id")
PHOTO = table("photo", "id")


def upgrade() -> None:
    connection = op.get_bind()
    erased = sa.select(PERSON.c.id).where(PERSON.c.name == ERASED)
    if connection.execute(erased.limit(1)).first() is None:
        return
    others = sa.select(PERSON.c.household_id).where(PERSON.c.name != ERASED)
    homes = sa.select(PERSON.c.household_id).where(
        PERSON.c.name == ERASED, PERSON.c.household_id.not_in(others)
    )
    visits = sa.select(VISIT.c.id).where(VISIT.c.household_id.in_(homes))
    wishes = sa.select(WISH.c.id).where(
        sa.or_(WISH.c.resident_id.in_(erased), WISH.c.household_id.in_(homes))
    )
    of_visits, of_claims = VISIT_PHOTO.c.visit_id.in_(visits), CLAIM.c.wish_id.in_(wishes)
    photos = [
        *connection.scalars(sa.select(VISIT_PHOTO.c.photo_id).where(of_visits)),
        *connection.scalars(
            sa.select(CLAIM.c.photo_id).where(of_claims, CLAIM.c.photo_id.is_not(None))
        ),
    ]
    op.execute(VISIT.update().where(VISIT.c.household_id.in_(homes)).values(void_reason=""))
    op.execute(STEP.update().where(STEP.c.wish_id.in_(wishes)).values(reason=""))
    op.execute(
        CLAIM.update().where(of_claims).values(proof_note="", resident_words="", photo_id=None)
    )
    op.execute(VISIT_PHOTO.delete().where(of_visits))
    for photo_id in photos:
        drop_unless_shown(connection, photo_id)


def drop_unless_shown(connection: sa.Connection, photo_id: int) -> None:
    shown = [
        sa.select(place.c.photo_id).where(place.c.photo_id == photo_id)
        for place in (VISIT_PHOTO, ACTIVITY_PHOTO, CLAIM)
    ]
    if connection.execute(sa.union(*shown)).first() is None:
        connection.execute(PHOTO.delete().where(PHOTO.c.id == photo_id))


def downgrade() -> None:
    """Nothing brings them back."""
