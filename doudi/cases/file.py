"""The case file: everything a case page may show, each part read when it is first asked for."""

from functools import cached_property
from typing import Any
from uuid import UUID

from doudi.accounts.models import Staff
from doudi.accounts.queries import require
from doudi.cases.flow import moves_from
from doudi.cases.models import (
    Assessment,
    Case,
    Decision,
    HomeVisit,
    Objection,
    Opinion,
    Pause,
    PublicNotice,
    Step,
    Supplement,
)
from doudi.cases.queries import visible
from doudi.kernel.errors import NotFound


class CaseFile:
    """One case; every property below is one query, made once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.moves: list[str] = moves_from(case.stage)

    @cached_property
    def declaration(self) -> dict[str, Any]:
        """As it was signed, opened."""
        return dict(self.case.application.declaration.open())

    @cached_property
    def facts(self) -> dict[str, Any] | None:
        """What counts; None before acceptance."""
        return self.case.facts.open()

    @cached_property
    def steps(self) -> list[Step]:
        """The timeline, oldest first."""
        return list(self.case.steps.all())

    @cached_property
    def visits(self) -> list[HomeVisit]:
        """Newest first."""
        return list(self.case.homevisits.order_by("-at"))

    @cached_property
    def appraisals(self) -> list[Any]:
        """Newest first."""
        return list(self.case.appraisals.order_by("-at"))

    @cached_property
    def panels(self) -> list[Any]:
        """Newest first."""
        return list(self.case.panels.order_by("-at"))

    @cached_property
    def assessments(self) -> list[Assessment]:
        """Newest first: the first one counts."""
        return list(self.case.assessments.order_by("-at", "-id"))

    @cached_property
    def opinions(self) -> list[Opinion]:
        """Newest first."""
        return list(self.case.opinions.order_by("-at"))

    @cached_property
    def notices(self) -> list[PublicNotice]:
        """Newest first."""
        return list(self.case.publicnotices.order_by("-at"))

    @cached_property
    def objections(self) -> list[Objection]:
        """To any of the notices, oldest first."""
        found = Objection.objects.filter(notice__case=self.case)
        return list(found.order_by("raised_at"))

    @cached_property
    def pauses(self) -> list[Pause]:
        """Oldest first; at most one is open."""
        return list(self.case.pauses.order_by("at"))

    @cached_property
    def supplements(self) -> list[Supplement]:
        """Oldest first."""
        return list(self.case.supplements.order_by("at"))

    @cached_property
    def decision(self) -> Decision | None:
        """The decision, once there is one."""
        return self.case.decisions.first()


def case_file(case_id: UUID, staff: Staff) -> CaseFile:
    """NotFound alike for an unknown case and for one outside the officer's towns."""
    case = visible(staff).filter(pk=case_id).select_related("application", "village").first()
    if case is None:
        raise NotFound("没有这个办件")
    require(staff, "case.view", case.town)
    return CaseFile(case)
