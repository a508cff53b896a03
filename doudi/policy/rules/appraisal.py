"""Does a meeting count, and what did it find? Numbers and shares are parameters (R16, R33)."""

import datetime as dt

from doudi.policy.book import PolicyBook

NO_QUORUM, PASSED, NOT_PASSED = "no_quorum", "passed", "not_passed"
# A share of two thirds is 6,667 basis points; ten of fifteen is 6,666.67 and counts.
ROUNDING = 1


def appraisal_outcome(
    book: PolicyBook, on: dt.date, *, invited: int, present: int, voting: int, agree: int
) -> str:
    """no_quorum, passed or not_passed; `voting` are those present who did not withdraw.

    The finding binds nobody: it is one of the things the officer weighs (DB57 art 19).
    """
    enough = invited >= book.general("appraisal.least_panel", on)
    if not enough or not _reaches(present, invited, book.general("appraisal.present_share", on)):
        return NO_QUORUM
    passes = _reaches(agree, voting, book.general("appraisal.pass_share", on))
    return PASSED if voting and passes else NOT_PASSED


def conference_outcome(
    book: PolicyBook, on: dt.date, *, invited: int, present: int, agree: int
) -> str:
    """The same words for a case conference (一事一议); what is carried is a proposal (LS23)."""
    enough = present >= book.general("conference.least_present", on)
    share = book.general("conference.present_share", on)
    if not enough or not _reaches(present, invited, share):
        return NO_QUORUM
    passes = _reaches(agree, present, book.general("conference.pass_share", on))
    return PASSED if passes else NOT_PASSED


def _reaches(part: int, whole: int, share: int) -> bool:
    """Whether a part is at least the share (basis points) of the whole."""
    return part * 10_000 >= whole * (share - ROUNDING)


def share_words(share: int) -> str:
    """6,667 basis points are two thirds; others as a percentage."""
    return "三分之二" if share == 6667 else f"{share / 100:g}%"
