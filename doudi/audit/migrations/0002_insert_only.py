"""Entries can only be added: the database itself refuses to change or delete one.

A journal without heads may be emptied (tests do), and TRUNCATE is not refused on PostgreSQL: against
who owns the database only the signed heads outside help, and the verifier names a lost head.
"""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER audit_entry_no_{word.lower()} BEFORE {word} ON audit_entry
    WHEN (SELECT COUNT(*) FROM audit_head) > 0
    BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"""
    for word in ("UPDATE", "DELETE")
]
POSTGRES = [
    """CREATE FUNCTION audit_entry_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'audit entries are never changed'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER audit_entry_insert_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER audit_entry_no_{w}" for w in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER audit_entry_insert_only ON audit_entry",
        "DROP FUNCTION audit_entry_refuse()",
    ],
}


def forward(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SQLITE if vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
