"""postings: the unit's door, and whose consent a public paper rests on"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_subject",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_paper_subject_document_id_document"
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name="fk_paper_subject_household_id_household",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["resident.id"],
            name="fk_paper_subject_resident_id_resident",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_paper_subject"),
    )
    op.create_index("ix_paper_subject_document_id", "paper_subject", ["document_id"])
    op.create_index("ix_paper_subject_household_id", "paper_subject", ["household_id"])
    with op.batch_alter_table("posting") as batch_op:
        batch_op.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_posting_unit_id_unit", "unit", ["unit_id"], ["id"])
        batch_op.create_index("ix_posting_building", ["building_id", "taken_down_on"])


def downgrade() -> None:
    with op.batch_alter_table("posting") as batch_op:
        batch_op.drop_index("ix_posting_building")
        batch_op.drop_constraint("fk_posting_unit_id_unit", type_="foreignkey")
        batch_op.drop_column("unit_id")
    op.drop_table("paper_subject")
