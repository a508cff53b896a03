"""发放: prepared, checked and released by three people on their pages."""

import pytest

from doudi.accounts.permissions import Role
from doudi.benefits.models import Payment, Roll
from doudi.outbox.deliver import deliver_all
from tests.factories.cases import case_at, staff

pytestmark = pytest.mark.django_db
COUNTY = "610702"


@pytest.fixture
def county(city):
    """Two officers and a finance checker of Hantai."""
    return {
        "officer": staff("officer", Role.COUNTY_OFFICER, COUNTY),
        "checker": staff("checker", Role.COUNTY_OFFICER, COUNTY),
        "finance": staff("finance", Role.COUNTY_FINANCE, COUNTY),
    }


@pytest.fixture
def roll(clock, county, sign_in):
    """June's roll with the Ren family in it, prepared by the officer."""
    case_at("confirmed", clock)
    sign_in(county["officer"]).post("/desk/rolls/", {"county": COUNTY, "month": "2022-06"})
    return Roll.objects.get()


def press(browser, roll, verb):
    """Presses the button of a roll as the page shows it now."""
    roll.refresh_from_db()
    return browser.post(f"/desk/rolls/{roll.pk}/{verb}/", {"version": roll.version})


def test_three_people_bring_junes_money_on_its_way(roll, county, sign_in):
    press(sign_in(county["checker"]), roll, "check")
    press(sign_in(county["finance"]), roll, "release")
    deliver_all()

    page = sign_in(county["finance"]).get(f"/desk/rolls/{roll.pk}/").content.decode()
    assert "1,670.00" in page
    assert "已到账" in page
    assert "任*明" in page
    assert "任建明" not in page
    assert Payment.objects.get().stage == "paid"


def test_the_page_shows_what_is_new_since_last_month(roll, county, sign_in):
    page = sign_in(county["checker"]).get(f"/desk/rolls/{roll.pk}/").content.decode()

    assert "新增1户" in page


def test_who_prepared_finds_no_check_button_and_is_refused_without_it(roll, county, sign_in):
    browser = sign_in(county["officer"])

    page = browser.get(f"/desk/rolls/{roll.pk}/").content.decode()
    answer = press(browser, roll, "check")

    assert "须由另一人办理" in page
    assert answer.status_code == 403


def test_an_old_page_cannot_check(roll, county, sign_in):
    sign_in(county["officer"]).post("/desk/rolls/", {"county": COUNTY, "month": "2022-06"})

    answer = sign_in(county["checker"]).post(
        f"/desk/rolls/{roll.pk}/check/", {"version": roll.version}
    )

    assert answer.status_code == 409


def test_a_roll_of_another_county_does_not_exist(roll, city, sign_in):
    other = sign_in(staff("other", Role.COUNTY_OFFICER, "610722"))

    answers = [other.get(f"/desk/rolls/{roll.pk}/"), press(other, roll, "check")]

    assert [a.status_code for a in answers] == [404, 404]
    assert roll.number not in other.get("/desk/rolls/").content.decode()


def test_a_month_that_is_none_is_told_beside_the_field(county, sign_in):
    answer = sign_in(county["officer"]).post("/desk/rolls/", {"county": COUNTY, "month": "2022-13"})

    assert answer.status_code == 422
    assert "请写成 2022-06 的样子" in answer.content.decode()
