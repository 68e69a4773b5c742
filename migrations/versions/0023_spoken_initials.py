"""households are found by the initials of how neighbours say a name: zpp for 祝婆婆"""

from itertools import islice, product

import sqlalchemy as sa
from alembic import op
from pypinyin import Style, pinyin

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# 重 and its like have several readings; more than a few combinations help nobody.
MOST_VARIANTS = 8
TERMS = sa.table(
    "search_term",
    sa.column("household_id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("term", sa.String),
)
PEOPLE = sa.table(
    "resident",
    sa.column("household_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("honorific", sa.String),
)


def upgrade() -> None:
    connection = op.get_bind()
    people = connection.execute(sa.select(PEOPLE).where(PEOPLE.c.honorific != "")).all()
    if not people:
        return
    names = sa.select(TERMS.c.household_id, TERMS.c.term).where(TERMS.c.kind == "name")
    known = {tuple(row) for row in connection.execute(names)}
    # A surname has one character or two; what is spoken is among the terms already.
    spoken = {(home, name[:length] + said) for home, name, said in people for length in (1, 2)}
    found = {(home, term) for home, name in spoken & known for term in initials(name)} - known
    rows = [{"household_id": home, "kind": "name", "term": term} for home, term in sorted(found)]
    if rows:
        op.bulk_insert(TERMS, rows)


def downgrade() -> None:
    """Leave them: whoever is written down again is indexed anew anyway."""


def initials(spoken: str) -> list[str]:
    """The first letters of every reading of a name."""
    letters = [
        dict.fromkeys(reading[0] for reading in readings)
        for readings in pinyin(spoken, style=Style.NORMAL, heteronym=True)
    ]
    return ["".join(found).lower() for found in islice(product(*letters), MOST_VARIANTS)]
