"""材料 and 打印: sandboxed pictures, PDFs of what a case can fill, each look journalled."""

import datetime as dt
import io

import pytest
from django.conf import settings
from PIL import Image

from doudi.attachments.intake import take_in
from doudi.audit.actor import Actor
from doudi.audit.models import Entry
from doudi.cases.letters.data import MAKERS, letter_data
from doudi.cases.letters.genuine import with_mark
from doudi.cases.models import Letter
from doudi.paper.fields import missing_fields
from doudi.paper.forms import find_form
from tests.factories.cases import NUMBERS, case_at
from tests.paper.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture():
    """A small photo as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.name = "permit.jpg"
    out.seek(0)
    return out


def test_a_picture_opens_in_a_sandbox_and_is_journalled(clock, town, sign_in, picture):
    case = case_at("submitted", clock)
    subject = f"application:{case.application_id}"
    kept = take_in(picture, subject=subject, kind="居住证", actor=Actor("citizen", "x", ""))

    answer = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/papers/{kept.pk}/")

    assert answer["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert Entry.objects.filter(action="attachment.viewed", subject=f"case:{case.pk}").exists()


def test_a_picture_of_another_case_is_not_found(clock, town, sign_in, picture):
    case = case_at("submitted", clock)
    kept = take_in(picture, subject="application:other", kind="x", actor=Actor("citizen", "x", ""))

    answer = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/papers/{kept.pk}/")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("goal", "forms"),
    [
        ("submitted", ["F01", "F02"]),
        ("awaiting_papers", ["F01", "F02", "F04-2"]),
        ("not_accepted", ["F01", "F02", "F04-3"]),
        ("assessed", ["F01", "F02", "F04-1", "F05", "F07-1", "F07-2", "F08-2", "F09"]),
        ("noticed", ["F01", "F02", "F04-1", "F05", "F07-1", "F07-2", "F09", "F12"]),
        ("refused", ["F01", "F02", "F04-1", "F05", "F07-1", "F07-2", "F09", "F13"]),
        ("confirmed", ["F01", "F02", "F04-1", "F05", "F07-1", "F07-2", "F09", "F12", "F13"]),
    ],
)
def test_the_case_offers_the_forms_it_can_fill_and_fills_them(goal, forms, clock, town, sign_in):
    case = case_at(goal, clock)

    offered = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/?tab=papers").context["prints"]
    gaps = {code: missing_fields(find_form(code), letter_data(case.pk, code)) for code in forms}

    assert [each["code"] for each in offered] == forms
    assert gaps == {code: [] for code in forms}


def test_a_form_comes_as_pdf_and_the_journal_knows(clock, town, sign_in):
    case = case_at("noticed", clock)

    answer = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/print/F12.pdf")

    assert answer.content.startswith(b"%PDF-")
    entry = Entry.objects.get(action="case.printed")
    assert entry.detail == {"form": "F12"}


def test_a_form_the_case_has_nothing_for_is_not_found(clock, town, sign_in):
    case = case_at("submitted", clock)
    browser = sign_in(town.clerk)

    missing = [browser.get(f"/desk/cases/{case.pk}/print/{f}.pdf") for f in ("F13", "F99")]

    assert [answer.status_code for answer in missing] == [404, 404]


def test_the_notice_carries_nothing_personal(clock, town):
    case = case_at("noticed", clock)

    data = str(letter_data(case.pk, "F12"))

    assert "F12" in MAKERS
    assert "任*明" in data
    assert "任建明" not in data
    assert not any(number in data for number in NUMBERS.values())


def test_the_review_sheet_adds_up_to_the_golden_amount(clock, town):
    case = case_at("confirmed", clock)

    data = letter_data(case.pk, "F09")

    assert (data["monthly_fen"], data["counted_fen"], data["per_head_fen"]) == (
        167_000,
        81_900,
        27_300,
    )
    assert data["deduction"]["total_fen"] == 150_000
    assert [t["extra_fen"] for t in data["topups"]] == [32_750, 19_650]
    assert data["opinions"]["review"]["head"] != data["opinions"]["confirm"]["head"]


def test_a_printed_sheet_is_masked_and_whole_only_for_a_purpose(clock, town, sign_in):
    case = case_at("confirmed", clock)
    browser, address = sign_in(town.clerk), f"/desk/cases/{case.pk}/print/F09.pdf"

    masked = read(browser.get(address).content).text
    whole = read(browser.post(address, {"purpose": "file"}).content).text

    assert NUMBERS["m1"] not in masked
    assert NUMBERS["m1"] in whole
    kept = Entry.objects.get(action="case.printed_in_full")
    assert (kept.purpose, kept.detail) == ("file", {"form": "F09"})


def test_nothing_is_printed_whole_without_a_purpose_from_the_list(clock, town, sign_in):
    case = case_at("confirmed", clock)
    address = f"/desk/cases/{case.pk}/print/F09.pdf"

    answer = sign_in(town.clerk).post(address, {"purpose": "想看看"})

    assert answer.status_code == 422
    assert not Entry.objects.filter(action__startswith="case.printed").exists()


def test_a_letter_can_be_printed_in_english(clock, town, sign_in):
    case = case_at("confirmed", clock)

    answer = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/print/F13.pdf?lang=en")

    assert "Verify" in read(answer.content).text


def test_a_scan_of_the_printed_code_says_that_the_paper_is_genuine(clock, town, client):
    case = case_at("confirmed", clock)
    data = with_mark(letter_data(case.pk, "F13"), case.pk, "F13")
    path = data["qr_text"].removeprefix(settings.DOUDI_BASE_URL)

    page = client.get(path).content.decode()
    forged = client.get(f"{path[:-3]}zz/")

    assert data["number"] in page
    assert "任*明" in page
    assert "任建明" not in page
    assert "1,670" not in page
    assert (forged.status_code, "没有查到这份文书" in forged.content.decode()) == (404, True)


def test_a_paper_that_was_replaced_is_no_longer_genuine(clock, town, client):
    case = case_at("confirmed", clock)
    data = with_mark(letter_data(case.pk, "F13"), case.pk, "F13")
    later = case.ended_at + dt.timedelta(days=30)
    Letter.objects.create(case=case, at=later, by_id="x", by_name="新", form="F13")

    answer = client.get(data["qr_text"].removeprefix(settings.DOUDI_BASE_URL))

    assert answer.status_code == 404
