"""The work of bench/roll.py, in the process that has the database."""

import datetime as dt
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  only after the settings stand

from doudi.accounts.queries import staff_by_account  # noqa: E402
from doudi.benefits.actions.check_roll import check_roll  # noqa: E402
from doudi.benefits.actions.prepare_roll import prepare_roll  # noqa: E402
from doudi.benefits.actions.release_roll import release_roll  # noqa: E402
from doudi.benefits.figures import due_for, reference  # noqa: E402
from doudi.benefits.models import Attempt, Award, AwardPerson, Payment, Roll  # noqa: E402
from doudi.clock.time import now, refresh  # noqa: E402
from doudi.demo.dice import Dice  # noqa: E402
from doudi.demo.staff import PLAIN_COUNTIES  # noqa: E402
from doudi.people.models import Person  # noqa: E402
from doudi.regions.models import Level, Region  # noqa: E402
from doudi.regions.queries import counties  # noqa: E402
from doudi.vault.fields import new_id  # noqa: E402
from doudi.vault.rows import insert_many  # noqa: E402

AWARDS, SAMPLE = 105_000, 2_000
PIECE = 5_000
PERSON = ("id", "name", "id_number", "sex", "born_on", "created_at")
AWARD = (
    *("id", "number", "programme", "area", "household_id", "county", "town", "village"),
    *("payee_id", "payee_name", "account", "bank", "monthly_fen", "base_fen", "top_up_fen"),
    *("household_size", "start_month", "opened_at"),
)
BORN = dt.date(1954, 3, 1)


class Times:
    """Wall and CPU seconds of what was done under a name, the database server's CPU with ours."""

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}

    def take(self, name: str, work: Any, *args: Any, **named: Any) -> Any:
        """What the work gives; its times are added."""
        wall, cpu = time.monotonic(), _cpu()
        done = work(*args, **named)
        self.wall[name] = self.wall.get(name, 0) + time.monotonic() - wall
        self.cpu[name] = self.cpu.get(name, 0) + _cpu() - cpu
        return done


def _cpu() -> float:
    """CPU seconds of this process and of the server process that works for it."""
    if connection.vendor == "sqlite":
        return time.process_time()
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        server = cursor.fetchone()[0]
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def main(scale: float) -> dict[str, Any]:
    """Builds the awards, makes two months' rolls, and the sample row by row."""
    refresh()
    _build(round(AWARDS * scale))
    count = Award.objects.count()
    first, second = Times(), Times()
    total = _month("2022-06", first)
    _month("2022-07", second)
    rows, rows_cpu = _row_by_row()
    wall, cpu = first.wall, first.cpu
    return {
        "awards": count,
        "prepare, wall s / CPU s": _both(first, "prepare"),
        "check and release (hash, sign, file), wall s / CPU s": _both(first, "release"),
        "whole roll, wall s / CPU s (at most 60 s)": f"{sum(wall.values()):.1f} / "
        f"{sum(cpu.values()):.1f}",
        "payments a second prepared, wall / CPU (at least 1,000)": f"{count / wall['prepare']:.0f}"
        f" / {count / cpu['prepare']:.0f}",
        "next month with its differences, wall s / CPU s": _both(second, "prepare"),
        "payments a second row by row, wall / CPU": f"{rows:.0f} / {rows_cpu:.0f}",
        "total, fen": total,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load of the machine, 1 and 5 minutes": "{:.1f} / {:.1f}".format(*os.getloadavg()[:2]),
    }


def _both(times: Times, name: str) -> str:
    return f"{times.wall[name]:.1f} / {times.cpu[name]:.1f}"


def _build(many: int) -> None:
    """Awards of one to four persons in every village; what a roll reads and nothing more."""
    dice, villages = Dice(7), list(Region.objects.filter(level=Level.VILLAGE).order_by("code"))
    homes = _homes(many, dice, villages)
    for first in range(0, many, PIECE):
        piece = [next(homes) for _ in range(min(PIECE, many - first))]
        with transaction.atomic():
            insert_many(Person, PERSON, (person for _a, people in piece for person in people))
            insert_many(Award, AWARD, (award for award, _people in piece))
            covered = ((award[0], person[0]) for award, people in piece for person in people)
            insert_many(AwardPerson, ("award_id", "person_id"), covered)


def _homes(many: int, dice: Dice, villages: list[Region]) -> Iterator[tuple[Any, list[Any]]]:
    at = now()
    for n in range(many):
        village, size = (
            dice.random.choice(villages),
            1 + (n % 20 > 8) + (n % 20 > 14) + (n % 20 > 18),
        )
        people = [(new_id(), "任某某", f"{n:08d}{m}", "female", BORN, at) for m in range(size)]
        base = dice.random.choice((45_000, 35_000, 25_000)) * size
        top_up = dice.random.choice((0, 0, 13_500, 22_500))
        code = village.code
        yield (
            (new_id(), f"B{n:07d}", "dibao", village.area, new_id(), code[:6], code[:9], code)
            + (people[0][0], "任某某", f"62109900{n:011d}", "演示农商银行")
            + (base + top_up, base, top_up, size, "2022-01", at),
            people,
        )


def _month(month: str, times: Times) -> int:
    """Every county's roll by the three hands; the sum in fen."""
    total = 0
    for county in (c.code[:6] for c in counties()):
        word = PLAIN_COUNTIES.get(county, county)
        officer, checker, finance = (
            staff_by_account(f"{word}.{seat}") for seat in ("officer", "check", "finance")
        )
        roll = times.take("prepare", prepare_roll, county, month, by=officer, at=now())
        times.take("release", _sign, roll.pk, checker, finance)
        total += roll.total_fen
    return total


def _sign(roll: UUID, checker: Any, finance: Any) -> None:
    check_roll(roll, version=None, by=checker, at=now())
    release_roll(roll, version=None, by=finance, at=now())


def _row_by_row() -> tuple[float, float]:
    """Payments a second, wall and CPU, when each is one save in one transaction."""
    roll = Roll.objects.create(
        number="BENCH", county="610799", month="2022-08", prepared_by_id="b", prepared_at=now()
    )
    found = list(Award.objects.order_by("number")[:SAMPLE])
    times = Times()
    times.take("rows", lambda: [_one(roll, award) for award in found])
    return len(found) / times.wall["rows"], len(found) / times.cpu["rows"]


def _one(roll: Roll, award: Award) -> None:
    with transaction.atomic():
        payment = Payment.objects.create(
            end_to_end_id=reference(award.number, "2022-08", award.programme),
            roll=roll,
            award=award,
            person_id=award.payee_id,
            month="2022-08",
            kind=award.programme,
            amount_fen=due_for(award, "2022-08"),
        )
        Attempt.objects.create(
            payment=payment,
            end_to_end_id=payment.end_to_end_id,
            holder=award.payee_name,
            account=award.account.open() or "",
            bank=award.bank,
        )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(float(sys.argv[1]))))
