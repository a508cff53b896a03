"""F08-2 民主评议票: the slips of a meeting, ready to be cut apart; nobody's name is on them."""

from doudi.cases.letters.common import Data, File
from doudi.cases.models import Appraisal
from doudi.kernel.errors import NotFound
from doudi.regions.queries import path_name


def ballot(file: File) -> Data:
    """Household and matter; the day once the meeting is written down."""
    case = file.case
    if case.accepted_on is None:
        raise NotFound("还没有受理")
    held = Appraisal.objects.filter(case=case).order_by("-at").first()
    return {
        "village": path_name(case.village_id, since="village"),
        "on": held.on.isoformat() if held else "",
        "applicant": case.applicant_name,
        "household_size": case.member_count,
        "matter": "社会救助",
    }
