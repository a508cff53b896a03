"""Who may open a page: every view carries a mark, and the doorkeeper refuses one without."""

import functools
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import urlencode

from doudi.accounts.queries import actor_of, rights_of
from doudi.audit.actor import Actor
from doudi.clock.time import real_now
from doudi.ui.refusals import page_for
from doudi.vault.index import blind_index
from doudi.vault.seal import SealBroken, open_bytes, seal_bytes

View = TypeVar("View", bound=Callable[..., HttpResponse])
RESIDENT_SECONDS = 2 * 3600
SEAL = "session.resident"


@dataclass(frozen=True)
class Guard:
    """The mark of a view: `public`, `resident`, or `officer` with the right it needs.

    A `resident` view with a right opens also for staff who hold it and fill in for a visitor.
    """

    kind: str
    right: str = ""


@dataclass(frozen=True)
class Route:
    """One address for the matrix test: path pattern, name, methods, guard (None: refused)."""

    path: str
    name: str
    methods: tuple[str, ...]
    guard: Guard | None


@dataclass(frozen=True)
class Resident:
    """Whoever proved a phone by its code; good for two hours."""

    phone: str
    phone_index: str

    def actor(self) -> Actor:
        """How the journal names him: by the index of the phone, never by name."""
        return Actor("citizen", self.phone_index, "")


@dataclass(frozen=True)
class Window:
    """An officer who fills in one draft for a visitor; no phone stands behind it."""

    draft: str
    staff: Any
    phone: str = ""
    phone_index: str = ""

    def actor(self) -> Actor:
        """How the journal names him."""
        return actor_of(self.staff)


def public(view: View) -> View:
    """Everybody may open this view."""
    return _marked(view, Guard("public"))


def resident(view: View) -> View:
    """Only after a phone code; `request.resident` is set."""
    return _marked(view, Guard("resident"))


def applying(view: View) -> View:
    """After a phone code, or at a window: sets `request.resident`, a Resident or a Window."""
    return _marked(view, Guard("resident", "application.file"))


def officer(right: str) -> Callable[[View], View]:
    """Only signed-in staff who hold `right` somewhere ("" for any staff); sets `request.staff`.

    Whether the right holds for the case at hand is checked by query and action.
    """
    return functools.partial(_marked, guard=Guard("officer", right))


def _marked(view: View, guard: Guard) -> View:
    view.guard = guard  # type: ignore[attr-defined]
    return view


def admit(request: HttpRequest, phone: str) -> None:
    """Opens a fresh resident session for a phone whose code was right."""
    request.session.flush()
    sealed = b64encode(seal_bytes(phone.encode(), SEAL)).decode()
    request.session["resident"] = {"phone": sealed, "at": real_now().timestamp()}


def resident_of(request: HttpRequest) -> Resident | None:
    """The resident of the session, or None when there is none or two hours are over."""
    kept = request.session.get("resident")
    if not kept or real_now().timestamp() - kept["at"] > RESIDENT_SECONDS:
        return None
    try:
        phone = open_bytes(b64decode(kept["phone"]), SEAL).decode()
    except SealBroken:
        return None
    return Resident(phone, blind_index("phone", phone))


def seat(request: HttpRequest, draft: str) -> None:
    """The signed-in officer fills in this draft from now on; "" ends it."""
    request.session["window"] = draft


def window_of(request: Any, right: str) -> Window | None:
    """The window at which the signed-in officer sits, if he does and may."""
    draft = request.session.get("window")
    if not (draft and right and request.user.is_authenticated):
        return None
    return Window(draft, request.user) if right in rights_of(request.user) else None


class Doorkeeper:
    """Middleware: no view runs before its guard agrees; a view without a guard never runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run."""
        guard: Guard | None = getattr(view, "guard", None)
        if guard is None:
            return page_for(request, 403)
        return {"public": _open, "resident": _phone_proved, "officer": _signed_in}[guard.kind](
            request, guard
        )


def _open(request: Any, guard: Guard) -> HttpResponse | None:
    return None


def _phone_proved(request: Any, guard: Guard) -> HttpResponse | None:
    request.resident = window_of(request, guard.right) or resident_of(request)
    if request.resident is None:
        return _to(reverse("portal:sign_in"), request)
    return None


def _signed_in(request: Any, guard: Guard) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return _to(reverse("gate:sign_in"), request)
    request.staff = request.user
    if guard.right and guard.right not in rights_of(request.staff):
        return page_for(request, 403)
    return None


def _to(address: str, request: HttpRequest) -> HttpResponse:
    """To the sign-in, and back to the path afterwards; the query stays behind."""
    target = request.path if request.method in ("GET", "HEAD") else ""
    return HttpResponseRedirect(f"{address}?{urlencode({'next': target})}" if target else address)


def registry() -> list[Route]:
    """Every address of the installation with its guard, in the order of the URL tables."""
    return list(_routes(get_resolver().url_patterns, "/", ""))


def _routes(patterns: Iterable[Any], path: str, space: str) -> Iterable[Route]:
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern.url_patterns, here, inner)
        elif isinstance(pattern, URLPattern):
            view: Any = pattern.callback
            name = space + (pattern.name or "")
            yield Route(here, name, _methods(view), getattr(view, "guard", None))


def _methods(view: Any) -> tuple[str, ...]:
    """What `require_http_methods` somewhere around the view allows; GET and POST when silent."""
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names:
            cell = view.__closure__[names.index("request_method_list")]
            return tuple(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return ("GET", "POST")
