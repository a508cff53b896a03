"""Once a roll is checked its lines stand: the database itself refuses to change them (P2, P3).

What becomes of a payment (stage, result) may still be written; what it pays, to whom, may not.
"""

from django.db import migrations

LINE = ("end_to_end_id", "roll_id", "award_id", "person_id", "month", "kind", "amount_fen")
HEAD = ("number", "county", "month", "household_count", "person_count", "total_fen")
HEAD += ("prepared_by_id",)
SEAL = ("checked_by_id", "released_by_id", "file_sha256")
OUT = "('released', 'sent', 'settled')"


def _changed(columns, sqlite):
    word = "IS NOT" if sqlite else "IS DISTINCT FROM"
    return "(" + " OR ".join(f"NEW.{c} {word} OLD.{c}" for c in columns) + ")"


def _frozen(sqlite):
    """(table, moment, row whose roll is looked at, condition) of every refusal."""
    old = "(SELECT stage FROM benefits_roll WHERE id = OLD.roll_id) <> 'draft'"
    new = "(SELECT stage FROM benefits_roll WHERE id = NEW.roll_id) <> 'draft'"
    head = f"OLD.stage <> 'draft' AND ({_changed(HEAD, sqlite)} OR NEW.stage = 'draft')"
    seal = f"OLD.stage IN {OUT} AND {_changed(SEAL, sqlite)}"
    return [
        ("benefits_payment", "INSERT", new),
        ("benefits_payment", "UPDATE", f"{old} AND {_changed(LINE, sqlite)}"),
        ("benefits_payment", "DELETE", old),
        ("benefits_roll", "UPDATE", f"({head}) OR ({seal})"),
        ("benefits_roll", "DELETE", "OLD.stage <> 'draft'"),
    ]


WORDS = "a checked roll is never changed"


def _sqlite():
    for table, moment, condition in _frozen(sqlite=True):
        yield f"""CREATE TRIGGER {table}_frozen_{moment.lower()} BEFORE {moment} ON {table}
        WHEN {condition} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"""


def _postgres():
    for table, moment, condition in _frozen(sqlite=False):
        name = f"{table}_frozen_{moment.lower()}"
        row = "OLD" if moment == "DELETE" else "NEW"
        yield f"""CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN
        IF {condition} THEN
            RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF; RETURN {row}; END $$ LANGUAGE plpgsql"""
        yield f"""CREATE TRIGGER {name} BEFORE {moment} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}()"""


def forward(apps, schema_editor):
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgres():
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for table, moment, _ in _frozen(sqlite):
        name = f"{table}_frozen_{moment.lower()}"
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
