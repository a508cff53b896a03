"""What a comparison finds becomes one inquiry a household; people end it, nothing stops by it."""

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from doudi.accounts.permissions import Role
from doudi.benefits.models import AwardChange
from doudi.benefits.running import awards_of_households
from doudi.benefits.running import running as awards
from doudi.clock.time import now
from doudi.discrepancies.actions.answer_inquiry import answer_inquiry
from doudi.discrepancies.actions.ask_household import ask_household
from doudi.discrepancies.actions.close_inquiry import close_inquiry
from doudi.discrepancies.actions.record_inquiry_visit import Looked, record_inquiry_visit
from doudi.discrepancies.actions.send_visit import send_visit
from doudi.discrepancies.actions.take_inquiry import take_inquiry
from doudi.discrepancies.actions.take_up_findings import take_up_findings
from doudi.discrepancies.catalog import results, signals
from doudi.discrepancies.models import Finding, Inquiry, Visit
from doudi.discrepancies.queries import inquiries, inquiry_for, summary
from doudi.exports.queries import count, ledger_for, page
from doudi.kernel.errors import Invalid, NotAllowed, NotFound, WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.upkeep.models import Proposal, Recheck
from doudi.verification.actions.release_findings import release_findings
from doudi.verification.models import Discrepancy, Run
from tests.benefits.running import COUNTY, TOWN, award
from tests.factories.cases import staff

pytestmark = pytest.mark.django_db
WHY = "演示：查了车管所，问了本人"


def a_run(month: str = "2022-06") -> Run:
    return Run.objects.create(
        month=month, started_at=now(), persons=1, households=1, answer_sha256="0" * 64
    )


def found(run: Run, household: UUID, *signals: str, value: str = "2022-03-01", state="open"):
    sources = [
        {"signal": s, "person_key": 7, "value": value, "item": "G03", "delivery": "d", "row_no": 4}
        for s in signals
    ]
    return Discrepancy.objects.create(
        run=run,
        household_id=household,
        town=TOWN,
        signals=list(signals),
        sources=sources,
        state=state,
    )


@pytest.fixture
def clerk(city):
    return staff("d.clerk", Role.TOWN_CLERK, TOWN)


@pytest.fixture
def reviewer(city):
    return staff("d.review", Role.TOWN_REVIEWER, TOWN)


@pytest.fixture
def running(city):
    return award()


def opened(household: UUID, *signals: str) -> Inquiry:
    run = a_run()
    found(run, household, *signals)
    take_up_findings(run.pk, at=now())
    return Inquiry.objects.get(household_id=household)


def taken(running, clerk, *signals: str) -> Inquiry:
    made = opened(running.household_id, *signals)
    return take_inquiry(made.pk, by=clerk, at=now())


def end(made: Inquiry, code: str, by) -> Inquiry:
    return close_inquiry(made.pk, dict.fromkeys(made.signals, code), WHY, by=by, at=now())


def test_findings_of_a_household_join_its_open_inquiry_and_a_second_run_adds_only_what_is_new(
    running,
):
    first, second = a_run(), a_run("2022-07")
    found(first, running.household_id, "X2")
    found(second, running.household_id, "X1", "X2")

    many = [take_up_findings(run.pk, at=now()) for run in (first, first, second)]

    made = Inquiry.objects.get()
    assert many == [1, 0, 0]
    assert (made.signals, made.stops, made.award_id) == (["X1", "X2"], True, running.pk)
    assert made.due_on == dt.date(2022, 5, 23)  # ten working days for X1, not fifteen
    assert Finding.objects.count() == 2


def test_the_awards_of_some_households_are_found_by_an_index(running):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so small a table it would rather read whole
            cursor.execute("SET LOCAL enable_seqscan = off")

    plan = awards("2022-06").filter(household_id__in=[running.household_id]).explain()

    assert "award_household" in plan
    assert awards_of_households([running.household_id], "2022-06")


def test_what_is_held_becomes_work_only_when_a_person_lets_it(city, running):
    county = staff("d.county", Role.COUNTY_OFFICER, COUNTY)
    run = a_run()
    found(run, running.household_id, "X1", state="held")
    found(run, uuid4(), "W7")

    before = take_up_findings(run.pk, at=now())
    release_findings(run.pk, TOWN, use=True, reason="逐户看过", by=county, at=now())
    deliver_all()

    assert before == 1
    assert sorted(Inquiry.objects.values_list("signals", flat=True)) == [["W7"], ["X1"]]


def test_only_the_own_places_are_seen_and_only_the_town_works(running, clerk):
    made = opened(running.household_id, "X2")
    elsewhere = staff("d.else", Role.TOWN_CLERK, "610722001")
    county = staff("d.county", Role.COUNTY_OFFICER, COUNTY)

    with pytest.raises(NotFound):
        inquiry_for(made.pk, elsewhere)
    for stranger in (elsewhere, county):
        with pytest.raises(NotAllowed):
            take_inquiry(made.pk, by=stranger, at=now())

    assert list(inquiries(county)) == [made]
    assert inquiry_for(made.pk, clerk) == made


def test_true_is_not_written_before_the_household_was_asked_and_its_days_are_over(
    running, clerk, clock
):
    made = taken(running, clerk, "X2")

    with pytest.raises(Invalid, match="告知本人"):
        end(made, "confirmed", clerk)
    ask_household(made.pk, "名下新登记的一辆车是怎么回事", by=clerk, at=now())
    with pytest.raises(Invalid, match="说明期"):
        end(made, "confirmed", clerk)
    clock.shift(dt.timedelta(days=30))
    made = end(made, "confirmed", clerk)

    assert made.state == "closed"
    assert made.answer_by_on == dt.date(2022, 5, 30)


def test_an_objection_needs_two_peoples_visit_before_anything_is_called_true(
    running, clerk, reviewer, clock
):
    made = taken(running, clerk, "X2")
    ask_household(made.pk, "名下新登记的一辆车是怎么回事", by=clerk, at=now())
    answer_inquiry(made.pk, "不是我的车", objects=True, by=clerk, at=now())

    with pytest.raises(Invalid, match="两人入户"):
        end(made, "confirmed", clerk)
    send_visit(made.pk, by=clerk, at=now())
    alone = Looked(now().date(), str(clerk.pk), True, "没有看到车，邻居说没有")
    with pytest.raises(Invalid, match="两个人"):
        record_inquiry_visit(made.pk, alone, by=clerk, at=now())
    both = Looked(now().date(), str(reviewer.pk), True, "没有看到车，邻居说没有")
    record_inquiry_visit(made.pk, both, by=clerk, at=now())
    made = end(made, "other_person", clerk)

    assert made.results == {"X2": "other_person"}
    assert Recheck.objects.count() == 0


def test_the_table_itself_refuses_a_visit_of_one(running, clerk):
    made = opened(running.household_id, "X2")
    alone = {"first_id": "1", "first": "甲", "second_id": "1", "second": "甲", "on": now().date()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(inquiry=made, words="看过", recorded_at=now(), **alone)

    assert Visit.objects.count() == 0


def test_a_confirmed_discrepancy_asks_once_for_a_recheck_and_changes_no_money(running, clerk):
    made = taken(running, clerk, "X1", "W5")

    end(made, "dead", clerk)
    with pytest.raises(WrongStage):
        end(made, "dead", clerk)

    recheck = Recheck.objects.get()
    made.refresh_from_db()
    assert (recheck.award_id, recheck.call, made.recheck_id) == (running.pk, "death", recheck.pk)
    assert made.number in recheck.note.open()
    assert (Proposal.objects.count(), AwardChange.objects.count()) == (0, 0)


def test_a_recheck_that_is_open_already_is_brought_forward_not_doubled(running, clerk):
    first = taken(running, clerk, "W1")
    end(first, "confirmed", clerk)
    run = a_run("2022-07")
    found(run, running.household_id, "W3", value="重大疾病")
    take_up_findings(run.pk, at=now())
    second = Inquiry.objects.exclude(pk=first.pk).get()

    end(take_inquiry(second.pk, by=clerk, at=now()), "confirmed", clerk)

    assert {i.recheck_id for i in Inquiry.objects.all()} == {Recheck.objects.get().pk}


def test_a_fact_that_was_decided_is_not_asked_about_again_for_some_months(running, clerk, clock):
    end(taken(running, clerk, "X2"), "wrong_data", clerk)
    again, other, later = a_run("2022-07"), a_run("2022-08"), a_run("2023-02")
    found(again, running.household_id, "X2")
    found(other, running.household_id, "X2", value="2022-06-30")

    same = take_up_findings(again.pk, at=now())
    new_value = take_up_findings(other.pk, at=now())
    clock.shift(dt.timedelta(days=300))
    found(later, running.household_id, "X2")
    take_up_findings(later.pk, at=now())

    assert (same, new_value) == (0, 1)
    assert list(Finding.objects.order_by("pk").values_list("is_known", flat=True)) == [
        False,
        True,
        False,
        False,
    ]


def test_whoever_was_not_reached_is_asked_about_again_next_month(running, clerk):
    end(taken(running, clerk, "W1"), "unreachable", clerk)
    again = a_run("2022-07")
    found(again, running.household_id, "W1")

    assert take_up_findings(again.pk, at=now()) == 1


def test_every_signal_needs_a_result_that_fits_it(running, clerk):
    made = taken(running, clerk, "X6", "W5")

    with pytest.raises(Invalid) as refused:
        close_inquiry(made.pk, {"X6": "applied"}, "", by=clerk, at=now())

    assert set(refused.value.fields) == {"X6", "W5", "why"}
    assert Inquiry.objects.get().state == "taken"


def test_precision_counts_what_people_decided_and_leaves_out_who_was_not_reached(running, clerk):
    end(taken(running, clerk, "W1"), "aided", clerk)
    for code in ("wrong_data", "unreachable"):
        made = opened(uuid4(), "W1")
        end(take_inquiry(made.pk, by=clerk, at=now()), code, clerk)
    opened(uuid4(), "W1")

    towns, rules = summary(inquiries(clerk), now().date(), now() - dt.timedelta(days=1))
    assert rules == {"W1": {"open": 1, "yes": 1, "no": 1, "unknown": 1}}
    assert towns == {TOWN: {"open": 1, "late": 0}}


def test_every_result_of_the_pack_is_whole_and_every_signal_can_be_ended():
    kinds = {signal[0] for signal in signals()}

    assert kinds == {"X", "W"}
    for result in results().values():
        assert result.confirms in ("yes", "no", "unknown")
        assert set(result.fits) <= kinds
        assert result.effect in ("", "recheck")
    for kind in kinds:
        assert {r.confirms for r in results().values() if kind in r.fits} == {
            "yes",
            "no",
            "unknown",
        }


def test_the_ledger_of_warnings_lists_each_inquiry_with_its_end_within_the_own_places(
    running, clerk
):
    end(taken(running, clerk, "X6"), "declared", clerk)
    opened(uuid4(), "W7")
    elsewhere = staff("d.else", Role.TOWN_CLERK, "610722001")
    ledger = ledger_for("warnings", clerk)

    rows = page(ledger, clerk, 1, 50)

    assert count(ledger, elsewhere) == 0
    assert sorted(row[-3] for row in rows) == ["", "X6 属实，已申报或不影响待遇"]
    assert running.payee_name not in {row[5] for row in rows}
