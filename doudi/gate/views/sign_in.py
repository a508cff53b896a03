"""Sign-in in two steps: password, then six digits. Every failure looks alike."""

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.actions.check_second_factor import check_second_factor
from doudi.accounts.queries import demo_code, rights_of
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import real_now
from doudi.gate import demo_accounts, sessions
from doudi.gate.forms import CodeForm, PasswordForm
from doudi.ui.access import public

# Where each kind of work begins; the first right held decides.
LANDINGS = (
    ("case.list", "desk:home"),
    ("roll.view", "desk:rolls"),
    ("audit.view", "inspection:home"),
    ("staff.view", "desk:staff"),
    ("application.file", "desk:window"),
    ("need.offer", "desk:giving"),
)


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """First factor; a wrong password and an unknown account answer alike."""
    form = PasswordForm(request.POST or None, initial=_prefilled(request))
    if request.method == "POST" and form.is_valid():
        # Under the model's own field name: under `username` axes would count for no account at all.
        staff = authenticate(request, **form.cleaned_data)
        if staff is not None:
            sessions.begin_half(request, staff)
            request.session["next"] = _safe_next(request)
            return redirect("gate:second_factor")
        form.add_error(None, _("账号或密码不对。忘记密码请找本单位安全管理员。"))
    status = 401 if form.errors else 200
    return render(request, "gate/sign_in.html", _sign_in_page(request, form), status=status)


def _prefilled(request: HttpRequest) -> dict[str, str]:
    """On a demonstration, `?as=` fills the form for one of its accounts."""
    wanted = request.GET.get("as", "")
    if wanted and is_demo():
        return {"account": wanted, "password": demo_accounts.PASSWORD}
    return {}


def _sign_in_page(request: HttpRequest, form: PasswordForm) -> dict[str, Any]:
    target = request.POST.get("next") or request.GET.get("next", "")
    return {"form": form, "accounts": demo_accounts.accounts(), "next": target}


def _safe_next(request: HttpRequest) -> str:
    """The page asked for, if it is one of ours."""
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, None)
    return target if target.startswith("/") and ours else ""


@public
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Second factor; without a fresh first one it sends back to the beginning."""
    staff = sessions.half_signed(request)
    if staff is None:
        return redirect("gate:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if check_second_factor(staff, form.cleaned_data["code"], real_now()):
            target = request.session.get("next", "")
            device = sessions.open_fully(request, staff)
            return sessions.keep_device(redirect(target or landing(staff)), device)
        form.add_error("code", _("验证码不对或已用过。连错5次锁定30分钟。"))
    shown = demo_code(staff, real_now()) if is_demo() else ""
    page = {"form": form, "demo_code": shown}
    return render(request, "gate/second_factor.html", page, status=401 if form.errors else 200)


def landing(staff: Any) -> str:
    """The address name at which this person's work begins."""
    rights = rights_of(staff)
    return next((name for right, name in LANDINGS if right in rights), "gate:account")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session everywhere."""
    sessions.close(request)
    return redirect("gate:sign_in")


def locked(request: HttpRequest, response: Any = None, credentials: Any = None) -> HttpResponse:
    """What is shown after five wrong passwords; the same whether the account exists or not."""
    return render(request, "gate/locked.html", status=429)
