"""A returned payment is told with its reason, and told again when the second try has come."""

import pytest

from doudi.benefits.actions.propose_reissue import propose_reissue
from doudi.benefits.actions.release_reissue import release_reissue
from doudi.benefits.models import Award, Payment
from doudi.clock.time import now
from doudi.notices.models import Message
from doudi.outbox.deliver import deliver_all
from doudi.people.models import Person
from tests.benefits import running
from tests.benefits.month import GONE, GOOD, hands, released, to_account
from tests.factories.cases import case_at

pytestmark = pytest.mark.django_db


def test_returned_corrected_paid_again_and_told_each_time_once(clock, city):
    case_at("confirmed", clock)
    award = Award.objects.get()
    to_account(award, GONE)
    by = hands()
    released(by)
    deliver_all()
    back = Payment.objects.get()

    to_account(award, GOOD)
    file = propose_reissue([back.pk], by=by.officer, at=now())
    release_reissue(file.pk, by=by.finance, at=now())
    deliver_all()

    told = Message.objects.filter(template__in=("paid", "payment_returned"))
    keys = {m.template: m.key for m in told}
    assert keys == {"payment_returned": str(back.pk), "paid": f"{back.pk}:2"}
    assert all(len(key) <= 60 for key in keys.values())
    assert (back.stage, Payment.objects.get().stage) == ("returned", "paid")


def test_who_was_taken_over_is_told_what_came_back_and_not_each_month(clock, city):
    award = running.award()
    payee = Person.objects.get(pk=award.payee_id)
    payee.phone = "12900000071"
    payee.save()
    to_account(award, GONE)

    released(hands())
    deliver_all()

    told = Message.objects.get()
    assert (told.template, told.to.open()) == ("payment_returned", "12900000071")
    assert "账号不存在" in told.text.open()
