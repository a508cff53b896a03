"""清除打印件: what was printed lies no longer than its hours; it can be printed again.

Of a job that was given up the sheets that were set go with it.

Clause: PIPL 47
Move:   READY, BROKEN -> GONE      Right: nobody's, it runs by the clock      Says: nothing
"""

import datetime as dt

from django.db import transaction

from doudi.attachments.storage import remove
from doudi.filing.flow import Stage
from doudi.filing.models import Batch
from doudi.filing.queries import to_clear


def clear_prints(*, at: dt.datetime) -> int:
    """Returns how many files were removed; the job's line stays."""
    over = to_clear(at)
    for batch in over:
        with transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(stage=Stage.GONE, stored_name="", parts=[])
        for name in [*batch.parts, batch.stored_name]:
            if name:
                remove(name)
    return len(over)
