"""Parts of what is given once, lists that hang before they are paid, and a checked roll's way back.

The database still refuses every other way back: this one leaves no hand on the roll.
"""

from importlib import import_module

import django.db.models.deletion
import uuid
from django.db import migrations, models


tries = import_module("doudi.benefits.migrations.0008_attempts_and_files")
SENT_BACK = """(OLD.stage = 'checked' AND NEW.stage = 'draft' AND OLD.kind = 'monthly'
    AND NEW.checked_by_id = '')"""


def _condition(sqlite):
    def changed(columns):
        return tries.frozen._changed(columns, sqlite)

    way = f"{tries._back()} AND NOT {SENT_BACK}"
    head = f"{changed(tries.HEAD)} OR (NEW.stage = 'draft' AND NOT {way})"
    seal = f"OLD.stage IN {tries.frozen.OUT} AND {changed(tries.SEAL)} AND NOT {tries._back()}"
    return f"(OLD.stage <> 'draft' AND ({head})) OR ({seal})"


def _former(sqlite):
    refusals = tries._refusals(sqlite)
    return next(c for t, m, c in refusals if (t, m) == ("benefits_roll", "UPDATE"))


def loosen(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    tries.older._put(schema_editor, _condition(sqlite))


def tighten(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    tries.older._put(schema_editor, _former(sqlite))


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0009_by_town'),
    ]

    operations = [
        migrations.AddField(
            model_name='roll',
            name='returned',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='roll',
            name='returned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='PlannedPart',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('month', models.CharField(max_length=7)),
                ('fen', models.BigIntegerField()),
                ('condition', models.CharField(blank=True, max_length=100)),
                ('proposed_by_id', models.CharField(max_length=40)),
                ('proposed_by', models.CharField(max_length=60)),
                ('proposed_at', models.DateTimeField()),
                ('agreed_by', models.CharField(blank=True, max_length=60)),
                ('agreed_at', models.DateTimeField(null=True)),
                ('met_by', models.CharField(blank=True, max_length=60)),
                ('met_at', models.DateTimeField(null=True)),
                ('met_how', models.CharField(blank=True, max_length=100)),
                ('advance', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.payment')),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='benefits.award')),
            ],
            options={
                'verbose_name': '分期发放',
                'ordering': ['award', 'order'],
                'constraints': [models.UniqueConstraint(fields=('award', 'order'), name='a_part_an_order'), models.CheckConstraint(condition=models.Q(('fen__gt', 0)), name='a_part_pays')],
            },
        ),
        migrations.CreateModel(
            name='RollNotice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('lines_sha256', models.CharField(max_length=64)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('with_amounts', models.BooleanField(default=True)),
                ('by_id', models.CharField(max_length=40)),
                ('by_name', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('taken_down_at', models.DateTimeField(null=True)),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='benefits.roll')),
            ],
            options={
                'verbose_name': '发放公示',
                'ordering': ['-at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_down_at__isnull', True)), fields=('roll', 'lines_sha256'), name='these_lines_hang_once')],
            },
        ),
        migrations.RunPython(loosen, tighten),
    ]
