"""更换发放账户: the account an award is paid to from the next roll on.

Clause: DB57 art 25
Move:   none      Right: the caller's      Says: nothing
"""

from uuid import UUID

from doudi.benefits.dues import is_in_flight
from doudi.benefits.models import Award
from doudi.kernel.errors import Conflict


def set_account(award_id: UUID, account: str, bank: str, holder: str) -> Award:
    """Conflict while a released roll still carries the old one; inside the caller's transaction."""
    award = Award.objects.select_for_update().get(pk=award_id)
    if is_in_flight(award):
        raise Conflict("有一份已放行的名册还没有送到银行，送出以后再换账户")
    award.account, award.bank, award.payee_name = account, bank, holder
    award.save()
    return award
