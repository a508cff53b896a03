"""F08-4 民主评议会议通知: the newest invitation to an appraisal."""

from doudi.cases.letters.common import Data, File, day, office
from doudi.cases.models import AppraisalCall
from doudi.cases.queries import pack
from doudi.kernel.errors import NotFound
from doudi.kernel.sentences import Sentence
from doudi.policy.rules.appraisal import share_words
from doudi.regions.queries import path_name


def appraisal_call(file: File) -> Data:
    """When, where, who is asked, and what makes it count; NotFound where nobody was asked."""
    case = file.case
    found = AppraisalCall.objects.filter(case=case).order_by("-at").first()
    if found is None:
        raise NotFound("还没有通知民主评议")
    book = pack().book
    present, agreed = (
        share_words(book.general(f"appraisal.{name}_share", found.on))
        for name in ("present", "pass")
    )
    least = book.general("appraisal.least_panel", found.on)
    told = Sentence(
        "{n}人以上，{present}到会，{agreed}同意", n=least, present=present, agreed=agreed
    )
    return {
        "office": office(case),
        "case_number": case.number,
        "called_on": day(found.at),
        "on": found.on.isoformat(),
        "time": found.time,
        "place": found.place,
        "host": found.host,
        "applicant": case.applicant_name,
        "village": path_name(case.village_id, since="village"),
        "invited": "、".join(found.invited),
        "asked": len(found.invited),
        "least": str(told),
        "signed": {"caller": found.by_name, "on": day(found.at)},
    }
