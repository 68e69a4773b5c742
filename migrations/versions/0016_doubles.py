"""find those who share a number"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_phone_number"), "phone", ["number"])


def downgrade() -> None:
    op.drop_index(op.f("ix_phone_number"), "phone")
