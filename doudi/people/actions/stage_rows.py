"""One piece of a table: judged against what is on file, the good rows put into the waiting room.

Clause: PIPL 8; DB57 art 7 (who lives together)
Move:   none      Right: called by check_import      Says: nothing
"""

import itertools
import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

from doudi.clock.time import now, today
from doudi.kernel.resident_id import birth_date, sex
from doudi.paper.workbook.columns import Row
from doudi.people.figures.judge import Home, Judge, Judged, OnFile, Places, day_of, health_of
from doudi.people.figures.tables import TABLES
from doudi.people.models import (
    ImportBatch,
    ImportFault,
    StagedHousehold,
    StagedMembership,
    StagedPerson,
)
from doudi.people.queries import on_file
from doudi.vault.index import blind_index

Piece = Sequence[list[Row]]


def _put(kind: type[Model], rows: Sequence[Model]) -> None:
    """Many new rows of a table: bulk_create() spends most of its time on words of SQL."""
    fields = [f for f in kind._meta.concrete_fields if f is not kind._meta.auto_field]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(f.column)) for f in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(kind._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  names of our own models
    values = [
        [f.get_db_prep_save(f.pre_save(row, True), connection) for f in fields] for row in rows
    ]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


class Staging:
    """The waiting room of one batch."""

    def __init__(self, batch: ImportBatch, places: Places) -> None:
        self.batch, self.places = batch, places

    def homes(self, piece: Piece) -> None:
        """Households: a good one goes in as a whole, one with a fault not at all."""
        judge, before, used = self._prepare(piece)
        seen: set[str] = set(used)
        found = []
        for rows in piece:
            key = str(rows[0].values["home"] or f"#{rows[0].number}")
            judged = self._judged(judge, rows, before)
            found.append(judge.home(key, judged, key in seen))
            seen.add(key)
        self._keep_faults([judged for home in found for judged in home.rows])
        self._keep_homes([home for home in found if home.is_good])

    def members(self, piece: Piece) -> None:
        """A group's list: each row by itself."""
        judge, before, _used = self._prepare(piece)
        rows = list(itertools.chain.from_iterable(piece))
        judged = [judge.member(one) for one in self._judged(judge, rows, before)]
        self._keep_faults(judged)
        people = self._people([one for one in judged if not one.faults])
        _put(
            StagedMembership,
            [
                StagedMembership(
                    batch=self.batch,
                    person_id=person.known_id or person.pk,
                    group=one.row.values["group"],
                    region_id=one.village,
                    basis=one.row.values["basis"] or "",
                    from_on=day_of(one.row.values, today()),
                )
                for one, person in people
            ],
        )

    def _prepare(self, piece: Piece) -> tuple[Judge, set[str], set[str]]:
        """The judge, the numbers staged before, the household keys staged before."""
        rows = list(itertools.chain.from_iterable(piece))
        self.known = on_file(str(r.values["id_number"]) for r in rows if r.values["id_number"])
        judge = Judge(TABLES[self.batch.table], self.places, self.known)
        indexes = [blind_index("id", r.values["id_number"]) for r in rows if r.values["id_number"]]
        staged = StagedPerson.objects.filter(batch=self.batch, id_index__in=indexes)
        keys = {str(rows[0].values.get("home") or "") for rows in piece}
        used = StagedHousehold.objects.filter(batch=self.batch, key__in=keys)
        return (
            judge,
            set(staged.values_list("id_index", flat=True)),
            set(used.values_list("key", flat=True)),
        )

    def _judged(self, judge: Judge, rows: Sequence[Row], before: set[str]) -> list[Judged]:
        judged = []
        for row in rows:
            number = row.values["id_number"]
            index = blind_index("id", number) if number else ""
            judged.append(judge.row(row, bool(index) and index in before))
            before.add(index)
        return judged

    def _keep_faults(self, judged: Sequence[Judged]) -> None:
        _put(
            ImportFault,
            [
                ImportFault(
                    batch=self.batch,
                    row=fault.row,
                    column=fault.column,
                    heading=fault.heading,
                    code=fault.code,
                    values=fault.reason.values | fault.advice.values,
                )
                for one in judged
                for fault in one.faults
            ],
        )
        states = Counter(
            "known" if one.is_known else "bad" if one.faults else "good" for one in judged
        )
        self.batch.read += len(judged)
        self.batch.good += states["good"]
        self.batch.bad += states["bad"]
        self.batch.known += states["known"]

    def _keep_homes(self, homes: Sequence[Home]) -> None:
        at = now()
        people = {
            id(one): person
            for one, person in self._people([one for home in homes for one in home.rows])
        }
        households, members = [], []
        for home in homes:
            first = home.rows[0]
            area = first.row.values["area"] or self.places.areas.get(first.village) or "rural"
            household = StagedHousehold(
                batch=self.batch,
                key=home.key,
                region_id=first.village,
                area=area,
                address=first.row.values["address"] or "",
                created_at=at,
            )
            households.append(household)
            members += [self._member(household, one, people[id(one)]) for one in home.rows]
        _put(StagedHousehold, households)
        _put(StagedMembership, members)
        self.batch.households += len(households)

    def _member(self, home: StagedHousehold, one: Judged, person: StagedPerson) -> Any:
        return StagedMembership(
            batch=self.batch,
            household_id=home.pk,
            person_id=person.known_id or person.pk,
            relation=one.row.values["relation"],
            from_on=today(),
        )

    def _people(self, rows: Sequence[Judged]) -> list[tuple[Judged, StagedPerson]]:
        """A staged person for each row, pointing at the one on file where there is one."""
        made = [(one, self._person(one)) for one in rows]
        _put(StagedPerson, [person for _one, person in made])
        self.batch.persons += len(made)
        return made

    def _person(self, one: Judged) -> StagedPerson:
        values = one.row.values
        number = values["id_number"]
        known: OnFile | None = self.known.get(number)
        return StagedPerson(
            id=uuid.uuid4(),
            batch=self.batch,
            known_id=known.person if known else None,
            name=values["name"],
            id_number=number,
            phone=values["phone"] or "",
            sex=sex(number),
            born_on=birth_date(number),
            health=health_of(values),
            created_at=now(),
        )
