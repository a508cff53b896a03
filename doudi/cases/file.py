"""The case file: everything a case page, a gate or a letter may look at, read by one query."""

import datetime as dt
from functools import cached_property
from operator import attrgetter
from typing import Any
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.cases.flow import ARRIVING, BEFORE_ACCEPTANCE, Stage, fits_arrival, moves_from
from doudi.cases.models import (
    Assessment,
    Case,
    Decision,
    Draft,
    HomeVisit,
    Letter,
    Objection,
    Opinion,
    Pause,
    PublicNotice,
    Step,
    Supplement,
)
from doudi.cases.parts import Parts, parts_of
from doudi.cases.queries import visible
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound


class CaseFile:
    """One case with its story; the properties below are parts of the one reading."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def moves(self) -> list[str]:
        """The verbs that are legal now: after a review a notice, or where none may be, the end."""
        legal = moves_from(self.case.stage)
        legal = [verb for verb in legal if fits_arrival(verb, waits=self.waits_to_be_taken)]
        if self.case.stage != Stage.REVIEWED:
            return legal
        barred = "publish_notice" if self.is_without_notice else "confirm"
        return [verb for verb in legal if verb != barred]

    @cached_property
    def waits_to_be_taken(self) -> bool:
        """Whether another town handed it on and this one has not answered yet."""
        arriving = [s.move for s in self.steps if s.move in ARRIVING]
        return self.case.stage in BEFORE_ACCEPTANCE and arriving[-1:] == ["transfer"]

    @property
    def is_without_notice(self) -> bool:
        """Whether what is chosen is never shown in public (CH62)."""
        return self.case.without_notice

    @cached_property
    def declaration(self) -> dict[str, Any]:
        """As it was signed, opened."""
        return dict(self.case.application.declaration.open())

    @cached_property
    def facts(self) -> dict[str, Any] | None:
        """What counts; None before acceptance."""
        return self.case.facts.open()

    @cached_property
    def parts(self) -> Parts:
        """The rows of every table by its name."""
        return parts_of(self.case)

    def _newest(self, name: str) -> list[Any]:
        return sorted(self.parts[name], key=attrgetter("at", "pk"), reverse=True)

    @cached_property
    def steps(self) -> list[Step]:
        """The timeline, oldest first; the minute of an objection would tell who was there."""
        told = (s for s in self.parts["Step"] if s.move != "object")
        return sorted(told, key=attrgetter("at", "order"))

    @cached_property
    def visits(self) -> list[HomeVisit]:
        """Newest first."""
        return self._newest("HomeVisit")

    @cached_property
    def appraisals(self) -> list[Any]:
        """Newest first."""
        return self._newest("Appraisal")

    @cached_property
    def appraisal_calls(self) -> list[Any]:
        """Invitations to an appraisal, newest first."""
        return self._newest("AppraisalCall")

    @property
    def called_appraisal(self) -> Any:
        """The invitation whose meeting is not written down yet; None without one."""
        return next((c for c in self.appraisal_calls if c.held_on is None), None)

    @cached_property
    def panels(self) -> list[Any]:
        """Newest first."""
        return self._newest("Panel")

    @cached_property
    def conferences(self) -> list[Any]:
        """一事一议, newest first."""
        return self._newest("Conference")

    @cached_property
    def assessments(self) -> list[Assessment]:
        """Newest first: the first one counts."""
        return self._newest("Assessment")

    @cached_property
    def opinions(self) -> list[Opinion]:
        """Newest first."""
        return self._newest("Opinion")

    @cached_property
    def notices(self) -> list[PublicNotice]:
        """Newest first."""
        return self._newest("PublicNotice")

    @cached_property
    def objections(self) -> list[Objection]:
        """To any of the notices, oldest first."""
        return sorted(self.parts["Objection"], key=attrgetter("raised_at"))

    @cached_property
    def pauses(self) -> list[Pause]:
        """Oldest first; at most one is open."""
        return sorted(self.parts["Pause"], key=attrgetter("at"))

    @cached_property
    def supplements(self) -> list[Supplement]:
        """Oldest first."""
        return sorted(self.parts["Supplement"], key=attrgetter("at"))

    @property
    def is_relative_checked(self) -> bool:
        """Whether the county has written its own finding about a near relative's case."""
        return bool(self.parts["RelativeMark"])

    @property
    def is_over_year_allowed(self) -> bool:
        """Whether the county has agreed to more than the year's for the cause."""
        return bool(self.parts["YearWord"])

    @property
    def decision(self) -> Decision | None:
        """The decision that stands, once there is one."""
        made = self._newest("Decision")
        return next((d for d in made if d.set_aside_at is None), None)

    def assessment_of(self, part: Any) -> Assessment:
        """The assessment that an opinion, a notice or a decision rests on."""
        return next(a for a in self.assessments if a.pk == part.assessment_id)


def case_file(case_id: UUID, staff: Staff) -> CaseFile:
    """NotFound alike for an unknown case and for one outside the officer's towns."""
    case = visible(staff).filter(pk=case_id).select_related("application", "village").first()
    if case is None:
        raise NotFound("没有这个办件")
    require(staff, "case.view", case.town)
    return CaseFile(case)


TOLD_BY = ("F13", "rejection")  # the letters from which the days to appeal run


def told_on(case: Case) -> dt.date:
    """The day the result was handed over; while that is not written down, the day it was made."""
    made = Letter.objects.filter(case=case, form__in=TOLD_BY).order_by("-at").first()
    at = (made and (made.delivered_at or made.at)) or case.ended_at or case.last_event_at
    return at.astimezone(CHINA).date()


def officers_of(case: Case) -> dict[str, str]:
    """The names of everybody on the staff who did anything with a case, by id."""
    hands = case.steps.values_list("by_id", "by_name")
    return {hand: name for hand, name in hands if hand and name}


def hands_on(case: Case) -> set[str]:
    """The ids of these officers."""
    return set(officers_of(case))


def case_of_application(ref: UUID) -> Case | None:
    """The case of an application; None while it is only a draft."""
    return Case.objects.filter(application_id=ref).first()


def drafts_of(phone_index: str) -> list[Draft]:
    """What was begun under a phone and not submitted, newest first."""
    begun = Draft.objects.filter(phone_index=phone_index, submitted_at=None)
    return list(begun.order_by("-saved_at"))


def drafts_at_window(staff_id: str) -> list[Draft]:
    """What an officer began for visitors and has not handed in, newest first."""
    begun = Draft.objects.filter(staff_id=staff_id, submitted_at=None)
    return list(begun.order_by("-saved_at"))


def filed_at_window(staff_id: str) -> list[Case]:
    """The newest hundred cases that an officer handed in for visitors; one query."""
    given = Draft.objects.filter(staff_id=staff_id, submitted_at__isnull=False)
    rows = Case.objects.filter(application_id__in=given.values("pk")).select_related("village")
    return list(rows.order_by("-submitted_at")[:100])
