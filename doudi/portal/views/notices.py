"""公示: what hangs today, masked, and a way to object without a name."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from doudi.benefits.publication import lines_of, notice_now, notices_now, shown, towns_on
from doudi.cases import queries as cases
from doudi.cases.actions.object import object_to
from doudi.clock.time import now, today
from doudi.notices.throttle import count
from doudi.portal.forms.entry import ObjectionForm
from doudi.portal.forms.fields import posted
from doudi.portal.views.entry import address_of
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.queries import answer_by
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
    lists = notices_now(today())
    names = path_names(sorted({n.roll.county for n in lists}), "city") if lists else {}
    monthly = [{"notice": n, "county": names[n.roll.county]} for n in lists]
    told = {"page": page, "after": after, "lists": monthly}
    return render(request, "portal/notices.html", told)


@public
@require_safe
def notice_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """A month's list before it is paid, town by town; masked, and without children."""
    notice = notice_now(list_id, today())
    towns = towns_on(notice)
    town = request.GET.get("town", "")
    page = Paginator(lines_of(notice, town), PAGE).get_page(request.GET.get("page"))
    lines = shown(notice, page.object_list) if town in towns else []
    places = sorted({*towns, *(line.village for line in lines), notice.roll.county})
    told = {
        "notice": notice,
        "names": path_names(places, "city"),
        "short": path_names(places, "town"),
        "town_query": f"town={town}&",
        "towns": sorted(towns.items()),
        "town": town if town in towns else "",
        "lines": lines,
        "page": page,
    }
    return render(request, "portal/notice_list.html", told)


@public
@require_http_methods(["GET", "POST"])
def list_object(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """An objection goes to the county like a complaint, with a code for the answer."""
    notice = notice_now(list_id, today())
    form = ObjectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        count("object.address", address_of(request))
        told = form.cleaned_data
        said = Said("list", told["text"], contact=told["contact"], list_id=notice.pk)
        made = file_complaint(notice.roll.county, said, at=now())
        return redirect("portal:complaint", made.tracking.open())
    name = path_names([notice.roll.county], "city")[notice.roll.county]
    page = {
        "notice": notice,
        "form": form,
        "county": name,
        "answer_by": answer_by("complaint_answer", today()),
    }
    return render(request, "portal/list_object.html", page, status=422 if form.errors else 200)


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
