"""each kind of paper keeps all its own wordings together"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

WORDS = ("title", "salutation", "honour", "issuer", "reason")
setting = sa.table("setting", sa.column("name", sa.String), sa.column("value", sa.JSON))


def upgrade() -> None:
    change(gathered)


def downgrade() -> None:
    change(apart)


def change(how) -> None:
    mine = setting.c.name == "paper_settings"
    stored = op.get_bind().scalar(sa.select(setting.c.value).where(mine))
    if stored:
        changed = {kind: how(chosen) for kind, chosen in stored.items()}
        op.execute(setting.update().where(mine).values(value=changed))


def gathered(chosen: dict) -> dict:
    words = {name: chosen[name] for name in WORDS if chosen.get(name)}
    rest = {name: value for name, value in chosen.items() if name not in WORDS}
    return rest | {"words": words}


def apart(chosen: dict) -> dict:
    words = {name: chosen["words"].get(name, "") for name in WORDS}
    kept = {name: chosen[name] for name in ("black", "archival", "patterns") if name in chosen}
    return words | kept
