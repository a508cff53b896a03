"""再打一次: a job that the worker gave up goes on where it stopped.

Clause: PIPL 6, 51
Move:   BROKEN -> WAITING      Right: case.print, and person.reveal in full      Says: nothing
"""

from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import actor_of
from doudi.audit.journal import write
from doudi.filing.actions.ask_batch import cases_to_print
from doudi.filing.flow import Stage
from doudi.filing.models import Batch
from doudi.filing.queries import batch_of
from doudi.kernel.errors import WrongStage


def print_again(batch_id: UUID, *, by: Staff) -> Batch:
    """Waiting once more, under the rights of today; asked twice it is one order."""
    found = batch_of(batch_id, by)
    cases = cases_to_print([UUID(case_id) for case_id, _form in found.sheets], found.whole, by)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=found.pk)
        if batch.stage != Stage.BROKEN:
            raise WrongStage("again", batch.stage, "这个打印任务没有中断，请刷新页面看最新情况")
        batch.stage, batch.tries = Stage.WAITING, 0
        batch.taken_at = batch.ended_at = None
        batch.save(update_fields=["stage", "tries", "taken_at", "ended_at"])
        write(
            "prints.again",
            actor=actor_of(by),
            subject=f"batch:{batch.pk}",
            chain=cases[0].county,
            purpose=batch.purpose,
            detail={"done": batch.done, "sheets": batch.total},
        )
    return batch
