"""发放: prepared, checked and released by three people on their pages."""

import io

import openpyxl
import pytest

from doudi.accounts.permissions import Role
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.models import Award, Payment, Roll
from doudi.clock.time import now
from doudi.outbox.deliver import deliver_all
from tests.benefits.running import TOWN, award
from tests.factories.awards import in_benefit
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


def test_a_line_shows_the_account_it_was_made_for_whatever_is_paid_next(roll, county, sign_in):
    one = Award.objects.get()
    tail = one.account.open()[-4:]
    one.account = "6210990000000009999"
    one.save()

    page = sign_in(county["finance"]).get(f"/desk/rolls/{roll.pk}/").content.decode()

    assert (f"尾号{tail}" in page, "9999" in page) == (True, False)


def test_the_page_shows_line_by_line_what_differs_from_last_month(roll, county, sign_in):
    sign_in(county["officer"]).post("/desk/rolls/", {"county": COUNTY, "month": "2022-07"})
    july = Roll.objects.get(month="2022-07")

    first = sign_in(county["checker"]).get(f"/desk/rolls/{roll.pk}/").content.decode()
    same = sign_in(county["checker"]).get(f"/desk/rolls/{july.pk}/").content.decode()
    Award.objects.update(end_month="2022-06")
    sign_in(county["officer"]).post("/desk/rolls/", {"county": COUNTY, "month": "2022-07"})
    gone = sign_in(county["checker"]).get(f"/desk/rolls/{july.pk}/").content.decode()

    assert "上月没有名册" in first
    assert "与上月逐户相同" in same
    assert "本月不再应发" in gone


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


def _take_back(browser, roll, reason="有一户换了银行卡"):
    roll.refresh_from_db()
    said = {"version": roll.version, "reason": reason}
    return browser.post(f"/desk/rolls/{roll.pk}/withdraw/", said)


def test_finance_takes_a_release_back_with_a_reason_that_everybody_reads(roll, county, sign_in):
    press(sign_in(county["checker"]), roll, "check")
    finance = sign_in(county["finance"])
    press(finance, roll, "release")
    before = finance.get(f"/desk/rolls/{roll.pk}/").content.decode()

    answer = _take_back(finance, roll)

    after = sign_in(county["officer"]).get(f"/desk/rolls/{roll.pk}/").content.decode()
    assert answer.status_code == 302
    assert "撤回的原因" in before
    assert "撤回的原因" not in after
    assert "finance撤回过放行：有一户换了银行卡" in after
    assert "已编制" in after


def test_without_a_reason_the_page_says_what_is_missing_and_keeps_the_words(roll, county, sign_in):
    press(sign_in(county["checker"]), roll, "check")
    finance = sign_in(county["finance"])
    press(finance, roll, "release")

    empty = _take_back(finance, roll, "")
    number = _take_back(finance, roll, "账号6210990000000000099错了")

    assert [a.status_code for a in (empty, number)] == [422, 422]
    assert "原因里不要写身份证号、手机号或账号" in number.content.decode()
    assert "错了</textarea>" in number.content.decode()
    roll.refresh_from_db()
    assert roll.stage == "released"


def test_the_officer_finds_no_way_back_and_is_refused_without_it(roll, county, sign_in):
    press(sign_in(county["checker"]), roll, "check")
    press(sign_in(county["finance"]), roll, "release")
    browser = sign_in(county["officer"])

    page = browser.get(f"/desk/rolls/{roll.pk}/").content.decode()
    answer = _take_back(browser, roll)

    assert "撤回的原因" not in page
    assert answer.status_code == 403


def test_what_was_sent_offers_no_way_back(roll, county, sign_in):
    press(sign_in(county["checker"]), roll, "check")
    finance = sign_in(county["finance"])
    press(finance, roll, "release")
    deliver_all()

    page = finance.get(f"/desk/rolls/{roll.pk}/").content.decode()
    answer = _take_back(finance, roll)

    assert "撤回的原因" not in page
    assert answer.status_code == 409


OURS, THEIRS = "610702002", "610702008"


@pytest.fixture
def crowd(county) -> Roll:
    """A roll of Hantai with 60 lines of one town, and the rest of another."""
    in_benefit(0.001)
    Award.objects.update(county=COUNTY, town=THEIRS)
    ours = list(Award.objects.order_by("number").values_list("pk", flat=True)[:60])
    Award.objects.filter(pk__in=ours).update(town=OURS)
    return prepare_roll(COUNTY, "2022-06", by=county["officer"], at=now())


def test_a_town_reads_its_own_lines_their_sum_and_nothing_to_press(
    crowd, sign_in, django_assert_max_num_queries
):
    own = Award.objects.filter(town=OURS)
    town = sign_in(staff("town", Role.TOWN_REVIEWER, OURS))

    with django_assert_max_num_queries(12):
        answer = town.get(f"/desk/rolls/{crowd.pk}/")
    pages = [answer, town.get(f"/desk/rolls/{crowd.pk}/?page=2")]

    shown = [line.payment.award_id for page in pages for line in page.context["lines"]]
    total = f"{sum(own.values_list('monthly_fen', flat=True)) / 100:,.2f}"
    text = answer.content.decode()
    assert sorted(shown) == sorted(own.values_list("pk", flat=True))
    assert f"本镇 60 户 {total} 元" in text
    assert f"{crowd.total_fen / 100:,.2f}" not in text
    assert text.count("尾号") == 50
    assert "与上月相比" not in text
    assert f"/desk/rolls/{crowd.pk}/check/" not in text


def test_the_list_of_a_town_counts_its_own_households_only(
    crowd, sign_in, django_assert_max_num_queries
):
    town = sign_in(staff("town", Role.TOWN_CLERK, OURS))

    with django_assert_max_num_queries(12):
        text = town.get("/desk/rolls/").content.decode()

    assert crowd.number in text
    assert "本镇60" in text
    assert f"{crowd.total_fen / 100:,.2f}" not in text


def test_in_the_month_of_heating_every_line_is_found_and_a_household_is_counted_once(
    crowd, county, sign_in
):
    winter = prepare_roll(COUNTY, "2022-11", by=county["officer"], at=now())
    town = sign_in(staff("town", Role.TOWN_REVIEWER, OURS))

    pages = [town.get(f"/desk/rolls/{winter.pk}/?page={n}") for n in (1, 2, 3)]

    shown = [line.payment.pk for page in pages for line in page.context["lines"]]
    own = Payment.objects.filter(roll=winter, award__town=OURS)
    assert sorted(shown) == sorted(own.values_list("pk", flat=True))
    assert len(shown) > 100
    assert "本镇 60 户" in pages[0].content.decode()


def test_a_town_takes_out_its_own_differences_with_their_reasons_and_nobody_elses(
    crowd, county, sign_in
):
    for place in (OURS, THEIRS):
        one = Award.objects.filter(town=place).order_by("number").first()
        Award.objects.filter(pk=one.pk).update(end_month="2022-06")
    july = prepare_roll(COUNTY, "2022-07", by=county["officer"], at=now())
    town = sign_in(staff("town", Role.TOWN_REVIEWER, OURS))

    asked = ("", f"?town={OURS}", f"?town={THEIRS}")
    sheets = [town.get(f"/desk/rolls/{july.pk}/roster.xlsx{one}").content for one in asked]

    gone = Award.objects.filter(town=OURS).order_by("number").first()
    for content in sheets:
        sheet = openpyxl.load_workbook(io.BytesIO(content))["与上次差异"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        assert [(row[0], row[5]) for row in rows] == [(gone.number, "本月不再应发")]


@pytest.mark.parametrize("region", ["610702003", "610722001"])
def test_a_town_without_a_line_in_it_does_not_find_the_roll(region, crowd, sign_in):
    other = sign_in(staff("other", Role.TOWN_HEAD, region))

    answer = other.get(f"/desk/rolls/{crowd.pk}/")

    assert answer.status_code == 404
    assert crowd.number not in other.get("/desk/rolls/").content.decode()


@pytest.mark.parametrize("verb", ["check", "release", "withdraw"])
def test_a_town_signs_nothing(verb, crowd, sign_in):
    town = sign_in(staff("town", Role.TOWN_HEAD, OURS))

    said = {"version": crowd.version, "reason": "有一户换了银行卡"}
    answer = town.post(f"/desk/rolls/{crowd.pk}/{verb}/", said)

    assert answer.status_code == 403
    crowd.refresh_from_db()
    assert crowd.stage == "draft"


def test_the_county_still_reads_the_whole_roll(
    crowd, county, sign_in, django_assert_max_num_queries
):
    browser = sign_in(county["checker"])

    with django_assert_max_num_queries(12):
        text = browser.get(f"/desk/rolls/{crowd.pk}/").content.decode()

    assert f"{crowd.total_fen / 100:,.2f}" in text
    assert "本镇" not in text


def test_what_waits_for_the_next_list_is_told_to_the_county_and_to_its_town_only(
    city, county, sign_in, django_assert_max_num_queries
):
    first, second = (award(fen=0, programme="temporary_aid", start="2022-06") for _ in "12")
    Award.objects.update(once_fen=300_000, end_month="2022-06")
    Award.objects.filter(pk=second.pk).update(payee=first.payee, payee_name=first.payee_name)
    prepare_roll(COUNTY, "2022-06", by=county["officer"], at=now())
    clerk = staff("w.clerk", Role.TOWN_CLERK, TOWN)
    page, words = f"/desk/rolls/{Roll.objects.get().pk}/", "随下一份名册发放"

    officer = sign_in(county["officer"])
    with django_assert_max_num_queries(12):
        whole = officer.get(page).content.decode()
    money = sign_in(county["finance"]).get(page).content.decode()
    town = sign_in(clerk).get(page).content.decode()
    told = sign_in(clerk).get(f"/desk/awards/{second.pk}/").content.decode()
    other = sign_in(clerk).get(f"/desk/awards/{first.pk}/").content.decode()

    assert words in whole
    assert f"本月先发{first.number}" in whole
    assert f"/desk/awards/{second.pk}/" not in money
    assert words in town
    assert first.number not in town
    assert "2022年6月应发的3,000.00 元没有列入当月名册" in told
    assert "元/月" not in told
    assert "没有列入当月名册" not in other


def test_a_town_reads_nothing_of_what_waits_elsewhere(city, county, sign_in):
    mine = award()
    first, second = (
        award(fen=0, programme="temporary_aid", start="2022-06", village="610702006200")
        for _ in "12"
    )
    Award.objects.exclude(pk=mine.pk).update(once_fen=300_000, end_month="2022-06")
    Award.objects.filter(pk=second.pk).update(payee=first.payee)
    prepare_roll(COUNTY, "2022-06", by=county["officer"], at=now())

    town = sign_in(staff("w.clerk", Role.TOWN_CLERK, TOWN))

    page = town.get(f"/desk/rolls/{Roll.objects.get().pk}/").content.decode()
    assert "随下一份名册发放" not in page
    assert second.number not in page
