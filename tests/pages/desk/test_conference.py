"""一事一议 on the desk: called and written down by the reviewer, read on the case and on paper."""

import pytest

from doudi.cases.actions.review import review
from doudi.cases.models import Assessment, Conference
from doudi.clock.time import now, today
from doudi.kernel.errors import Missing
from tests.cases.test_given_once import rich_but_struck
from tests.factories.cases import case_at, office
from tests.filing.pdf import text_of

pytestmark = pytest.mark.django_db
ASKED = {
    "time": "15:00",
    "place": "二楼会议室",
    "host": "王一",
    "invited": "镇民政办 王一、镇卫生院 李二；县民政局 张三",
    "question": "儿子失联十年，是否计入。",
}
TOLD = {
    "minutes": "村里证实十年没有音信。",
    "agree": "3",
    "disagree": "0",
    "abstain": "0",
    "advice": "grant",
    "proposal": "建议不计入，三个月后复核。",
}


def test_it_is_called_printed_written_down_and_stands_before_the_reviewer(clock, town, sign_in):
    case = case_at("assessed", clock)
    browser, at = sign_in(town.reviewer), f"/desk/cases/{case.pk}/"
    day = {"on": today().isoformat()}

    call = browser.post(f"{at}act/call_conference/", day | ASKED | {"version": case.version})
    paper = text_of(browser.get(f"{at}print/F08-3.pdf").content)
    form = browser.get(f"{at}act/record_conference/").content.decode()
    told = TOLD | {"participants": "镇民政办 王一、镇卫生院 李二、县民政局 张三"}
    case.refresh_from_db()
    made = browser.post(f"{at}act/record_conference/", day | told | {"version": case.version})

    assert (call.status_code, made.status_code) == (302, 302)
    assert Conference.objects.get().outcome == "passed"
    assert "二楼会议室" in paper
    assert "儿子失联十年" in paper
    assert "镇民政办 王一、镇卫生院 李二、县民政局 张三</textarea>" in form
    page = browser.get(f"{at}?tab=appraisal").content.decode()
    assert "建议不计入" in page
    assert "会议意见通过" in page
    assert "建议给予救助" in browser.get(f"{at}act/review/").content.decode()
    assert "会议意见通过" in text_of(browser.get(f"{at}print/F08-3.pdf").content)


def test_the_reviewer_is_told_so_on_the_page_before_anything_hangs(clock, town, sign_in):
    case = case_at("assessed", clock, rich_but_struck())
    Assessment.objects.update(once_fen=20_000_01)

    page = sign_in(town.reviewer).get(f"/desk/cases/{case.pk}/").content.decode()

    assert "拟给20,000.01元，超过县（区）审批限额20,000.00元" in page
    with pytest.raises(Missing, match="超过县（区）审批限额"):
        review(case.pk, "同意", version=None, by=office().reviewer, at=now())
