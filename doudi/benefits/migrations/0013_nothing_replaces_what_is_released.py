"""A released roll is whole: its hands and its kind stand too, it goes forward only, and neither a
replacing insert (SQLite deletes by it without asking a trigger) nor TRUNCATE gets past the refusal.

Whoever owns the database can still drop a trigger: then the digest of the lines, the hash of the
file that was signed, and the reconciliation say so.
"""

from importlib import import_module

from django.db import migrations

tries = import_module("doudi.benefits.migrations.0008_attempts_and_files")
parts = import_module("doudi.benefits.migrations.0010_parts_and_notices")
frozen, WORDS, REAL = tries.frozen, tries.WORDS, tries.REAL
HEAD = (*tries.HEAD, "id", "kind", "prepared_by", "prepared_at")
HEAD += ("lifted_by", "lifted_at", "lifted_reason")
SEAL = (*tries.SEAL, "checked_by", "checked_at", "released_by", "released_at")
SEAL += ("withdrawn_by", "withdrawn_at", "withdrawn_reason", "returned_at")
FORWARD = (("checked", "released"), ("released", "sent"), ("sent", "settled"))
# What a replacing insert or update would push out: which rows stay, and the keys that meet them.
OUT = "(SELECT stage FROM benefits_roll WHERE id = o.roll_id) <> 'draft'"
MET = {
    "benefits_roll": (
        "o.stage <> 'draft'",
        ("id", "number"),
        (
            """o.county = NEW.county AND o.month = NEW.month
            AND o.kind = 'monthly' AND NEW.kind = o.kind""",
            "o.county = NEW.county AND o.document = NEW.document AND o.document <> ''",
        ),
    ),
    "benefits_payment": (
        OUT,
        ("id", "end_to_end_id"),
        ("o.person_id = NEW.person_id AND o.month = NEW.month AND o.kind = NEW.kind",),
    ),
    "benefits_attempt": (
        "o.file_id IS NOT NULL",
        ("id", "end_to_end_id"),
        (
            "o.payment_id = NEW.payment_id AND o.number = NEW.number",
            """o.payment_id = NEW.payment_id AND o.stage <> 'returned'
            AND NEW.stage <> 'returned'""",
        ),
    ),
}
MOVED = {
    "benefits_roll": "id, number, county, month, kind, document",
    "benefits_payment": "id, end_to_end_id, person_id, month, kind",
    "benefits_attempt": "id, end_to_end_id, payment_id, number",
}
EMPTIED = ("benefits_roll", "benefits_payment", "benefits_rolldifference", "benefits_attempt")
EMPTIED += ("benefits_bankfile", "benefits_bankline", "benefits_awardchange", "ledger_movement")


def _roll(sqlite):
    """A checked roll's row: what never changes, what changes only by the ways back, and onward."""

    def changed(columns):
        return frozen._changed(columns, sqlite)

    back, again = tries._back(), parts.SENT_BACK
    onward = " OR ".join(f"(OLD.stage = '{a}' AND NEW.stage = '{b}')" for a, b in FORWARD)
    stage = f"{changed(('stage',))} AND NOT ({onward}) AND NOT {back} AND NOT {again}"
    seal = f"OLD.stage IN {frozen.OUT} AND {changed(SEAL)} AND NOT {back}"
    once = " OR ".join(
        f"(OLD.{c} IS NOT NULL AND {changed((c,))})" for c in ("sent_at", "settled_at")
    )
    return f"(OLD.stage <> 'draft' AND ({changed(HEAD)} OR ({stage}))) OR ({seal}) OR {once}"


def _met(table, beside):
    """Whether the row that is about to be written meets one that stays."""
    kept, single, joint = MET[table]
    keys = ("o.rowid = NEW.rowid", *(f"o.{c} = NEW.{c}" for c in single), *joint)
    rows = f"SELECT 1 FROM {table} o WHERE {beside}"  # noqa: S608  names of our own, above
    return " OR ".join(f"EXISTS ({rows}{key} AND {kept})" for key in keys)


def _sqlite():
    for table, columns in MOVED.items():
        for moment, beside in (("INSERT", ""), ("UPDATE", "o.id <> OLD.id AND ")):
            of = f"UPDATE OF {columns}" if moment == "UPDATE" else moment
            yield f"""CREATE TRIGGER {table}_stays_{moment.lower()} BEFORE {of} ON {table}
            WHEN {_met(table, beside)} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"""


def _postgres():
    yield f"""CREATE FUNCTION benefits_never_emptied() RETURNS trigger AS $$ BEGIN
    IF {REAL} THEN
        RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
    END IF; RETURN NULL; END $$ LANGUAGE plpgsql"""
    for table in EMPTIED:
        yield f"""CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION benefits_never_emptied()"""


def freeze(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    tries.older._put(schema_editor, _roll(sqlite))
    for statement in _sqlite() if sqlite else _postgres():
        schema_editor.execute(statement)


def thaw(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    tries.older._put(schema_editor, parts._condition(sqlite))
    if sqlite:
        for table in MOVED:
            for moment in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_stays_{moment}")
        return
    for table in EMPTIED:
        schema_editor.execute(f"DROP TRIGGER {table}_never_emptied ON {table}")
    schema_editor.execute("DROP FUNCTION benefits_never_emptied()")


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_insert_only"),
        ("benefits", "0012_award_household"),
        ("ledger", "0002_added_only"),
    ]
    operations = [migrations.RunPython(freeze, thaw)]
