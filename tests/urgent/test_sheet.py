"""F11 of relief that was given first: who proposed, who signed, by when the papers come."""

import pytest
from django.conf import settings

from doudi.clock.time import now
from doudi.filing.letters.rooms import advance_sheet
from doudi.kernel.errors import NotFound
from doudi.paper.fields import missing_fields
from doudi.paper.forms import find_form
from doudi.paper.typst import render
from doudi.urgent.actions.sign import sign
from tests.paper.reading import read
from tests.urgent.conftest import ACCOUNT, PHONE, ZHANG, proposed, visited

pytestmark = pytest.mark.django_db


def test_the_sheet_shows_both_hands_the_amount_in_capitals_and_masks_numbers(roster, clock):
    call = visited(roster, clock)
    advance = proposed(call, roster.clerk)
    sign(advance.pk, version=None, by=roster.officer, at=now())

    data = advance_sheet(call)
    text = read(render("F11", data, pack=settings.DOUDI_PACK_DIR)).text

    assert missing_fields(find_form("F11"), data) == []
    assert data["opinions"]["review"]["clerk"] != data["opinions"]["county"]["head"]
    assert data["advance"]["papers_by_on"] > data["advance"]["on"]
    assert "元整" in text
    assert not any(secret in text for secret in (ZHANG, PHONE, ACCOUNT))


def test_a_call_without_a_proposal_has_no_sheet(roster, clock):
    call = visited(roster, clock)

    with pytest.raises(NotFound):
        advance_sheet(call)
