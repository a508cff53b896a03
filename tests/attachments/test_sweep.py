"""A rolled-back transaction leaves a sealed file without a row; a day later it is gone."""

import datetime as dt
import io
import os
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from doudi.attachments import sweep
from doudi.attachments.intake import read, take_in
from doudi.attachments.models import Attachment
from doudi.attachments.storage import keep
from doudi.audit.actor import SYSTEM
from doudi.audit.models import Entry
from doudi.clock.time import now, real_now
from doudi.timetable import TIMETABLE, sweep_uploads

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(hours=24)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings) -> Path:
    """An empty home: what other tests left behind is not counted here."""
    settings.DOUDI_HOME = tmp_path
    return tmp_path / "uploads"


def _taken() -> Attachment:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return take_in(SimpleUploadedFile("a.jpg", out.getvalue()), subject="s", kind="k", actor=SYSTEM)


def _orphan() -> Path:
    """The real thing: take_in() inside a transaction that does not hold."""
    with transaction.atomic():
        name = _taken().stored_name
        transaction.set_rollback(True)
    assert not Attachment.objects.filter(stored_name=name).exists()
    return Path(settings.DOUDI_HOME) / "uploads" / name


def _aged(path: Path, age: dt.timedelta) -> Path:
    written = (real_now() - age).timestamp()
    os.utime(path, (written, written))
    return path


def test_an_orphan_of_a_day_is_removed_and_counted_in_the_journal():
    left = _aged(_orphan(), DAY + MINUTE)

    sweep_uploads(now())

    assert not left.exists()
    assert Entry.objects.get(action="attachments.swept").detail == {"files": 1}


def test_a_fresh_orphan_stays_its_transaction_may_be_under_way():
    left = _aged(_orphan(), DAY - MINUTE)

    sweep_uploads(now())

    assert left.exists()
    assert not Entry.objects.filter(action="attachments.swept").exists()


def test_what_a_row_points_to_stays_however_old(folder):
    kept = _taken()
    path = _aged(folder / kept.stored_name, 400 * DAY)

    sweep_uploads(now())

    assert path.exists()
    assert read(kept.pk)[1] == "image/jpeg"


def test_a_draft_cut_off_in_the_middle_is_removed(folder):
    keep(uuid.uuid4().hex, b"x", "o")
    draft = next(folder.iterdir()).rename(folder / f"{uuid.uuid4().hex}.new")
    _aged(draft, 2 * DAY)

    sweep_uploads(now())

    assert not draft.exists()


@pytest.mark.parametrize("name", ["README", "backup.tar", "A" * 32, "0" * 31])
def test_a_file_that_is_not_ours_is_never_touched(name, folder):
    keep(name, b"x", "o")
    path = _aged(folder / name, 400 * DAY)

    sweep_uploads(now())

    assert path.exists()


def test_a_wrong_table_empties_no_folder(folder, monkeypatch):
    monkeypatch.setattr(sweep, "FEW", 2)
    left = [_aged(_orphan(), 2 * DAY) for _ in range(3)]

    with pytest.raises(sweep.TooManyOrphans):
        sweep_uploads(now())

    assert all(path.exists() for path in left)


def test_many_are_looked_up_in_sets(folder, monkeypatch):
    monkeypatch.setattr(sweep, "AT_A_TIME", 2)
    kept = [_taken().stored_name for _ in range(3)]
    left = [_aged(_orphan(), 2 * DAY).name for _ in range(3)]
    for name in kept:
        _aged(folder / name, 2 * DAY)

    assert sorted(sweep.orphans()) == sorted(left)


def test_it_runs_every_day():
    mine = next(s for s in TIMETABLE if s.run is sweep_uploads)

    assert mine.daily == dt.time(3, 30)
