"""who came along to a visit, and an index that counts households"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit_company",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name="fk_visit_company_visit_id_visit"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_visit_company_user_id_user"),
        sa.PrimaryKeyConstraint("visit_id", "user_id", name="pk_visit_company"),
    )
    op.create_index("ix_visit_company_user_id", "visit_company", ["user_id"])
    op.create_index(
        "ix_household_lived_in",
        "household",
        ["estate_id", "building_id"],
        sqlite_where=sa.text("moved_out_on IS NULL"),
        postgresql_where=sa.text("moved_out_on IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_household_lived_in", table_name="household")
    op.drop_table("visit_company")
