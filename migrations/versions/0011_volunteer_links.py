"""what volunteers would do, and whether a child's guardian agreed"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "volunteer",
        sa.Column("services", sa.String(length=200), nullable=False, server_default=""),
    )
    op.add_column(
        "volunteer",
        sa.Column("is_child", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("volunteer", sa.Column("guardian_agreed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("volunteer", "guardian_agreed_on")
    op.drop_column("volunteer", "is_child")
    op.drop_column("volunteer", "services")
