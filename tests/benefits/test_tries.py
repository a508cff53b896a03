"""What came back is tried again, once, to a corrected account, and nothing in the books changes."""

import pytest
from django.db import DatabaseError, transaction

from doudi.benefits.actions.book_results import book_results
from doudi.benefits.actions.propose_reissue import propose_reissue
from doudi.benefits.actions.release_reissue import release_reissue
from doudi.benefits.channels.base import Result
from doudi.benefits.file import content
from doudi.benefits.models import Attempt, Award, BankFile, BankLine, BankOrder, Payment
from doudi.benefits.reconciliation import three_ways
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, NotAllowed
from doudi.ledger.models import Movement
from doudi.outbox.deliver import deliver_all
from doudi.vault.signing import is_signed
from tests.benefits.month import COUNTY, GONE, GOOD, MONTH, county, hands, released, to_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(city):
    county()
    return hands()


@pytest.fixture
def returned(by) -> Payment:
    """June is paid, but for one household whose account does not exist."""
    award = Award.objects.order_by("number").first()
    to_account(award, GONE)
    released(by)
    deliver_all()
    return Payment.objects.get(award=award)


def again(payment, by):
    """Proposed by civil affairs, released by finance, and answered by the bank."""
    file = propose_reissue([payment.pk], by=by.officer, at=now())
    release_reissue(file.pk, by=by.finance, at=now())
    deliver_all()
    return file


def test_corrected_and_tried_again_the_household_has_its_money_once(returned, by):
    to_account(returned.award, GOOD)

    again(returned, by)

    returned.refresh_from_db()
    tries = returned.attempts.order_by("number").values_list("end_to_end_id", "stage")
    first = returned.end_to_end_id
    assert returned.stage == "paid"
    assert list(tries) == [(first, "returned"), (f"{first}-2", "paid")]
    assert BankOrder.objects.get(end_to_end_id=f"{first}-2").content.open()["account"] == GOOD
    assert three_ways(COUNTY, MONTH, now(), now() - now()).gaps == []


def test_to_the_account_that_came_back_nothing_is_proposed(returned, by):
    with pytest.raises(Conflict, match="还没有更正"):
        propose_reissue([returned.pk], by=by.officer, at=now())

    assert Attempt.objects.filter(number=2).count() == 0


def test_what_is_tried_again_or_has_come_is_not_tried_once_more(returned, by):
    to_account(returned.award, GOOD)
    propose_reissue([returned.pk], by=by.officer, at=now())

    with pytest.raises(Conflict):
        propose_reissue([returned.pk], by=by.officer, at=now())
    paid = Payment.objects.filter(stage="paid").first()
    with pytest.raises(Conflict):
        propose_reissue([paid.pk], by=by.officer, at=now())

    assert Attempt.objects.filter(number=2).count() == 1


def test_who_proposed_does_not_release_and_finance_does_not_propose(returned, by):
    to_account(returned.award, GOOD)
    with pytest.raises(NotAllowed):
        propose_reissue([returned.pk], by=by.finance, at=now())
    file = propose_reissue([returned.pk], by=by.officer, at=now())

    for other in (by.officer, by.checker):
        with pytest.raises(NotAllowed):
            release_reissue(file.pk, by=other, at=now())


def test_what_came_back_twice_is_tried_a_third_time(returned, by):
    to_account(returned.award, "6210990000000010000")
    again(returned, by)
    to_account(returned.award, GOOD)

    again(returned, by)

    returned.refresh_from_db()
    assert (returned.stage, returned.attempts.count()) == ("paid", 3)


def test_the_database_knows_one_living_try_and_no_other_account(returned, by):
    paid = Attempt.objects.filter(stage="paid").first()
    more = Attempt(payment=paid.payment, number=2, end_to_end_id="x", holder="x", account=GOOD)

    with pytest.raises(DatabaseError), transaction.atomic():
        more.save(force_insert=True)
    for field, value in {"holder": "x", "number": 9, "end_to_end_id": "y", "bank": "z"}.items():
        with pytest.raises(DatabaseError), transaction.atomic():
            Attempt.objects.filter(pk=paid.pk).update(**{field: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.filter(payment=returned).update(stage="paid")
    with pytest.raises(DatabaseError), transaction.atomic():
        Attempt.objects.filter(pk=paid.pk)._raw_delete("default")


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (BankFile, {"total_fen": 1}),
        (BankFile, {"sha256": "0" * 64}),
        (BankFile, {"signature": "0" * 64}),
        (BankFile, {"stage": "released"}),
        (BankLine, {"amount_fen": 1}),
        (Movement, {"fen": 1}),
        (Movement, {"debit": "fund.610722"}),
        (Payment, {"base_fen": 1}),
    ],
)
def test_the_database_changes_nothing_of_a_file_a_statement_or_the_ledger(model, values, returned):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")


def test_a_file_bears_a_number_a_sum_a_hash_and_a_signature_that_holds(returned):
    file = BankFile.objects.get()
    text, orders = content(file)

    assert is_signed(text, file.signature)
    assert not is_signed(text.replace("1", "2", 1), file.signature)
    assert (file.count, file.total_fen) == (len(orders), sum(o.amount_fen for o in orders))


def test_what_comes_back_after_it_was_paid_is_owed_again_and_told(returned, by):
    paid = Attempt.objects.filter(stage="paid").first()
    late = Result(paid.end_to_end_id, False, "销户", paid.payment.amount_fen)

    assert book_results([late], at=now()) == 1
    assert book_results([late, late], at=now()) == 0

    paid.payment.refresh_from_db()
    ways = three_ways(COUNTY, MONTH, now(), now() - now())
    owed = sum(Payment.objects.filter(stage="returned").values_list("amount_fen", flat=True))
    assert (paid.payment.stage, paid.payment.result_reason) == ("returned", "销户")
    assert (ways.ledger.owed, ways.gaps) == (owed, [])


def test_another_sum_or_paid_after_returned_is_kept_and_named_and_not_booked(returned):
    paid = Attempt.objects.filter(stage="paid").first()
    wrong = Result("DDNOBODY", True, "", 100)
    after = Result(returned.end_to_end_id, True, "", returned.amount_fen)

    moved = book_results([wrong, after], at=now())

    gaps = three_ways(COUNTY, MONTH, now(), now() - now()).gaps
    returned.refresh_from_db()
    assert (moved, returned.stage, gaps) == (0, "returned", [])
    assert BankLine.objects.filter(booked=False).count() == 2
    assert paid.payment.stage == "paid"
