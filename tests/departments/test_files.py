"""A department's file: received, checked in pieces, taken in once, whatever dies in between."""

import io
import os
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from doudi import timetable
from doudi.accounts.permissions import Role
from doudi.attachments.bulk import folder, keep_bulk, open_bulk
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.departments.actions import check_upload as check
from doudi.departments.actions import work_uploads as work
from doudi.departments.actions.receive_file import Told, send_file
from doudi.departments.actions.seat_clerk import seat_clerk
from doudi.departments.catalog import cycle
from doudi.departments.figures import due
from doudi.departments.models import Upload
from doudi.kernel.errors import Invalid, NotAllowed, NotFound
from doudi.timetable import sweep_tables
from doudi.verification.models import Delivery
from tests.factories.cases import staff
from tests.factories.deliveries import g14

pytestmark = pytest.mark.django_db


def sent(person, content: bytes, rows: int = 100, month: str = "2022-04") -> Upload:
    return send_file("G14", io.BytesIO(content), Told(month, rows), by=person, at=now())


def checked(upload: Upload) -> Upload:
    while work.work_uploads():
        continue
    upload.refresh_from_db()
    return upload


def test_a_file_is_taken_in_under_the_next_number_and_the_clerk_stands_for_it(tax, clock):
    first = sent(tax, g14())
    clock.shift(1)
    second = sent(tax, g14(99), 99)

    made = [checked(first), checked(second)]

    assert [u.delivery.sequence for u in made] == [1, 2]
    assert [(u.state, u.accepted) for u in made] == [("taken", 100), ("taken", 99)]
    assert made[0].delivery.signature == ""
    assert not made[0].stored_name


def test_the_rows_that_go_back_are_the_senders_own_and_no_others(tax):
    made = checked(sent(tax, g14(收入额="三千", 扣缴单位="=1+1")))

    with open_bulk(made.errors_name) as file:
        mend, wrong = openpyxl.load_workbook(file).worksheets
    rows = list(mend.values)
    assert len(rows) == 2
    assert dict(zip(*rows, strict=True)) == {
        "证件号码": "61079919600312000X",
        "扣缴单位": "'=1+1",
        "所得项目": "工资薪金",
        "收入额": "三千",
        "税款": "0",
        "所属期": "2022-04",
    }
    assert [row[:2] for row in wrong.values][1:] == [(2, "扣缴单位"), (2, "收入额")]


def test_the_same_bytes_give_the_same_receipt_and_one_delivery(tax):
    first = checked(sent(tax, g14()))

    again = sent(tax, g14())

    assert again.pk == first.pk
    assert Delivery.objects.count() == 1


def test_a_mended_file_may_follow_one_that_went_back(tax):
    back = checked(sent(tax, g14(), rows=90))

    again = checked(sent(tax, g14()))

    assert (back.state, back.refused["code"]) == ("refused", "rows_differ")
    assert again.state == "taken"


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_a_check_that_dies_is_begun_anew_and_takes_in_once(tax, after):
    upload = sent(tax, g14(收入额="三千"))
    pieces = check.check_upload(upload.pk)
    for _piece in range(after):
        next(pieces, None)
    pieces.close()

    made = checked(upload)

    assert (made.state, made.accepted, len(made.faults)) == ("taken", 99, 1)
    assert Delivery.objects.count() == 1


def test_a_check_that_dies_after_the_delivery_keeps_it_and_its_faults(tax, monkeypatch):
    upload = sent(tax, g14(收入额="三千"))

    def dies(*_given):
        raise RuntimeError("killed")

    monkeypatch.setattr(check, "_to_mend", dies)
    with pytest.raises(RuntimeError):
        list(check.check_upload(upload.pk))
    monkeypatch.undo()
    made = checked(upload)

    assert (made.state, made.accepted, bool(made.errors_name)) == ("taken", 99, True)
    assert Delivery.objects.count() == 1


class Broken(io.BytesIO):
    """A connection that breaks after the first block."""

    def read(self, size=-1):
        if self.tell():
            raise ConnectionError
        return super().read(10)


def test_a_connection_that_breaks_leaves_nothing(tax):
    with pytest.raises(ConnectionError):
        send_file("G14", Broken(g14()), Told("2022-04", 100), by=tax, at=now())

    assert not Upload.objects.exists()
    assert [p for name in ("work", "tables") for p in folder(name).iterdir()] == []


def test_a_failed_journal_leaves_no_file(tax, monkeypatch):
    monkeypatch.setattr("doudi.departments.actions.receive_file.write", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        sent(tax, g14())

    assert list(folder().iterdir()) == []


def test_nobody_sends_anothers_item_and_nobody_without_a_seat_sends(tax, police):
    unseated = staff("new.data", Role.DATA_CLERK, "610700")

    for person in (police, unseated):
        with pytest.raises(NotFound):
            sent(person, g14())
    with pytest.raises(NotAllowed):
        sent(staff("city", Role.CITY_OFFICER, "610700"), g14())
    assert not Upload.objects.exists()


def test_a_clerk_is_seated_by_the_city_and_only_one_who_holds_the_post(lake):
    city, other = (staff(n, Role.CITY_OFFICER, "610700") for n in ("city", "other"))

    with pytest.raises(Invalid):
        seat_clerk("other", "税务", by=city, at=now())
    with pytest.raises(Invalid):
        seat_clerk("nobody", "没有", by=city, at=now())
    with pytest.raises(NotAllowed):
        seat_clerk("city", "税务", by=staff("a", Role.AUDITOR, "610700"), at=now())
    assert other.name


@pytest.mark.parametrize(
    ("name", "on", "period", "received", "state", "due_on"),
    [
        ("每日", "2022-05-09", "", None, "late", "2022-05-09"),
        ("每日", "2022-05-09", "2022-05", "2022-05-08", "soon", "2022-05-09"),
        ("每日", "2022-05-09", "2022-05", "2022-05-07", "late", "2022-05-08"),
        ("每周", "2022-05-09", "2022-05", "2022-05-07", "good", "2022-05-14"),
        ("每周", "2022-05-09", "2022-05", "2022-05-04", "soon", "2022-05-11"),
        ("每月", "2022-05-10", "2022-03", "2022-04-02", "soon", "2022-05-10"),
        ("每月", "2022-05-11", "2022-03", "2022-04-02", "late", "2022-05-10"),
        ("每月", "2022-05-11", "2022-04", "2022-05-02", "good", "2022-06-10"),
        ("每月", "2022-01-05", "2021-12", "2022-01-02", "good", "2022-02-10"),
        ("每季度", "2022-05-09", "2021-12", "2022-01-02", "late", "2022-04-15"),
        ("每季度", "2022-05-09", "2022-01", "2022-04-02", "good", "2022-07-15"),
        ("每半年", "2022-05-09", "", None, "late", "2022-01-20"),
        ("每学期", "2022-03-31", "2021-09", "2021-09-20", "soon", "2022-03-31"),
        ("每学期", "2022-02-27", "2021-09", "2021-09-20", "good", "2022-03-31"),
    ],
)
def test_an_item_is_due_by_its_cycle(name, on, period, received, state, due_on):
    came = date.fromisoformat(received) if received else None

    told = due(cycle(name), date.fromisoformat(on), period, came)

    assert (told.state, str(told.due_on)) == (state, due_on)


def test_what_a_kill_left_without_a_row_is_swept_after_a_day(tax, clock):
    kept = sent(tax, g14())
    stray = keep_bulk(io.BytesIO(b"left alone"))
    long_ago = now().timestamp() - 90_000
    for path in folder().iterdir():
        os.utime(path, (long_ago, long_ago))
    young = keep_bulk(io.BytesIO(b"just now"))
    os.utime(folder() / young.name, (now().timestamp(),) * 2)

    sweep_tables(now())

    assert {p.name for p in folder().iterdir()} == {kept.stored_name, young.name}
    assert stray.name
    assert Entry.objects.get(action="tables.swept").detail == {"files": 1}


def test_whoever_keeps_tables_is_asked_before_the_sweep():
    """A room that calls keep_bulk() and is not asked would lose its files overnight."""
    root = Path(timetable.__file__).parent
    keepers = {
        path.relative_to(root).parts[0]
        for path in root.rglob("*.py")
        if "keep_bulk(" in path.read_text("utf-8")
    }

    asked = {"people", "exports", "departments", "province"}
    assert keepers - {"attachments"} == asked
    assert all(hasattr(getattr(timetable, room), "kept_names") for room in asked)
