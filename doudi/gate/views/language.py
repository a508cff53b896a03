"""The switch of language: a cookie, no page of its own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from doudi.ui.access import public

YEAR = 365 * 24 * 3600


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers Chinese or English and goes back to the page `next`, if it is one of ours."""
    target = request.POST.get("next", "/")
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, None)
    answer = redirect(target if ours else "/")
    wanted = request.POST.get("language")
    if wanted in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer
