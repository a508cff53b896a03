"""My own account: posts held, near relatives declared or not, and the password."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from doudi.accounts.actions.change_password import change_password
from doudi.accounts.queries import posts_of, scope
from doudi.accounts.relatives import has_declared
from doudi.clock.time import real_now
from doudi.gate.forms import ChangePasswordForm
from doudi.kernel.errors import Invalid
from doudi.ui.access import officer
from doudi.ui.words import beside


@officer("")
@sensitive_post_parameters("present", "password", "again")
@require_http_methods(["GET", "POST"])
def account(request: Any) -> HttpResponse:
    """A new password ends every session: the person signs in again with it."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            change_password(
                request.staff, values["present"], values["password"], values["code"], at=real_now()
            )
        except Invalid as refusal:
            beside(form, refusal)
        else:
            return redirect("gate:sign_in")
    staff = request.staff
    page = {"form": form, "posts": posts_of(staff)}
    page["may_declare"] = bool(scope(staff, "kin.declare"))
    page["has_declared"] = page["may_declare"] and has_declared(staff)
    return render(request, "gate/account.html", page, status=422 if form.errors else 200)
