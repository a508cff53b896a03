"""What may not be submitted, and what a submission does not believe."""

import pytest

from doudi.cases.actions.save_draft import save_draft
from doudi.cases.actions.submit import submit
from doudi.cases.models import Application, Applied, Case, Draft
from doudi.clock.time import now
from doudi.demo.play import CITIZEN
from doudi.kernel.errors import Conflict, Invalid
from tests.factories.cases import NUMBERS, draft, ren_declaration, submitted

pytestmark = pytest.mark.django_db


def test_every_member_can_be_found_by_the_keyed_index(city):
    case = submitted()

    keys = Applied.objects.filter(application=case.application).values_list("key", flat=True)

    assert sorted(keys) == ["m1", "m2", "m3"]


def test_the_standard_is_that_of_the_village_whatever_the_applicant_wrote(clock, city):
    forged = ren_declaration()
    forged["applicant"]["area"] = "rural"

    case = submitted(forged)

    assert case.area == "urban"


@pytest.mark.parametrize("region", ["610702008", "610702008999", "61070200800１", "", None])
def test_a_place_that_is_no_village_of_the_list_is_refused(region, city):
    lost = ren_declaration()
    lost["applicant"]["region"] = region

    with pytest.raises(Invalid) as refusal:
        submit(draft(lost), by=CITIZEN, at=now())

    assert "applicant.region" in refusal.value.fields


@pytest.mark.parametrize("yuan", ["abc", 5, "-1", "1e9", "99999999999", None])
def test_money_that_no_rule_can_read_is_refused_with_its_place(yuan, city):
    odd = ren_declaration()
    odd["members"][1]["income"] = [{"kind": "wage", "yuan": yuan}]

    with pytest.raises(Invalid) as refusal:
        submit(draft(odd), by=CITIZEN, at=now())

    assert list(refusal.value.fields) == ["members[1].income[0].yuan"]
    assert Application.objects.count() == 0


def test_a_declaration_without_its_parts_is_refused_not_broken(city):
    torn = ren_declaration()
    del torn["property"]

    with pytest.raises(Invalid):
        submit(draft(torn), by=CITIZEN, at=now())

    assert Case.objects.count() == 0


def test_the_applicant_cannot_apply_under_another_members_number(city):
    other = ren_declaration()
    other["applicant"]["id_number"] = NUMBERS["m2"]

    with pytest.raises(Invalid) as refusal:
        submit(draft(other), by=CITIZEN, at=now())

    assert "members[0].id_number" in refusal.value.fields


def test_an_old_page_cannot_open_a_submitted_draft_again(city):
    ref = draft()
    old_page = Draft.objects.get(pk=ref)
    submit(ref, by=CITIZEN, at=now())

    with pytest.raises(Conflict):
        save_draft(old_page, ren_declaration(reason="改过的理由"), 1, at=now())

    assert Draft.objects.get(pk=ref).submitted_at is not None
    assert Application.objects.get().declaration.open()["reason"] != "改过的理由"
