"""我的近亲属备案: declared and promised by oneself, ended with a reason, seen only masked."""

import pytest

from doudi.accounts.actions.declare_relative import declare_relative
from doudi.accounts.models import Relative
from doudi.accounts.permissions import Role
from doudi.clock.time import now, today
from doudi.vault.masking import mask_id
from tests.factories.cases import TOWN, staff
from tests.house.scene import browser_of

pytestmark = pytest.mark.django_db
COUNTY = TOWN[:6]
PAGE = "/account/relatives/"
NUMBER = "110101199003074477"
TOLD = {"form": "declare", "name": "李不在", "relation": "兄弟姐妹", "id_number": NUMBER}


@pytest.fixture
def clerk(clock, city):
    """A clerk of Qili."""
    return staff("kin.clerk", Role.TOWN_CLERK, TOWN)


def test_one_declares_and_reads_it_back_masked(clerk, django_assert_max_num_queries):
    browser = browser_of(clerk)
    assert "您还没有备案" in browser.get("/account/").content.decode()

    sent = browser.post(PAGE, TOLD | {"promised": "on"})

    with django_assert_max_num_queries(12):
        page = browser.get(PAGE).content.decode()
    assert sent.status_code == 302
    assert mask_id(NUMBER) in page
    assert "兄弟姐妹" in page
    assert NUMBER not in page
    assert "李不在" not in page
    assert "您已经备案或承诺过" in browser.get("/account/").content.decode()


def test_without_the_tick_the_form_comes_back_with_what_was_typed(clerk):
    answer = browser_of(clerk).post(PAGE, TOLD)

    assert answer.status_code == 422
    assert "请先承诺" in answer.content.decode()
    assert not Relative.objects.exists()


def test_whoever_has_nobody_to_declare_promises_so(clerk):
    browser = browser_of(clerk)

    browser.post(PAGE, {"form": "promise", "promised": "on"})

    assert "当时备案 0 人" in browser.get(PAGE).content.decode()


def test_it_is_ended_on_a_page_of_its_own_and_stays_to_be_read(clerk):
    told = {"promised": True, "by": clerk, "at": now()}
    made = declare_relative(clerk, "李不在", "配偶", NUMBER, **told)
    browser, end = browser_of(clerk), f"{PAGE}{made.pk}/end/"

    early = browser.post(end, {"on": "2001-01-01", "why": "离婚"})
    sent = browser.post(end, {"on": today().isoformat(), "why": "离婚"})

    assert (early.status_code, sent.status_code) == (422, 302)
    assert "结束：离婚" in browser.get(PAGE).content.decode()


def test_the_security_administrator_declares_for_a_cadre_of_his_county_only(clerk):
    own = staff("kin.security", Role.SECURITY_ADMIN, COUNTY)
    other = staff("kin.elsewhere", Role.SECURITY_ADMIN, "610722")
    cadre = staff("kin.cadre", Role.VILLAGE_ASSISTANT, f"{TOWN}001")
    page = f"{PAGE}for/{cadre.pk}/"

    form = browser_of(own).get(page).content.decode()
    sent = browser_of(own).post(page, TOLD | {"promised": "on"})
    shut = browser_of(other).post(page, TOLD | {"promised": "on"})

    assert form.count("本人已在纸上签字承诺") == 2
    assert "我承诺" not in form
    assert (sent.status_code, shut.status_code) == (302, 404)
    assert Relative.objects.get().declared_by == own.name
    assert own.name in browser_of(cadre).get(PAGE).content.decode()
