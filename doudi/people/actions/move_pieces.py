"""移入移出: a batch goes from the waiting room into the registers, or back, by pieces.

Each piece is a short transaction of its own, whole households at a time, so nobody waits for long.
The worker does it, turn by turn; whoever comes after a worker that died goes on where it stopped.

Clause: DB57 art 7 (a household is one); GB/T 22239 8.1.4.4
Move:   taking -> taken; giving -> undone or checked      Right: called by the timetable
Says:   nothing
"""

import time
import uuid
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet

from doudi.audit.actor import SYSTEM
from doudi.audit.journal import write
from doudi.clock.time import real_now
from doudi.people.actions.check_import import clear_staged
from doudi.people.actions.make_findable import Findable, make_findable
from doudi.people.flow import BUILT_ON, CHECKED, GIVING, OVERTAKEN, TAKEN, TAKING, UNDONE
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

PIECE = 500  # households, or lines of a list


def carry_on(batch_id: UUID, seconds: float) -> None:
    """Brings a batch under way to its end, or as far as the seconds reach: a piece at least.

    What meets an obstacle turns round, once: nothing stays half in.
    """
    began, spent = time.monotonic(), 0.0
    while spent <= seconds:
        try:
            with transaction.atomic():
                batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
                if batch.state not in (TAKING, GIVING):
                    return
                _step(batch)
        except IntegrityError:
            if batch.obstacle:
                raise
            _turn_round(batch_id)
        spent = time.monotonic() - began


def _step(batch: ImportBatch) -> None:
    """One piece; behind the last one the batch has arrived."""
    moved = take_piece(batch) if batch.state == TAKING else give_piece(batch)
    whole = batch.households or batch.persons or 1
    batch.share = min(batch.share + moved * 10_000 // whole, 10_000)
    batch.tries = 0
    if not moved and batch.state == TAKING:
        clear_staged(batch)
        batch.state = TAKEN
    elif not moved:
        batch.state = UNDONE if batch.undone_why else CHECKED
        if batch.state == UNDONE:
            clear_staged(batch)
    batch.save(update_fields=["state", "share", "tries"])


def _turn_round(batch_id: UUID) -> None:
    """Somebody was quicker: what was taken in is given back, what was given back taken in again."""
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
        batch.obstacle = OVERTAKEN if batch.state == TAKING else BUILT_ON
        batch.state = GIVING if batch.state == TAKING else TAKING
        batch.share, batch.tries, batch.begun_at = 0, 0, real_now()
        batch.undone_why, batch.undone_by, batch.undone_at = "", "", None
        batch.save()
        write(
            "people.import_turned",
            actor=SYSTEM,
            subject=f"import:{batch.pk}",
            chain=batch.places[0][:6],
            detail={"now": batch.state},
        )


def take_piece(batch: ImportBatch) -> int:
    """The next households, or lines of a list, into the registers: how many; 0 when none waits."""
    homes = _keys(StagedHousehold.objects.filter(batch=batch))
    lines = StagedMembership.objects.filter(batch=batch)
    lines = lines.filter(household_id__in=homes) if homes else lines.filter(household_id=None)
    told = list(lines.values_list("pk", "person_id")[: None if homes else PIECE])
    if not told and not homes:
        return 0
    waiting = StagedPerson.objects.filter(pk__in={p for _pk, p in told}, known=None)
    people, members = list(waiting.values_list("pk", flat=True)), [pk for pk, _p in told]
    _copy(StagedPerson, Person, people)
    make_findable(map(_findable, Person.objects.filter(pk__in=people)))
    _copy(StagedHousehold, Household, homes)
    _copy(StagedMembership, Membership if homes else GroupMembership, members)
    for kind, keys in (
        (StagedMembership, members),
        (StagedPerson, people),
        (StagedHousehold, homes),
    ):
        _remove(kind, keys)
    return len(homes or told)


def give_piece(batch: ImportBatch) -> int:
    """The next ones out of the registers into the waiting room: how many; 0 when none is left."""
    homes = _keys(Household.objects.filter(batch=batch))
    kind: Any = Membership if homes else GroupMembership
    lines = kind.objects.filter(batch=batch)
    found = list(lines.filter(household_id__in=homes) if homes else lines[:PIECE])
    if not found and not homes:
        return 0
    ours = Person.objects.filter(pk__in={one.person_id for one in found}, batch=batch)
    people, members = list(ours.values_list("pk", flat=True)), [one.pk for one in found]
    _copy(Person, StagedPerson, people)
    _copy(Household, StagedHousehold, homes, key="CAST(id AS VARCHAR(36))")
    if homes:
        StagedMembership.objects.bulk_create(_waiting(batch, one) for one in found)
    else:
        _copy(GroupMembership, StagedMembership, members, relation="''")
    for model, keys in ((kind, members), (Household, homes), (Person, people)):
        _remove(model, keys)
    return len(homes or found)


def _findable(person: Person) -> Findable:
    number, phone = str(person.id_number.open()), str(person.phone.open() or "")
    return Findable(person.name, number, phone, person.id_index)


def _waiting(batch: ImportBatch, one: Any) -> StagedMembership:
    return StagedMembership(
        id=uuid.uuid4(),
        batch=batch,
        household_id=one.household_id,
        person_id=one.person_id,
        relation=one.relation,
        from_on=one.from_on,
        until_on=one.until_on,
    )


def _keys(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.order_by().values_list("pk", flat=True)[:PIECE])


def _copy(source: type[Model], target: type[Model], keys: Sequence[Any], **extra: str) -> None:
    """The columns that both tables have, for these rows; all names are the models' own.

    They were sealed for their place, so they move by the database alone.
    """
    if not keys:
        return
    have = {field.column for field in source._meta.concrete_fields}
    automatic = target._meta.auto_field
    own = [f for f in target._meta.concrete_fields if f is not automatic]
    quote = connection.ops.quote_name
    shared = [quote(str(f.column)) for f in own if f.column in have]
    into = ", ".join([*shared, *map(quote, extra)])
    taken = ", ".join([*shared, *extra.values()])
    key: Any = source._meta.pk
    values = [key.get_db_prep_value(one, connection) for one in keys]
    where = f"{quote(key.column)} IN ({', '.join(['%s'] * len(values))})"
    tables = [quote(model._meta.db_table) for model in (target, source)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {tables[0]} ({into}) SELECT {taken} FROM {tables[1]} WHERE {where}",  # noqa: S608  names of our own models
            values,
        )


def _remove(kind: type[Model], keys: Sequence[Any]) -> None:
    """Not delete(): that would load every row to look for what hangs on it, and the database's own
    keys refuse what nobody could foresee.
    """
    rows = kind._default_manager.filter(pk__in=keys)
    rows._raw_delete(rows.db)  # type: ignore[attr-defined]
