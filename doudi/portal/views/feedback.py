"""好差评和投诉: rated once a part; complained of with a name or without."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.cases.file import officers_of
from doudi.cases.queries import case_for_resident
from doudi.clock.time import now, today
from doudi.notices.throttle import count
from doudi.portal.forms.feedback import CaseComplaintForm, PublicComplaintForm, RatingForm
from doudi.portal.forms.fields import posted
from doudi.portal.views.entry import address_of
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.actions.rate import rate
from doudi.redress.flow import RATED
from doudi.redress.queries import (
    answer_by,
    complaint_by_tracking,
    complaints_of,
    parts_to_rate,
    ratings_of,
)
from doudi.regions.queries import counties, path_name
from doudi.ui.access import public, resident


@resident
@require_http_methods(["GET", "POST"])
def rate_case(request: Any, case_id: UUID) -> HttpResponse:
    """One small form for each part that has ended; what was rated stands and stays."""
    case = case_for_resident(case_id, request.resident.phone_index)
    part = request.POST.get("part", "")
    form = RatingForm(posted(request), auto_id=f"id_{part if part in RATED else ''}_%s")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        by = request.resident.actor()
        rate(case.pk, data["part"], data["level"], data["text"], by=by, at=now())
        return redirect("portal:rate", case_id)
    given = ratings_of(case.pk)
    parts = [
        {"words": words, "rating": given.get(part), "form": _form_of(part, form)}
        for part, words in parts_to_rate(case).items()
    ]
    page = {"case": case, "parts": parts, "form": form}
    return render(request, "portal/rate.html", page, status=422 if form.errors else 200)


def _form_of(part: str, sent: Any) -> Any:
    """The form of a part: the one that was sent, with its errors, or an empty one."""
    if sent.is_bound and sent.data.get("part") == part:
        return sent
    return RatingForm(initial={"part": part}, auto_id=f"id_{part}_%s")


@resident
@require_http_methods(["GET", "POST"])
def complain_of_case(request: Any, case_id: UUID) -> HttpResponse:
    """To the county. Without a name neither phone nor case is kept with it."""
    case = case_for_resident(case_id, request.resident.phone_index)
    form = CaseComplaintForm(posted(request))
    form.prepare(officers_of(case))
    if request.method == "POST" and form.is_valid():
        said, county = Said(**form.said()), case.county
        if form.cleaned_data["named"] == "yes":
            by = request.resident.actor()
            made = file_complaint(county, said, case_id=case.pk, by=by, at=now())
        else:
            made = file_complaint(county, said, at=now())
        return redirect("portal:complaint", made.tracking.open())
    made_before = [{"complaint": c, "ticket": c.tracking.open()} for c in complaints_of(case.pk)]
    page = _page(form, path_name(case.county)) | {"case": case, "made": made_before}
    return render(request, "portal/complain.html", page, status=422 if form.errors else 200)


@public
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """Anybody, without a case."""
    form = PublicComplaintForm(posted(request))
    form.prepare([(place.pk[:6], place.name) for place in counties()])
    if request.method == "POST" and form.is_valid():
        count("complain.address", address_of(request))
        data = dict(form.cleaned_data)
        made = file_complaint(data.pop("county"), Said(**data), at=now())
        return redirect("portal:complaint", made.tracking.open())
    page = _page(form, "")
    return render(request, "portal/complain.html", page, status=422 if form.errors else 200)


def _page(form: Any, county: str) -> dict[str, Any]:
    return {"form": form, "county": county, "answer_by": answer_by("complaint_answer", today())}


@public
@require_safe
def complaint(request: HttpRequest, ticket: str) -> HttpResponse:
    """What became of a complaint, for whoever holds its code; not what was complained of."""
    count("track.address", address_of(request))
    found = complaint_by_tracking(ticket)
    page = {
        "complaint": found,
        "office": path_name(found.office) if found.office[4:] != "00" else "",
        "answer": found.answer.open(),
        "ticket": ticket,
    }
    return render(request, "portal/complaint.html", page)
