"""Who may change the company's settings and read the audit trail."""

from blueprints.accounts.models import User
from core.access import ADMIN, SECRETARY, roles_required
from core.audit import AuditEntry

office_only = roles_required(SECRETARY, ADMIN)

# What is kept about residents: administrators see that it changed, never how.
ABOUT_RESIDENTS = frozenset(
    (
        "household", "resident", "phone", "care_tag", "consent", "room", "ledger_import",
        "pairing", "visit", "follow_up", "handover", "wish", "claim_helper", "claim",
    )
)  # fmt: skip


def may_read_values(user: User, entry: AuditEntry) -> bool:
    """Answer whether this person may read what an entry says it was before and after."""
    return user.has_role(SECRETARY) or entry.object_type not in ABOUT_RESIDENTS
