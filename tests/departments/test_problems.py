"""A row found wrong goes to its department: corrected, or disputed and settled by another hand."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.departments import worklist
from doudi.departments.actions.correct_row import correct_row
from doudi.departments.actions.dispute_row import dispute_row
from doudi.departments.actions.settle_dispute import settle_dispute
from doudi.departments.models import Problem, Upload
from doudi.discrepancies.actions.close_inquiry import close_inquiry
from doudi.discrepancies.actions.take_inquiry import take_inquiry
from doudi.discrepancies.actions.take_up_findings import take_up_findings
from doudi.discrepancies.models import Inquiry
from doudi.kernel.errors import Invalid, NotAllowed, NotFound, WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.regions.models import Region
from doudi.verification.models import Delivery, Discrepancy, Run
from tests.factories.cases import staff
from tests.house.scene import browser_of
from tests.verification.test_platform import household, number

pytestmark = pytest.mark.django_db
WHY = "演示：入户看到本人健在，请派出所再查"
WORDS = "同名的另一个人去世了"
RIGHT = "查了死亡证明存根，登记无误"


def a_delivery(sequence: int, item: str = "G04") -> Delivery:
    return Delivery.objects.create(
        item=item,
        agency="公安",
        contract_version=1,
        period="2022-05",
        sequence=sequence,
        sha256=f"{sequence:064d}",
        signature="",
        received_at=now(),
        rows_in=60,
        rows_accepted=60,
        state="accepted",
    )


def a_file(delivery: Delivery, **more: object) -> Upload:
    return Upload.objects.create(
        number=f"S{delivery.sequence}{delivery.item}",
        agency=delivery.agency,
        item=delivery.item,
        period="2022-05",
        rows_told=60,
        road="page",
        size=1,
        sha256=delivery.sha256,
        received_at=now(),
        state="taken",
        delivery=delivery,
        expires_at=now(),
        **more,
    )


def a_finding(home: uuid.UUID, delivery: Delivery, month: str) -> Run:
    """A run in which the delivery's sixth row says that somebody in benefit is dead."""
    run = Run.objects.create(
        month=month, started_at=now(), persons=1, households=1, answer_sha256="0" * 64
    )
    source = {"signal": "X1", "person_key": 7, "value": "2022-05-03", "item": "G04"}
    Discrepancy.objects.create(
        run=run,
        household_id=home,
        town="610702001",
        signals=["X1"],
        sources=[source | {"delivery": str(delivery.pk), "row_no": 6}],
    )
    take_up_findings(run.pk, at=now())
    return run


@pytest.fixture
def town(city):
    return staff("p.town", Role.TOWN_CLERK, "610702001")


@pytest.fixture
def county(city):
    return staff("p.county", Role.COUNTY_OFFICER, "610702")


@pytest.fixture
def home(lake, region):
    return household(7, region)


@pytest.fixture
def region(city):
    return Region.objects.filter(code__startswith="610702001", level="village").first()


@pytest.fixture
def put(home, town):
    """The town found the row wrong and said so; the department has it."""
    a_finding(home.pk, a_delivery(1), "2022-06")
    made = take_inquiry(Inquiry.objects.get().pk, by=town, at=now())
    close_inquiry(made.pk, {"X1": "wrong_data"}, WHY, by=town, at=now(), to_department=WORDS)
    deliver_all()
    return Problem.objects.get()


def test_a_row_found_wrong_is_put_once_to_its_department_with_the_proof_and_without_the_person(
    put, police, tax
):
    deliver_all()
    page = browser_of(police).get(f"/agency/problems/{put.pk}/").content.decode()

    assert (put.agency, put.item, put.row, put.state) == ("公安", "G04", 7, "told")
    assert ("表中第7行" in page, WORDS in page, "数据有误" in page) == (True, True, True)
    assert WHY not in page
    assert number(7) not in page
    assert browser_of(tax).get(f"/agency/problems/{put.pk}/").status_code == 404
    assert list(worklist.problems_of(tax)) == []
    entry = Entry.objects.get(action="departments.rows_reported")
    assert entry.detail == {"items": ["G04"], "rows": 1}


@pytest.mark.parametrize("code", ["declared", "unreachable"])
def test_nothing_is_put_where_the_row_was_right_or_nobody_was_met(home, town, code):
    a_finding(home.pk, a_delivery(1), "2022-06")
    made = take_inquiry(Inquiry.objects.get().pk, by=town, at=now())

    close_inquiry(made.pk, {"X1": code}, WHY, by=town, at=now())
    deliver_all()

    assert not Problem.objects.exists()


def test_the_words_for_a_department_carry_no_numbers(home, town):
    a_finding(home.pk, a_delivery(1), "2022-06")
    made = take_inquiry(Inquiry.objects.get().pk, by=town, at=now())

    with pytest.raises(Invalid, match="不要写身份证号"):
        close_inquiry(
            made.pk, {"X1": "wrong_data"}, WHY, by=town, at=now(), to_department=number(7)
        )


def test_a_correction_names_a_later_file_of_the_same_item(put, police):
    early = a_file(put.delivery)
    other = a_file(a_delivery(2, "G01"))
    Delivery.objects.filter(pk=put.delivery_id).update(received_at=now().replace(year=2021))
    Upload.objects.filter(pk=early.pk).update(received_at=now().replace(year=2021))
    later = a_file(a_delivery(3))

    for wrong in (str(early.pk), str(other.pk), ""):
        with pytest.raises(Invalid, match="更正后的那一次交付"):
            correct_row(put.pk, wrong, by=police, at=now())
    found = correct_row(put.pk, str(later.pk), by=police, at=now())

    assert (found.state, found.corrected_by) == ("corrected", later.delivery)
    with pytest.raises(WrongStage):
        dispute_row(put.pk, RIGHT, by=police, at=now())


def test_only_the_department_answers_and_only_another_hand_of_the_county_settles(
    put, police, tax, county, town
):
    elsewhere = staff("p.else", Role.COUNTY_OFFICER, "610722")

    with pytest.raises(NotFound):
        dispute_row(put.pk, RIGHT, by=tax, at=now())
    with pytest.raises(NotAllowed):
        dispute_row(put.pk, RIGHT, by=county, at=now())
    with pytest.raises(WrongStage):
        settle_dispute(put.pk, row_is_right=True, why=RIGHT, by=county, at=now())
    dispute_row(put.pk, RIGHT, by=police, at=now())
    for stranger in (elsewhere, town, police):
        with pytest.raises(NotAllowed):
            settle_dispute(put.pk, row_is_right=True, why=RIGHT, by=stranger, at=now())
    Problem.objects.update(told_by_id=str(county.pk))
    with pytest.raises(NotAllowed):
        settle_dispute(put.pk, row_is_right=True, why=RIGHT, by=county, at=now())

    assert Problem.objects.get().state == "disputed"
    with pytest.raises(IntegrityError), transaction.atomic():
        Problem.objects.update(state="agreed", settled_by_id=str(county.pk))


@pytest.mark.parametrize(("right", "asked"), [(True, 1), (False, 0)])
def test_a_dispute_that_is_agreed_to_lets_the_next_comparison_ask_again(
    put, police, county, home, right, asked
):
    dispute_row(put.pk, RIGHT, by=police, at=now())
    settle_dispute(put.pk, row_is_right=right, why=RIGHT, by=county, at=now())

    a_finding(home.pk, put.delivery, "2022-07")

    assert Inquiry.objects.exclude(state="closed").count() == asked


def test_both_sides_work_on_their_pages(put, police, county, django_assert_max_num_queries):
    clerks, desk = browser_of(police), browser_of(county)
    own, theirs = f"/agency/problems/{put.pk}/", f"/desk/centre/problems/{put.pk}/"
    elsewhere = browser_of(staff("p.else", Role.COUNTY_OFFICER, "610722"))
    clerks.get("/agency/problems/")

    with django_assert_max_num_queries(12):
        listed = clerks.get("/agency/problems/").content.decode()
    short = clerks.post(own, {"verb": "dispute", "answer": "对"})
    done = clerks.post(own, {"verb": "dispute", "answer": RIGHT})
    counted = desk.get("/desk/centre/").content.decode()
    with django_assert_max_num_queries(12):
        desk.get("/desk/centre/problems/")
    refused = desk.post(theirs, {"row": "right", "why": ""})
    settled = desk.post(theirs, {"row": "right", "why": "两家一起看了存根"})

    assert put.number in listed
    assert [a.status_code for a in (short, done, refused, settled)] == [422, 302, 422, 302]
    assert '<b class="bad">1</b>部门有异议' in counted
    assert "认可部门：数据无误" in clerks.get(own).content.decode()
    assert elsewhere.get(theirs).status_code == 404
    assert put.number not in elsewhere.get("/desk/centre/problems/").content.decode()
