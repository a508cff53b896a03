"""F04-1 受理通知书: accepted, and by when an answer is promised."""

from doudi.cases.letters.common import Data, File, address, clause, letter, letter_of
from doudi.cases.queries import pack
from doudi.kernel.errors import NotFound
from doudi.policy.rules.deadlines import due_on


def acceptance(file: File) -> Data:
    """The promise of DB57 art 10 with the applicant's tracking code; NotFound before it."""
    case = file.case
    if case.accepted_on is None:
        raise NotFound("还没有受理")
    made = letter_of(file, "acceptance")
    law = pack()
    # As promised on that day: pauses move the case's own last day, not what the letter said.
    promised = due_on(law.book, law.calendar, case.accepted_on).on
    return letter(file, made, "受") | {
        "qr_text": address(f"/q/{case.application.tracking.open()}"),
        "clause": clause("10", english=file.english),
        "matter": file.say(
            "社会救助（最低生活保障等，按核算结果确定）",
            "social assistance (the programme follows from the assessment)",
        ),
        "household_size": case.member_count,
        "accepted_on": case.accepted_on.isoformat(),
        "issued_on": case.accepted_on.isoformat(),
        "due_on": promised.isoformat(),
        "work_days": law.book.general("process.total_days", case.accepted_on),
        "notice_days": law.book.general("process.notice_days", case.accepted_on),
    }
