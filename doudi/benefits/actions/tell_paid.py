"""告知发放结果: paid to which account, or back with the reason; to whoever applied or called here.

Clause: DB57 art 25
Move:   none      Right: called by a reaction      Says: nothing
"""

from uuid import UUID

from doudi.benefits.actions.tell_payee import tell_payee
from doudi.benefits.file import last_try
from doudi.benefits.models import Payment
from doudi.benefits.queries import payment, payments_of_file, payments_to_tell
from doudi.kernel.money import yuan_text
from doudi.kernel.periods import Month
from doudi.vault.masking import mask_account


def tell_roll(roll_id: UUID) -> None:
    """Everybody on a roll who applied here, and whoever's money came back, once."""
    for each in payments_to_tell(roll_id):
        _tell(each, str(each.pk))


def tell_reissue(file_id: UUID) -> None:
    """It has come now, or came back once more."""
    for each in payments_of_file(file_id):
        _tell(each, f"{each.pk}:{last_try(each).number}")


def tell_came_back(payment_id: UUID) -> None:
    """What was told as paid is not there; an advance is told by tell_at_once()."""
    back = payment(payment_id)
    if back.roll.kind == "monthly":
        _tell(back, f"{payment_id}:back")


def _tell(paid: Payment, key: str) -> None:
    month = Month.parse(paid.month)
    tell_payee(
        paid.award,
        "paid" if paid.stage == "paid" else "payment_returned",
        key,
        month=f"{month.year}年{month.number}月",
        amount=yuan_text(paid.amount_fen),
        account=mask_account(last_try(paid).account.open() or ""),
        reason=paid.result_reason,
    )
