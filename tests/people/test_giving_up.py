"""Imports are undone as a whole, and what breaks, or lies too long, is given up."""

import contextlib
import datetime as dt
import io

import pytest
from django.db import IntegrityError

from doudi.attachments.bulk import folder
from doudi.audit.models import Entry
from doudi.clock.time import now, real_now
from doudi.kernel.errors import Conflict, WrongStage
from doudi.people.actions import move_pieces as pieces
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
from doudi.people.flow import ATTEMPTS
from doudi.people.models import FindKey, ImportBatch, Person, StagedPerson
from doudi.people.queries import refs
from doudi.vault.index import blind_index
from tests.factories.cases import VILLAGE
from tests.house.scene import SYSTEM
from tests.people import sheets
from tests.people.batches import checked, counts, family, moved, rows, taken, undone

pytestmark = pytest.mark.django_db


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
