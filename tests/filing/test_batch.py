"""批量打印: bounded, for a purpose, each sheet journalled, taken up again after a crash."""

import datetime as dt
from uuid import uuid4

import pytest

from doudi.accounts.models import Staff
from doudi.accounts.permissions import Role
from doudi.attachments.storage import stored
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.filing.actions import print_on as printing
from doudi.filing.actions.ask_batch import Order, ask_batch
from doudi.filing.actions.clear_prints import clear_prints
from doudi.filing.actions.print_again import print_again
from doudi.filing.actions.print_on import print_on
from doudi.filing.flow import A_STEP, ATTEMPTS, KEPT_HOURS, MOST_SHEETS, MOST_WAITING, Stage
from doudi.filing.models import Batch
from doudi.filing.queries import batch_of, broken_prints, content_of
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from tests.factories.cases import NUMBERS, case_at, staff
from tests.filing.pdf import pages_of, text_of

pytestmark = pytest.mark.django_db


def asked(case, forms, clerk, **more):
    """A job of one case and these forms."""
    sheets = tuple((case.pk, form) for form in forms)
    return ask_batch(uuid4(), Order(sheets, "file", **more), by=clerk, at=now())


def all_of(batch):
    """The job when nothing waits any more."""
    while print_on(at=now()):
        pass
    batch.refresh_from_db()
    return batch


def test_sheets_come_in_one_masked_pdf_step_by_step_each_journalled(clock, town):
    case = case_at("confirmed", clock)
    batch = asked(case, ["F13"] * (A_STEP + 1), town.clerk)

    first = print_on(at=now())
    batch.refresh_from_db()
    halfway = (batch.done, batch.stage)
    content = content_of(all_of(batch))

    assert (first, halfway) == (A_STEP, (A_STEP, Stage.WAITING))
    assert batch.pages == A_STEP + 1
    assert pages_of(content) == A_STEP + 1
    printed = Entry.objects.filter(action="case.printed", subject=f"case:{case.pk}")
    assert printed.count() == A_STEP + 1
    assert {e.purpose for e in printed} == {"file"}
    assert Entry.objects.get(action="prints.asked").detail["sheets"] == A_STEP + 1


def test_a_job_masks_unless_it_was_asked_for_in_full(clock, town):
    case = case_at("submitted", clock)

    masked = content_of(all_of(asked(case, ["F01"], town.clerk)))
    whole = content_of(all_of(asked(case, ["F01"], town.clerk, whole=True)))

    assert not any(number in text_of(masked) for number in NUMBERS.values())
    assert all(number in text_of(whole) for number in NUMBERS.values())
    assert Entry.objects.filter(action="case.printed_in_full").count() == 1


def test_a_sheet_that_breaks_is_left_out_by_name_and_the_others_do_not_wait(
    clock, town, monkeypatch
):
    case = case_at("submitted", clock)
    real = printing.render
    monkeypatch.setattr(
        printing, "render", lambda form, *told, **more: form == "F02" or real(form, *told, **more)
    )

    batch = all_of(asked(case, ["F01", "F02"], town.clerk))

    assert (batch.stage, batch.left_out) == (Stage.READY, [[str(case.pk), "F02"]])
    assert batch.pages == 3


def test_what_a_case_does_not_have_is_named_and_the_rest_is_printed(clock, town):
    case = case_at("submitted", clock)

    batch = all_of(asked(case, ["F01", "F13"], town.clerk))

    assert batch.left_out == [[str(case.pk), "F13"]]
    assert batch.pages == 3


def test_a_job_of_nothing_but_missing_forms_ends_without_a_file(clock, town):
    case = case_at("submitted", clock)

    batch = all_of(asked(case, ["F13"], town.clerk))

    assert (batch.stage, batch.stored_name) == (Stage.GONE, "")
    with pytest.raises(NotFound):
        content_of(batch)


def test_nothing_too_much_and_too_many_are_refused(clock, town):
    case = case_at("submitted", clock)

    with pytest.raises(Invalid, match="最多"):
        asked(case, ["F01"] * (MOST_SHEETS + 1), town.clerk)
    with pytest.raises(Invalid, match="用途"):
        ask_batch(uuid4(), Order(((case.pk, "F01"),), ""), by=town.clerk, at=now())
    for _ in range(MOST_WAITING):
        asked(case, ["F01"], town.clerk)

    with pytest.raises(Conflict):
        asked(case, ["F01"], town.clerk)


def test_cases_of_other_towns_and_officers_without_the_right_print_nothing(clock, town):
    case = case_at("submitted", clock)
    stranger = staff("other.clerk", Role.TOWN_CLERK, "610722001")
    auditor = staff("the.auditor", Role.AUDITOR, "610700")

    with pytest.raises(NotFound):
        asked(case, ["F01"], stranger)

    with pytest.raises(NotFound):
        asked(case, ["F01"], auditor)


def test_another_officer_finds_no_job_and_the_same_form_twice_is_one(clock, town):
    case = case_at("submitted", clock)
    form, order = uuid4(), Order(((case.pk, "F01"),), "file")

    first = ask_batch(form, order, by=town.clerk, at=now())
    again = ask_batch(form, order, by=town.clerk, at=now())

    assert first.pk == again.pk
    assert Batch.objects.count() == 1
    with pytest.raises(NotFound):
        batch_of(first.pk, town.head)


def test_a_worker_that_died_leaves_its_job_to_another(clock, town):
    case = case_at("submitted", clock)
    batch = asked(case, ["F01"], town.clerk)
    Batch.objects.filter(pk=batch.pk).update(taken_at=now())

    while_held = print_on(at=now())
    after = print_on(at=now() + printing.GIVEN_UP + dt.timedelta(seconds=1))

    assert (while_held, after) == (0, 1)


def test_a_job_that_kills_its_worker_every_time_is_given_up_and_holds_up_nobody(clock, town):
    case = case_at("submitted", clock)
    before = {name for name, _at in stored()}
    deadly = asked(case, ["F01"] * (A_STEP + 1), town.clerk)
    print_on(at=now())
    rest = printing.GIVEN_UP + dt.timedelta(seconds=1)
    for turn in range(ATTEMPTS):
        assert printing._take(now() + turn * rest)  # and then the worker is dead
    other = asked(case, ["F01"], town.clerk)

    tried = print_on(at=now() + ATTEMPTS * rest)

    for job in (deadly, other):
        job.refresh_from_db()
    assert (tried, deadly.stage, deadly.done, other.stage) == (1, "broken", A_STEP, "ready")
    assert broken_prints() == 1
    assert print_on(at=now() + 9 * rest) == 0
    clear_prints(at=now() + dt.timedelta(hours=KEPT_HOURS + 1))
    deadly.refresh_from_db()
    assert (deadly.stage, {name for name, _at in stored()}) == (Stage.GONE, before)


def test_a_job_that_was_given_up_is_tried_again_under_the_rights_of_today(clock, town):
    batch = asked(case_at("submitted", clock), ["F01"], town.clerk)
    with pytest.raises(WrongStage):
        print_again(batch.pk, by=town.clerk)
    Batch.objects.filter(pk=batch.pk).update(stage=Stage.BROKEN)
    town.clerk.posts.update(until_on=now().date() - dt.timedelta(days=1))

    with pytest.raises(NotFound):
        print_again(batch.pk, by=Staff.objects.get(pk=town.clerk.pk))

    batch.refresh_from_db()
    assert batch.stage == Stage.BROKEN


def test_a_finished_file_is_cleared_after_its_hours_and_nothing_of_it_stays(clock, town):
    case = case_at("submitted", clock)
    before = {name for name, _at in stored()}
    batch = all_of(asked(case, ["F01"], town.clerk))

    early = clear_prints(at=now() + dt.timedelta(hours=KEPT_HOURS - 1))
    due = clear_prints(at=now() + dt.timedelta(hours=KEPT_HOURS))
    batch.refresh_from_db()

    assert (early, due, batch.stage) == (0, 1, Stage.GONE)
    assert {name for name, _at in stored()} == before


def test_who_only_looks_prints_nothing_and_an_empty_order_is_no_order(clock, town):
    case = case_at("submitted", clock)
    bureau = staff("city.looks", Role.CITY_OFFICER, "610700", "市一")

    with pytest.raises(NotAllowed):
        asked(case, ["F01"], bureau)
    with pytest.raises(Invalid):
        ask_batch(uuid4(), Order((), "file"), by=town.clerk, at=now())
