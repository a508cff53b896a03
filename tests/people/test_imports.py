"""Imports: checked before anything is stored, taken in as a whole, undone as a whole."""

import contextlib
import datetime as dt
import io

import pytest
from django.db import IntegrityError
from openpyxl import load_workbook

from doudi.accounts.permissions import Role
from doudi.attachments.bulk import blocks_of, folder
from doudi.audit.models import Entry
from doudi.clock.time import now, real_now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, WrongStage
from doudi.paper.workbook.template import write_template
from doudi.people.actions import move_pieces as pieces
from doudi.people.actions import take_in_batch as taking
from doudi.people.actions.check_import import GivenUp
from doudi.people.actions.drop_batch import drop_batch, expire_imports
from doudi.people.actions.forget_keys import forget_keys
from doudi.people.actions.mark_benefit import mark_benefit
from doudi.people.actions.register_household import Home, register_household
from doudi.people.actions.take_in_batch import take_in_batch
from doudi.people.actions.try_batch_again import try_batch_again
from doudi.people.actions.undo_batch import undo_batch
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.withdraw_batch import withdraw_batch
from doudi.people.actions.work_imports import TURNS, work_imports
from doudi.people.figures.asked import read_words
from doudi.people.figures.tables import TABLES
from doudi.people.flow import ATTEMPTS
from doudi.people.models import (
    FindKey,
    GroupMembership,
    Household,
    ImportBatch,
    ImportFault,
    Membership,
    Person,
    StagedPerson,
)
from doudi.people.queries import in_words, refs
from doudi.vault.index import blind_index
from tests.factories.cases import TOWN, VILLAGE, demo_database, staff
from tests.house.scene import SYSTEM
from tests.paper import nasty
from tests.people import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(city):
    """The clerk of Qili, on a demonstration."""
    demo_database()
    TURNS.forget()
    return staff("clerk", Role.TOWN_CLERK, TOWN)


def rows(*lines, headings=sheets.HEADINGS):
    """A workbook of these rows."""
    return io.BytesIO(nasty.xlsx(*lines, headings=headings))


def checked(file, by, table="households") -> ImportBatch:
    """The batch after its check."""
    batch = upload_import(table, file, by=by, at=now())
    while batch.state in ("waiting", "checking"):
        assert work_imports()
        batch.refresh_from_db()
    return batch


def faults(batch) -> list[tuple[int, str, str]]:
    """Row, column and code of everything that is wrong."""
    return [(f.row, f.column, f.code) for f in ImportFault.objects.filter(batch=batch)]


def family(n=0, **other):
    """Three rows of one household."""
    return [sheets.member(n + i, **other) for i in range(3)]


def counts() -> list[int]:
    """How many rows the registers have."""
    kinds = (Person, Household, Membership, GroupMembership)
    return [kind.objects.count() for kind in kinds]


def moved(batch) -> ImportBatch:
    """The batch after the worker's turns."""
    while work_imports():
        pass
    batch.refresh_from_db()
    return batch


def taken(batch, by) -> ImportBatch:
    """The batch, ordered in and brought in by the worker."""
    take_in_batch(batch.pk, by=by, at=now())
    return moved(batch)


def undone(batch, why, by) -> ImportBatch:
    """The batch, ordered out and brought out by the worker."""
    undo_batch(batch.pk, why, by=by, at=now())
    return moved(batch)


def test_a_good_register_is_checked_first_and_then_taken_in(clerk):
    batch = checked(rows(*family(), *family(3)), clerk)

    assert (batch.state, batch.good, batch.bad, batch.households) == ("checked", 6, 0, 2)
    assert counts() == [0, 0, 0, 0]

    taken(batch, clerk)

    assert counts() == [6, 2, 6, 0]
    person = Person.objects.get(id_index=blind_index("id", sheets.number(0)))
    assert (person.id_number.open(), person.phone.open()) == (sheets.number(0), "13900000000")
    assert person.health.open() == {"disability": None, "serious_illness": False}
    household = person.memberships.get().household
    assert (household.region_id[:9], household.address.open()) == (TOWN, "1号")
    assert not StagedPerson.objects.exists()


def test_whoever_was_taken_in_is_found_by_name_initials_and_last_digits(clerk):
    batch = checked(rows(*family()), clerk)
    ref = blind_index("id", sheets.number(0))
    assert ref not in refs(read_words("任甲"))

    taken(batch, clerk)

    for words in ("任甲", "RJ", sheets.number(0)[-6:], "000000"):
        assert ref in refs(read_words(words)), words


def test_after_an_undo_nobody_is_found_any_more_but_who_applied_or_is_on_file(clerk):
    on_file, applied, gone = (blind_index("id", sheets.number(n)) for n in range(3))
    batch = taken(checked(rows(*family()), clerk), clerk)
    undone(batch, "wrong_file", clerk)
    Person.objects.create(
        name="任甲",
        id_number=sheets.number(0),
        sex="male",
        born_on=dt.date(1931, 1, 1),
        created_at=now(),
    )
    assert gone in refs(read_words(sheets.number(2)[-6:]))

    forgotten = forget_keys(lambda some: {applied} & set(some))

    assert forgotten == Entry.objects.get(action="people.keys_forgotten").detail["keys"] > 0
    assert set(FindKey.objects.values_list("ref", flat=True)) == {on_file, applied}
    assert gone not in refs(read_words(sheets.number(2)[-6:]))


def test_undo_leaves_the_registers_as_they_were(clerk):
    register_household(
        [{"key": "m1", "name": "先在", "id_number": sheets.number(900), "relation": "self"}],
        Home(VILLAGE, "urban", "", ""),
        by=SYSTEM,
        at=now(),
    )
    before = counts()
    batch = checked(rows(*family()), clerk)
    taken(batch, clerk)

    undone(batch, "wrong_file", clerk)

    assert counts() == before
    assert ImportBatch.objects.get().state == "undone"


def test_who_is_on_file_is_linked_and_stays_when_the_batch_is_undone(clerk):
    known = Person.objects.create(
        name="任甲",
        id_number=sheets.number(0),
        sex="male",
        born_on=dt.date(1931, 1, 1),
        created_at=now(),
    )
    batch = checked(rows(*family()), clerk)

    taken(batch, clerk)

    assert counts() == [3, 1, 3, 0]
    assert known.memberships.count() == 1
    undone(batch, "wrong_rows", clerk)
    assert list(Person.objects.all()) == [known]


def test_nothing_is_undone_when_a_case_or_a_benefit_stands_on_it(clerk):
    batch = checked(rows(*family()), clerk)
    taken(batch, clerk)
    person = Person.objects.first()
    mark_benefit(
        [person.pk], programme="dibao", county="610702", award_ref=batch.pk, from_month="2022-06"
    )

    with pytest.raises(Conflict):
        undo_batch(batch.pk, "wrong_file", by=clerk, at=now())

    assert counts() == [3, 1, 3, 0]


def test_nothing_is_undone_when_one_of_them_has_moved_since(clerk):
    batch = checked(rows(*family()), clerk)
    taken(batch, clerk)
    member = {"key": "m1", "name": "任甲", "id_number": sheets.number(0), "relation": "self"}
    register_household([member], Home(VILLAGE, "urban", "", ""), by=SYSTEM, at=now())

    with pytest.raises(Conflict):
        undo_batch(batch.pk, "wrong_file", by=clerk, at=now())


def test_a_household_with_one_bad_row_stays_out_as_a_whole(clerk):
    bad = [*family(), *family(3)]
    bad[1][2] = "12345"

    batch = checked(rows(*bad), clerk)

    assert faults(batch) == [
        (2, "", "home_faulty"),
        (3, "C", "id_shape"),
        (4, "", "home_faulty"),
    ]
    taken(batch, clerk)
    assert counts() == [3, 1, 3, 0]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"村（社区）": "火星村"}, ["place_unknown"] * 3),
        ({"村（社区）": "610722001001"}, ["place_unknown"] * 3),
        ({"与户主关系": "配偶"}, ["home_headless", "home_faulty", "home_faulty"]),
        ({"与户主关系": "户主"}, ["home_two_heads", "home_faulty", "home_faulty"]),
        ({"身份证号": sheets.number(0)}, ["home_faulty", "twice_before", "twice_before"]),
        ({"姓名": ""}, ["missing"] * 3),
    ],
)
def test_what_is_wrong_between_rows_is_named(clerk, change, codes):
    batch = checked(rows(*family(**change)), clerk)

    assert [code for _row, _column, code in faults(batch)] == codes
    assert batch.good == 0


def test_the_same_file_again_is_known_and_not_wrong(clerk):
    taken(checked(rows(*family()), clerk), clerk)

    again = checked(rows(*family()), clerk)

    assert (again.known, again.bad, again.good) == (3, 0, 0)
    assert {code for _row, _column, code in faults(again)} == {"on_file"}


def test_somebody_registered_in_between_keeps_the_whole_batch_out(clerk):
    batch = checked(rows(*family(), *family(3)), clerk)
    member = {"key": "m1", "name": "任甲", "id_number": sheets.number(4), "relation": "self"}
    register_household([member], Home(VILLAGE, "urban", "", ""), by=SYSTEM, at=now())

    with pytest.raises(Conflict):
        take_in_batch(batch.pk, by=clerk, at=now())

    assert counts() == [1, 1, 1, 0]


@pytest.fixture
def by_households(monkeypatch):
    """One household a piece."""
    monkeypatch.setattr(pieces, "PIECE", 1)


def test_who_is_registered_while_a_batch_goes_in_turns_all_of_it_round(
    clerk, by_households, monkeypatch
):
    batch = checked(rows(*family(), *family(3), *family(6)), clerk)
    member = {"key": "m1", "name": "任甲", "id_number": sheets.number(7), "relation": "self"}
    register_household([member], Home(VILLAGE, "urban", "", ""), by=SYSTEM, at=now())
    monkeypatch.setattr(taking, "overtaken", lambda batch: False)  # he came a moment later

    taken(batch, clerk)

    assert (batch.state, batch.obstacle, counts()) == ("checked", "overtaken", [1, 1, 1, 0])
    assert StagedPerson.objects.filter(batch=batch).count() == 9


def test_what_cannot_be_undone_to_its_end_is_taken_in_again(clerk, by_households, monkeypatch):
    batch = checked(rows(*family(), *family(3)), clerk)
    taken(batch, clerk)
    numbers = {p.pk: p.id_number.open() for p in Person.objects.all()}
    real, given = pieces.give_piece, []

    def hindered(batch):
        given.append(batch)
        if len(given) > 1:
            raise IntegrityError("somebody stands on it")
        return real(batch)

    monkeypatch.setattr(pieces, "give_piece", hindered)

    undone(batch, "wrong_file", clerk)

    assert (batch.state, batch.undone_why, counts()) == ("taken", "", [6, 2, 6, 0])
    assert batch.obstacle == "built_on"
    assert {p.pk: p.id_number.open() for p in Person.objects.all()} == numbers


def test_a_batch_whose_worker_died_is_carried_on_and_nothing_comes_twice(clerk, by_households):
    batch = checked(rows(*family(), *family(3), *family(6)), clerk)
    take_in_batch(batch.pk, by=clerk, at=now())
    work_imports(0)  # one piece, then the worker is gone
    batch.refresh_from_db()
    assert (batch.state, batch.share, counts()) == ("taking", 3333, [3, 1, 3, 0])
    TURNS.forget()

    moved(batch)

    assert (batch.state, counts()) == ("taken", [9, 3, 9, 0])
    assert Entry.objects.filter(action="people.import_taken").count() == 1


def test_a_piece_that_breaks_leaves_nothing_half_done_and_rests_a_minute(
    clerk, by_households, monkeypatch
):
    batch = checked(rows(*family(), *family(3)), clerk)
    other = upload_import("households", rows(*family(9)), by=clerk, at=now())
    real = pieces._copy
    monkeypatch.setattr(pieces, "_copy", lambda *told, **more: real(*told, **more) or 1 / 0)
    take_in_batch(batch.pk, by=clerk, at=now())

    assert work_imports()
    assert counts() == [0, 0, 0, 0]
    moved(other)

    batch.refresh_from_db()
    assert (batch.state, other.state) == ("taking", "checked")
    monkeypatch.setattr(pieces, "_copy", real)
    ImportBatch.objects.update(begun_at=real_now())
    assert (moved(batch).state, counts()) == ("taken", [6, 2, 6, 0])


def broken(batch, monkeypatch) -> ImportBatch:
    """The batch after every piece but the first failed until the worker gave it up."""
    real = pieces._copy
    monkeypatch.setattr(pieces, "_copy", lambda *told, **more: 1 / 0)
    for _try in range(ATTEMPTS + 3):
        ImportBatch.objects.update(begun_at=real_now())
        work_imports()
    monkeypatch.setattr(pieces, "_copy", real)
    batch.refresh_from_db()
    return batch


def half_in(by) -> ImportBatch:
    """One of two households is in, the other waits."""
    batch = checked(rows(*family(), *family(3)), by)
    take_in_batch(batch.pk, by=by, at=now())
    work_imports(0)
    return batch


def test_what_breaks_for_ever_is_given_up_and_goes_on_when_a_person_says_so(
    clerk, by_households, monkeypatch
):
    batch = broken(half_in(clerk), monkeypatch)
    assert (batch.stuck, batch.tries, batch.state_words) == (True, ATTEMPTS, "导入中断")
    assert not work_imports()
    assert counts() == [3, 1, 3, 0]

    try_batch_again(batch.pk, by=clerk)
    moved(batch)

    assert (batch.state, batch.tries, counts()) == ("taken", 0, [6, 2, 6, 0])
    with pytest.raises(WrongStage):
        try_batch_again(batch.pk, by=clerk)


def test_what_broke_half_way_can_be_given_up_and_the_registers_are_as_before(
    clerk, by_households, monkeypatch
):
    batch = half_in(clerk)
    with pytest.raises(WrongStage):
        withdraw_batch(batch.pk, by=clerk, at=now())
    broken(batch, monkeypatch)

    withdraw_batch(batch.pk, by=clerk, at=now())
    moved(batch)

    assert (batch.state, batch.undone_why, counts()) == ("undone", "broken", [0, 0, 0, 0])
    assert not StagedPerson.objects.exists()


def test_what_broke_half_way_stays_when_something_stands_on_what_got_in(
    clerk, by_households, monkeypatch
):
    batch = broken(half_in(clerk), monkeypatch)
    mark_benefit(
        [Person.objects.first().pk],
        programme="dibao", county="610702", award_ref=batch.pk, from_month="2022-06",
    )  # fmt: skip

    with pytest.raises(Conflict):
        withdraw_batch(batch.pk, by=clerk, at=now())

    assert counts() == [3, 1, 3, 0]


def test_an_undo_that_broke_is_tried_again_and_cannot_be_given_up(
    clerk, by_households, monkeypatch
):
    batch = taken(checked(rows(*family()), clerk), clerk)
    undo_batch(batch.pk, "wrong_file", by=clerk, at=now())
    broken(batch, monkeypatch)

    with pytest.raises(WrongStage):
        withdraw_batch(batch.pk, by=clerk, at=now())
    try_batch_again(batch.pk, by=clerk)
    moved(batch)

    assert (batch.state, counts()) == ("undone", [0, 0, 0, 0])


def test_a_double_click_is_one_order(clerk):
    batch = checked(rows(*family()), clerk)

    take_in_batch(batch.pk, by=clerk, at=now())
    taken(batch, clerk)
    undo_batch(batch.pk, "twice", by=clerk, at=now())
    undone(batch, "wrong_file", clerk)

    assert (batch.state, batch.undone_why, counts()) == ("undone", "twice", [0, 0, 0, 0])
    told = Entry.objects.filter(action__in=("people.import_taken", "people.import_undone"))
    assert told.count() == 2


def test_the_file_with_the_reasons_keeps_rows_and_spoils_nothing(clerk):
    bad = [*family(), *family(3, 姓名="=1+1")]
    bad[0][2] = 610799193101011005

    batch = checked(rows(*bad), clerk)

    sheet = load_workbook(io.BytesIO(b"".join(blocks_of(batch.errors_name)))).active
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[0][:3] == sheets.HEADINGS[:3]
    assert told[0][7] == "错误原因"
    assert told[1][2] in (None, "")
    assert "身份证号是数字格式" in told[1][7]
    assert told[2][:2] == ["H000000", "任乙"]
    assert told[4][1] == "'=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_file_that_cannot_be_read_is_sent_back_with_its_reason(clerk):
    batch = checked(io.BytesIO(nasty.KINDS["lacking"].content()), clerk)

    assert (batch.state, batch.refused["code"]) == ("refused", "heading_missing")


def test_what_is_no_table_at_all_is_refused_at_once(clerk):
    with pytest.raises(Invalid, match="PDF|表格"):
        upload_import("households", io.BytesIO(b"%PDF-1.7"), by=clerk, at=now())

    assert not ImportBatch.objects.exists()


def test_a_group_list_puts_people_into_their_group_and_undo_takes_them_out(clerk):
    headings = ["姓名", "公民身份号码", "人员类别", "村", "认定日期"]
    line = ["任甲", sheets.number(1), "尘肺病患者", "博望社区", "2021.3.1"]
    batch = checked(rows(line, headings=headings), clerk, "groups")

    taken(batch, clerk)

    listed = GroupMembership.objects.get()
    assert (listed.group, listed.from_on) == ("pneumoconiosis", dt.date(2021, 3, 1))
    again = checked(rows(line, headings=headings), clerk, "groups")
    assert {code for _row, _column, code in faults(again)} == {"in_group"}
    undone(batch, "asked", clerk)
    assert counts() == [0, 0, 0, 0]


def test_a_worker_that_died_in_the_middle_begins_anew_and_doubles_nothing(clerk):
    file = io.BytesIO()
    sheets.register(file, 900)
    file.seek(0)
    batch = upload_import("households", file, by=clerk, at=now())
    work_imports(0)
    batch.refresh_from_db()
    assert batch.state == "checking"
    assert 0 < batch.read < 900

    TURNS.forget()
    while work_imports():
        pass

    batch.refresh_from_db()
    assert (batch.state, batch.read, batch.good) == ("checked", 900, 900)


def test_a_batch_given_up_in_the_middle_of_its_check_writes_nothing_more(clerk):
    file = io.BytesIO()
    sheets.register(file, 900)
    file.seek(0)
    batch = upload_import("households", file, by=clerk, at=now())
    work_imports(0)

    drop_batch(batch.pk, by=clerk, at=now())
    went_on = TURNS.running.copy()
    with contextlib.suppress(GivenUp):
        TURNS.turn(batch.pk, 9)

    batch.refresh_from_db()
    assert went_on
    assert (batch.state, StagedPerson.objects.exists()) == ("dropped", False)
    assert not work_imports()


def test_a_clerk_of_another_town_can_neither_take_in_nor_undo(clerk):
    other = staff("other", Role.TOWN_CLERK, "610702001")
    batch = checked(rows(*family()), clerk)

    with pytest.raises(NotAllowed):
        take_in_batch(batch.pk, by=other, at=now())
    taken(batch, clerk)
    with pytest.raises(NotAllowed):
        undo_batch(batch.pk, "wrong_file", by=other, at=now())


def test_a_batch_is_taken_in_once_and_undone_once(clerk):
    batch = checked(rows(*family()), clerk)
    taken(batch, clerk)

    with pytest.raises(WrongStage):
        take_in_batch(batch.pk, by=clerk, at=now())
    undone(batch, "wrong_file", clerk)
    with pytest.raises(WrongStage):
        undo_batch(batch.pk, "wrong_file", by=clerk, at=now())


def test_everything_is_journalled_without_a_personal_value(clerk):
    batch = checked(rows(*family()), clerk)
    taken(batch, clerk)
    undone(batch, "twice", clerk)

    told = list(Entry.objects.filter(subject=f"import:{batch.pk}").order_by("id"))

    assert [entry.action for entry in told] == [
        "people.import_uploaded",
        "people.import_checked",
        "people.import_taken",
        "people.import_undone",
    ]
    assert told[2].detail == {"households": 1, "persons": 3}


def test_the_file_is_sealed_while_it_waits_and_gone_when_it_is_dropped(
    clerk, django_capture_on_commit_callbacks
):
    batch = checked(rows(*family()), clerk)
    stored = (folder() / batch.stored_name).read_bytes()
    assert b"PK\x03\x04" not in stored

    with django_capture_on_commit_callbacks(execute=True):
        drop_batch(batch.pk, by=clerk, at=now())

    assert not (folder() / batch.stored_name).exists()
    assert not StagedPerson.objects.exists()


def test_after_seven_days_what_was_not_taken_in_is_thrown_away(clerk, clock):
    batch = checked(rows(*family()), clerk)

    clock.shift(dt.timedelta(days=8))
    expire_imports(at=now())

    batch.refresh_from_db()
    assert batch.state == "dropped"
    assert not StagedPerson.objects.exists()


def test_the_template_offers_lists_notes_and_text_cells_and_reads_back_as_empty(clerk):
    content = write_template(TABLES["households"])
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    headings = [cell.value for cell in sheet[2]]
    number, relation = headings.index("身份证号*") + 1, headings.index("与户主关系*") + 1

    batch = checked(io.BytesIO(content), clerk)

    lists = [str(rule.sqref) for rule in sheet.data_validations.dataValidation]
    assert any(area.startswith(sheet.cell(5, relation).coordinate + ":") for area in lists)
    assert all(cell.value for cell in sheet[3][1:])
    assert sheet.column_dimensions[sheet.cell(2, number).column_letter].number_format == "@"
    assert [h for h in headings if h and h.endswith("*")] == [
        "姓名*",
        "身份证号*",
        "与户主关系*",
        "村（社区）*",
    ]
    assert (batch.state, batch.refused["code"]) == ("refused", "no_rows")


def test_a_fault_is_kept_in_words_that_can_be_said_again(clerk):
    batch = checked(rows(*family(与户主关系="邻居")), clerk)

    kept = in_words(ImportFault.objects.filter(batch=batch).first())

    assert str(kept.reason) == "不在可选的内容里"
    assert "户主、配偶" in str(kept.advice)
