"""What the office promises, from the pack's parameters."""

import datetime as dt

from django.conf import settings

from doudi.policy.pack import load_pack


def promise(on: dt.date) -> dict[str, int]:
    """Working days to accept and to decide, calendar days of the public notice, on a day."""
    pack = load_pack(settings.DOUDI_PACK_DIR)
    process = pack.process_at(on)
    return {
        "accept": int(process.stages[0]["days"]),
        "decide": pack.book.general("process.total_days", on),
        "notice": pack.book.general("process.notice_days", on),
    }
