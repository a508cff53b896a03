"""窗口代填: begins, goes on with and prints again the applications filled in for visitors."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.queries import scope
from doudi.cases.actions.open_window import open_window
from doudi.cases.file import drafts_at_window, filed_at_window
from doudi.cases.queries import draft_of
from doudi.clock.time import now
from doudi.desk.forms.window import WindowStartForm
from doudi.kernel.errors import Invalid, NotFound, TooMany
from doudi.notices.phone_codes import check_code, clean_phone, send_code
from doudi.ui.access import officer, seat
from doudi.ui.words import beside, sentences_of
from doudi.vault.masking import mask_name, mask_phone


@officer("application.file")
@require_http_methods(["GET", "POST"])
def window(request: HttpRequest) -> HttpResponse:
    """What this officer began and handed in, and the form to begin one more."""
    staff, said = request.staff, ""
    seat(request, "")
    form = WindowStartForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if "send" in request.POST:
            said = _sent(request, form)
        else:
            phone = _proved(request, form)
            if phone is not None:
                seat(request, str(open_window(phone, by=staff, at=now()).pk))
                return redirect("portal:apply_step", 2)
    page = {
        "form": form,
        "said": said,
        "drafts": [(d, _named(d), d.step) for d in drafts_at_window(str(staff.pk))],
        "filed": filed_at_window(str(staff.pk)),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/window.html", page, status=422 if form.errors else 200)


@officer("application.file")
@require_POST
def window_on(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Goes on with a draft, or shows the receipt of one that was handed in; only one's own."""
    draft = draft_of(draft_id)
    if draft.staff_id != str(request.staff.pk):
        raise NotFound
    seat(request, str(draft.pk))
    if draft.submitted_at:
        return redirect("portal:window_receipt")
    return redirect("portal:apply_step", max(draft.step, 2))


def _sent(request: HttpRequest, form: WindowStartForm) -> str:
    try:
        phone = clean_phone(form.cleaned_data["phone"])
        send_code(phone, address=_address(request), language=(get_language() or "zh")[:2])
    except (Invalid, TooMany) as refusal:
        form.add_error("phone", sentences_of(refusal))
        return ""
    return _("验证码已发到 %(phone)s") % {"phone": mask_phone(phone)}


def _proved(request: HttpRequest, form: WindowStartForm) -> str | None:
    """The phone with its right code; "" without a phone; None when something is wrong."""
    phone, code = form.cleaned_data["phone"], form.cleaned_data["code"]
    if not phone:
        return ""
    try:
        phone = clean_phone(phone)
    except Invalid as refusal:
        beside(form, refusal)
        return None
    if not code:
        form.add_error("code", _("先发验证码，再填申请人念出的数字；不用手机的把号码删掉"))
    elif check_code(phone, code, address=_address(request)):
        return phone
    else:
        form.add_error("code", _("验证码不对或已过期，请核对，或重新发一条"))
    return None


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _named(draft: Any) -> str:
    """The applicant as far as typed, masked."""
    told = (draft.declaration.open() or {}).get("applicant") or {}
    return mask_name(told.get("name") or "")
