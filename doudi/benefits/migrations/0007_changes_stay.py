"""A change of an award is written once. Nobody alters it; with a payment nobody removes it."""

from django.db import migrations

PAID = "EXISTS (SELECT 1 FROM benefits_payment WHERE award_id = OLD.award_id)"
REFUSED = [("UPDATE", "1 = 1"), ("DELETE", PAID)]
WORDS = "a change of an award is never changed"
TABLE = "benefits_awardchange"


def _sqlite():
    for moment, condition in REFUSED:
        yield f"""CREATE TRIGGER {TABLE}_stays_{moment.lower()} BEFORE {moment} ON {TABLE}
        WHEN {condition} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"""


def _postgres():
    for moment, condition in REFUSED:
        name = f"{TABLE}_stays_{moment.lower()}"
        row = "OLD" if moment == "DELETE" else "NEW"
        yield f"""CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN
        IF {condition} THEN
            RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF; RETURN {row}; END $$ LANGUAGE plpgsql"""
        yield f"""CREATE TRIGGER {name} BEFORE {moment} ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {name}()"""


def forward(apps, schema_editor):
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgres():
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for moment, _ in REFUSED:
        name = f"{TABLE}_stays_{moment.lower()}"
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {TABLE}"))
        if not sqlite:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("benefits", "0006_award_changes")]
    operations = [migrations.RunPython(forward, backward)]
