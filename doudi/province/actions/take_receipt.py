"""收省级回执: what the province says of each line of an export; the same file twice is one.

Clause: DOUDI S23
Move:   sent -> accepted | refused      Right: province.exchange      Says: nothing
"""

import datetime as dt
import hashlib
from collections import defaultdict
from typing import IO

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.accounts.queries import CITY, actor_of, require
from doudi.audit.journal import write
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
from doudi.province.catalog import template
from doudi.province.channels import read_rows
from doudi.province.flow import ACCEPTED, OUT, RECEIPT, REFUSED
from doudi.province.models import Exchange, SentLine


def take_receipt(of: Exchange, file: IO[bytes], *, by: Staff, at: dt.datetime) -> Exchange:
    """The receipt; Invalid for a result the template does not know: then nothing is taken in."""
    require(by, "province.exchange", CITY)
    if of.kind != OUT:
        raise Invalid({"file": "只有上报才有回执"})
    told = template().receipt
    names = [str(told[name]) for name in ("key", "result", "reason")]
    content, rows = read_rows(file, names)
    states = _states(told)
    wrong = sorted({row[names[1]] for row in rows} - states.keys())
    if wrong:
        raise Invalid({"file": Sentence("回执里有不认识的处理结果：{words}", words=wrong[:5])})
    digest = hashlib.sha256(content).hexdigest()
    made = Exchange(kind=RECEIPT, county=of.county, month=of.month, purpose=of.purpose, of=of)
    made.staff, made.at, made.template, made.rows = by, at, of.template, len(rows)
    made.number, made.sha256 = f"SJ{at:%Y%m%d}-{made.pk.hex[:6].upper()}", digest
    with transaction.atomic():
        Exchange.objects.select_for_update().get(pk=of.pk)
        same = Exchange.objects.filter(of=of, sha256=digest).first()
        if same is not None:
            return same
        made.unknown = _mark(of, rows, names, states)
        made.save(force_insert=True)
        write(
            "province.receipt_taken",
            actor=actor_of(by),
            subject=f"exchange:{of.pk}",
            chain=of.county,
            purpose=of.get_purpose_display(),
            detail={"rows": len(rows), "unknown": made.unknown},
        )
    return made


def _states(told: object) -> dict[str, str]:
    words = dict(told)  # type: ignore[call-overload]
    found = dict.fromkeys(words["accepted"], ACCEPTED)
    return found | dict.fromkeys(words["refused"], REFUSED)


def _mark(
    of: Exchange, rows: list[dict[str, str]], names: list[str], states: dict[str, str]
) -> int:
    key, result, reason = names
    lines = dict(of.lines.values_list("award", "pk"))
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for award, row in {row[key]: row for row in rows if row[key] in lines}.items():
        alike[states[row[result]], row[reason][:200]].append(lines[award])
    for (state, why), found in alike.items():
        for start in range(0, len(found), 500):
            some = SentLine.objects.filter(pk__in=found[start : start + 500])
            some.update(state=state, reason=why)
    return sum(row[key] not in lines for row in rows)
