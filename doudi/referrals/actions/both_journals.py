"""两县留痕: what two counties do about one request stands in the journals of both.

In the case's own journal it is about the case, so that the household reads it once among who
looked; in the hukou county's it is about the request.

Clause: PIPL art 7 (openness)
Move:   none      Right: called by the other actions      Says: nothing
"""

from doudi.audit.actor import Actor
from doudi.audit.journal import write
from doudi.referrals.models import PlaceRequest


def write_both(action: str, request: PlaceRequest, by: Actor, purpose: str = "") -> None:
    """One line in each county's journal; in a single one where both towns are of one county."""
    about = f"case:{request.case_id}"
    write(action, actor=by, subject=about, chain=request.county, purpose=purpose)
    there = request.to_town[:6]
    if there and there != request.county:
        write(action, actor=by, subject=f"place:{request.pk}", chain=there, purpose=purpose)
