"""与省级比对: what the province holds of a county, laid beside what we hold; nothing is changed.

Clause: DOUDI S23
Move:   none      Right: province.exchange      Says: nothing
"""

import datetime as dt
import hashlib
from collections import Counter
from typing import IO

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import CITY, actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
from doudi.province.catalog import template
from doudi.province.channels import read_rows
from doudi.province.figures import differences
from doudi.province.flow import HOLDINGS
from doudi.province.models import Difference, Exchange
from doudi.province.queries import our_rows


def take_holdings(
    county: str, month: str, purpose: str, file: IO[bytes], *, by: Staff, at: dt.datetime
) -> Exchange:
    """The comparison with its list of differences; Invalid for a table that names one twice."""
    require(by, "province.exchange", CITY)
    about = template()
    content, rows = read_rows(file, [column.heading for column in about.columns])
    twice = sorted(k for k, n in Counter(row[about.key] for row in rows).items() if n > 1)
    if twice:
        raise Invalid({"file": Sentence("有重复的家庭编号：{keys}", keys=twice[:5])})
    found = differences(about, our_rows(county, month), rows)
    made = Exchange(kind=HOLDINGS, county=county, month=month, purpose=purpose, staff=by, at=at)
    made.number, made.template = f"SJ{at:%Y%m%d}-{made.pk.hex[:6].upper()}", about.version
    made.rows, made.sha256 = len(rows), hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        made.save(force_insert=True)
        Difference.objects.bulk_create(
            [
                Difference(exchange=made, award=key, kind=kind, heading=h, ours=one, theirs=other)
                for key, kind, h, one, other in found
            ],
            batch_size=500,
        )
        write(
            "province.compared",
            actor=actor_of(by),
            subject=f"exchange:{made.pk}",
            chain=county,
            purpose=made.get_purpose_display(),
            detail={"month": month, "rows": len(rows), "differences": len(found)},
        )
    return made
