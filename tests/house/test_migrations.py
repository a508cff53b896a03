"""P11: from now on no migration of a table that grows with the city makes people wait, or the old
release fail beside the new schema. What there was before the first release is not asked.
"""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import operations as does
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from doudi.vault.migrating import AddIndexSafely, DropIndexSafely

SAFE = (AddIndexSafely, DropIndexSafely)
# The last migration of each room that no office runs yet; a release moves these on.
BEFORE = {
    "audit": 3,
    "benefits": 9,
    "cases": 13,
    "clock": 2,
    "departments": 3,
    "discrepancies": 2,
    "ledger": 2,
    "mandates": 2,
    "notices": 4,
    "outbox": 2,
    "people": 4,
    "redress": 2,
    "referrals": 4,
    "regions": 2,
    "supervision": 5,
    "upkeep": 2,
    "urgent": 4,
    "verification": 6,
}
LARGE = {
    "audit": {"entry"},
    "benefits": {"award", "awardperson", "payment", "attempt", "rolldifference", "bankline"},
    "cases": {"case", "application", "assessment", "step"},
    "ledger": {"movement"},
    "notices": {"message"},
    "outbox": {"event"},
    "people": {"person", "household", "membership", "benefitmark", "findkey"},
    "upkeep": {"recheckplan", "recheck", "proposal"},
    "verification": {"report"},
}


def fault(room, operation):
    """Why an operation is not let through; empty where it may run while people work."""
    table = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
    if table not in LARGE.get(room, set()) or isinstance(operation, SAFE):
        return ""
    if isinstance(operation, does.AddField):
        return _field(operation.field)
    return next((why for kind, why in REFUSED.items() if isinstance(operation, kind)), "")


REFUSED = {
    does.AddIndex: "locks out writers: AddIndexSafely, in a migration of its own",
    does.AddConstraint: "reads the whole table under a lock: NOT VALID first, validate later",
    does.AlterField: "may write the whole table anew: add a column, fill it, then use it",
    does.RemoveField: "the release before still asks for it: take it away one release later",
    does.RenameField: "the release before knows the old name: add the new one beside it",
    does.RenameModel: "the release before knows the old name",
    does.DeleteModel: "the release before still asks for it: take it away one release later",
}


def _field(field):
    if field.unique or field.db_index:
        return "makes an index under a lock: the column first, then AddIndexSafely"
    if not field.null and not field.has_db_default():
        return "the release before writes rows without it: null, or a default in the database"
    return ""


def test_no_new_migration_of_a_large_table_locks_or_breaks_the_release_before():
    found = [
        f"{room}.{name}: {type(operation).__name__}: {why}"
        for (room, name), migration in MigrationLoader(None).disk_migrations.items()
        if room in LARGE and int(name[:4]) > BEFORE[room]
        for operation in migration.operations
        if (why := fault(room, operation))
    ]

    assert found == []


def test_every_large_table_is_one():
    known = MigrationLoader(None).project_state().models

    assert [
        (room, name) for room, names in LARGE.items() for name in names if (room, name) not in known
    ] == []


INDEX = models.Index(fields=["town"], name="by_town")
CHECK = models.CheckConstraint(condition=models.Q(town__gt=""), name="a_town")


@pytest.mark.parametrize(
    ("operation", "passes"),
    [
        (does.AddField("award", "note", models.CharField(max_length=9)), False),
        (does.AddField("award", "note", models.CharField(max_length=9, default="")), False),
        (does.AddField("award", "note", models.CharField(max_length=9, null=True)), True),
        (does.AddField("award", "note", models.CharField(max_length=9, db_default="")), True),
        (does.AddField("award", "note", models.DateField(null=True, db_index=True)), False),
        (does.AddIndex("award", INDEX), False),
        (AddIndexSafely("award", INDEX), True),
        (DropIndexSafely("awardperson", "award", models.CharField()), True),
        (does.AddConstraint("award", CHECK), False),
        (does.AlterField("award", "bank", models.TextField()), False),
        (does.RemoveField("award", "bank"), False),
        (does.RenameField("award", "bank", "at_bank"), False),
        (does.DeleteModel("award"), False),
        (does.AddIndex("roll", INDEX), True),
        (does.CreateModel("note", []), True),
    ],
)
def test_what_locks_is_refused_and_what_does_not_passes(operation, passes):
    assert (fault("benefits", operation) == "") is passes


@pytest.mark.django_db
def test_a_safe_index_is_made_beside_the_work_where_the_database_can():
    town = ("town", models.CharField(max_length=9))
    before, after = ProjectState(), ProjectState()
    key = ("id", models.BigAutoField(primary_key=True))
    for state in (before, after):
        state.add_model(ModelState("house", "Tried", [key, town]))
    operation = AddIndexSafely("tried", INDEX)
    operation.state_forwards("house", after)

    editor = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
    editor.deferred_sql = []
    operation.database_forwards("house", editor, before, after)
    operation.database_backwards("house", editor, after, before)

    made, gone = editor.collected_sql
    beside = connection.vendor == "postgresql"
    assert ("CONCURRENTLY" in made, "CONCURRENTLY" in gone) == (beside, beside)


@pytest.mark.django_db
def test_an_index_goes_beside_the_work_and_comes_back():
    state = MigrationLoader(None).project_state(
        ("benefits", "0013_nothing_replaces_what_is_released")
    )
    operation = DropIndexSafely("payment", "award", models.BigIntegerField())

    editor = connection.SchemaEditorClass(connection, collect_sql=True, atomic=False)
    operation.database_forwards("benefits", editor, state, state)
    operation.database_backwards("benefits", editor, state, state)

    gone, made = editor.collected_sql
    beside = connection.vendor == "postgresql"
    assert ("concurrently" in gone, "concurrently" in made) == (beside, beside)


@pytest.mark.django_db
def test_no_large_table_enters_a_row_in_an_index_that_another_begins_with():
    found = []
    for room, names in LARGE.items():
        for name in names:
            found += second_indices(apps.get_model(room, name)._meta.db_table)

    assert found == []


@pytest.mark.django_db(transaction=True)
def test_an_index_that_another_begins_with_is_found():
    with connection.schema_editor() as editor:
        editor.execute("create index a_second_one on benefits_payment (person_id)")

    found = second_indices("benefits_payment")
    with connection.schema_editor() as editor:
        editor.execute("drop index a_second_one")

    assert found == ["benefits_payment: a_second_one"]


def second_indices(table):
    """Whole indices, unique for nobody, whose columns another whole index begins with."""
    with connection.cursor() as cursor:
        cursor.execute(INDICES[connection.vendor], [table])
        whole = {name: (unique, words.split(",")) for name, unique, words in cursor.fetchall()}
    return [
        f"{table}: {name}"
        for name, (unique, columns) in whole.items()
        if not unique
        and any(n != name and other[: len(columns)] == columns for n, (_u, other) in whole.items())
    ]


# Name, whether unique, columns in their order, of every index that holds all rows.
INDICES = {
    "sqlite": """select l.name, l."unique", group_concat(i.name) from pragma_index_list(%s) l,
        pragma_index_info(l.name) i where not l.partial group by l.name, l."unique" """,
    "postgresql": """select c.relname, x.indisunique, (select string_agg(coalesce(a.attname, '?'),
        ',' order by n) from unnest(x.indkey) with ordinality k(num, n) left join pg_attribute a
        on a.attrelid = x.indrelid and a.attnum = k.num) from pg_index x
        join pg_class c on c.oid = x.indexrelid
        where x.indrelid = %s::regclass and x.indpred is null""",
}
