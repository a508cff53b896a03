"""窗口代填: signing and handing in for a visitor who has no phone or does not write."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from doudi.attachments.checks import UploadRefused
from doudi.attachments.intake import take_in
from doudi.cases.actions.submit import submit
from doudi.cases.file import case_of_application
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now, today
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.portal import declaration as shape
from doudi.portal.drafts import mine
from doudi.portal.forms.window import LATER, SIGNED, WindowForm
from doudi.portal.links import send_link
from doudi.portal.review import problems_of, summary
from doudi.portal.views.submit import receipt_page
from doudi.ui.access import Window, applying
from doudi.ui.words import said, sentences_of
from doudi.verification.actions.sign_consent import Signature, sign_consent
from doudi.verification.catalog.texts import authorisation

Json = dict[str, Any]


def sign(request: Any) -> HttpResponse:
    """The sheet to print, read out and sign; POST keeps its photograph and hands all in."""
    draft, declaration = mine(request)
    posted = request.method == "POST"
    form = _form(request, declaration)
    on = today()
    problems = problems_of(declaration, on, demo=is_demo(), alone=False)
    if posted and form.is_valid() and not problems:
        receipt = _handed_in(request, draft, declaration, form)
        if receipt:
            return redirect("portal:window_receipt")
    page = {
        "form": form,
        "people": _people(declaration, form),
        "summary": summary(declaration, on),
        "problems": problems,
        "text": authorisation(get_language() or "zh"),
        "applicant": declaration["applicant"]["name"],
        "here": 7,
        "steps": range(7),
    }
    wrong = posted and (form.errors or problems)
    return render(request, "portal/apply_window.html", page, status=422 if wrong else 200)


def _form(request: Any, declaration: Json) -> WindowForm:
    on, others = today(), declaration["members"][1:]
    posted = request.method == "POST"
    return WindowForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        applicant=declaration["applicant"]["name"],
        adults={m["key"]: m["phone"] for m in others if not shape.is_child(m, on)},
        children={m["key"]: m["name"] for m in others if shape.is_child(m, on)},
        family={m["name"] for m in declaration["members"]} | {request.resident.staff.name},
    )


def _people(declaration: Json, form: WindowForm) -> list[tuple[str, Any, Any]]:
    names = {m["key"]: m["name"] for m in declaration["members"]}
    return [(names[key], manner, phone) for key, manner, phone in form.others()]


def _handed_in(request: Any, draft: Any, declaration: Json, form: WindowForm) -> Any:
    """Sheet, signatures and application in one transaction, or none; the receipt or None."""
    try:
        with transaction.atomic():
            sheet = take_in(
                form.cleaned_data["sheet"],
                subject=f"application:{draft.pk}",
                kind="authorisation",
                actor=request.resident.actor(),
            )
            _sign_all(request, draft, declaration, form.cleaned_data, sheet)
            receipt = submit(draft.pk, by=request.resident.staff, at=now())
    except UploadRefused as refused:
        form.add_error("sheet", said(refused.sentence))
        return None
    except Invalid as error:
        form.add_error(None, sentences_of(error))
        return None
    _send_links(request, draft.pk, declaration, form.cleaned_data)
    return receipt


@applying
@require_safe
def window_receipt(request: Any) -> HttpResponse:
    """The receipt to print for the visitor; only at the window that handed it in."""
    if not isinstance(request.resident, Window):
        raise NotFound("没有这份申请")
    case = case_of_application(UUID(request.resident.draft))
    if case is None:
        raise NotFound("没有这份申请")
    return receipt_page(request, case)


def _sign_all(request: Any, draft: Any, declaration: Json, values: Json, sheet: Any) -> None:
    """The applicant, whoever else came, and the children he is guardian of."""
    applicant = declaration["members"][0]
    for person in declaration["members"]:
        child = values.get(f"guardian_{person['key']}")
        manner = "guardian" if child else values.get(f"manner_{person['key']}", LATER)
        if manner == LATER:
            continue
        staff, witness = request.resident.staff.name, values["witness"]
        signature = Signature(
            member_key=person["key"],
            name=person["name"],
            id_number=person["id_number"],
            relation=person["relation"],
            signed_by=applicant["name"] if child else person["name"],
            manner=manner,
            guardian_of=person["name"] if child else "",
            witness=staff if manner == SIGNED or not witness else f"{witness}、{staff}",
            evidence={"sheet": str(sheet.pk), "sheet_sha256": sheet.sha256, "read_out": True},
        )
        try:
            with transaction.atomic():
                sign_consent(draft.pk, signature, by=request.resident.actor(), at=now())
        except Conflict:
            continue  # signed before, when handing in did not come through


def _send_links(request: Any, ref: UUID, declaration: Json, values: Json) -> None:
    for person in declaration["members"]:
        phone = values.get(f"phone_{person['key']}")
        if phone and values.get(f"manner_{person['key']}") == LATER:
            send_link(request, ref, person | {"phone": phone}, declaration["applicant"]["name"])
