"""演练接收: a whole file read, checked and explained; nobody's award is made by it.

Clause: DB57 art 25; DOUDI R32
Move:   -> rehearsed      Right: the operator      Says: nothing
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from operator import attrgetter
from typing import IO, Any

from django.db import IntegrityError, transaction

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.cases.queries import pack
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import Conflict, Invalid
from doudi.kernel.periods import Month
from doudi.paper.workbook.cells import Context
from doudi.paper.workbook.columns import WorkbookRefused
from doudi.paper.workbook.reading import open_workbook
from doudi.people.queries import known_people
from doudi.regions.queries import villages_among
from doudi.takeover.columns import TABLE
from doudi.takeover.figures import (
    Formula,
    Taken,
    books_besides,
    difference,
    differs,
    faults_of,
    gather,
)
from doudi.takeover.models import Batch, TakenLine
from doudi.takeover.queries import numbers_taken
from doudi.vault.index import blind_index
from doudi.vault.rows import insert_many

PIECE = 2_000
MOST_FAULTS = 500
AT_ONCE = "刚刚另有一次演练或接收，编号相撞，请再做一次"
LINE = ("old_number", "row", "county", "old_fen", "own_fen", "why")


@dataclass
class Read:
    """A file as households; what is wrong, by row; nothing of it is stored yet."""

    digest: str
    rows: int = 0
    homes: dict[str, Taken] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)
    indexes: dict[str, str] = field(default_factory=dict)  # ID number -> keyed index, once

    @property
    def good(self) -> list[Taken]:
        """The households that can be taken."""
        return [home for number, home in self.homes.items() if number not in self.bad]

    def refuse(self, home: Taken, code: str) -> None:
        """The household stays out, with the row where it begins."""
        self.bad.add(home.number)
        self.faults.append((home.row, code))


def read(file: IO[bytes], at: dt.datetime) -> Read:
    """Invalid where the file cannot be taken at all; wrong cells keep their household out."""
    found = Read(_digest(file))
    try:
        with open_workbook(file, TABLE, Context(on=at.date(), demo=is_demo())) as book:
            for row in book.rows():
                found.rows += 1
                _take_row(found, row)
    except WorkbookRefused as refusal:
        raise Invalid({"file": str(refusal.sentence)}) from None
    _check(found)
    return found


def _digest(file: IO[bytes]) -> str:
    digest = sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _take_row(found: Read, row: Any) -> None:
    number = row.values["number"]
    if row.faults:
        found.faults.append((row.number, "cell"))
        if number:
            found.bad.add(number)
        return
    gather(row.values, row.number, found.homes)


def _check(found: Read) -> None:
    """Inside each household, across the file, and against what is on file here."""
    for home in found.homes.values():
        for code in faults_of(home):
            found.refuse(home, code)
    _twice(found)
    villages = villages_among({home.village for home in found.homes.values()})
    taken = numbers_taken(found.homes)
    for home in found.homes.values():
        if home.village not in villages:
            found.refuse(home, "no_village")
        if home.number in taken:
            found.refuse(home, "number_taken")
    homes = list(found.homes.values())
    for start in range(0, len(homes), PIECE):
        _on_file(found, homes[start : start + PIECE])


def _twice(found: Read) -> None:
    times = Counter(m.id_number for home in found.homes.values() for m in home.members)
    for home in found.homes.values():
        if any(times[m.id_number] > 1 for m in home.members):
            found.refuse(home, "id_twice")


def _on_file(found: Read, homes: list[Taken]) -> None:
    numbers = {m.id_number for home in homes for m in home.members}
    found.indexes |= {number: blind_index("id", number) for number in numbers}
    known = known_people(found.indexes[n] for n in numbers)
    for home in homes:
        held = [(m, known.get(found.indexes[m.id_number])) for m in home.members]
        if any(k and k.benefits for m, k in held if m.covered):
            found.refuse(home, "in_benefit")
        if any(k and k.name != m.name for m, k in held):
            found.refuse(home, "name_differs")


def explain(found: Read, month: str) -> list[TakenLine]:
    """Each household with what our own formula gives, and why it is not the old amount."""
    law, on = pack().book, Month.parse(month).first_day
    places: dict[tuple[str, str], list[Taken]] = {}
    for home in found.good:
        places.setdefault((home.village[:6], home.area), []).append(home)
    lines = []
    for place, homes in places.items():
        book = law.at(on, *place)
        ours = Formula(book, on)
        others = [Formula(other, on) for other in books_besides(law, book, *place)]
        for start in range(0, len(homes), PIECE):
            lines += _explained(homes[start : start + PIECE], ours, others)
    return sorted(lines, key=lambda line: line.row)


def _explained(homes: list[Taken], ours: Formula, others: list[Formula]) -> list[TakenLine]:
    """One place's households: our own formula over all, the other days' over what differs."""
    ours.work_out(homes)
    differing = [home for home in homes if differs(home, ours)]
    for other in others:
        other.work_out(differing)
    lines = []
    for home in homes:
        own = ours.amount(home)
        lines.append(
            TakenLine(
                old_number=home.number,
                row=home.row,
                county=home.village[:6],
                old_fen=home.fen,
                own_fen=own.fen if own else None,
                why=difference(home, ours, others),
            )
        )
    return lines


def store(
    found: Read, lines: list[TakenLine], month: str, state: str, by: Actor, at: dt.datetime
) -> Batch:
    """The batch with its lines and the reasons of what stays out."""
    with transaction.atomic():
        batch = Batch.objects.create(
            number=_number(at),
            file_sha256=found.digest,
            month=month,
            state=state,
            row_count=found.rows,
            household_count=len(lines),
            person_count=sum(len(home.covered) for home in found.good),
            refused_count=len(found.bad),
            old_fen=sum(line.old_fen for line in lines),
            own_fen=sum(line.own_fen or 0 for line in lines),
            faults=[list(f) for f in found.faults[:MOST_FAULTS]],
            by=by.name,
            at=at,
        )
        told = attrgetter(*LINE)
        insert_many(TakenLine, ("batch_id", *LINE), ((batch.pk, *told(line)) for line in lines))
        write(
            f"takeover.{state}",
            actor=by,
            subject=f"takeover:{batch.pk}",
            detail={"households": len(lines), "refused": len(found.bad), "fen": batch.old_fen},
        )
    return batch


def _number(at: dt.datetime) -> str:
    day = f"JS{at:%y%m%d}"
    return f"{day}-{Batch.objects.filter(number__startswith=day).count() + 1:02d}"


def rehearse(file: IO[bytes], month: str, *, by: Actor, at: dt.datetime) -> Batch:
    """As often as wanted; no person and no award is made."""
    found = read(file, at)
    lines = explain(found, month)
    try:
        return store(found, lines, month, "rehearsed", by, at)
    except IntegrityError:
        raise Conflict(AT_ONCE) from None
