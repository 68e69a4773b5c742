"""Tables whose rows are never changed nor deleted: the database itself refuses."""

from sqlalchemy import DDL, Table, event


def only_grows(table: Table, because: str, function: str, trigger: str) -> None:
    """Refuse UPDATE and DELETE on a table, saying why.

    ``function`` and ``trigger`` name what PostgreSQL needs for it; SQLite has a trigger for each
    of the two, named after the table.
    """
    for verb in ("update", "delete"):
        refused = DDL(
            f"""CREATE TRIGGER {table.name}_no_{verb} BEFORE {verb} ON {table.name}
            BEGIN SELECT RAISE(ABORT, '{because}'); END"""
        )
        event.listen(table, "after_create", refused.execute_if(dialect="sqlite"))
    refused = DDL(
        f"""CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN RAISE EXCEPTION '{because}'; END $body$;
        CREATE TRIGGER {trigger} BEFORE UPDATE OR DELETE ON {table.name}
        FOR EACH ROW EXECUTE FUNCTION {function}()"""
    )
    event.listen(table, "after_create", refused.execute_if(dialect="postgresql"))
