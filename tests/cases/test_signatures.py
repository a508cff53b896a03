"""What stands before a signature, tried with each support taken away."""

import datetime as dt

import pytest

from doudi.accounts.models import Relative
from doudi.accounts.permissions import Role
from doudi.cases.actions.adopt_fact import adopt_fact
from doudi.cases.actions.confirm import confirm
from doudi.cases.actions.mark_relative import mark_relative
from doudi.cases.actions.refuse import refuse
from doudi.cases.actions.return_case import return_case
from doudi.cases.actions.review import review
from doudi.cases.models import Case, HomeVisit, RelativeMark
from doudi.clock.time import now
from doudi.demo.play import ACTS
from doudi.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from tests.factories.cases import NUMBERS, TOWN, case_at, office, staff

pytestmark = pytest.mark.django_db
EIGHT_DAYS = dt.timedelta(days=8)


def _confirm(case) -> None:
    confirm(case.pk, version=None, by=office().head, at=now())


def test_facts_that_changed_after_the_assessment_stop_the_review(clock, city):
    case, desk = case_at("assessed", clock), office()
    adopt_fact(
        case.pk,
        "property.money_yuan",
        "90000.00",
        "银行返回",
        version=None,
        by=desk.clerk,
        at=now(),
    )

    with pytest.raises(Missing) as refusal:
        review(case.pk, "同意", version=None, by=desk.reviewer, at=now())
    ACTS["assess"](case.pk, desk)

    assert "请重新核算" in refusal.value.sentence
    assert review(case.pk, "同意", version=None, by=desk.reviewer, at=now()).agrees


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("members", []),
        ("members[0].name", "别人"),
        ("members[0].born", "2020-01-01"),
        ("region", "610727105201"),
        ("area", "rural"),
        ("on", "2022-05-01"),
        ("members[9].income", []),
        ("nothing", 1),
    ],
)
def test_whose_facts_they_are_is_not_adopted(path, value, clock, city):
    case = case_at("accepted", clock)

    with pytest.raises(Invalid):
        adopt_fact(case.pk, path, value, "试试", version=None, by=office().clerk, at=now())

    before = Case.objects.get(pk=case.pk)
    assert before.version == case.version


def test_an_adopted_fact_is_no_visit(clock, city):
    case = case_at("accepted", clock)
    clerk = office().clerk

    adopt_fact(
        case.pk, "property.money_yuan", "4000.00", "银行返回", version=None, by=clerk, at=now()
    )

    assert case.steps.filter(move="adopt_fact", public=False).count() == 1
    assert not case.homevisits.exists()


def test_without_the_report_nothing_is_confirmed(clock, city):
    case = case_at("noticed", clock)
    Case.objects.filter(pk=case.pk).update(report_id=None)
    clock.shift(EIGHT_DAYS)

    with pytest.raises(Missing) as refusal:
        _confirm(case)

    assert "核对报告" in refusal.value.sentence


def test_a_visit_by_one_person_confirms_nothing(clock, city):
    case = case_at("noticed", clock)
    visit = HomeVisit.objects.get(case=case)
    visit.visitors = visit.visitors[:1] * 2
    visit.save()
    clock.shift(EIGHT_DAYS)

    with pytest.raises(Missing) as refusal:
        _confirm(case)

    assert "入户" in refusal.value.sentence


def test_the_assessor_made_head_cannot_confirm(clock, city):
    case = case_at("noticed", clock)
    clerk = office().clerk
    clerk.posts.update(role=Role.TOWN_HEAD.value)
    clock.shift(EIGHT_DAYS)

    with pytest.raises(Missing) as refusal:
        confirm(case.pk, version=None, by=clerk, at=now())

    assert "您参与过" in refusal.value.sentence


def test_a_returned_case_needs_its_whole_way_again(clock, city):
    case, desk = case_at("noticed", clock), office()
    return_case(case.pk, "邻居反映有车，重新入户", version=None, by=desk.head, at=now())

    for step in ("assess", "review", "notice"):
        ACTS[step](case.pk, desk)
    with pytest.raises(Missing):
        _confirm(case)
    clock.shift(EIGHT_DAYS)
    _confirm(case)

    case.refresh_from_db()
    assert case.stage == "confirmed"


def test_who_saw_an_older_page_gets_a_conflict_whatever_the_stage_is_now(clock, city):
    case = case_at("noticed", clock)
    clock.shift(EIGHT_DAYS)
    _confirm(case)

    with pytest.raises(Conflict):
        confirm(case.pk, version=case.version, by=office().head, at=now())


@pytest.mark.parametrize("words", [9, 1001])
def test_a_refusal_fits_its_letter(words, clock, city):
    case = case_at("assessed", clock)

    with pytest.raises(Missing):
        refuse(case.pk, "字" * words, version=None, by=office().head, at=now())

    assert not case.decisions.exists()


@pytest.fixture
def brothers_case(clock, city):
    """A noticed case of the clerk's brother, its notice over."""
    Relative.objects.create(
        staff=office().clerk,
        name="任建明",
        relation="兄弟",
        id_number=NUMBERS["m1"],
        declared_at=now(),
    )
    case = case_at("noticed", clock)
    clock.shift(EIGHT_DAYS)
    return case


def test_a_near_relatives_case_waits_for_the_county(brothers_case):
    with pytest.raises(Missing) as refusal:
        _confirm(brothers_case)
    county = staff("county", Role.COUNTY_OFFICER, "610702")
    mark_relative(brothers_case.pk, "县级入户属实", version=None, by=county, at=now())

    _confirm(brothers_case)

    assert "县级" in refusal.value.sentence
    assert RelativeMark.objects.get().by_name == "county"


@pytest.mark.parametrize(
    ("role", "region"),
    [(Role.TOWN_HEAD, TOWN), (Role.COUNTY_OFFICER, "610727"), (Role.AUDITOR, "610702")],
)
def test_nobody_but_the_own_county_marks_it(role, region, brothers_case):
    stranger = staff("stranger", role, region)

    with pytest.raises(NotAllowed):
        mark_relative(brothers_case.pk, "县级入户属实", version=None, by=stranger, at=now())

    assert not RelativeMark.objects.exists()


def test_an_ordinary_case_takes_no_such_mark(clock, city):
    case = case_at("noticed", clock)
    county = staff("county", Role.COUNTY_OFFICER, "610702")

    with pytest.raises(Missing):
        mark_relative(case.pk, "县级入户属实", version=None, by=county, at=now())

    assert not RelativeMark.objects.exists()
