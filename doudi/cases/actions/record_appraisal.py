"""民主评议 where the town holds one, or a notice is disputed: sums only, never who voted what.

Clause: DB57 art 19; OP18 no 24
Move:   ACCEPTED, ASSESSED, NOTICED stay      Right: case.appraise      Says: nothing
"""

import datetime as dt
import re
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.models import Appraisal, AppraisalCall, Case
from doudi.cases.queries import pack
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
from doudi.policy.rules.appraisal import appraisal_outcome

COUNTERS = 2


@dataclass(frozen=True)
class Tally:
    """One appraisal meeting."""

    on: dt.date
    place: str
    invited: int
    present: int
    withdrew: int
    agree: int
    disagree: int
    abstain: int
    invalid: int = 0
    host: str = ""
    counters: str = ""
    note: str = ""

    @property
    def voting(self) -> int:
        """Those present who did not withdraw."""
        return self.present - self.withdrew


def record_appraisal(
    case_id: UUID, tally: Tally, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid, with everything at once, when the sums do not add up or a counter is missing.

    Whoever was asked in writing counts as asked: nobody is left out of the quorum afterwards.
    """
    wrong = _wrong(tally, at.date())
    if wrong:
        raise Invalid(wrong)
    votes = {"present": tally.present, "voting": tally.voting, "agree": tally.agree}
    outcome = appraisal_outcome(pack().book, tally.on, invited=tally.invited, **votes)
    with transaction.atomic():
        sums = {"present": tally.present, "agree": tally.agree}
        note = Sentence("民主评议：到会{present}人，同意{agree}人", **sums)
        case = locked(case_id, version)
        _as_called(case, tally)
        case = move(case, "record_appraisal", by=by, at=at, version=version, note=note)
        Appraisal.objects.create(
            case=case,
            at=case.last_event_at,
            by_id=str(by.pk),
            by_name=by.name,
            outcome=outcome,
            **asdict(tally),
        )
    return case


def _as_called(case: Case, tally: Tally) -> None:
    """The standing invitation is held now; Invalid where fewer count as asked than it names."""
    called = AppraisalCall.objects.filter(case=case, held_on=None).first()
    if called is None:
        return
    asked = len(called.invited)
    if tally.invited < asked:
        raise Invalid({"invited": Sentence("会议通知请了{n}人，应到人数不能少", n=asked)})
    called.held_on = tally.on
    called.save(update_fields=["held_on"])


def _wrong(tally: Tally, on: dt.date) -> dict[str, str]:
    wrong = {}
    cast = tally.agree + tally.disagree + tally.abstain + tally.invalid
    if cast != tally.voting:
        wrong["agree"] = "同意、不同意、弃权、废票之和应等于到会人数减去回避人数"
    if tally.present > tally.invited:
        wrong["present"] = "到会人数不能多于应到人数"
    if tally.on > on:
        wrong["on"] = "日期不能晚于今天"
    if len(set(names_in(tally.counters))) < COUNTERS:
        wrong["counters"] = "请写两名唱票、计票人"
    return wrong


def names_in(text: str) -> list[str]:
    """The names of a line, divided by commas, spaces or 、."""
    return re.split(r"[,，、;；\s]+", text.strip()) if text.strip() else []
