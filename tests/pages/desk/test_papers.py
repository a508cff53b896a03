"""材料 and 打印: sandboxed pictures, PDFs of what a case can fill, each look journalled."""

import io

import pytest
from PIL import Image

from doudi.attachments.intake import take_in
from doudi.audit.actor import Actor
from doudi.audit.models import Entry
from doudi.cases.letters.data import MAKERS, letters_data
from doudi.paper.fields import missing_fields
from doudi.paper.forms import find_form
from tests.factories.cases import NUMBERS, case_at

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
        ("submitted", ["F02"]),
        ("awaiting_papers", ["F02", "F04-2"]),
        ("not_accepted", ["F02", "F04-3"]),
        ("noticed", ["F02", "F04-1", "F09", "F12"]),
        ("refused", ["F02", "F04-1", "F09", "F13"]),
        ("confirmed", ["F02", "F04-1", "F09", "F12", "F13"]),
    ],
)
def test_the_case_offers_the_forms_it_can_fill_and_fills_them(goal, forms, clock, town, sign_in):
    case = case_at(goal, clock)

    offered = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/?tab=papers").context["prints"]
    gaps = {code: missing_fields(find_form(code), letters_data(case.pk, code)) for code in forms}

    assert [code for code, _title in offered] == forms
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

    data = str(letters_data(case.pk, "F12"))

    assert "F12" in MAKERS
    assert "任*明" in data
    assert "任建明" not in data
    assert not any(number in data for number in NUMBERS.values())


def test_the_review_sheet_adds_up_to_the_golden_amount(clock, town):
    case = case_at("confirmed", clock)

    data = letters_data(case.pk, "F09")

    assert (data["monthly_fen"], data["counted_fen"], data["per_head_fen"]) == (
        167_000,
        81_900,
        27_300,
    )
    assert data["deduction"]["total_fen"] == 150_000
    assert [t["extra_fen"] for t in data["topups"]] == [32_750, 19_650]
    assert data["opinions"]["review"]["head"] != data["opinions"]["confirm"]["head"]
