"""Who may change the company's settings and read the audit trail."""

from blueprints.accounts.models import User
from core.access import ADMIN, SECRETARY, roles_required
from core.audit import AuditEntry

office_only = roles_required(SECRETARY, ADMIN)

# What an administrator looks after. Of everything else they see that it changed, by whom and
# when, never how: what a later room keeps is closed to them until somebody opens it here.
ADMINISTERED = frozenset(
    (
        "user", "user_role", "user_estate", "invitation", "setting", "calendar_link",
        "estate", "building", "unit", "team", "serial_counter", "quiz_question", "prize",
    )
)  # fmt: skip


def may_read_values(user: User, entry: AuditEntry) -> bool:
    """Answer whether this person may read what an entry says it was before and after."""
    return user.has_role(SECRETARY) or entry.object_type in ADMINISTERED
