"""Tries, files and what the bank said; and what of them the database never lets change (P2, P3).

A roll is frozen with more columns than before; a try's account never changes, a returned try stays
returned, a file goes forward only. The triggers of the older tables are laid aside and put back:
SQLite makes those tables anew.
"""

from importlib import import_module

import django.db.models.deletion
import doudi.benefits.flow
import doudi.vault.fields
import uuid
from django.db import migrations, models

stays = import_module("doudi.benefits.migrations.0007_changes_stay")
older = import_module("doudi.benefits.migrations.0004_withdrawn_rolls")
frozen = older.frozen
WORDS = frozen.WORDS
LINE = (*frozen.LINE, "base_fen", "top_up_fen", "size", "covered")
HEAD = (*frozen.HEAD, "lines_sha256", "held", "changed_share", "lifted_by_id")
SEAL = (*frozen.SEAL, "document")
ORDER = ("payment_id", "number", "end_to_end_id", "holder", "account", "account_index", "bank")
FILE = ("number", "roll_id", "county", "layout", "count", "total_fen", "prepared_by_id")
SIGNED = ("sha256", "signature", "released_by_id")
SAID = ("end_to_end_id", "status", "amount_fen", "reason")
FORWARD = (
    ("draft", "released"),
    ("released", "sent"),
    ("released", "withdrawn"),
    ("sent", "settled"),
)
# A journal without heads belongs to tests, which empty every table (audit, 0002).
REAL = "(SELECT COUNT(*) FROM audit_head) > 0"


def _roll_of(row):
    return f"""(SELECT r.stage FROM benefits_roll r JOIN benefits_payment p ON p.roll_id = r.id
    WHERE p.id = {row}.payment_id)"""


def _back():
    emptied = "".join(f" AND NEW.{column} = ''" for column in SEAL)
    return f"""(OLD.stage = 'released' AND NEW.stage = 'draft' AND OLD.kind = 'monthly'
    AND OLD.sent_at IS NULL{emptied})"""


def _roll(changed):
    head = f"{changed(HEAD)} OR (NEW.stage = 'draft' AND NOT {_back()})"
    seal = f"OLD.stage IN {frozen.OUT} AND {changed(SEAL)} AND NOT {_back()}"
    return f"(OLD.stage <> 'draft' AND ({head})) OR ({seal})"


def _attempt(changed):
    left = """OLD.file_id IS NOT NULL AND (SELECT stage FROM benefits_bankfile
    WHERE id = OLD.file_id) <> 'withdrawn'"""
    back = "(OLD.stage = 'returned' OR (OLD.stage = 'paid' AND NEW.stage <> 'returned'))"
    return f"""{changed(ORDER)} OR ({changed(("file_id",))} AND {left})
    OR ({changed(("stage",))} AND {back})"""


def _file(changed):
    onward = " OR ".join(f"(OLD.stage = '{a}' AND NEW.stage = '{b}')" for a, b in FORWARD)
    return f"""{changed(FILE)} OR ({changed(("stage",))} AND NOT ({onward}))
    OR (OLD.stage <> 'draft' AND {changed(SIGNED)})"""


def _refusals(sqlite):
    """(table, moment, condition) of everything that the database refuses."""

    def changed(columns):
        return frozen._changed(columns, sqlite)

    lines = [(t, m, c) for t, m, c in frozen._frozen(sqlite) if t == "benefits_payment"]
    old = next(c for _t, m, c in lines if m == "DELETE")
    kept = [(t, m, c) for t, m, c in lines if m != "UPDATE"]
    done = "(SELECT stage FROM benefits_roll WHERE id = {}.roll_id) <> 'draft'"
    return [
        *kept,
        ("benefits_payment", "UPDATE", f"{old} AND {changed(LINE)}"),
        ("benefits_roll", "UPDATE", _roll(changed)),
        ("benefits_roll", "DELETE", "OLD.stage <> 'draft'"),
        ("benefits_rolldifference", "INSERT", done.format("NEW")),
        ("benefits_rolldifference", "UPDATE", done.format("OLD")),
        ("benefits_rolldifference", "DELETE", f"{REAL} AND {done.format('OLD')}"),
        ("benefits_attempt", "INSERT", f"NEW.number = 1 AND {_roll_of('NEW')} <> 'draft'"),
        ("benefits_attempt", "UPDATE", _attempt(changed)),
        (
            "benefits_attempt",
            "DELETE",
            f"{REAL} AND (OLD.number > 1 OR {_roll_of('OLD')} <> 'draft')",
        ),
        ("benefits_bankfile", "UPDATE", _file(changed)),
        ("benefits_bankfile", "DELETE", f"{REAL} AND OLD.stage <> 'draft'"),
        ("benefits_bankline", "UPDATE", changed(SAID)),
        ("benefits_bankline", "DELETE", REAL),
    ]


def _sqlite():
    for table, moment, condition in _refusals(sqlite=True):
        yield f"""CREATE TRIGGER {table}_frozen_{moment.lower()} BEFORE {moment} ON {table}
        WHEN {condition} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"""


def _postgres():
    for table, moment, condition in _refusals(sqlite=False):
        name = f"{table}_frozen_{moment.lower()}"
        row = "OLD" if moment == "DELETE" else "NEW"
        yield f"""CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN
        IF {condition} THEN
            RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
        END IF; RETURN {row}; END $$ LANGUAGE plpgsql"""
        yield f"""CREATE TRIGGER {name} BEFORE {moment} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}()"""


def freeze(apps, schema_editor):
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgres():
        schema_editor.execute(statement)


def thaw(apps, schema_editor):
    sqlite = schema_editor.connection.vendor == "sqlite"
    for table, moment, _ in _refusals(sqlite):
        name = f"{table}_frozen_{moment.lower()}"
        schema_editor.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            schema_editor.execute(f"DROP FUNCTION {name}()")


def refreeze_as_before(apps, schema_editor):
    frozen.forward(apps, schema_editor)
    older.loosen(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0002_insert_only"),
        ('benefits', '0007_changes_stay'),
    ]

    operations = [
        migrations.RunPython(stays.backward, stays.forward),
        migrations.RunPython(frozen.backward, refreeze_as_before),
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('end_to_end_id', models.CharField(max_length=35, unique=True)),
                ('holder', models.CharField(max_length=60)),
                ('account', doudi.vault.fields.SealedField(blank=True, verbose_name='账号')),
                ('account_index', doudi.vault.fields.BlindIndexField(db_index=True, kind='account', of='account')),
                ('bank', models.CharField(blank=True, max_length=40)),
                ('stage', models.CharField(choices=[('due', '应发'), ('sent', '在途'), ('paid', '已到账'), ('returned', '退回')], default=doudi.benefits.flow.PaymentStage['DUE'], max_length=10)),
                ('result_at', models.DateTimeField(null=True)),
                ('result_reason', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'verbose_name': '银行指令',
            },
        ),
        migrations.CreateModel(
            name='BankAnswer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('form', models.CharField(max_length=12)),
                ('message', models.CharField(blank=True, max_length=35)),
                ('lines', models.PositiveIntegerField()),
                ('by_name', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '银行回执',
            },
        ),
        migrations.CreateModel(
            name='BankFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=35, unique=True)),
                ('county', models.CharField(max_length=6)),
                ('layout', models.CharField(max_length=10)),
                ('stage', models.CharField(choices=[('draft', '待放行'), ('released', '已放行'), ('sent', '已送银行'), ('settled', '已对账'), ('withdrawn', '已撤回')], default=doudi.benefits.flow.FileStage['DRAFT'], max_length=10)),
                ('count', models.PositiveIntegerField()),
                ('total_fen', models.BigIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('signature', models.CharField(blank=True, max_length=128)),
                ('prepared_by_id', models.CharField(max_length=40)),
                ('prepared_by', models.CharField(max_length=60)),
                ('prepared_at', models.DateTimeField()),
                ('released_by_id', models.CharField(blank=True, max_length=40)),
                ('released_by', models.CharField(blank=True, max_length=60)),
                ('released_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('settled_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '发放文件',
                'ordering': ['-prepared_at', 'number'],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('end_to_end_id', models.CharField(max_length=35)),
                ('status', models.CharField(max_length=8)),
                ('amount_fen', models.BigIntegerField(null=True)),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('booked', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '银行流水',
            },
        ),
        migrations.CreateModel(
            name='RollDifference',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('aid', models.CharField(max_length=20)),
                ('kind', models.CharField(choices=[('new', '新增'), ('ended', '停发'), ('raised', '调增'), ('lowered', '调减'), ('account', '账户变更')], max_length=8)),
                ('reason', models.CharField(max_length=30)),
                ('before_fen', models.BigIntegerField()),
                ('now_fen', models.BigIntegerField()),
            ],
            options={
                'verbose_name': '名册差异',
            },
        ),
        migrations.AddField(
            model_name='payment',
            name='base_fen',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='payment',
            name='covered',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='payment',
            name='size',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='payment',
            name='top_up_fen',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='roll',
            name='changed_share',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='roll',
            name='document',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='roll',
            name='held',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='roll',
            name='lifted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='roll',
            name='lifted_by',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='roll',
            name='lifted_by_id',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='roll',
            name='lifted_reason',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='roll',
            name='lines_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddConstraint(
            model_name='roll',
            constraint=models.UniqueConstraint(condition=models.Q(('document', ''), _negated=True), fields=('county', 'document'), name='one_document_a_county'),
        ),
        migrations.AddField(
            model_name='attempt',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='benefits.payment'),
        ),
        migrations.AddField(
            model_name='bankfile',
            name='roll',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='benefits.roll'),
        ),
        migrations.AddField(
            model_name='attempt',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='benefits.bankfile'),
        ),
        migrations.AddConstraint(
            model_name='bankline',
            constraint=models.UniqueConstraint(fields=('end_to_end_id', 'status'), name='said_once'),
        ),
        migrations.AddField(
            model_name='rolldifference',
            name='award',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='benefits.award'),
        ),
        migrations.AddField(
            model_name='rolldifference',
            name='roll',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='differences', to='benefits.roll'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(fields=('payment', 'number'), name='one_attempt_a_number'),
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(condition=models.Q(('stage', doudi.benefits.flow.PaymentStage['RETURNED']), _negated=True), fields=('payment',), name='one_living_attempt'),
        ),
        migrations.AddConstraint(
            model_name='rolldifference',
            constraint=models.UniqueConstraint(fields=('roll', 'award', 'aid', 'kind'), name='one_difference'),
        ),
        migrations.RunPython(freeze, thaw),
        migrations.RunPython(stays.forward, stays.backward),
    ]
