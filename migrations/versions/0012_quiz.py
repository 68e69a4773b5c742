"""a bank of quiz questions, what an activity asks of it, and its prizes"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiz_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("answer", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quiz_question"),
    )
    op.create_index("ix_quiz_question_topic", "quiz_question", ["topic", "id"])
    op.create_table(
        "quiz_pick",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_quiz_pick_activity_id_activity"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["quiz_question.id"], name="fk_quiz_pick_question_id_quiz_question"
        ),
        sa.PrimaryKeyConstraint("activity_id", "question_id", name="pk_quiz_pick"),
    )
    op.create_table(
        "prize",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.CheckConstraint("pieces > 0", name="ck_prize_pieces_positive"),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name="fk_prize_activity_id_activity"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_prize"),
    )
    op.create_index("ix_prize_activity_id", "prize", ["activity_id"])


def downgrade() -> None:
    op.drop_table("prize")
    op.drop_table("quiz_pick")
    op.drop_table("quiz_question")
