"""导入一批: everything that was staged becomes part of the registers in one short transaction.

The rows were sealed for their places while they waited, so they move by the database alone.

Clause: DB57 art 7; PIPL 8
Move:   checked -> taken      Right: people.import      Says: nothing
"""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Conflict, Missing
from doudi.people.actions.check_import import clear_staged
from doudi.people.flow import CHECKED, TAKEN, require_state
from doudi.people.models import (
    GroupMembership,
    Household,
    ImportBatch,
    Membership,
    Person,
    StagedHousehold,
    StagedMembership,
    StagedPerson,
)

OVERTAKEN = "检查之后有人登记了同样的人，这一批一行也没有导入；请重新上传检查"


def take_in_batch(batch_id: UUID, *, by: Staff, at: dt.datetime) -> ImportBatch:
    """All of it or nothing; Conflict when somebody registered one of the people in between."""
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
            for place in batch.places:
                require(by, "people.import", place)
            require_state("take_in", batch.state, CHECKED)
            if not batch.good:
                raise Missing(["没有可以导入的行"])
            _move(batch)
            clear_staged(batch)
            batch.state, batch.taken_at = TAKEN, at
            batch.ended_by_id, batch.ended_by = str(by.pk), by.name
            batch.save()
            write(
                "people.import_taken",
                actor=actor_of(by),
                subject=f"import:{batch.pk}",
                chain=batch.places[0][:6],
                detail={"households": batch.households, "persons": batch.persons},
            )
    except IntegrityError:
        raise Conflict(OVERTAKEN) from None
    return batch


def _move(batch: ImportBatch) -> None:
    """Persons first, then households, then who lives where and who belongs to a group."""
    key = batch.pk
    _copy(StagedPerson, Person, key, "known_id IS NULL")
    _copy(StagedHousehold, Household, key, "1 = 1")
    _copy(StagedMembership, Membership, key, "household_id IS NOT NULL")
    _copy(StagedMembership, GroupMembership, key, "household_id IS NULL")


def _copy(staged: type[Model], kept: type[Model], batch: UUID, which: str) -> None:
    """The columns that both tables have, for one batch; all names are the models' own."""
    have = {field.column for field in staged._meta.concrete_fields}
    own = kept._meta.concrete_fields
    automatic = kept._meta.auto_field
    names = [f.column for f in own if f.column in have and f is not automatic]
    columns = ", ".join(connection.ops.quote_name(str(name)) for name in names)
    tables = [connection.ops.quote_name(m._meta.db_table) for m in (kept, staged)]
    field = ImportBatch._meta.pk
    value = field.get_db_prep_value(batch, connection)  # type: ignore[union-attr]
    sql = f"INSERT INTO {tables[0]} ({columns}) SELECT {columns} FROM {tables[1]}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE batch_id = %s AND {which}", [value])
