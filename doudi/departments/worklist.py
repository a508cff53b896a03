"""Reading 数据问题: a clerk sees his department's, an office of civil affairs its counties'."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Case, QuerySet, Value, When

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, require, scope
from doudi.departments.flow import AGREED, DISPUTED, HELD, TAKEN, TOLD, require_move
from doudi.departments.models import Problem, Upload
from doudi.departments.queries import agency_of
from doudi.kernel.errors import NotAllowed, NotFound
from doudi.vault.scrub import PERSONAL

NONE = "没有这个数据问题"
SHORTEST, LONGEST, LATER = 5, 300, 20


def text_wrong(text: str) -> str:
    """What is wrong with a reason; empty if nothing is."""
    if not SHORTEST <= len(text.strip()) <= LONGEST:
        return "请写明依据，5至300个字"
    return "不要写身份证号、手机号或账号" if PERSONAL.search(text) else ""


def problems_of(staff: Staff) -> QuerySet[Problem]:
    """The clerk's department's, what is due first."""
    return Problem.objects.filter(agency=agency_of(staff)).select_related("delivery")


def problem_of(problem_id: UUID, staff: Staff) -> Problem:
    """One of them; NotFound alike for another department's."""
    rows = problems_of(staff).exclude(agency="").select_related("delivery", "corrected_by")
    found = rows.filter(pk=problem_id).first()
    if found is None:
        raise NotFound(NONE)
    return found


def locked(problem_id: UUID, move: str, by: Staff) -> Problem:
    """One of the clerk's department for a move; inside a deed."""
    if not scope(by, "problem.answer"):
        raise NotAllowed("problem.answer")
    rows = Problem.objects.select_for_update().filter(pk=problem_id, agency=agency_of(by))
    found = rows.exclude(agency="").first()
    if found is None:
        raise NotFound(NONE)
    require_move(move, found.state)
    return found


def in_sight(staff: Staff) -> QuerySet[Problem]:
    """Those that the reader's counties put to departments."""
    rows = in_scope(Problem.objects.all(), staff, "centre.view", "county")
    return rows.select_related("delivery")


def open_first(staff: Staff) -> QuerySet[Problem]:
    """Disputes, then what departments owe, then the rest; each by its day."""
    place = Case(
        When(state=DISPUTED, then=Value(0)), When(state=TOLD, then=Value(1)), default=Value(2)
    )
    return in_sight(staff).order_by(place, "due_on", "number")


def disputes(staff: Staff) -> int:
    """How many of the reader's counties wait to be settled; one query."""
    return in_sight(staff).filter(state=DISPUTED).count()


def seen_by(problem_id: UUID, staff: Staff) -> Problem:
    """One of them; NotFound alike for another county's."""
    rows = in_sight(staff).select_related("delivery", "corrected_by")
    found = rows.filter(pk=problem_id).first()
    if found is None:
        raise NotFound(NONE)
    return found


def locked_of_county(problem_id: UUID, by: Staff) -> Problem:
    """A disputed one for whoever settles it; inside a deed."""
    found = Problem.objects.select_for_update().filter(pk=problem_id).first()
    if found is None:
        raise NotFound(NONE)
    require(by, "problem.settle", found.county)
    require_move("settle", found.state)
    return found


def later_files(found: Problem) -> list[Upload]:
    """Files of the same item that were taken in after the faulty one, the newest first."""
    rows = Upload.objects.filter(
        agency=found.agency,
        item=found.item,
        state__in=(TAKEN, HELD),
        received_at__gt=found.delivery.received_at,
    )
    return list(rows.exclude(delivery=None).select_related("delivery")[:LATER])


def receipts_of(found: Iterable[Problem]) -> dict[UUID, str]:
    """The receipt's number of each problem's delivery, where it came as a file; one query."""
    rows = Upload.objects.filter(delivery__in={problem.delivery_id for problem in found})
    return dict(rows.values_list("delivery_id", "number"))


def agreed(sources: Iterable[str]) -> set[tuple[str, str]]:
    """Source and signal of every check that turned out to be wrong, not the row; one query."""
    rows = Problem.objects.filter(source__in=list(sources), state=AGREED)
    return set(rows.values_list("source", "signal"))
