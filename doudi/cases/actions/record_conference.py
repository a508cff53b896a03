"""一事一议: a conference that was called is written down with its quorum, votes and proposal.

It changes no amount and no finding: whoever assesses, reviews and confirms still signs alone.

Clause: LS23 二(三)
Move:   under way, stays      Right: case.conference      Says: nothing
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from doudi.accounts.models import Staff
from doudi.cases.actions.move import locked, move
from doudi.cases.flow import ADVICE_NAMES, CONFERENCE_NAMES
from doudi.cases.models import Case, Conference
from doudi.cases.queries import pack
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
from doudi.policy.rules.appraisal import conference_outcome

LONGEST = 4000
KEPT = ("on", "proposal", "minutes", "advice", "agree", "disagree", "abstain")
NOT_CALLED = "还没有召集，请先召集一事一议"


@dataclass(frozen=True)
class Talk:
    """When it was held, who sat at the table, what was said, the votes, and what was proposed."""

    on: dt.date
    participants: Sequence[str]
    minutes: str
    proposal: str
    advice: str
    agree: int
    disagree: int = 0
    abstain: int = 0
    withdrew: Sequence[str] = ()

    @property
    def present(self) -> int:
        """How many different people sat at the table."""
        return len(set(self.participants))


def record_conference(
    case_id: UUID, talk: Talk, *, version: int | None, by: Staff, at: dt.datetime
) -> Case:
    """Invalid before a call, and with everything at once that is wrong; too few is an outcome."""
    with transaction.atomic():
        case = locked(case_id, version)
        called = Conference.objects.filter(case=case, outcome="").first()
        wrong = _wrong(called, talk, at.date())
        if called is None or wrong:
            raise Invalid(wrong)
        asked = len({*called.invited, *talk.participants})
        outcome = conference_outcome(
            pack().book, talk.on, invited=asked, present=talk.present, agree=talk.agree
        )
        told = Sentence(CONFERENCE_NAMES[outcome])
        note = Sentence("一事一议：到会{n}人，{outcome}", n=talk.present, outcome=told)
        case = move(case, "record_conference", by=by, at=at, version=version, note=note)
        called.at, called.by_id, called.by_name = case.last_event_at, str(by.pk), by.name
        for name in KEPT:
            setattr(called, name, getattr(talk, name))
        called.participants = list(dict.fromkeys(talk.participants))
        called.withdrew, called.outcome = list(talk.withdrew), outcome
        called.save()
    return case


def _wrong(called: Conference | None, talk: Talk, today: dt.date) -> dict[str, str]:
    """Field and sentence of what cannot be taken."""
    votes = talk.agree + talk.disagree + talk.abstain
    complaints = [
        ("on", called is None, NOT_CALLED),
        ("on", talk.on > today, "会议日期不能晚于今天"),
        ("participants", not talk.participants, "请写到会人员"),
        ("withdrew", bool({*talk.withdrew} & {*talk.participants}), "回避的人不能参会"),
        ("agree", votes != talk.present, "同意、不同意、弃权之和应等于到会人数"),
        ("minutes", not 2 <= len(talk.minutes.strip()) <= LONGEST, "请写讨论情况"),
        ("proposal", not 2 <= len(talk.proposal.strip()) <= LONGEST, "请填写会议意见"),
        ("advice", talk.advice not in ADVICE_NAMES, "请选会议建议"),
    ]
    return {field: sentence for field, bad, sentence in complaints if bad}
