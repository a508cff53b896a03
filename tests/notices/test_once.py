"""A message with a natural key is queued once, however often its reaction is called."""

import pytest
from django.db import IntegrityError, transaction

from doudi.accounts.permissions import Role
from doudi.benefits.actions.check_roll import check_roll
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.actions.release_roll import release_roll
from doudi.clock.time import now
from doudi.notices.models import Message
from doudi.notices.send import send, send_due
from doudi.outbox.deliver import deliver_all, read_back
from doudi.outbox.models import Event
from doudi.reactions.table import REACTIONS
from tests.factories.cases import case_at, staff

pytestmark = pytest.mark.django_db
KINDS = {kind.__name__: kind for kind in REACTIONS}
COUNTY, PHONE = "610702", "12900000001"


def _tell(key: str, template: str = "withdrawn", subject: str = "case:1") -> Message | None:
    values = {"name": "任", "number": "1", "town": "某镇", "phone": "0916-0000000"}
    return send(template, to=PHONE, values=values, subject=subject, key=key)


def test_the_same_key_is_the_same_message():
    first = _tell("a")

    again = _tell("a")

    assert again.pk == first.pk
    assert Message.objects.count() == 1


def test_what_was_sent_already_is_not_queued_again():
    _tell("a")
    send_due()

    _tell("a")

    assert Message.objects.get().state == "sent"


def test_another_key_template_or_subject_is_another_message():
    _tell("a")

    _tell("b")
    _tell("a", template="refused")
    _tell("a", subject="case:2")

    assert Message.objects.count() == 4


def test_without_a_key_every_call_queues_as_codes_do():
    _tell("")
    _tell("")

    assert Message.objects.count() == 2


def test_the_database_refuses_the_second_of_two_at_once():
    first = _tell("a")

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            to=PHONE,
            text="x",
            template=first.template,
            subject=first.subject,
            key=first.key,
            created_at=now(),
            next_try_at=now(),
        )

    assert Message.objects.count() == 1


def _messages() -> list[tuple]:
    return sorted(Message.objects.values_list("pk", "template", "subject", "key"))


def _react_to_everything_again() -> None:
    for event in Event.objects.order_by("order"):
        for reaction in REACTIONS[KINDS[event.kind]]:
            reaction(read_back(KINDS[event.kind], event.payload))


@pytest.mark.parametrize(
    "goal", ["awaiting_papers", "not_accepted", "refused", "withdrawn", "confirmed"]
)
def test_reactions_called_again_by_hand_queue_nothing(goal, clock, city):
    case_at(goal, clock)
    deliver_all()
    before = _messages()

    _react_to_everything_again()

    assert len(before) > 1
    assert _messages() == before


def test_every_month_is_told_and_each_once(clock, city):
    case_at("confirmed", clock)
    officer, checker = (staff(name, Role.COUNTY_OFFICER, COUNTY) for name in "oc")
    finance = staff("f", Role.COUNTY_FINANCE, COUNTY)
    for month in ("2022-06", "2022-07"):
        roll = prepare_roll(COUNTY, month, by=officer, at=now())
        check_roll(roll.pk, version=None, by=checker, at=now())
        release_roll(roll.pk, version=None, by=finance, at=now())
        deliver_all()

    _react_to_everything_again()

    assert Message.objects.filter(template="paid").count() == 2
