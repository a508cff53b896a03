"""A release may be taken back before the bank has it: the one way from released to a draft.

The database still refuses every other way back, a way back that keeps a hand or the hash of the
file, and one that changes the head along the way. The other triggers stay as they were.
"""

from importlib import import_module

from django.db import migrations, models

frozen = import_module("doudi.benefits.migrations.0002_frozen_rolls")
BACK = "(OLD.stage = 'released' AND NEW.stage = 'draft'"
BACK += " AND OLD.kind = 'monthly' AND OLD.sent_at IS NULL"
BACK += "".join(f" AND NEW.{column} = ''" for column in frozen.SEAL) + ")"


def _condition(sqlite):
    head = f"{frozen._changed(frozen.HEAD, sqlite)} OR (NEW.stage = 'draft' AND NOT {BACK})"
    seal = f"OLD.stage IN {frozen.OUT} AND {frozen._changed(frozen.SEAL, sqlite)} AND NOT {BACK}"
    return f"(OLD.stage <> 'draft' AND ({head})) OR ({seal})"


def _former(sqlite):
    conditions = [c for table, moment, c in frozen._frozen(sqlite) if _is_it(table, moment)]
    return conditions[0]


def _is_it(table, moment):
    return (table, moment) == ("benefits_roll", "UPDATE")


def _put(schema_editor, condition):
    """Replaces the condition under which a roll's row may not be changed."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER benefits_roll_frozen_update")
        schema_editor.execute(
            f"""CREATE TRIGGER benefits_roll_frozen_update BEFORE UPDATE ON benefits_roll
            WHEN {condition} BEGIN SELECT RAISE(ABORT, '{frozen.WORDS}'); END"""
        )
        return
    schema_editor.execute(
        f"""CREATE OR REPLACE FUNCTION benefits_roll_frozen_update() RETURNS trigger AS $$ BEGIN
        IF {condition} THEN
            RAISE EXCEPTION '{frozen.WORDS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF; RETURN NEW; END $$ LANGUAGE plpgsql"""
    )


def loosen(apps, schema_editor):
    _put(schema_editor, _condition(schema_editor.connection.vendor == "sqlite"))


def tighten(apps, schema_editor):
    _put(schema_editor, _former(schema_editor.connection.vendor == "sqlite"))


class Migration(migrations.Migration):
    dependencies = [("benefits", "0003_one_off_rolls")]
    operations = [
        migrations.RunPython(frozen.backward, frozen.forward),
        migrations.AddField("roll", "withdrawn_by", models.CharField(blank=True, max_length=60, default=""), preserve_default=False),
        migrations.AddField("roll", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField("roll", "withdrawn_reason", models.CharField(blank=True, max_length=100, default=""), preserve_default=False),
        migrations.RunPython(frozen.forward, frozen.backward),
        migrations.RunPython(loosen, tighten),
    ]
