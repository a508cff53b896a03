"""What lies in the lake: no ID number anywhere, originals unchanged, nothing beyond its time."""

import datetime as dt
import os
import subprocess
import sys
import uuid
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from doudi.audit.actor import SYSTEM
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.vault.pseudonyms import Pseudonyms
from doudi.vault.seal import SealBroken
from doudi.verification.actions.compare_register import compare_register, remake
from doudi.verification.actions.remove_expired import remove_expired
from doudi.verification.actions.sweep_lake import sweep_lake
from doudi.verification.file import original, original_path, rows_path, run_folder
from doudi.verification.models import Delivery, Match, Run
from doudi.verification.register import delivered_rows, evidence_of
from tests.verification.test_platform import homes, lake, number, send

__all__ = ["homes", "lake"]
pytestmark = pytest.mark.django_db
LATER = dt.datetime(2032, 1, 1, tzinfo=dt.UTC)


def rows(first: str = "死亡") -> list[str]:
    others = [f"{number(place)},在册,2020-01-01," for place in range(1, 60)]
    return [f"{number(0)},{first},2022-05-03,", *others]


def holding(folder: Path, *texts: str) -> list[str]:
    """Files below a folder in which one of the texts can be read."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        found += [path.name for text in texts if text.encode() in content]
    return found


def test_no_id_number_and_no_key_of_one_can_be_read_in_the_lake(lake, homes):
    send(lake, rows())
    send(lake, [*rows("在册"), f"{number(0)[:17]}?,在册,2020-01-02,"], 2)
    compare_register("2022-06", by=SYSTEM, at=now())

    plain = holding(lake / "lake", *(number(n)[:17] for n in range(60)))
    unpacked = [str(pq.read_table(path).to_pydict()) for path in (lake / "lake").rglob("*.parquet")]
    inside = [n for n in range(60) for text in unpacked if number(n)[:17] in text]

    assert len(unpacked) == 9
    assert (plain, inside) == ([], [])
    assert sorted(holding(lake, number(5)[:17])) == [
        "g04-1.csv",
        "g04-2.csv",
    ]  # the department's own


def test_a_pseudonym_is_one_persons_and_can_be_turned_back_only_with_the_key():
    numbers = np.arange(61079919600101000, 61079919600103000)

    hidden = Pseudonyms(b"7" * 32).hide(numbers)

    assert len(set(hidden.tolist())) == 2000
    assert (Pseudonyms(b"7" * 32).show(hidden) == numbers).all()
    assert not (Pseudonyms(b"8" * 32).show(hidden) == numbers).any()
    assert Pseudonyms(b"7" * 32).hide(np.array([0])).tolist() == [0]


def test_an_original_comes_out_as_it_came_in_and_a_changed_one_does_not(lake, homes):
    send(lake, rows())
    made = Delivery.objects.get()
    path = original_path(made.sha256)

    whole = b"".join(original(made.sha256))
    raw = bytearray(path.read_bytes())
    raw[60] ^= 1
    path.write_bytes(raw)

    assert whole == (lake / "g04-1.csv").read_bytes()
    with pytest.raises(SealBroken):
        list(original(made.sha256))
    path.write_bytes(raw[: len(raw) // 2])
    with pytest.raises((SealBroken, EOFError)):
        list(original(made.sha256))


def test_an_earlier_run_is_made_again_exactly_after_a_correction_and_a_change_of_the_register(
    lake, homes
):
    send(lake, rows())
    run = compare_register("2022-06", by=SYSTEM, at=now())
    facts = pq.read_table(run_folder(run.pk) / "facts.parquet")

    send(lake, rows("在册"), 2)
    homes[0].memberships.all().delete()
    later = compare_register("2022-07", by=SYSTEM, at=now())
    again = remake(run, lake / "facts.parquet")

    assert again == run.answer_sha256 != later.answer_sha256
    assert pq.read_table(lake / "facts.parquet").equals(facts)


def test_what_a_newer_delivery_replaced_goes_when_its_time_is_over_and_the_journal_says_so(
    lake, homes
):
    send(lake, rows())
    run = compare_register("2022-06", by=SYSTEM, at=now())
    send(lake, rows("在册"), 2)
    old, new = Delivery.objects.order_by("sequence")

    early = remove_expired(dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    gone = remove_expired(LATER)
    again = remove_expired(LATER)

    assert (early, gone, again) == (0, 2, 0)
    assert not rows_path("G04", old.pk).exists()
    assert not original_path(old.sha256).exists()
    assert rows_path("G04", new.pk).exists()
    assert not run_folder(run.pk).exists()
    verbs = set(Entry.objects.values_list("action", flat=True))
    assert {"delivery.removed", "run.removed"} <= verbs
    assert Run.objects.get().removed_at == LATER


def test_what_a_kept_run_read_lies_on_for_that_run_alone_until_it_goes(lake, homes, clock):
    send(lake, rows())
    clock.move_to(dt.datetime(2027, 4, 9, tzinfo=dt.UTC))
    run = compare_register("2027-04", by=SYSTEM, at=now())
    send(lake, rows("在册"), 2)
    old = Delivery.objects.get(sequence=1)

    in_use = remove_expired(dt.datetime(2027, 7, 1, tzinfo=dt.UTC))
    old.refresh_from_db()
    state, again = old.state, remake(run)
    later = compare_register("2027-07", by=SYSTEM, at=now())
    gone = remove_expired(dt.datetime(2030, 6, 1, tzinfo=dt.UTC))

    assert (in_use, state, again) == (0, "over", run.answer_sha256)
    assert str(old.pk) not in later.deliveries
    assert gone == 2
    assert not rows_path("G04", old.pk).exists()


def test_what_a_kill_left_in_the_lake_goes_after_a_day_and_what_a_row_names_stays(lake, homes):
    send(lake, rows())
    run = compare_register("2022-06", by=SYSTEM, at=now())
    made = Delivery.objects.get()
    left = [
        original_path("ab" * 32),
        rows_path("G04", uuid.uuid4()),
        run_folder(uuid.uuid4()) / "who.parquet",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left")

    young = sweep_lake()
    for path in [*(lake / "lake").glob("*=*"), *(lake / "lake").glob("*=*/*"), left[0]]:
        os.utime(path, (0, 0))
    os.utime(original_path(made.sha256), (0, 0))
    swept = sweep_lake()

    assert (young, swept, sweep_lake()) == (0, 3, 0)
    assert not [path for path in left if path.exists()]
    assert (b"".join(original(made.sha256)), remake(run)) == (
        (lake / "g04-1.csv").read_bytes(),
        run.answer_sha256,
    )
    assert Entry.objects.filter(action="lake.swept").count() == 1


def test_a_households_evidence_and_a_new_applicants_rows_lead_to_their_place(lake, homes):
    send(lake, rows())
    run = compare_register("2022-06", by=SYSTEM, at=now())

    in_scope = evidence_of(run, [number(0)])
    anybody = delivered_rows("G04", [number(0), number(7)[:3] + number(9)[3:]])

    assert in_scope[0]["told"]["状态"] == "死亡"
    assert (in_scope[0]["item"], in_scope[0]["row_no"]) == ("G04", 1)
    row = anybody[number(0)].rows[0]
    assert row["状态"] == "死亡"
    assert row["来源"] == f"{Delivery.objects.get().pk} · 1"
    assert anybody[number(0)].as_of == dt.date(2022, 5, 31)
    assert Match.objects.count() == 0


def test_the_server_starts_without_the_column_engines():
    script = (
        "import django, os, sys;"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings.test';"
        "django.setup();"
        "import config.urls, doudi.reactions.table, doudi.timetable,"
        " doudi.verification.actions.take_delivery, doudi.verification.actions.compare_register;"
        "print([m for m in ('duckdb', 'pyarrow', 'pyspark') if m in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"
