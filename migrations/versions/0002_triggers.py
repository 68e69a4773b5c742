"""what only grows: the audit trail, the hours ledger, issued papers"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TRIGGERS = {
    "audit_entry_no_update": """BEFORE update ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END""",
    "audit_entry_no_delete": """BEFORE delete ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END""",
    "service_entry_no_delete": """BEFORE DELETE ON service_entry
        BEGIN SELECT RAISE(ABORT, 'the hours ledger only grows'); END""",
    "service_entry_no_change": """BEFORE UPDATE ON service_entry
        WHEN OLD.state <> 'proposed' OR NEW.id <> OLD.id OR NEW.minutes <> OLD.minutes
          OR NEW.volunteer_id <> OLD.volunteer_id OR NEW.served_on <> OLD.served_on
          OR NEW.kind <> OLD.kind OR NEW.what <> OLD.what OR NEW.reason <> OLD.reason
          OR NEW.team_id IS NOT OLD.team_id OR NEW.corrects_id IS NOT OLD.corrects_id
          OR NEW.proposed_by_id <> OLD.proposed_by_id OR NEW.proposed_at <> OLD.proposed_at
        BEGIN SELECT RAISE(ABORT, 'the hours ledger only grows'); END""",
    "document_frozen": """BEFORE UPDATE ON document
        WHEN OLD.state <> 'draft' AND (NEW.content <> OLD.content OR NEW.serial <> OLD.serial
          OR NEW.code <> OLD.code OR NEW.recipient <> OLD.recipient
          OR NEW.dated_on <> OLD.dated_on)
        BEGIN SELECT RAISE(ABORT, 'an issued paper is frozen'); END""",
    "document_kept": """BEFORE DELETE ON document WHEN OLD.state <> 'draft'
        BEGIN SELECT RAISE(ABORT, 'an issued paper is kept'); END""",
}
POSTGRESQL = """
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION 'the audit trail only grows'; END $body$;
CREATE TRIGGER audit_entry_only_grows BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'proposed' AND
     (NEW.id, NEW.minutes, NEW.volunteer_id, NEW.served_on, NEW.kind, NEW.what, NEW.reason,
      NEW.team_id, NEW.corrects_id, NEW.proposed_by_id, NEW.proposed_at)
     IS NOT DISTINCT FROM
     (OLD.id, OLD.minutes, OLD.volunteer_id, OLD.served_on, OLD.kind, OLD.what, OLD.reason,
      OLD.team_id, OLD.corrects_id, OLD.proposed_by_id, OLD.proposed_at)
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the hours ledger only grows';
END $body$;
CREATE TRIGGER service_entry_only_grows BEFORE UPDATE OR DELETE ON service_entry
FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, body in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        op.execute(POSTGRESQL)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER audit_entry_only_grows ON audit_entry")
        op.execute("DROP FUNCTION refuse_audit_change")
        op.execute("DROP TRIGGER service_entry_only_grows ON service_entry")
        op.execute("DROP FUNCTION refuse_ledger_change")
