"""The demonstration's own pages: stories, 短信箱, clock. On a real database they do not exist."""

import functools
import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now
from doudi.gate import demo_accounts, demo_story
from doudi.gate.forms import ClockForm
from doudi.gate.timetravel import target, travel
from doudi.kernel.errors import Invalid
from doudi.notices.queries import inbox
from doudi.ui.access import public
from doudi.ui.words import beside

View = Callable[..., HttpResponse]
# Splits a text into words and links by turns: every second piece is a link.
LINK = re.compile(r"(https?://[^\s\u4e00-\u9fff]+|/(?:apply|q|invite)/[\w/-]+)")


def demo_only(view: View) -> View:
    """404 unless the database is a demonstration."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_demo():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@public
@require_safe
@demo_only
def home(request: HttpRequest) -> HttpResponse:
    """Where to begin: the three families, the addresses, the accounts."""
    page = {
        "accounts": demo_accounts.accounts(),
        "password": demo_accounts.PASSWORD,
        "ren": demo_story.ren(),
    }
    return render(request, "gate/demo_home.html", page)


@public
@require_safe
@demo_only
def messages(request: HttpRequest) -> HttpResponse:
    """What would have been sent, the newest first."""
    shown = [(message, LINK.split(message.text)) for message in inbox(100)]
    return render(request, "gate/demo_messages.html", {"messages": shown})


@public
@require_http_methods(["GET", "POST"])
@demo_only
def clock(request: HttpRequest) -> HttpResponse:
    """Shows the time; moves it forward and tells what fell due."""
    form = ClockForm(request.POST or None)
    ran = None
    if request.method == "POST" and form.is_valid():
        try:
            ran = travel(target(form.cleaned_data["to"], form.cleaned_data["on"]))
        except Invalid as refusal:
            beside(form, refusal)
    status = 422 if form.errors else 200
    page = {"form": form, "ran": ran, "shown": now()}
    return render(request, "gate/demo_clock.html", page, status=status)
