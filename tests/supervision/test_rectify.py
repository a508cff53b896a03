"""整改台账: what was found is mended by a town, closed by another hand, and can come back."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, WrongStage
from doudi.outbox.deliver import deliver_all
from doudi.supervision.actions.answer_rectification import answer_rectification
from doudi.supervision.actions.choose_case import choose_case
from doudi.supervision.actions.close_rectification import close_rectification
from doudi.supervision.actions.raise_rectification import Wrong, raise_rectification
from doudi.supervision.actions.record_check import record_check
from doudi.supervision.actions.return_rectification import return_rectification
from doudi.supervision.actions.second_check import second_check
from doudi.supervision.models import Doubt, Rectification
from doudi.supervision.worklist import rectification_for, rectifications_listed
from tests.factories.cases import office, staff
from tests.filing.pdf import text_of
from tests.house.scene import browser_of

pytestmark = pytest.mark.django_db
DONE = "已重新入户核算，自七月起调整。"


@pytest.fixture
def auditor(city):
    """Of the county."""
    return staff("hantai.auditor", Role.AUDITOR, "610702", "审一")


def raised(case, by, **more):
    """A finding about the case."""
    told = {"ground": "county", "text": "少算了一项收入。", "demand": "重新核算。"}
    return raise_rectification(Wrong(**(told | {"case_id": case.pk} | more)), by=by, at=now())


def answered(found):
    """By the town's reviewer."""
    return answer_rectification(found.pk, DONE, by=office().reviewer, at=now())


def test_it_goes_from_the_county_to_the_town_and_back_with_every_word_kept(confirmed, county):
    found = raised(confirmed, county.first)

    answered(found)
    closed = close_rectification(found.pk, "看过新核算，相符。", by=county.second, at=now())

    assert (closed.state, closed.town) == ("closed", confirmed.town)
    assert [s["deed"] for s in closed.story] == ["raised", "answered", "closed"]
    written = Entry.objects.filter(action__startswith="supervision.rectify_")
    assert [e.action.rpartition("_")[2] for e in written.order_by("seq")] == [
        "raised",
        "answered",
        "closed",
    ]


def test_an_answer_that_does_not_hold_goes_back_with_a_new_day_and_stays_in_the_story(
    confirmed, county, auditor
):
    found = raised(confirmed, county.first)
    Rectification.objects.update(due_on=dt.date(2022, 5, 20))

    answered(found)
    back = return_rectification(found.pk, "没有附新核算。", by=county.first, at=now())
    answered(found)
    close_rectification(found.pk, "看过新核算，相符。", by=county.first, at=now())
    again = return_rectification(found.pk, "银行流水仍不一致。", by=auditor, at=now())

    assert (back.state, back.round, back.answer) == ("open", 2, "")
    assert back.due_on > today()
    assert (again.state, again.round, again.closed_by) == ("open", 3, "")
    assert [s["words"] for s in again.story if s["deed"] == "answered"] == [DONE, DONE]


@pytest.mark.parametrize("who", ["clerk", "head_elsewhere", "other"])
def test_nobody_without_the_right_there_answers_or_closes(confirmed, county, who):
    found = raised(confirmed, county.first)
    elsewhere = staff("baihe.head", Role.TOWN_HEAD, "610702001", "白头")
    nobody = {"clerk": office().clerk, "head_elsewhere": elsewhere, "other": county.other}[who]

    with pytest.raises(NotAllowed):
        answer_rectification(found.pk, DONE, by=nobody, at=now())
    answered(found)
    with pytest.raises(NotAllowed):
        close_rectification(found.pk, "相符。", by=nobody, at=now())
    with pytest.raises(NotAllowed):
        return_rectification(found.pk, "不符。", by=nobody, at=now())


def test_nothing_is_closed_without_an_answer_nor_by_whoever_answered(confirmed, county):
    found = raised(confirmed, county.first)
    with pytest.raises(WrongStage):
        close_rectification(found.pk, "相符。", by=county.first, at=now())
    with pytest.raises(WrongStage):
        return_rectification(found.pk, "不符。", by=county.first, at=now())

    answered(found)
    Rectification.objects.update(answered_by_id=str(county.first.pk))
    with pytest.raises(NotAllowed):
        close_rectification(found.pk, "相符。", by=county.first, at=now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Rectification.objects.update(state="closed", closed_by_id=str(county.first.pk))


def test_only_whoever_supervises_there_puts_it_in_and_no_number_stands_in_it(confirmed, county):
    for nobody in (office().head, county.other):
        with pytest.raises(NotAllowed):
            raised(confirmed, nobody)

    with pytest.raises(Invalid):
        raised(confirmed, county.first, text="账号6210990000000000036不是本人的")
    with pytest.raises(Invalid):
        raised(confirmed, county.first, case_id=None, town="610702999")

    assert not Rectification.objects.exists()


def test_what_two_hands_overturn_is_put_in_once_by_the_house(confirmed, county):
    check = choose_case(confirmed.pk, "群众反映", by=county.first, at=now())
    seen = "入户两次，家里有门面出租，没有申报。"
    record_check(check.pk, "overturned", seen, today(), by=county.first, at=now())

    second_check(check.pk, True, by=county.second, at=now())
    deliver_all()
    deliver_all()

    found = Rectification.objects.get()
    assert (found.ground, found.source) == ("overturned", f"check:{check.pk}")
    assert (found.case_id, found.raised_by) == (confirmed.pk, "兜底")


def test_one_matter_is_open_once_and_a_county_sees_only_its_own(confirmed, county, auditor):
    found = raised(confirmed, county.first, source="doubt:1")

    with pytest.raises(Conflict):
        raised(confirmed, auditor, source="doubt:1")

    assert list(rectifications_listed(county.first, "open", today())) == [found]
    assert list(rectifications_listed(county.other, "", today())) == []
    assert list(rectifications_listed(county.first, "late", today())) == []
    with pytest.raises(NotFound):
        rectification_for(found.pk, county.other)


def test_an_auditor_puts_in_what_a_rule_asked_and_the_town_answers_on_the_page(
    confirmed, county, auditor
):
    told = {"county": confirmed.county, "day": today(), "count": 3, "found_at": now()}
    doubt = Doubt.objects.create(rule="account", about="staff:1", **told)
    wrong = {"town": confirmed.town, "text": "同一账户领三户。", "demand": "逐户核实账户。"}

    desk = browser_of(auditor)
    form = desk.get(f"/desk/rectify/doubts/{doubt.pk}/").content.decode()
    made = desk.post(f"/desk/rectify/doubts/{doubt.pk}/", wrong)
    town = browser_of(office().head)
    answer = town.post(made.url, {"words": DONE})
    page = browser_of(county.first).get(made.url).content.decode()
    paper = text_of(town.get(f"{made.url}sheet.pdf").content)

    assert "七里街道" in form
    assert (made.status_code, answer.status_code) == (302, 302)
    assert "已整改到位，销号" in page
    assert "逐户核实账户" in paper
    assert DONE in paper
    assert "同一账户领三户" in town.get("/desk/rectify/?state=answered").content.decode()
