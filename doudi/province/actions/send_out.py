"""上报省级: a county's running awards of a month in the province's own headings and codes.

Clause: SI649 art 58 (information is shared); DOUDI S23 (nothing typed twice)
Move:   none      Right: province.exchange      Says: nothing
"""

import csv
import datetime as dt
import io

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import CITY, actor_of, require
from doudi.attachments.bulk import discard_bulk, keep_bulk
from doudi.audit.journal import write
from doudi.kernel.errors import Missing
from doudi.paper.workbook.defuse import harmless
from doudi.province.catalog import template
from doudi.province.flow import OUT
from doudi.province.models import Exchange, SentLine
from doudi.province.queries import our_rows


def send_out(county: str, month: str, purpose: str, *, by: Staff, at: dt.datetime) -> Exchange:
    """The export with its sealed file; Missing where nothing runs in that month."""
    require(by, "province.exchange", CITY)
    rows = our_rows(county, month)
    if not rows:
        raise Missing(["这个月没有可以上报的待遇"])
    kept = keep_bulk(io.BytesIO(_file(rows)))
    made = Exchange(kind=OUT, county=county, month=month, purpose=purpose, staff=by, at=at)
    made.number = f"SJ{at:%Y%m%d}-{made.pk.hex[:6].upper()}"
    made.template, made.rows = template().version, len(rows)
    made.stored_name, made.sha256 = kept.name, kept.sha256
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            key = template().key
            SentLine.objects.bulk_create(
                [SentLine(exchange=made, award=row[key]) for row in rows], batch_size=1000
            )
            write(
                "province.sent_out",
                actor=actor_of(by),
                subject=f"exchange:{made.pk}",
                chain=county,
                purpose=made.get_purpose_display(),
                detail={"month": month, "rows": len(rows), "sha256": kept.sha256[:24]},
            )
    except BaseException:
        discard_bulk(kept.name)
        raise
    return made


def _file(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(rows[0])
    table.writerows([[harmless(value) for value in row.values()] for row in rows])
    return out.getvalue().encode("utf-8-sig")
