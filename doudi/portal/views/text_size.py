"""大字、标准字: the switch of the size of text, kept as the language is: a cookie, no own page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from doudi.ui.access import public

COOKIE = "text"
YEAR = 365 * 24 * 3600


@public
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Large text is the rule; remembers who wants the standard size, and forgets it again."""
    target = request.POST.get("next", "/")
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, None)
    answer = redirect(target if ours else "/")
    if request.POST.get("text") == "standard":
        answer.set_cookie(
            COOKIE,
            "standard",
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    else:
        answer.delete_cookie(COOKIE, samesite="Lax")
    return answer
