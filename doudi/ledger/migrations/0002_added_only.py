"""Movements can only be added: a correction is a new movement (P2).

A journal without heads belongs to tests, which empty every table (audit, 0002).
"""

from django.db import migrations

WORDS = "movements are never changed"
SQLITE = [
    f"""CREATE TRIGGER ledger_movement_no_{word.lower()} BEFORE {word} ON ledger_movement
    WHEN (SELECT COUNT(*) FROM audit_head) > 0
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"""
    for word in ("UPDATE", "DELETE")
]
POSTGRES = [
    f"""CREATE FUNCTION ledger_movement_refuse() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER ledger_movement_added_only BEFORE UPDATE OR DELETE ON ledger_movement
    FOR EACH ROW EXECUTE FUNCTION ledger_movement_refuse()""",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER ledger_movement_no_{word}" for word in ("update", "delete")],
    "postgresql": [
        "DROP TRIGGER ledger_movement_added_only ON ledger_movement",
        "DROP FUNCTION ledger_movement_refuse()",
    ],
}


def forward(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_insert_only"), ("ledger", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
