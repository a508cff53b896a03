"""Step 7: look it over, sign, submit; then the receipt."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from doudi.cases.actions.submit import submit
from doudi.cases.queries import case_for_resident, draft_of
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.notices.phone_codes import check_code
from doudi.portal import declaration as shape
from doudi.portal.drafts import mine
from doudi.portal.forms.sign import SubmitForm
from doudi.portal.links import send_link
from doudi.portal.promise import promise
from doudi.portal.qr import qr_code
from doudi.portal.review import already, problems_of, summary
from doudi.portal.views.entry import address_of, said, send_or_say, wrong_code
from doudi.regions import queries as regions
from doudi.ui.access import resident
from doudi.ui.words import sentences_of
from doudi.verification.actions.sign_consent import Signature, sign_consent
from doudi.verification.catalog.texts import authorisation

Json = dict[str, Any]


def sign(request: Any) -> HttpResponse:
    """The signing page; POST signs and submits."""
    draft, declaration = mine(request)
    if request.method == "POST":
        return _sign(request, draft, declaration)
    return _page(request, draft, declaration, _form(None, declaration))


def _form(data: Any, declaration: Json) -> SubmitForm:
    on, others = today(), declaration["members"][1:]
    children = {m["key"]: m["name"] for m in others if shape.is_child(m, on)}
    adults = {m["key"]: m["phone"] for m in others if not shape.is_child(m, on)}
    return SubmitForm(
        data, signer=declaration["applicant"]["name"], children=children, adults=adults
    )


def _page(request: Any, draft: Any, declaration: Json, form: SubmitForm) -> HttpResponse:
    names = {m["key"]: m["name"] for m in declaration["members"]}
    page = {
        "form": form,
        "draft": draft,
        "links": [(names[key], field) for key, field in form.links()],
        "summary": summary(declaration, today()),
        "problems": problems_of(declaration, today(), demo=is_demo()),
        "already": already(request.resident.phone_index, declaration),
        "text": authorisation(get_language() or "zh"),
        "said": said(request),
        "here": 7,
        "steps": range(7),
    }
    wrong = form.errors or (form.is_bound and page["problems"])
    return render(request, "portal/apply_sign.html", page, status=422 if wrong else 200)


@resident
@require_POST
def send_sign_code(request: Any) -> HttpResponse:
    """A fresh code for the signature, to the phone that was proved."""
    send_or_say(request, request.resident.phone)
    return redirect(reverse("portal:apply_step", args=[7]) + "#sign")


@resident
@require_POST
def apply_submit(request: Any) -> HttpResponse:
    """The same draft pressed twice gives the same receipt."""
    draft = draft_of(_uuid(request.POST.get("draft", "")))
    if draft.phone_index != request.resident.phone_index:
        raise NotFound
    if draft.submitted_at:
        given = submit(draft.pk, by=request.resident.actor(), at=now())
        return redirect("portal:receipt", given.case_id)
    return _sign(request, draft, draft.declaration.open())


def _sign(request: Any, draft: Any, declaration: Json) -> HttpResponse:
    form = _form(request.POST, declaration)
    complete = not problems_of(declaration, today(), demo=is_demo())
    if not form.is_valid() or not complete:
        return _page(request, draft, declaration, form)
    # One transaction: if the machine dies in between, the code is still good for another press.
    with transaction.atomic():
        return _press(request, draft, declaration, form)


def _press(request: Any, draft: Any, declaration: Json, form: SubmitForm) -> HttpResponse:
    phone = request.resident.phone
    if not check_code(phone, form.cleaned_data["code"], address=address_of(request)):
        form.add_error("code", wrong_code())
        return _page(request, draft, declaration, form)
    _sign_all(request, draft, declaration, form)
    try:
        receipt = submit(draft.pk, by=request.resident.actor(), at=now())
    except Invalid as error:
        form.add_error(None, sentences_of(error))
        return _page(request, draft, declaration, form)
    _send_links(request, draft.pk, declaration, form)
    return redirect("portal:receipt", receipt.case_id)


def _sign_all(request: Any, draft: Any, declaration: Json, form: SubmitForm) -> None:
    """The applicant for himself, and as guardian for the children he ticked."""
    values = form.cleaned_data
    for person in declaration["members"]:
        own = person["relation"] == "self"
        if not own and not values.get(f"guardian_{person['key']}"):
            continue
        signature = Signature(
            member_key=person["key"],
            name=person["name"],
            id_number=person["id_number"],
            relation=person["relation"],
            signed_by=values["name"],
            manner="code" if own else "guardian",
            guardian_of="" if own else person["name"],
            evidence={"phone_index": request.resident.phone_index, "stroke": values["stroke"]},
        )
        try:
            sign_consent(draft.pk, signature, by=request.resident.actor(), at=now())
        except Conflict:
            continue  # signed before, when submitting did not come through


def _send_links(request: Any, ref: UUID, declaration: Json, form: SubmitForm) -> None:
    for person in declaration["members"]:
        phone = form.cleaned_data.get(f"phone_{person['key']}")
        if phone:
            send_link(request, ref, person | {"phone": phone}, declaration["applicant"]["name"])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


@resident
@require_safe
def receipt(request: Any, case_id: UUID) -> HttpResponse:
    """What to hold in the hand: number, promise, phone, and the tracking code."""
    return receipt_page(request, case_for_resident(case_id, request.resident.phone_index))


def receipt_page(request: Any, case: Any) -> HttpResponse:
    """The receipt of a case, to keep or to print."""
    secret = case.application.tracking.open()
    address = request.build_absolute_uri(reverse("portal:track_code", args=[secret]))
    page = {
        "case": case,
        "secret": secret,
        "qr": qr_code(address),
        "town": regions.path_name(case.town),
        "phone": regions.office_phone(case.town),
        "promise": promise(today()),
        "fresh": _("提交成功"),
    }
    return render(request, "portal/receipt.html", page)
