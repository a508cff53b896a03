"""接收在享待遇: households, persons, awards, accounts and re-check days; not decided here.

In pieces, each whole or not at all. A call that was cut off is finished by the next one with the
same file: what is there already is passed over.

Clause: DB57 art 25; DOUDI R32
Move:   -> running -> taken      Right: the operator      Says: nothing
"""

import datetime as dt
from typing import IO
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.benefits.actions.take_in_awards import Running, take_in_awards
from doudi.kernel.errors import Conflict, Invalid
from doudi.people.actions.take_in_people import Home, One, take_in_people
from doudi.takeover.actions.rehearse import AT_ONCE, Read, explain, read, store
from doudi.takeover.figures import Taken
from doudi.takeover.models import Batch, TakenLine
from doudi.upkeep.actions.take_in_plans import Planned, take_in_plans

PIECE = 4_000  # households: whoever is found by keys touches every page of their index
TABLE = TakenLine._meta.db_table


def take_over(file: IO[bytes], month: str, *, by: Actor, at: dt.datetime) -> Batch:
    """Conflict for a file that was taken already; Invalid where no household can be taken."""
    found = read(file, at)
    if Batch.objects.filter(file_sha256=found.digest, state="taken").exists():
        raise Conflict("这个文件已经接收过了")
    running = Batch.objects.filter(file_sha256=found.digest, state="running").exists()
    if not found.good and not running:
        raise Invalid({"file": "没有一户能接收，请看演练报告"})
    batch = _batch(found, month, by, at)
    homes = {home.number: home for home in found.good}
    waiting = batch.lines.filter(award_id=None, old_number__in=homes).order_by("row")
    for piece in _pieces(list(waiting)):
        _piece(batch, piece, homes, found)
    with transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(state="taken")
        write(
            "takeover.taken",
            actor=by,
            subject=f"takeover:{batch.pk}",
            detail={"households": batch.household_count, "fen": batch.old_fen},
        )
    batch.refresh_from_db()
    return batch


def _batch(found: Read, month: str, by: Actor, at: dt.datetime) -> Batch:
    """The one that was cut off, or a new one."""
    kept = Batch.objects.filter(file_sha256=found.digest, state="running").first()
    if kept:
        return kept
    try:
        return store(found, explain(found, month), month, "running", by, at)
    except IntegrityError:
        again = Batch.objects.filter(file_sha256=found.digest, state="running").exists()
        raise Conflict("这个文件正在接收" if again else AT_ONCE) from None


def _pieces(lines: list[TakenLine]) -> list[list[TakenLine]]:
    return [lines[n : n + PIECE] for n in range(0, len(lines), PIECE)]


def _piece(batch: Batch, lines: list[TakenLine], homes: dict[str, Taken], found: Read) -> None:
    at = batch.at  # all of a batch at one instant: by it an undone batch finds its own
    taken = [homes[line.old_number] for line in lines]
    with transaction.atomic():
        people = take_in_people([_home(home, found) for home in taken], at)
        running = [_running(batch, home, people[home.number]) for home in taken]
        awards = take_in_awards(running, batch.pk, at)
        planned = [Planned(awards[home.number], home.klass or "b", home.recheck) for home in taken]
        take_in_plans(planned, at)
        _name_awards([(awards[line.old_number], line.pk) for line in lines])
        for county in sorted({line.county for line in lines}):
            own = [line for line in lines if line.county == county]
            write(
                "takeover.piece",
                actor=Actor("system", "takeover", ""),
                subject=f"takeover:{batch.pk}",
                chain=county,
                detail={"households": len(own), "fen": sum(x.old_fen for x in own)},
            )


def _name_awards(pairs: list[tuple[UUID, int]]) -> None:
    """Each line its award; one statement, as bulk_update() would write a case for every row."""
    field = TakenLine._meta.get_field("award_id")
    rows = [(field.get_db_prep_value(award, connection), line) for award, line in pairs]
    with connection.cursor() as cursor:
        cursor.executemany(f"update {TABLE} set award_id = %s where id = %s", rows)  # noqa: S608


def _home(home: Taken, found: Read) -> Home:
    people = [
        One(m.name, m.id_number, found.indexes[m.id_number], m.relation, m.phone)
        for m in home.members
    ]
    return Home(home.number, home.village, home.area, people)


def _running(batch: Batch, home: Taken, people: dict[str, UUID]) -> Running:
    head = next(m for m in home.members if m.relation == "self")
    return Running(
        number=home.number,
        programme=home.programme,
        area=home.area,
        village=home.village,
        household_id=people[""],
        payee_id=people[head.id_number],
        payee_name=home.holder,
        account=home.account,
        bank=home.bank,
        base=home.base,
        top_up=home.top_up,
        start=min(home.start or batch.month, batch.month),
        size=len(home.members),
        covered=[people[m.id_number] for m in home.covered],
    )
