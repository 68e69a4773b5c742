"""photos that follow their record"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photo_slot",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("submission_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_photo_slot_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_slot")),
    )
    op.create_index("ix_photo_slot_record", "photo_slot", ["kind", "object_id"])
    op.create_index(op.f("ix_photo_slot_submission_id"), "photo_slot", ["submission_id"])
    op.create_table(
        "photo_arrival",
        sa.Column("slot_id", sa.String(length=64), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photo.id"],
            name=op.f("fk_photo_arrival_photo_id_photo"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["photo_slot.id"], name=op.f("fk_photo_arrival_slot_id_photo_slot")
        ),
        sa.PrimaryKeyConstraint("slot_id", name=op.f("pk_photo_arrival")),
        sa.UniqueConstraint("photo_id", name=op.f("uq_photo_arrival_photo_id")),
    )


def downgrade() -> None:
    op.drop_table("photo_arrival")
    op.drop_table("photo_slot")
