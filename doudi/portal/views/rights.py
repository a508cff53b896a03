"""My rights: who looked at me, taking the authorisation back, and everything held about me."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from doudi.audit.queries import by_officers
from doudi.cases.flow import ENDED, Stage
from doudi.cases.queries import case_for_resident, cases_of_phone
from doudi.clock.time import now
from doudi.kernel.errors import NotFound
from doudi.portal.held import held
from doudi.portal.looks import by_day
from doudi.portal.readable import sections
from doudi.ui.access import resident
from doudi.verification.actions.withdraw_consent import withdraw_consent
from doudi.verification.catalog.items import agencies
from doudi.verification.queries import consents_of, departments_asked

PAGE = 20


@resident
@require_safe
def who_looked(request: Any, case_id: UUID) -> HttpResponse:
    """Every look, every value shown in full and every step by officers, and who was asked."""
    case = case_for_resident(case_id, request.resident.phone_index)
    page = Paginator(by_officers([f"case:{case.pk}"]), PAGE).get_page(request.GET.get("page"))
    language, names = (get_language() or "zh")[:2], agencies()
    asked = [
        {"request": made, "names": [names[a].get(language) or names[a]["zh"] for a in whom]}
        for made, whom in departments_asked(case.application_id)
    ]
    shown = {"case": case, "page": page, "days": by_day(page.object_list), "asked": asked}
    return render(request, "portal/who_looked.html", shown)


@resident
@require_http_methods(["GET", "POST"])
def stop_consent(request: Any, consent_id: UUID) -> HttpResponse:
    """撤回授权: what follows and what does not, then the button, then a receipt."""
    case, consent = _own_consent(request.resident.phone_index, consent_id)
    if request.method == "POST" and consent.withdrawn_at is None:
        withdraw_consent(consent.pk, by=request.resident.actor(), at=now())
        consent.withdrawn_at = now()
    page = {"case": case, "consent": consent, "open": Stage(case.stage) not in ENDED}
    return render(request, "portal/stop_consent.html", page)


def _own_consent(phone_index: str, consent_id: UUID) -> tuple[Any, Any]:
    """The own signature, or one given as guardian; NotFound for any other."""
    for case in cases_of_phone(phone_index):
        for consent in consents_of(case.application_id):
            if consent.pk == consent_id and (consent.member_key == "m1" or consent.guardian_of):
                return case, consent
    raise NotFound("没有这份授权书")


@resident
@require_safe
def my_data(request: Any) -> HttpResponse:
    """Everything held about the applications of this phone, to read and to print."""
    page = {"sections": sections(held(request.resident))}
    return render(request, "portal/my_data.html", page)


@resident
@require_safe
def my_data_file(request: Any) -> HttpResponse:
    """The same as a file for another machine."""
    answer = JsonResponse(held(request.resident), json_dumps_params={"ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="doudi-my-data.json"'
    answer["Cache-Control"] = "no-store"
    return answer
