"""空白表单, 批量打印 and 一户一档, as the town sees them."""

import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from doudi.accounts.permissions import Role
from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.filing.actions.print_on import print_on
from doudi.filing.models import Batch
from doudi.paper.forms import FORMS
from tests.factories.cases import NUMBERS, case_at, staff
from tests.paper.reading import read

pytestmark = pytest.mark.django_db


def asked(case, browser, **more):
    """What the page sends when the officer ticks one case."""
    data = {"token": str(uuid4()), "purpose": "file", "cases": [str(case.pk)], "papers": ["F13"]}
    return browser.post("/desk/prints/?all=1", data | more)


def test_every_form_is_offered_empty_and_letters_in_english_too(town, sign_in):
    browser = sign_in(town.clerk)

    page = browser.get("/desk/forms/").content.decode()
    letter = read(browser.get("/desk/forms/F14.pdf?lang=en").content)
    sheet = read(browser.get("/desk/forms/F01.pdf").content)

    assert [code for code in FORMS if f"/desk/forms/{code}.pdf" not in page] == []
    assert "Youmaybeheardfirst" in letter.text
    assert (sheet.pages, "任建" in sheet.text) == (3, False)
    assert browser.get("/desk/forms/P1.pdf").status_code == 404


def test_ticked_cases_become_one_pdf_that_only_the_asker_fetches(clock, town, sign_in):
    case = case_at("confirmed", clock)
    browser = sign_in(town.clerk)

    answer = asked(case, browser)
    waiting = browser.get(answer["Location"]).content.decode()
    print_on(at=now())
    ready = browser.get(answer["Location"]).content.decode()
    file = browser.get(f"{answer['Location']}file/")

    assert answer.status_code == 302
    assert 'http-equiv="refresh"' in waiting
    assert "已打印0份，共1份" in waiting
    assert 'http-equiv="refresh"' not in ready
    assert file["Content-Type"] == "application/pdf"
    assert Entry.objects.filter(action="prints.fetched").count() == 1
    assert sign_in(town.head).get(answer["Location"]).status_code == 404


def test_without_cases_forms_or_purpose_nothing_is_asked(clock, town, sign_in):
    case = case_at("submitted", clock)
    browser = sign_in(town.clerk)

    answers = [
        asked(case, browser, cases=[]),
        asked(case, browser, papers=[]),
        asked(case, browser, purpose="because"),
        asked(case, browser, cases=[str(uuid4())]),
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 422]
    assert Batch.objects.count() == 0


def test_the_pages_cost_few_queries(clock, town, sign_in):
    case = case_at("confirmed", clock)
    browser = sign_in(town.clerk)
    batch = asked(case, browser)["Location"]

    for path in ("/desk/prints/?all=1", batch, f"/desk/cases/{case.pk}/archive/", "/desk/forms/"):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        asked_for = [q for q in seen if "SAVEPOINT" not in q["sql"]]
        assert len(asked_for) <= 12, path


def test_the_archive_page_names_what_is_missing_and_takes_it_in(clock, town, sign_in):
    case = case_at("confirmed", clock)
    browser = sign_in(town.clerk)
    path = f"/desk/cases/{case.pk}/archive/"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    out.name, _ = "notice.jpg", out.seek(0)

    before = browser.get(path).content.decode()
    taken = browser.post(f"{path}file/", {"slot": "9", "sheet": out})
    after = browser.get(path).content.decode()

    assert "还缺3类" in before
    assert taken.status_code == 302
    assert "还缺2类" in after
    assert "公示单，照片1份" in after
    assert not any(number in before for number in NUMBERS.values())


def test_the_package_is_asked_for_with_a_purpose_and_in_full_only_with_the_right(
    clock, town, sign_in
):
    case = case_at("noticed", clock)
    path = f"/desk/cases/{case.pk}/archive/"
    city = staff("city.officer", Role.CITY_OFFICER, "610700")

    packed = sign_in(town.clerk).post(path, {"token": str(uuid4()), "purpose": "file"})
    page = sign_in(city).get(path).content.decode()
    refused = sign_in(city).post(path, {"token": str(uuid4()), "purpose": "file"})

    assert packed.status_code == 302
    assert Batch.objects.get().kind == "archive"
    assert "打成档案包" not in page
    assert refused.status_code == 403


def test_a_paper_without_its_place_is_not_taken(clock, town, sign_in):
    case = case_at("confirmed", clock)

    answer = sign_in(town.clerk).post(f"/desk/cases/{case.pk}/archive/file/", {"slot": "44"})

    assert answer.status_code == 422
    assert "请选照片或扫描件" in answer.content.decode()


def test_pages_speak_english(clock, town, sign_in):
    case = case_at("confirmed", clock)
    browser, english = sign_in(town.clerk), {"accept-language": "en"}

    archive = browser.get(f"/desk/cases/{case.pk}/archive/", headers=english).content.decode()

    assert "3 parts are missing" in archive
    assert "All 3 persons have signed" in archive
