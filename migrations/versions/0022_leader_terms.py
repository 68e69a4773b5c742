"""until when a team's leader was asked to lead"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("membership", sa.Column("leads_until", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("membership", "leads_until")
