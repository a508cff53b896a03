"""公示: what hangs today, masked, and a way to object without a name."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.cases import queries as cases
from doudi.cases.actions.object import object_to
from doudi.clock.time import now, today
from doudi.notices.throttle import count
from doudi.portal.forms.entry import ObjectionForm
from doudi.portal.forms.fields import posted
from doudi.portal.views.entry import address_of
from doudi.regions.queries import path_names
from doudi.ui.access import public
from doudi.urgent.queries import advance_notices

PAGE = 20


@public
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of the day; they are gone when their time is over."""
    pages = Paginator(cases.notices_now(today()), PAGE)
    page = pages.get_page(request.GET.get("page"))
    advances = advance_notices(today())
    towns = path_names(sorted({a.call.town for a in advances})) if advances else {}
    after = [{"advance": a, "town": towns[a.call.town]} for a in advances]
    return render(request, "portal/notices.html", {"page": page, "after": after})


@public
@require_http_methods(["GET", "POST"])
def notice_object(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Takes an objection; nothing ties it to who sent it."""
    notice = cases.notice(notice_id, today())
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        count("object.address", address_of(request))
        values = form.cleaned_data
        object_to(notice_id, values["text"], values["contact"], at=now())
        return render(request, "portal/objected.html", {"notice": notice})
    page = {"notice": notice, "form": form}
    return render(request, "portal/notice_object.html", page, status=422 if form.errors else 200)
