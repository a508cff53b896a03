"""家人签字: a family member signs alone, on the own phone, seeing nothing of the application."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from doudi.audit.actor import Actor
from doudi.clock.time import now
from doudi.kernel.errors import Conflict
from doudi.notices.phone_codes import check_code
from doudi.portal.forms.fields import posted
from doudi.portal.forms.sign import SignForm
from doudi.portal.views.entry import address_of, said, send_or_say, wrong_code
from doudi.ui.access import public
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name, mask_phone
from doudi.verification.actions.send_family_link import open_family_link, use_family_link
from doudi.verification.actions.sign_consent import Signature, sign_consent
from doudi.verification.catalog.texts import authorisation


@public
@require_http_methods(["GET", "POST"])
def family_sign(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who asks (masked) and the text; takes name and code."""
    link = open_family_link(token, now())
    member = link.member.open()
    form = SignForm(posted(request), signer=member["name"])
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if check_code(member["phone"], code, address=address_of(request)):
            _sign(link, member, form.cleaned_data)
            return render(request, "portal/family_signed.html")
        form.add_error("code", wrong_code())
    page = {
        "form": form,
        "token": token,
        "applicant": link.applicant_masked,
        "signer": mask_name(member["name"]),
        "phone": mask_phone(member["phone"]),
        "said": said(request),
        "until": link.expires_at,
        "text": authorisation(get_language() or "zh"),
    }
    return render(request, "portal/family_sign.html", page, status=422 if form.errors else 200)


def _sign(link: Any, member: dict[str, Any], values: dict[str, Any]) -> None:
    phone_index = blind_index("phone", member["phone"])
    signature = Signature(
        member_key=link.member_key,
        name=member["name"],
        id_number=member["id_number"],
        relation=member["relation"],
        signed_by=values["name"],
        manner="code",
        evidence={"phone_index": phone_index, "stroke": values["stroke"]},
    )
    with transaction.atomic():
        use_family_link(link, now())
        try:
            with transaction.atomic():
                sign_consent(link.ref, signature, by=Actor("citizen", phone_index, ""), at=now())
        except Conflict:
            return  # signed before by another way: nothing more to do


@public
@require_POST
def family_code(request: HttpRequest, token: str) -> HttpResponse:
    """Sends the code to the member's phone; the number cannot be changed here."""
    link = open_family_link(token, now())
    send_or_say(request, link.member.open()["phone"])
    return redirect(reverse("portal:family_sign", args=[token]) + "#sign")
