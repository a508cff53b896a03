"""The law over the whole register: the last adopted facts of every household, by columns.

`doudi assess-register` asks; families on no register are read from what departments delivered,
as leads to knock at a door. Nothing is decided, nothing stored.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from doudi.cases.models import Assessment, Case
from doudi.cases.queries import pack
from doudi.people.queries import households_on_file
from doudi.policy.book import Book
from doudi.policy.codes import AREAS
from doudi.policy.facts import HouseholdFacts, parse_household
from doudi.policy.runners.arrays import RESULTS, columns_of
from doudi.regions.queries import counties, village_areas
from doudi.verification.engine.by_name import engine
from doudi.verification.file import asked_now, visible, work_folder
from doudi.verification.register import ENGINES, open_register, parts_of, read_contracts

BATCH = 1000


@dataclass(frozen=True)
class Books:
    """The policy of a day for every county, urban and rural in turn."""

    of: list[Book]
    counties: list[str]

    @staticmethod
    def on(day: dt.date) -> "Books":
        """All books of the pack's counties; NotInForce on a day without policy."""
        codes = sorted(region.code[:6] for region in counties())
        return Books(
            [pack().book.at(day, county, area) for county in codes for area in AREAS], codes
        )

    def place(self, county: str, area: str) -> int:
        """Where a county's and area's book stands."""
        return self.counties.index(county) * len(AREAS) + AREAS.index(area)

    def by_village(self) -> dict[str, int]:
        """The place of every village's book."""
        known = set(self.counties)
        areas = village_areas()
        return {v: self.place(v[:6], area) for v, area in areas.items() if v[:6] in known}


def adopted_facts(on: dt.date) -> Iterator[list[HouseholdFacts]]:
    """The facts behind the last confirmed decision of each household, in batches."""
    newest: dict[UUID, UUID] = {}
    confirmed = Case.objects.filter(stage="confirmed", household_id__isnull=False)
    for home, case in confirmed.order_by("ended_at").values_list("household_id", "pk"):
        newest[home or case] = case
    cases = list(newest.values())
    for first in range(0, len(cases), BATCH):
        rows = Assessment.objects.filter(case_id__in=cases[first : first + BATCH]).order_by("at")
        last = {row.case_id: row for row in rows}
        yield [parse_household(row.facts.open(), on) for row in last.values()]


def assess_register(on: dt.date, engine_name: str) -> dict[str, Any]:
    """Counts and sums by programme and county, the answer's hash, and families found beside."""
    books, homes = Books.on(on), engine("homes")
    with work_folder() as folder:
        writer, persons = homes.Writer(folder), 0
        for facts in adopted_facts(on):
            place_of = [books.place(f.county, f.area) for f in facts]
            columns = columns_of(facts, [books.of[place] for place in place_of])
            writer.add(columns, place_of)
            persons += int(columns.sizes.sum())
        writer.close()
        base = engine(ENGINES[engine_name]).Base(folder, large=True)
        homes.read(base, folder)
        told = _told(base, homes, books)
        base.close()
        beside = _never_applied(folder, engine_name, books, on)
    return {
        "on": on.isoformat(),
        "engine": engine_name,
        "households": writer.many,
        "persons": persons,
        "without_facts": households_on_file() - writer.many,
        **told,
        "never_applied": beside,
    }


def _told(base: Any, homes: Any, books: Books) -> dict[str, Any]:
    homes.assess(base, books.of)
    kept = homes.results(books.of, RESULTS)
    rows = base.rows(f"select home, book, {', '.join(kept)} from found order by home")  # noqa: S608
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(tuple(int(value) for value in row)).encode())
    return {
        "programmes": homes.summary(base, books.of),
        "by_county": _by_county(homes.by_book(base, books.of), books),
        "answer_sha256": digest.hexdigest(),
    }


def _by_county(found: dict[int, dict[str, int]], books: Books) -> dict[str, dict[str, int]]:
    told: dict[str, dict[str, int]] = {}
    for place, eligible in sorted(found.items()):
        county = told.setdefault(books.counties[place // len(AREAS)], {})
        for programme, many in eligible.items():
            county[programme] = county.get(programme, 0) + many
    return told


def _never_applied(
    folder: Path, engine_name: str, books: Books, on: dt.date
) -> dict[str, Any] | None:
    """What the law says of families on no register; None before the hukou was delivered."""
    used, homes = visible(), engine("homes")
    if "G01" not in used:
        return None
    open_register(folder, used)
    base = engine(ENGINES[engine_name]).Base(folder, large=True)
    base.file("who", folder / "who.parquet")
    asked = asked_now()
    reading = engine("unregistered").Unregistered(asked["unregistered"], asked["limits"], on)
    homes.never_applied(base, parts_of(used), read_contracts(), reading, books.by_village())
    homes.assess(base, books.of)
    told = {
        "households": int(base.rows("select count(*) from household")[0][0]),
        "programmes": homes.summary(base, books.of),
        "by_county": _by_county(homes.by_book(base, books.of), books),
    }
    base.close()
    return told
