"""对变动申诉: what changed, until when and to whom, one box for words, and what came of it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from doudi.cases.queries import cases_of_phone, pack
from doudi.clock.time import now, today
from doudi.kernel.errors import NotFound
from doudi.portal.forms.appeal import ChangeAppealForm
from doudi.portal.forms.fields import posted
from doudi.redress.flow import CHANGE_NAMES
from doudi.redress.queries import answer_by, change_appeals_of, limit_to_appeal
from doudi.regions.queries import office_phone, path_name
from doudi.ui.access import resident
from doudi.upkeep import queries
from doudi.upkeep.actions.appeal_change import appeal_change


@resident
@require_http_methods(["GET", "POST"])
def change_appeal(request: Any, matter_id: UUID) -> HttpResponse:
    """Only of an award that this phone applied for; NotFound alike for any other."""
    matter = _own(matter_id, request.resident.phone_index)
    back = queries.is_recovery(matter)
    filed = change_appeals_of([matter.award_id]).get(matter.pk)
    form = ChangeAppealForm(posted(request))
    if back:
        del form.fields["asks_hold"]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        hold = told.get("asks_hold", False)
        by = request.resident.actor()
        appeal_change(matter.pk, told["text"], asks_hold=hold, by=by, at=now())
        return redirect("portal:change_appeal", matter.pk)
    told_on = queries.day_of(queries.told_at(matter) or now())
    office = f"{matter.award.county[:4]}00" if back else matter.award.county
    page = {
        "matter": matter,
        "is_recovery": back,
        "what": CHANGE_NAMES["recovery" if back else matter.what],
        "appeal": filed,
        "text": filed.text.open() if filed else "",
        "answer": filed.answer.open() if filed else "",
        "limit": limit_to_appeal(told_on),
        "late": today() > limit_to_appeal(told_on),
        "form": form,
        "office": path_name(office, since="city"),
        "phone": office_phone(office),
        "answer_by": answer_by("appeal_answer", today()),
        "days": pack().book.general("redress.court_days", today()),
    }
    return render(request, "portal/change_appeal.html", page, status=422 if form.errors else 200)


def _own(matter_id: UUID, phone_index: str) -> Any:
    matter = queries.appealed_matter(matter_id)
    mine = {case.pk for case in cases_of_phone(phone_index)}
    if matter.award.case_id not in mine or not queries.may_be_appealed(matter):
        raise NotFound("没有这次变动")
    return matter
