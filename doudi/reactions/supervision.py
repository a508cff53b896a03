"""What follows from what the county's own checks found."""

from doudi.audit.actor import SYSTEM
from doudi.clock.time import now
from doudi.supervision.actions.raise_rectification import Wrong, raise_rectification
from doudi.supervision.events import CheckOverturned
from doudi.supervision.worklist import was_raised

FOUND = "县级核查认定不符，决定与事实不一致。"
MEND = "重新核定待遇；查清是哪个环节、为什么办错，写明以后怎么避免。"


def rectify_what_was_overturned(event: CheckOverturned) -> None:
    """It stands in the register until the town has mended it and the county has seen so; once."""
    source = f"check:{event.check_id}"
    if was_raised(source):
        return
    wrong = Wrong("overturned", FOUND, MEND, case_id=event.case_id, source=source)
    raise_rectification(wrong, by=SYSTEM, at=now())
