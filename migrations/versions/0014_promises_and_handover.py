"""promises with who did them; what a visit said before; handover sheets"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("follow_up") as batch:
        batch.add_column(sa.Column("done_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            batch.f("fk_follow_up_done_by_id_user"), "user", ["done_by_id"], ["id"]
        )
        batch.drop_index("ix_follow_up_owner_id")
        batch.create_index("ix_follow_up_owner_open", ["owner_id", "done_at", "due_on"])
        batch.create_index("ix_follow_up_open", ["done_at", "due_on"])
    op.create_table(
        "visit_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("revised_at", sa.DateTime(), nullable=False),
        sa.Column("revised_by_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_revision_visit_id_visit")
        ),
        sa.ForeignKeyConstraint(
            ["revised_by_id"], ["user.id"], name=op.f("fk_visit_revision_revised_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_revision")),
    )
    op.create_index(op.f("ix_visit_revision_visit_id"), "visit_revision", ["visit_id"])
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_handover_pairing_id_pairing")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["user.id"], name=op.f("fk_handover_written_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint("pairing_id", name=op.f("uq_handover_pairing_id")),
    )


def downgrade() -> None:
    op.drop_table("handover")
    op.drop_table("visit_revision")
    with op.batch_alter_table("follow_up") as batch:
        batch.drop_index("ix_follow_up_open")
        batch.drop_index("ix_follow_up_owner_open")
        batch.create_index("ix_follow_up_owner_id", ["owner_id"])
        batch.drop_constraint(batch.f("fk_follow_up_done_by_id_user"), type_="foreignkey")
        batch.drop_column("done_by_id")
