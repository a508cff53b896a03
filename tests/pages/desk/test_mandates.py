"""委托 on paper at the window, for a man who has no phone and does not write."""

import io

import pytest
from PIL import Image

from doudi.attachments.models import Attachment
from doudi.mandates.models import Mandate
from tests.factories.cases import case_at

pytestmark = pytest.mark.django_db
FORM = {
    "name": "任小军",
    "phone": "12900000088",
    "relation": "relative",
    "matters": ["follow"],
    "until_on": "2022-06-30",
    "manner": "thumbprint",
    "witness": "邻居老周",
    "read_out": "on",
}


@pytest.fixture
def address(clock, town):
    """The page of an accepted case."""
    return f"/desk/cases/{case_at('accepted', clock).pk}/mandate/"


def sheet():
    """A photograph of the signed mandate."""
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "JPEG")
    out.name, _ = "F03.jpg", out.seek(0)
    return out


def test_a_thumbprint_is_kept_with_its_sheet_and_witness(address, town, sign_in):
    browser = sign_in(town.clerk)

    answer = browser.post(address, FORM | {"sheet": sheet()})
    shown = browser.get(address).content.decode()

    mandate, kept = Mandate.objects.get(), Attachment.objects.get(kind="mandate")
    assert (answer.status_code, mandate.sheet_sha256) == (302, kept.sha256)
    assert ("任*军" in shown, "任小军" in shown) == (True, False)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"read_out": ""}, "读给本人听以后才能登记委托"),
        ({"witness": "任建明"}, "不能是家里人"),
        ({"sheet": io.BytesIO(b"MZ not a picture")}, "只能上传照片"),
    ],
)
def test_what_is_missing_keeps_neither_sheet_nor_mandate(more, words, address, town, sign_in):
    answer = sign_in(town.clerk).post(address, FORM | {"sheet": sheet()} | more)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Mandate.objects.exists()
    assert not Attachment.objects.filter(kind="mandate").exists()


def test_at_the_window_it_is_ended_too_and_only_by_who_may_witness(address, town, sign_in):
    sign_in(town.clerk).post(address, FORM | {"sheet": sheet()})
    stop = f"{address}{Mandate.objects.get().pk}/"

    barred = sign_in(town.reviewer).post(stop)
    ended = sign_in(town.clerk).post(stop)

    assert (barred.status_code, ended.status_code) == (403, 302)
    assert Mandate.objects.get().withdrawn_at is not None
