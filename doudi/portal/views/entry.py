"""Proving a phone: a number, then six digits; every phone is answered alike."""

from base64 import b64decode, b64encode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from doudi.kernel.errors import Invalid, TooMany
from doudi.notices.phone_codes import MINUTES, check_code, send_code
from doudi.portal.forms.entry import CodeForm, PhoneForm
from doudi.portal.forms.fields import posted
from doudi.ui.access import admit, public
from doudi.ui.words import sentences_of
from doudi.vault.masking import mask_phone
from doudi.vault.seal import SealBroken, open_bytes, seal_bytes

SEAL = "session.phone"


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, for counting attempts."""
    return str(request.META.get("REMOTE_ADDR", ""))


def safe_next(target: str, otherwise: str) -> str:
    """One of our own pages, or the other."""
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, None)
    return target if ours else otherwise


@public
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for the phone and sends the code."""
    form = PhoneForm(posted(request))
    if request.method == "GET":
        request.session["next"] = request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        try:
            send_to(request, form.cleaned_data["phone"])
        except (Invalid, TooMany) as error:
            form.add_error("phone", sentences_of(error))
        else:
            sealed = seal_bytes(form.cleaned_data["phone"].encode(), SEAL)
            request.session["phone"] = b64encode(sealed).decode()
            return redirect("portal:sign_in_code")
    status = 422 if form.errors else 200
    return render(request, "portal/sign_in.html", {"form": form}, status=status)


@public
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Takes the six digits; wrong, old and used ones answer alike."""
    phone = _phone(request)
    if not phone:
        return redirect("portal:sign_in")
    form = CodeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        if check_code(phone, form.cleaned_data["code"], address=address_of(request)):
            target = safe_next(request.session.get("next", ""), reverse("portal:my_cases"))
            admit(request, phone)
            return redirect(target)
        form.add_error("code", wrong_code())
    page = {"form": form, "phone": mask_phone(phone), "minutes": MINUTES, "said": said(request)}
    return render(request, "portal/sign_in_code.html", page, status=422 if form.errors else 200)


@public
@require_POST
def send_again(request: HttpRequest) -> HttpResponse:
    """Another code to the same phone, once a minute."""
    phone = _phone(request)
    if phone:
        send_or_say(request, phone)
    return redirect("portal:sign_in_code" if phone else "portal:sign_in")


@public
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the resident's session: phones are shared."""
    request.session.flush()
    return redirect("portal:home")


def send_to(request: HttpRequest, phone: str) -> None:
    """Sends a code in the page's language."""
    send_code(phone, address=address_of(request), language=(get_language() or "zh")[:2])


def send_or_say(request: HttpRequest, phone: str) -> None:
    """Sends a code, and has the next page say that it went or when to try again."""
    try:
        send_to(request, phone)
        sentence = _("验证码已发到 %(phone)s") % {"phone": mask_phone(phone)}
    except TooMany as error:
        sentence = "".join(sentences_of(error))
    request.session["said"] = sentence


def said(request: HttpRequest) -> str:
    """What the last step left to say; said once."""
    return str(request.session.pop("said", ""))


def wrong_code() -> str:
    """One sentence for wrong, old and used codes."""
    return _("验证码不对或已过期，请核对，或重新发一条")


def _phone(request: HttpRequest) -> str:
    try:
        return open_bytes(b64decode(request.session.get("phone", "")), SEAL).decode()
    except (SealBroken, ValueError):
        return ""
