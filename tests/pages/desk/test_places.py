"""协查 at two desks: asked in one town, masked until opened and answered in the other."""

import datetime as dt
import io
from uuid import uuid4

import pytest
from PIL import Image

from doudi.attachments.models import Attachment
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.referrals.actions.ask_place import Question, ask_place
from doudi.referrals.models import PlaceRequest
from tests.factories.cases import NUMBERS, case_at, office, ren_declaration
from tests.pages.portal.conftest import PHONE, prove

pytestmark = pytest.mark.django_db
HUKOU = "610727105"


@pytest.fixture
def case(clock, city):
    """The Ren family, registered in Lueyang, applies in Qili by its residence permit."""
    return case_at("accepted", clock)


def asked(case, **more):
    question = Question(("benefits", "home"), **more)
    return ask_place(uuid4(), case.pk, question, by=office().clerk, at=now())


def photo():
    """A picture of a stamped letter."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.name, _ = "IMG.jpg", out.seek(0)
    return out


def test_the_clerk_asks_the_hukou_town_from_the_case(case, sign_in):
    browser, address = sign_in(office().clerk), f"/desk/cases/{case.pk}/place/"

    shown = browser.get(f"/desk/cases/{case.pk}/").content.decode()
    form = browser.get(address).content.decode()
    done = browser.post(address, {"token": str(uuid4()), "questions": ["home"], "text": ""})

    assert (address in shown, "徐家坪镇" in form, "发函不停表" in form) == (True, True, True)
    assert (done.status_code, PlaceRequest.objects.get().to_town) == (302, HUKOU)


def test_the_hukou_town_sees_a_masked_line_until_it_opens_it(case, sign_in):
    made = asked(case)
    browser = sign_in(office(HUKOU).clerk)

    home = browser.get("/desk/").content.decode()
    listed = browser.get("/desk/places/").content.decode()
    page = browser.get(f"/desk/places/{made.pk}/").content.decode()
    opened = browser.post(f"/desk/places/{made.pk}/who/").content.decode()

    assert "协查待答复" in home
    for shown in (listed, page):
        assert "任*明" in shown
        assert case.applicant_name not in shown
        assert NUMBERS["m1"] not in shown
    assert (case.applicant_name in opened, NUMBERS["m1"] in opened) == (True, True)
    assert Entry.objects.filter(action="place.opened").count() == 2


def test_the_hukou_town_answers_at_its_own_desk(case, sign_in):
    made = asked(case)
    browser, address = sign_in(office(HUKOU).clerk), f"/desk/places/{made.pk}/"

    silent = browser.post(address, {"benefits": "no"})
    done = browser.post(address, {"benefits": "no", "home": "yes", "text": "老屋两间"})

    assert (silent.status_code, done.status_code) == (422, 302)
    kept = PlaceRequest.objects.get()
    assert (kept.manner, kept.answer.open()) == ("desk", "老屋两间")
    ours = sign_in(office().clerk).get(f"/desk/cases/{case.pk}/place/").content.decode()
    assert ("老屋两间" in ours, "户籍地在系统里答复" in ours) == (True, True)


def test_the_family_reads_once_that_its_hukou_place_looked(case, sign_in, client):
    made = asked(case)
    sign_in(office(HUKOU).clerk).post(f"/desk/places/{made.pk}/who/")
    prove(client, PHONE)

    shown = client.get(f"/track/cases/{case.pk}/who/").content.decode()

    assert shown.count("户籍地查看协查对象") == 1
    assert "徐家坪镇" in shown


def test_a_letter_is_printed_whole_only_when_asked_for_and_its_answer_kept(case, sign_in):
    made = asked(case)
    browser, address = sign_in(office().clerk), f"/desk/places/{made.pk}/"

    masked = browser.get(f"{address}letter.pdf")
    whole = browser.post(f"{address}letter.pdf")
    blank = browser.get(f"{address}letter.pdf?blank")
    told = {"benefits": "no", "home": "no", "who": "徐家坪镇王某", "sheet": photo()}
    done = browser.post(address, told)

    assert {a["Content-Type"] for a in (masked, whole, blank)} == {"application/pdf"}
    kept = Entry.objects.filter(action="place.printed").order_by("pk")
    assert [e.purpose for e in kept] == ["", "identity"]
    assert (done.status_code, PlaceRequest.objects.get().manner) == (302, "paper")
    assert Attachment.objects.filter(kind="place_answer").count() == 1


def test_outside_the_city_the_office_is_typed(clock, city, sign_in):
    declaration = ren_declaration()
    declaration["applicant"]["registered_region"] = "0" * 12
    case = case_at("accepted", clock, declaration)
    browser, address = sign_in(office().clerk), f"/desk/cases/{case.pk}/place/"
    told = {"token": str(uuid4()), "questions": ["home"]}

    silent = browser.post(address, told)
    done = browser.post(address, told | {"place": "甘肃省某县民政局"})

    assert (silent.status_code, done.status_code) == (422, 302)


def test_what_is_owed_past_its_day_is_red_on_the_workbench(case, sign_in, clock):
    asked(case)
    clock.shift(dt.timedelta(days=15))

    shown = sign_in(office().clerk).get("/desk/").content.decode()

    assert "协查超期" in shown


def test_the_lists_cost_few_queries(case, sign_in, django_assert_max_num_queries):
    asked(case)
    browser = sign_in(office().clerk)

    for address in ("/desk/places/", "/desk/"):
        with django_assert_max_num_queries(12):
            browser.get(address)


def test_whoever_reads_the_case_sees_the_answer_with_its_origin(case, sign_in):
    made = asked(case)
    told = {"benefits": "no", "home": "yes", "text": "老屋两间"}
    sign_in(office(HUKOU).clerk).post(f"/desk/places/{made.pk}/", told)

    shown = sign_in(office().head).get(f"/desk/cases/{case.pk}/?tab=checks").content.decode()

    assert ("老屋两间" in shown, "户籍地在系统里答复" in shown) == (True, True)
