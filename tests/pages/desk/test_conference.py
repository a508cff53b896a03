"""一事一议 on the desk: written down by the reviewer, read on the case."""

import pytest

from doudi.cases.models import Conference
from doudi.clock.time import today
from tests.factories.cases import case_at

pytestmark = pytest.mark.django_db


def test_names_may_be_written_with_their_office_and_are_read_on_the_case(clock, town, sign_in):
    case = case_at("assessed", clock)
    browser = sign_in(town.reviewer)

    answer = browser.post(
        f"/desk/cases/{case.pk}/act/record_conference/",
        {
            "version": case.version,
            "on": today().isoformat(),
            "participants": "镇民政办 王一、镇卫生院 李二；县民政局 张三",
            "question": "儿子失联十年，是否计入。",
            "proposal": "建议不计入，三个月后复核。",
        },
    )

    assert answer.status_code == 302
    assert Conference.objects.get().participants == [
        "镇民政办 王一",
        "镇卫生院 李二",
        "县民政局 张三",
    ]
    page = browser.get(f"/desk/cases/{case.pk}/?tab=appraisal").content.decode()
    assert "建议不计入" in page
    assert "县民政局 张三" in page
