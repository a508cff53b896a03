"""F08-3 一事一议会议通知和记录: the invitation when it is called, the minutes once it was held."""

from doudi.cases.letters.common import Data, File, day, office
from doudi.cases.models import Conference
from doudi.cases.queries import pack
from doudi.kernel.errors import NotFound
from doudi.policy.rules.appraisal import share_words
from doudi.regions.queries import path_name


def conference_sheet(file: File) -> Data:
    """The newest conference that was called; NotFound where none was."""
    case = file.case
    found = Conference.objects.filter(case=case).exclude(called_at=None).order_by("-at").first()
    if found is None or found.called_at is None:
        raise NotFound("还没有召集一事一议")
    return {
        "office": office(case),
        "case_number": case.number,
        "called_on": day(found.called_at),
        "on": found.on.isoformat(),
        "time": found.time,
        "place": found.place,
        "host": found.host,
        "invited": "、".join(found.invited),
        "applicant": case.applicant_name,
        "village": path_name(case.village_id, since="village"),
        "question": found.question,
        "least": _quorum(found),
        "asked": len(found.invited),
    } | (_held(found) if found.outcome else {})


def _quorum(found: Conference) -> str:
    book = pack().book
    least = book.general("conference.least_present", found.on)
    present, agreed = (
        share_words(book.general(f"conference.{name}_share", found.on))
        for name in ("present", "pass")
    )
    return f"{least}人以上，{present}到会，{agreed}同意"


def _held(found: Conference) -> Data:
    """What came of it."""
    return {
        "asked": len({*found.invited, *found.participants}),
        "present": len(found.participants),
        "participants": "、".join(found.participants),
        "withdrew": "、".join(found.withdrew) or "无",
        "minutes": found.minutes,
        "agree": found.agree,
        "disagree": found.disagree,
        "abstain": found.abstain,
        "advice": found.advice,
        "proposal": found.proposal,
        "outcome": found.outcome_name,
        "signed": {"recorder": found.by_name, "on": found.on.isoformat()},
    }
