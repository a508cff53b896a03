"""人员: one adds another, the link is shown once, posts have dates, a sheet is all or nothing."""

import datetime as dt
import io

import pytest
import xlsxwriter

from doudi.accounts.figures.staff_sheet import HEADINGS
from doudi.accounts.models import Post, Staff
from doudi.accounts.permissions import Role
from tests.factories.cases import office, staff

pytestmark = pytest.mark.django_db
QILI = "汉台区七里街道"


@pytest.fixture
def admin(city, sign_in):
    """The browser of the city's security administrator."""
    return sign_in(staff("security", Role.SECURITY_ADMIN, "6107"))


def sheet(*rows):
    """An Excel file as an office fills it in."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, row)
    out.seek(0)
    out.name = "staff.xlsx"
    return out


def test_a_new_person_gets_a_link_that_is_shown_once(admin):
    form = {"account": "qili.new", "name": "新经办", "role": "town_clerk", "region": QILI}

    page = admin.post("/desk/staff/add/", form).content.decode()

    made = Staff.objects.get(account="qili.new")
    assert "http://testserver/invite/" in page
    assert made.posts.get().region_id == "610702008000"
    assert "testserver/invite/" not in admin.get(f"/desk/staff/{made.pk}/").content.decode()


def test_a_wrong_place_and_a_taken_account_are_told_and_the_rest_is_kept(admin):
    form = {"account": "security", "name": "新经办", "role": "town_clerk", "region": "月球"}

    answer = admin.post("/desk/staff/add/", form)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有这个区划" in page
    assert 'value="新经办"' in page


def test_a_post_ends_on_its_last_day(admin, clock):
    clerk = office().clerk
    post = Post.objects.get(staff=clerk)

    admin.post(f"/desk/staff/{clerk.pk}/end/", {"post": post.pk, "last_on": "2022-05-09"})

    post.refresh_from_db()
    assert post.until_on == dt.date(2022, 5, 9)


def test_a_stand_in_takes_over_for_some_days(admin, clock):
    town = office()
    days = {"from_on": "2022-05-10", "until_on": "2022-05-20"}

    admin.post(f"/desk/staff/{town.clerk.pk}/stand-in/", {"for_account": "610702008.review"} | days)

    made = Post.objects.get(staff=town.clerk, role="town_reviewer")
    assert (made.stands_in_for, made.until_on) == (town.reviewer, dt.date(2022, 5, 20))


def test_posts_that_must_not_meet_are_refused_in_words(admin):
    head = office().head
    form = {"role": "town_reviewer", "region": QILI, "from_on": "2022-05-09"}

    answer = admin.post(f"/desk/staff/{head.pk}/post/", form)

    assert answer.status_code == 422
    assert "不相容的岗位" in answer.content.decode()


def test_a_suspended_person_is_out_and_comes_back_by_a_new_link(admin):
    clerk = office().clerk

    admin.post(f"/desk/staff/{clerk.pk}/suspend/", {"reason": "调离"})
    clerk.refresh_from_db()
    suspended = clerk.is_active
    page = admin.post(f"/desk/staff/{clerk.pk}/reinstate/", {"reason": "调回"}).content.decode()

    clerk.refresh_from_db()
    assert (suspended, clerk.is_active) == (False, True)
    assert "/invite/" in page


def test_one_bad_row_keeps_the_whole_sheet_out_and_is_named(admin):
    good = ("qili.good", "张三", "", "", "镇（街道）经办人", QILI, "")
    bad = ("qili.bad", "李四", "", "", "镇长", QILI, "")

    answer = admin.post("/desk/staff/import/", {"file": sheet(good, bad)})

    assert answer.status_code == 422
    assert "没有这个岗位" in answer.content.decode()
    assert not Staff.objects.filter(account__startswith="qili.").exists()


def test_checking_only_takes_nobody_and_importing_shows_the_links(admin):
    good = ("qili.good", "张三", "", "", "镇（街道）经办人", QILI, "")

    checked = admin.post("/desk/staff/import/", {"file": sheet(good), "only_check": "on"})
    before = Staff.objects.filter(account="qili.good").exists()
    page = admin.post("/desk/staff/import/", {"file": sheet(good)}).content.decode()

    assert (checked.status_code, before) == (200, False)
    assert "检查通过" in checked.content.decode()
    assert "/invite/" in page


def test_a_county_administrator_sees_only_his_county(city, sign_in):
    office()
    browser = sign_in(staff("county.sec", Role.SECURITY_ADMIN, "610722"))

    stranger = Staff.objects.get(account="610702008.clerk")

    assert "610702008.clerk" not in browser.get("/desk/staff/").content.decode()
    assert browser.get(f"/desk/staff/{stranger.pk}/").status_code == 404
    answer = browser.post(f"/desk/staff/{stranger.pk}/suspend/", {"reason": "x"})
    assert answer.status_code == 404


def test_the_template_is_an_excel_file(admin):
    answer = admin.get("/desk/staff/template.xlsx")

    assert answer.content.startswith(b"PK")
