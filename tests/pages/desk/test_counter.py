"""At the counter: witnessed authorisations, departments asked again, a near relative's case."""

import io

import pytest
from PIL import Image

from doudi.accounts.models import Relative
from doudi.accounts.permissions import Role
from doudi.attachments.models import Attachment
from doudi.audit.models import Entry
from doudi.cases.models import RelativeMark
from doudi.clock.time import now
from doudi.verification.models import Answer, Consent, Report
from tests.factories.cases import NUMBERS, case_at, staff, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    """A photograph of a signed authorisation."""
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "JPEG")
    out.name = "F02.jpg"
    out.seek(0)
    return out


@pytest.fixture
def waiting(clock, city):
    """A submitted case whose second member has not signed."""
    case = submitted()
    Consent.objects.filter(ref=case.application_id, member_key="m2").delete()
    return case


def signing(photo, **more):
    """What the clerk fills in."""
    return {"member": "m2", "manner": "thumbprint", "sheet": photo, "read_out": "on"} | more


def test_a_thumbprint_is_witnessed_with_the_signed_sheet(waiting, town, sign_in, sheet):
    address = f"/desk/cases/{waiting.pk}/witness/"

    answer = sign_in(town.clerk).post(address, signing(sheet))

    assert answer.status_code == 302
    given = Consent.objects.get(ref=waiting.application_id, member_key="m2")
    kept = Attachment.objects.get(kind="authorisation")
    assert (given.manner, given.witness) == ("thumbprint", town.clerk.name)
    assert given.evidence.open()["sheet_sha256"] == kept.sha256


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"read_out": ""}, "读给签字的人听"),
        ({"sheet": io.BytesIO(b"MZ not a picture")}, "只能上传照片"),
        ({"manner": "guardian"}, "请写监护人的姓名"),
        ({"member": "m9"}, "m9"),
    ],
)
def test_a_witnessed_signature_lacks_nothing(more, words, waiting, town, sign_in, sheet):
    address = f"/desk/cases/{waiting.pk}/witness/"

    answer = sign_in(town.clerk).post(address, signing(sheet, **more))

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Consent.objects.filter(ref=waiting.application_id, member_key="m2").exists()
    assert not Attachment.objects.exists()


def test_a_reviewer_witnesses_nothing(waiting, town, sign_in, sheet):
    address = f"/desk/cases/{waiting.pk}/witness/"

    answer = sign_in(town.reviewer).post(address, signing(sheet))

    assert answer.status_code == 403


def test_a_department_is_asked_again_only_for_what_it_owes(clock, town, sign_in):
    case = case_at("accepted", clock)
    answers = Answer.objects.filter(asked__request__ref=case.application_id)
    code = answers.order_by("item").first().item
    answers.filter(item=code).update(state="not_returned", returned_at=None)
    before = dict(answers.exclude(item=code).values_list("pk", "returned_at"))
    browser = sign_in(town.clerk)
    owed = browser.get(f"/desk/cases/{case.pk}/?tab=checks").context["owed"]

    answer = browser.post(f"/desk/cases/{case.pk}/ask-again/", {"agency": owed[0]["agency"]})

    assert answer.status_code == 302
    assert Report.objects.filter(ref=case.application_id).count() == 2
    assert dict(answers.exclude(item=code).values_list("pk", "returned_at")) == before
    assert Entry.objects.get(action="verification.asked_again").detail["items"] >= 1


def test_a_department_that_owes_nothing_is_not_asked(clock, town, sign_in):
    case = case_at("accepted", clock)
    Answer.objects.update(state="no_record")

    answer = sign_in(town.clerk).post(f"/desk/cases/{case.pk}/ask-again/", {"agency": "police"})

    assert answer.status_code == 422
    assert Report.objects.filter(ref=case.application_id).count() == 1


def test_a_near_relatives_case_gets_the_countys_finding_at_the_desk(clock, town, sign_in):
    about = {"name": "任建明", "relation": "兄弟", "id_number": NUMBERS["m1"]}
    Relative.objects.create(staff=town.clerk, declared_at=now(), **about)
    case = case_at("accepted", clock)
    county = staff("county", Role.COUNTY_OFFICER, "610702")
    address = f"/desk/cases/{case.pk}/act/mark_relative/"

    offered = sign_in(county).get(f"/desk/cases/{case.pk}/").content.decode()
    done = sign_in(county).post(address, {"version": case.version, "text": "县级入户，情况属实。"})
    refused = sign_in(town.head).get(address)

    assert address in offered
    assert (done.status_code, refused.status_code) == (302, 403)
    assert RelativeMark.objects.get(case=case).by_name == county.name
