"""Who may change the company's settings and read the audit trail."""

from tests.access.cases import Case, all_get

office = all_get(403, secretary=200, admin=200)
office_form = all_get(403, secretary=422, admin=422)

CASES = [
    Case("settings.export_audit", lambda w: "/settings/audit.xlsx", office),
    Case("settings.company", lambda w: "/settings", office),
    Case("settings.company", lambda w: "/settings", office_form, "POST"),
    Case("settings.calendar", lambda w: "/settings/calendar", office),
    Case(
        "settings.calendar",
        lambda w: "/settings/calendar",
        office_form,
        "POST",
        lambda w: {"holidays": "someday"},
    ),
    Case("settings.audit", lambda w: "/settings/audit", office),
    Case("settings.backup", lambda w: "/settings/backup", office),
]
