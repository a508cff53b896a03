"""F08 民主评议记录: the newest meeting in sums; the demands that were in force on its day."""

from doudi.cases.letters.common import Data, File, office
from doudi.cases.models import Appraisal
from doudi.cases.queries import pack
from doudi.kernel.errors import NotFound
from doudi.policy.rules.appraisal import share_words
from doudi.regions.queries import path_name

SUMS = ("invited", "present", "withdrew", "voting", "agree", "disagree", "abstain", "invalid")


def appraisal_record(file: File) -> Data:
    """Who was there in numbers and how they voted in numbers; NotFound before a meeting."""
    case = file.case
    found = Appraisal.objects.filter(case=case).order_by("-at").first()
    if found is None:
        raise NotFound("还没有民主评议")
    book = pack().book
    return {
        "office": office(case),
        "case_number": case.number,
        "on": found.on.isoformat(),
        "place": found.place,
        "host": found.host,
        "counters": found.counters,
        "applicant": case.applicant_name,
        "household_size": case.member_count,
        "village": path_name(case.village_id, since="village"),
        "matter": "社会救助",
        "least": book.general("appraisal.least_panel", found.on),
        "present_share": share_words(book.general("appraisal.present_share", found.on)),
        "pass_share": share_words(book.general("appraisal.pass_share", found.on)),
        "outcome": found.outcome_name,
        "note": found.note,
    } | {name: getattr(found, name) for name in SUMS}
