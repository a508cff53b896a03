"""The one-time link: password and second factor are set here."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from doudi.accounts.actions.accept_invitation import accept_invitation
from doudi.accounts.figures.totp import code_at, enrolment_uri, step_at
from doudi.accounts.queries import invitation_by_token
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now, real_now
from doudi.gate.forms import NewPasswordForm
from doudi.kernel.errors import Invalid
from doudi.ui.access import public
from doudi.ui.words import beside


@public
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing up; only the finished form does."""
    found = invitation_by_token(token, now())
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            accept_invitation(token, values["password"], values["code"], now(), real_at=real_now())
        except Invalid as refusal:
            beside(form, refusal)
        else:
            return redirect("gate:sign_in")
    secret = found.totp_secret.open()
    page = {
        "form": form,
        "person": found.staff,
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "qr": qr_code(enrolment_uri(secret, found.staff.account)),
        "demo_code": code_at(secret, step_at(real_now())) if is_demo() else "",
    }
    return render(request, "gate/invitation.html", page, status=422 if form.errors else 200)


def qr_code(text: str) -> SafeString:
    """An inline SVG without style or script; segno escapes what it writes."""
    drawn = segno.make(text, error="m").svg_inline(scale=4, border=2, svgclass="qr", omitsize=True)
    return SafeString(drawn)
