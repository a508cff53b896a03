"""The staff session: one a person, ended after fifteen idle minutes, in real time."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from secrets import compare_digest
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse

from doudi.accounts.actions.close_session import close_session
from doudi.accounts.actions.open_session import open_session
from doudi.accounts.queries import staff_by_id, staff_in_session
from doudi.clock.time import now, real_now, today
from doudi.kernel.errors import NotFound

IDLE = dt.timedelta(minutes=15)
HALF = dt.timedelta(minutes=5)
NOTED_EVERY = dt.timedelta(seconds=30)
DEVICE, KEPT_SECONDS = "device", 730 * 24 * 3600
BACKEND = "doudi.gate.sessions.StaffBackend"


class StaffBackend(ModelBackend):
    """Finds whoever is signed in together with the posts that every page asks for."""

    def get_user(self, user_id: Any) -> Any:
        """None for an account that is gone or suspended."""
        staff = staff_in_session(user_id, today())
        return staff if staff and self.user_can_authenticate(staff) else None


def begin_half(request: HttpRequest, staff: Any) -> None:
    """The password was right; for five minutes the second factor may follow."""
    request.session.cycle_key()
    request.session["half"] = {"staff": str(staff.pk), "at": real_now().timestamp()}


def half_signed(request: HttpRequest) -> Any:
    """Whoever still owes the second factor, or None."""
    half = request.session.get("half")
    if not half or real_now().timestamp() - half["at"] > HALF.total_seconds():
        return None
    try:
        return staff_by_id(half["staff"])
    except NotFound:
        return None


def open_fully(request: HttpRequest, staff: Any) -> str:
    """Both factors were right: a fresh session, the only one of this person.

    Returns the mark of the browser, which it keeps; the journal holds only its digest.
    """
    device = request.COOKIES.get(DEVICE, "")[:64] or secrets.token_hex(16)
    digest = hashlib.sha256(device.encode()).hexdigest()[:12]
    request.session.flush()
    login(request, staff, backend=BACKEND)
    request.session["mark"] = open_session(staff, at=now(), device=digest)
    request.session["seen"] = real_now().timestamp()
    return device


def keep_device(response: HttpResponse, device: str) -> HttpResponse:
    """The browser knows itself again at the next sign-in, whoever sits at it."""
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(DEVICE, device, KEPT_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response


def close(request: HttpRequest) -> None:
    """Signs out here and everywhere."""
    if request.user.is_authenticated:
        close_session(request.user, at=now())
    logout(request)


class StaffSession:
    """Middleware: an idle or superseded session is over before any door sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and not _holds(request):
            logout(request)
        return self.get_response(request)


def _holds(request: HttpRequest) -> bool:
    session, staff = request.session, request.user
    age = real_now().timestamp() - session.get("seen", 0)
    mark = session.get("mark", "")
    if not staff.is_authenticated or not mark or age > IDLE.total_seconds():
        return False
    if not compare_digest(mark, staff.session_mark):
        return False
    if age > NOTED_EVERY.total_seconds():
        session["seen"] = real_now().timestamp()
    return True
