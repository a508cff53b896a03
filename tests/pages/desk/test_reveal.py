"""P15: a full value is shown one at a time, after its purpose stands in the journal."""

import pytest

from doudi.audit.models import Entry
from doudi.desk.views import reveal as view
from tests.factories.cases import NUMBERS, case_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock, town):
    """An accepted case."""
    return case_at("accepted", clock)


def asked(**more):
    """What the small form sends."""
    return {"field": "id_number", "member": "m2", "purpose": "identity"} | more


def test_the_value_is_shown_and_the_journal_knows_for_what(case, town, sign_in):
    answer = sign_in(town.clerk).post(f"/desk/cases/{case.pk}/reveal/", asked())

    entry = Entry.objects.get(action="person.revealed")
    assert NUMBERS["m2"] in answer.content.decode()
    assert NUMBERS["m1"] not in answer.content.decode()
    assert (entry.purpose, entry.detail) == ("identity", {"field": "id_number", "member": "m2"})
    assert answer["Cache-Control"] == "no-store"


def test_without_a_purpose_nothing_is_shown(case, town, sign_in):
    answer = sign_in(town.clerk).post(f"/desk/cases/{case.pk}/reveal/", asked(purpose=""))

    assert answer.status_code == 422
    assert NUMBERS["m2"] not in answer.content.decode()
    assert not Entry.objects.filter(action="person.revealed").exists()


def test_when_the_journal_cannot_be_written_nothing_is_shown(case, town, sign_in, monkeypatch):
    browser = sign_in(town.clerk)
    browser.raise_request_exception = False

    def broken(*words, **more):
        raise OSError("the journal is away")

    monkeypatch.setattr(view, "write", broken)
    answer = browser.post(f"/desk/cases/{case.pk}/reveal/", asked())

    assert answer.status_code == 500
    assert NUMBERS["m2"] not in answer.content.decode()


def test_a_link_cannot_reveal(case, town, sign_in):
    answer = sign_in(town.clerk).get(f"/desk/cases/{case.pk}/reveal/")

    assert answer.status_code == 405


def test_every_look_at_a_case_is_journalled(case, town, sign_in):
    sign_in(town.head).get(f"/desk/cases/{case.pk}/?tab=checks")

    entry = Entry.objects.filter(action="case.viewed").latest("id")
    assert (entry.actor_name, entry.detail) == (town.head.name, {"tab": "checks"})
    assert entry.subject == f"case:{case.pk}"
