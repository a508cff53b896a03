"""查询: by the receipt's code or by phone, like a parcel; papers, withdrawal, benefits."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.cases import queries as cases
from doudi.cases.actions.supplement import supplement as add_papers
from doudi.cases.actions.withdraw import withdraw as take_back
from doudi.cases.flow import ENDED, Stage
from doudi.clock.time import now, today
from doudi.kernel.errors import NotFound, TooMany, WrongStage
from doudi.notices.throttle import count
from doudi.portal import choices
from doudi.portal import declaration as shape
from doudi.portal.forms.entry import SupplementForm, TrackForm, WithdrawForm
from doudi.portal.forms.fields import posted
from doudi.portal.links import send_link
from doudi.portal.progress import progress
from doudi.portal.referred import referred
from doudi.portal.views.entry import address_of
from doudi.portal.views.photos import answer, slots, take
from doudi.redress.queries import appeals_of, chance_to_appeal
from doudi.regions.queries import office_phone
from doudi.ui.access import public, resident
from doudi.ui.refusals import words
from doudi.ui.words import sentences_of
from doudi.urgent import queries as urgent
from doudi.verification.queries import living_consents

Json = dict[str, Any]


@public
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Two ways in: the code of the receipt, or the phone."""
    form = TrackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        secret = "".join(form.cleaned_data["secret"].split())
        try:
            count("track.address", address_of(request))
            return redirect(_opened_by(secret), secret)
        except (NotFound, TooMany) as error:
            form.add_error("secret", sentences_of(error) or words(429)[1])
    return render(request, "portal/track.html", {"form": form}, status=422 if form.errors else 200)


def _opened_by(secret: str) -> str:
    """The page that a code opens: of an application, else of a call for help; NotFound alike."""
    try:
        cases.case_by_tracking(secret)
    except NotFound:
        urgent.call_by_ticket(secret)
        return "portal:help_sent"
    return "portal:track_code"


@public
@require_safe
def track_code(request: HttpRequest, secret: str) -> HttpResponse:
    """What a printed code opens: the way of the case, nothing personal."""
    count("track.address", address_of(request))
    case = cases.case_by_tracking(secret)
    return render(request, "portal/track_case.html", {"case": case, "progress": progress(case)})


@resident
@require_safe
def my_cases(request: Any) -> HttpResponse:
    """The applications and the calls for help of this phone."""
    phone = request.resident.phone_index
    page = {"cases": cases.cases_of_phone(phone), "calls": urgent.calls_of_phone(phone)}
    return render(request, "portal/my_cases.html", page)


@resident
@require_safe
def my_case(request: Any, case_id: UUID) -> HttpResponse:
    """One application: where it stands, and everything the applicant can do about it."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    page = {
        "case": case,
        "progress": progress(case),
        "wanted": _wanted(case),
        "family": _family(case),
        "open": Stage(case.stage) not in ENDED,
        "appeal": chance_to_appeal(case, today()),
        "appealed": appeals_of(case.pk),
        "referred": referred(case, today()),
        "office_phone": office_phone(case.town),
    }
    return render(request, "portal/my_case.html", page)


def _wanted(case: Any) -> Any:
    return cases.open_supplement(case.pk) if case.stage == Stage.AWAITING_PAPERS else None


def _family(case: Any) -> list[Json]:
    """Who has signed and who has not, while it matters."""
    if Stage(case.stage) in ENDED:
        return []
    signed = living_consents(case.application_id, today())
    return [
        {
            **{k: m[k] for k in ("key", "name", "phone")},
            "signed": m["key"] in signed,
            "child": shape.is_child(m, today()),
        }
        for m in case.application.declaration.open()["members"]
    ]


@resident
@require_POST
def link_again(request: Any, case_id: UUID, key: str) -> HttpResponse:
    """Another signing link to a family member's declared phone."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    declaration = case.application.declaration.open()
    member = shape.of_key(declaration, key)
    signed = living_consents(case.application_id, today())
    if member is None or not member["phone"] or key in signed or Stage(case.stage) in ENDED:
        raise NotFound
    count("code.minute", f"link:{case.pk}:{key}")
    send_link(request, case.application_id, member, case.applicant_name)
    return redirect("portal:my_case", case_id)


@resident
@require_http_methods(["GET", "POST"])
def supplement(request: Any, case_id: UUID) -> HttpResponse:
    """补正: everything that was asked for, at once, by camera."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    wanted = _wanted(case)
    if wanted is None:
        raise WrongStage("supplement", case.stage)
    form = SupplementForm(posted(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        add_papers(case.pk, by=request.resident.actor(), at=now(), note=note)
        return redirect("portal:my_case", case_id)
    page = {
        "case": case,
        "wanted": wanted,
        "form": form,
        "slots": slots(f"application:{case.application_id}", list(choices.PHOTOS)),
        "refused": request.session.pop("refused", ""),
    }
    return render(request, "portal/supplement.html", page, status=422 if form.errors else 200)


@resident
@require_POST
def supplement_photo(request: Any, case_id: UUID) -> HttpResponse:
    """Takes in files for an open request for papers."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    if _wanted(case) is None:
        raise WrongStage("supplement", case.stage)
    refused = take(request, f"application:{case.application_id}")
    return answer(request, refused, "portal:supplement", case_id)


@resident
@require_http_methods(["GET", "POST"])
def withdraw(request: Any, case_id: UUID) -> HttpResponse:
    """撤回: what it means first, then a reason."""
    case = cases.case_for_resident(case_id, request.resident.phone_index)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        take_back(case.pk, form.cleaned_data["reason"], by=request.resident.actor(), at=now())
        return redirect("portal:my_case", case_id)
    page = {"case": case, "form": form}
    return render(request, "portal/withdraw.html", page, status=422 if form.errors else 200)
