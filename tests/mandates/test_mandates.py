"""委托: given by the person himself, kept to what it covers, ended any day."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from doudi.audit.actor import Actor
from doudi.cases.models import Step
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.mandates import queries
from doudi.mandates.actions.give_mandate import Given, give_mandate
from doudi.mandates.actions.supplement_for import supplement_for
from doudi.mandates.actions.withdraw_mandate import withdraw_mandate
from doudi.mandates.models import Mandate
from doudi.notices.models import Message
from doudi.vault.index import blind_index
from tests.factories.cases import case_at

pytestmark = pytest.mark.django_db
PHONE = "12900000088"
INDEX = "phone"
SHEET = "a" * 64


@pytest.fixture
def waiting(village, clock):
    """A case that waits for papers, with its applicant."""
    case = case_at("awaiting_papers", clock)
    return SimpleNamespace(case=case, owner=Actor("citizen", case.application.phone_index, ""))


def given(**more):
    """The nephew may see the progress and hand in papers for a month."""
    told = {
        "name": "任小军",
        "phone": PHONE,
        "relation": "relative",
        "matters": ["follow", "papers"],
    }
    return Given(**(told | {"until_on": today() + dt.timedelta(days=30)} | more))


def held(mandate, matter="papers"):
    """The mandate as the nephew's phone finds it."""
    return queries.mandate_for(mandate.pk, blind_index(INDEX, PHONE), matter, today())


def test_a_representative_hands_in_papers_and_the_file_says_for_whom(waiting):
    mandate = give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())

    supplement_for(mandate.pk, blind_index(INDEX, PHONE), "身份证补上了", at=now())

    step = Step.objects.filter(case=waiting.case, move="supplement").get()
    assert step.by_name == "任*军（代任*明）"
    assert step.by_id == blind_index(INDEX, PHONE)


def test_the_applicant_hears_of_each_step(waiting):
    mandate = give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())
    supplement_for(mandate.pk, blind_index(INDEX, PHONE), "", at=now())

    withdraw_mandate(mandate.pk, by=waiting.owner, at=now())

    told = set(Message.objects.values_list("template", flat=True))
    assert {"mandate_given", "mandate_held", "mandate_used", "mandate_over"} <= told


def test_a_mandate_to_follow_hands_in_nothing(waiting):
    mandate = give_mandate(waiting.case.pk, given(matters=["follow"]), by=waiting.owner, at=now())

    assert held(mandate, "follow") == mandate
    with pytest.raises(NotFound):
        supplement_for(mandate.pk, blind_index(INDEX, PHONE), "", at=now())


def test_another_phone_has_no_mandate(waiting):
    mandate = give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())

    for index in (blind_index(INDEX, "12900000099"), ""):
        with pytest.raises(NotFound):
            queries.mandate_for(mandate.pk, index, "follow", today())


def test_a_withdrawn_mandate_is_over_at_once(waiting):
    mandate = give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())

    withdraw_mandate(mandate.pk, by=waiting.owner, at=now())

    with pytest.raises(NotFound):
        held(mandate)
    assert queries.mandates_held(blind_index(INDEX, PHONE), today()) == []


def test_a_mandate_ends_after_its_last_day(waiting, clock):
    mandate = give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())
    clock.shift(dt.timedelta(days=31))

    with pytest.raises(NotFound):
        held(mandate)
    give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())


def test_nobody_gives_or_ends_a_mandate_for_another(waiting, village):
    stranger = Actor("citizen", blind_index(INDEX, PHONE), "")
    with pytest.raises(NotAllowed):
        give_mandate(waiting.case.pk, given(), by=stranger, at=now())
    mandate = give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())

    with pytest.raises(NotFound):
        withdraw_mandate(mandate.pk, by=stranger, at=now())
    with pytest.raises(NotAllowed):
        withdraw_mandate(mandate.pk, by=village.other, at=now())


def test_one_phone_has_one_mandate_of_a_case(waiting):
    give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())

    with pytest.raises(Conflict):
        give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"phone": "12900000001"}, "phone"),
        ({"relation": "boss"}, "relation"),
        ({"matters": []}, "matters"),
        ({"matters": ["account"]}, "matters"),
        ({"until_on": dt.date(2030, 1, 1)}, "until_on"),
        ({"until_on": dt.date(2020, 1, 1)}, "until_on"),
    ],
)
def test_what_is_wrong_with_a_mandate_is_named(waiting, more, field):
    with pytest.raises(Invalid) as refused:
        give_mandate(waiting.case.pk, given(**more), by=waiting.owner, at=now())

    assert field in refused.value.fields


def test_a_thumbprint_on_paper_is_witnessed_by_another_family(waiting, village):
    paper = {"manner": "thumbprint", "witness": "邻居老周", "sheet_sha256": SHEET}

    mandate = give_mandate(waiting.case.pk, given(**paper), by=village.clerk, at=now())

    assert (mandate.manner, mandate.witness.open()) == ("thumbprint", "邻居老周")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"witness": ""}, "witness"),
        ({"witness": "任建明"}, "witness"),
        ({"witness": "任小军"}, "witness"),
        ({"sheet_sha256": ""}, "sheet"),
    ],
)
def test_paper_lacks_neither_sheet_nor_a_foreign_witness(waiting, village, more, field):
    paper = {"manner": "thumbprint", "witness": "邻居老周", "sheet_sha256": SHEET} | more

    with pytest.raises(Invalid) as refused:
        give_mandate(waiting.case.pk, given(**paper), by=village.clerk, at=now())

    assert field in refused.value.fields


def test_an_applicant_cannot_pass_paper_off_as_witnessed(waiting):
    paper = {"manner": "thumbprint", "witness": "邻居老周", "sheet_sha256": SHEET}

    with pytest.raises(NotAllowed):
        give_mandate(waiting.case.pk, given(**paper), by=waiting.owner, at=now())


def test_the_database_keeps_the_sheet_with_the_paper(waiting):
    mandate = give_mandate(waiting.case.pk, given(), by=waiting.owner, at=now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(manner="thumbprint")
