"""窗口代填: the same form for somebody without a phone who does not write."""

import io

import pytest
from PIL import Image

from doudi.accounts.permissions import Role
from doudi.attachments.models import Attachment
from doudi.audit.models import Entry
from doudi.cases.actions.open_window import open_window
from doudi.cases.actions.submit import submit
from doudi.cases.models import Application, Case, Draft
from doudi.clock.time import now
from doudi.demo.play import CITIZEN
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.notices.models import Message
from doudi.verification.models import Consent
from tests.factories.cases import NUMBERS, VILLAGE, demo_database, ren_declaration, staff
from tests.pages.portal.conftest import CHILD_MEMBER, HOUSEHOLD, SELF, WIFE_MEMBER, newest_code

pytestmark = pytest.mark.django_db
OTHER_VILLAGE = "610702008002"


@pytest.fixture
def sheet():
    """A photograph of the signed sheet."""
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "JPEG")
    out.name = "F01.jpg"
    out.seek(0)
    return out


@pytest.fixture
def window(clock, town, sign_in):
    """The clerk's browser at a window, the form filled in up to the signature."""
    demo_database()
    browser = sign_in(town.clerk)
    browser.post("/desk/window/", {"phone": "", "code": ""})
    fill_in(browser)
    return browser


def fill_in(browser, village=VILLAGE):
    """The Ren family, typed by somebody else; no phone anywhere."""
    browser.post("/apply/place/live/", {"code": village})
    browser.post("/apply/2/", SELF)
    browser.post("/apply/family/new/", WIFE_MEMBER | {"phone": ""})
    browser.post("/apply/family/new/", CHILD_MEMBER)
    browser.post("/apply/3/")
    browser.post("/apply/4/")
    browser.post("/apply/5/", HOUSEHOLD)


def signed(sheet):
    """What the clerk ticks once thumbs and names are on the sheet."""
    return {
        "manner_m1": "thumbprint",
        "manner_m2": "witness",
        "guardian_m3": "on",
        "witness": "邻居老李",
        "sheet": sheet,
        "read_out": "on",
    }


def test_an_application_without_a_phone_is_handed_in_with_thumbprint_and_witness(
    window, town, sheet
):
    answer = window.post("/apply/7/", signed(sheet))

    assert answer["Location"] == "/apply/window/receipt/"
    case = Case.objects.get()
    told = Application.objects.get()
    assert (told.channel, told.phone.open(), told.phone_index) == ("window", None, None)
    given = {c.member_key: (c.manner, c.witness) for c in Consent.objects.all()}
    assert given == {
        "m1": ("thumbprint", f"邻居老李、{town.clerk.name}"),
        "m2": ("witness", town.clerk.name),
        "m3": ("guardian", f"邻居老李、{town.clerk.name}"),
    }
    assert Attachment.objects.get(kind="authorisation").subject == f"application:{told.pk}"
    assert case.steps.get().by_name == town.clerk.name
    assert not Message.objects.exists()


def test_the_receipt_is_printed_and_can_be_printed_again_but_only_by_the_same_hand(
    window, town, sign_in, sheet
):
    window.post("/apply/7/", signed(sheet))
    told = Application.objects.get()

    receipt = window.get("/apply/window/receipt/").content.decode()
    window.get("/desk/window/")
    away = window.get("/apply/window/receipt/")
    back = window.post(f"/desk/window/{told.pk}/", follow=True).content.decode()
    other = sign_in(staff("other", Role.TOWN_CLERK, VILLAGE[:9]))
    colleague = other.post(f"/desk/window/{told.pk}/")

    assert told.tracking.open() in receipt
    assert away["Location"].startswith("/track/sign-in/")
    assert told.tracking.open() in back
    assert colleague.status_code == 404


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"witness": ""}, "按手印要有见证人"),
        ({"witness": "周玉兰"}, "按手印要有见证人"),
        ({"read_out": ""}, "读给申请人听"),
        ({"manner_m2": ""}, "请选怎样签的"),
        ({"sheet": io.BytesIO(b"MZ not a picture")}, "只能上传照片"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_handed_in(window, sheet, more, words):
    answer = window.post("/apply/7/", signed(sheet) | more)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (Case.objects.count(), Consent.objects.count(), Attachment.objects.count()) == (0, 0, 0)


def test_a_phone_counts_only_after_its_owner_read_out_the_code(clock, town, sign_in):
    demo_database()
    browser = sign_in(town.clerk)

    unsent = browser.post("/desk/window/", {"phone": "12900000007", "code": ""})
    browser.post("/desk/window/", {"phone": "12900000007", "code": "", "send": "1"})
    wrong = browser.post("/desk/window/", {"phone": "12900000007", "code": "000000"})
    right = browser.post("/desk/window/", {"phone": "12900000007", "code": newest_code()})

    assert (unsent.status_code, wrong.status_code, right.status_code) == (422, 422, 302)
    assert Draft.objects.get().phone.open() == "12900000007"


def test_whoever_is_not_there_gets_his_own_link(window, sheet):
    window.post("/apply/7/", signed(sheet) | {"manner_m2": "later", "phone_m2": "12900000002"})

    assert Message.objects.get().template == "family_link"
    assert {c.member_key for c in Consent.objects.all()} == {"m1", "m3"}


def test_an_assistant_hands_in_for_the_own_village_only(clock, city, sign_in, sheet):
    demo_database()
    helper = staff("helper", Role.VILLAGE_ASSISTANT, OTHER_VILLAGE)
    browser = sign_in(helper)
    browser.post("/desk/window/", {"phone": "", "code": ""})
    fill_in(browser)

    answer = browser.post("/apply/7/", signed(sheet))

    assert answer.status_code == 403
    assert not Case.objects.exists()
    browser.post("/apply/place/live/", {"code": OTHER_VILLAGE})
    browser.post("/apply/7/", signed(sheet_again(sheet)))
    assert Application.objects.get().channel == "assistant"
    assert NUMBERS["m1"] not in browser.get("/desk/window/").content.decode()


def sheet_again(sheet):
    """The same photograph, to be read once more."""
    sheet.seek(0)
    return sheet


def test_a_windows_draft_is_nobody_elses(clock, town, sign_in):
    demo_database()
    draft = open_window("", by=town.clerk, at=now())
    draft.declaration = ren_declaration()
    draft.save()
    colleague = staff("other", Role.TOWN_CLERK, VILLAGE[:9])

    with pytest.raises(NotFound):
        submit(draft.pk, by=colleague, at=now())
    with pytest.raises(NotFound):
        submit(draft.pk, by=CITIZEN, at=now())

    assert not Case.objects.exists()


def test_who_may_not_file_opens_no_window_and_signing_out_ends_it(window, town, sign_in):
    with pytest.raises(NotAllowed):
        open_window("", by=town.head, at=now())
    assert sign_in(town.head).get("/desk/window/").status_code == 403

    window.post("/sign-out/")

    assert window.get("/apply/2/")["Location"].startswith("/track/sign-in/")


def test_the_window_is_journalled_with_the_officers_name(window, town, sheet):
    window.post("/apply/7/", signed(sheet))

    told = {e.action: e.actor_name for e in Entry.objects.filter(actor_id=str(town.clerk.pk))}

    assert told["draft.opened_at_window"] == told["case.submitted"] == town.clerk.name
