"""告知处理结果: the receipt of a file that was held says what the city decided about it.

Clause: promises.md row C (a receipt for what was done with a delivery)
Move:   HELD -> TAKEN or REFUSED      Right: called by a reaction      Says: nothing
"""

from uuid import UUID

from doudi.departments.flow import HELD, REFUSED, TAKEN
from doudi.departments.models import Upload


def tell_decision(delivery_id: UUID, *, use: bool, reason: str) -> None:
    """Once; a delivery that came by no receipt has none to tell it."""
    held = Upload.objects.filter(delivery=delivery_id, state=HELD)
    if use:
        held.update(state=TAKEN)
    else:
        told = {"code": "set_aside", "values": {"reason": reason}, "rows": []}
        held.update(state=REFUSED, accepted=0, refused=told)
