"""Imports are taken in as a whole, once, whoever dies meanwhile."""

import datetime as dt

import pytest

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now, real_now
from doudi.kernel.errors import Conflict, NotAllowed, WrongStage
from doudi.people.actions import move_pieces as pieces
from doudi.people.actions import take_in_batch as taking
from doudi.people.actions.register_household import Home, register_household
from doudi.people.actions.take_in_batch import take_in_batch
from doudi.people.actions.undo_batch import undo_batch
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.work_imports import TURNS, work_imports
from doudi.people.figures.asked import read_words
from doudi.people.models import GroupMembership, ImportBatch, Person, StagedPerson
from doudi.people.queries import refs
from doudi.vault.index import blind_index
from tests.factories.cases import TOWN, VILLAGE, staff
from tests.house.scene import SYSTEM
from tests.people import sheets
from tests.people.batches import checked, counts, family, faults, moved, rows, taken, undone

pytestmark = pytest.mark.django_db


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


def test_somebody_registered_in_between_keeps_the_whole_batch_out(clerk):
    batch = checked(rows(*family(), *family(3)), clerk)
    member = {"key": "m1", "name": "任甲", "id_number": sheets.number(4), "relation": "self"}
    register_household([member], Home(VILLAGE, "urban", "", ""), by=SYSTEM, at=now())

    with pytest.raises(Conflict):
        take_in_batch(batch.pk, by=clerk, at=now())

    assert counts() == [1, 1, 1, 0]


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


def test_a_double_click_is_one_order(clerk):
    batch = checked(rows(*family()), clerk)

    take_in_batch(batch.pk, by=clerk, at=now())
    taken(batch, clerk)
    undo_batch(batch.pk, "twice", by=clerk, at=now())
    undone(batch, "wrong_file", clerk)

    assert (batch.state, batch.undone_why, counts()) == ("undone", "twice", [0, 0, 0, 0])
    told = Entry.objects.filter(action__in=("people.import_taken", "people.import_undone"))
    assert told.count() == 2


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
