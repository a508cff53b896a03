"""请人代办 on two phones: the applicant's, and that of whoever acts for him."""

import datetime as dt
import io

import pytest
from django.test import Client
from PIL import Image

from doudi.attachments.models import Attachment
from doudi.cases.models import Case
from doudi.mandates.models import Mandate
from tests.factories.cases import case_at
from tests.pages.portal.conftest import PHONE, prove

pytestmark = pytest.mark.django_db
NEPHEW = "12900000088"
FORM = {"name": "任小军", "phone": NEPHEW, "relation": "relative", "until_on": "2022-06-30"}


@pytest.fixture
def waiting(clock, city):
    """A case that waits for papers."""
    return case_at("awaiting_papers", clock)


@pytest.fixture
def owner(waiting):
    """The applicant's phone."""
    browser = Client()
    prove(browser, PHONE)
    return browser


@pytest.fixture
def nephew(waiting, owner, clock):
    """The nephew's phone, a little later: the newest code is his."""
    browser = Client()
    clock.shift(dt.timedelta(minutes=2))
    prove(browser, NEPHEW)
    return browser


def give(owner, waiting, **more):
    """The applicant fills in the form."""
    told = FORM | {"matters": ["follow", "papers"]} | more
    return owner.post(f"/track/cases/{waiting.pk}/mandates/", told)


def photo():
    """A picture from a phone."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.name, _ = "IMG.jpg", out.seek(0)
    return out


def test_a_nephew_hands_in_papers_that_the_applicant_let_him(waiting, owner, nephew):
    assert give(owner, waiting).status_code == 302
    mandate = Mandate.objects.get()
    address = f"/acting/{mandate.pk}/"

    listed = nephew.get("/acting/").content.decode()
    sent = nephew.post(address + "photo/", {"kind": "other", "files": [photo()]})
    done = nephew.post(address + "papers/", {"note": "补上了"})

    assert address in listed
    assert (sent.status_code, done.status_code) == (302, 302)
    assert Attachment.objects.filter(kind="other").count() == 1
    assert Case.objects.get(pk=waiting.pk).stage == "submitted"


def test_the_nephew_sees_no_family_no_numbers_and_nothing_of_his_uncles_own_page(
    waiting, owner, nephew
):
    give(owner, waiting)
    mandate = Mandate.objects.get()

    pages = [nephew.get(f"/acting/{mandate.pk}/{end}").content.decode() for end in ("", "papers/")]

    declaration = waiting.application.declaration.open()
    secret = {m["name"] for m in declaration["members"]}
    secret |= {m["id_number"] for m in declaration["members"]}
    secret |= {PHONE, declaration["applicant"]["bank"]["account"]}
    assert [word for word in secret for page in pages if word in page] == []
    for end in ("", "withdraw/", "mandates/", "changes/", "appeal/"):
        assert nephew.get(f"/track/cases/{waiting.pk}/{end}").status_code == 404


def test_a_mandate_to_follow_shows_no_papers(waiting, owner, nephew):
    give(owner, waiting, matters=["follow"])
    address = f"/acting/{Mandate.objects.get().pk}/"

    shown, papers = nephew.get(address), nephew.get(address + "papers/")
    sent = nephew.post(address + "photo/", {"kind": "other", "files": [photo()]})

    assert (shown.status_code, papers.status_code, sent.status_code) == (200, 404, 404)
    assert not Attachment.objects.exists()


def test_the_applicant_reads_what_withdrawing_means_and_ends_it(waiting, owner, nephew):
    give(owner, waiting)
    mandate = Mandate.objects.get()
    address = f"/track/cases/{waiting.pk}/mandates/{mandate.pk}/"

    asked = owner.get(address).content.decode()
    ended = owner.post(address)

    assert "以前代办的仍然有效" in asked
    assert (ended.status_code, nephew.get(f"/acting/{mandate.pk}/").status_code) == (302, 404)


def test_the_nephew_cannot_end_or_give_a_mandate_himself(waiting, owner, nephew):
    give(owner, waiting)
    mandate = Mandate.objects.get()

    ended = nephew.post(f"/track/cases/{waiting.pk}/mandates/{mandate.pk}/")

    assert (ended.status_code, give(nephew, waiting).status_code) == (404, 404)
    assert Mandate.objects.get().withdrawn_at is None


def test_what_is_missing_stands_beside_its_field(waiting, owner):
    answer = give(owner, waiting, phone=PHONE)

    assert answer.status_code == 422
    assert "这是申请人自己的手机" in answer.content.decode()


@pytest.mark.parametrize("end", ["/acting/", "/acting/{m}/", "/acting/{m}/papers/"])
def test_acting_pages_ask_little(waiting, owner, nephew, end, django_assert_max_num_queries):
    give(owner, waiting)
    path = end.format(m=Mandate.objects.get().pk)

    with django_assert_max_num_queries(12):
        answer = nephew.get(path)

    assert (answer.status_code, len(answer.content) < 60_000) == (200, True)
