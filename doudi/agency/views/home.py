"""我的数据项: what is due this cycle, and each item with its upload."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from doudi.agency.forms import FileForm
from doudi.agency.views.catalogue import contract_of
from doudi.agency.words import named
from doudi.clock.time import now, today
from doudi.departments import queries
from doudi.departments.actions.receive_file import Told, send_file
from doudi.departments.catalog import cycle
from doudi.kernel.errors import Invalid
from doudi.kernel.periods import Month
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.verification.catalog.items import agencies

TONES = {"late": _lazy("超期或没送过"), "soon": _lazy("应送"), "good": _lazy("正常")}


@officer("delivery.view")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Item by item: due day, last delivery, state by shape, word and colour."""
    agency = queries.agency_of(request.staff)
    lines = [_line(line) for line in queries.standing(agency, today())] if agency else []
    page = {
        "agency": named(agencies()[agency]) if agency else "",
        "lines": lines,
        "counts": [
            (tone, words, sum(line["due"].state == tone for line in lines))
            for tone, words in TONES.items()
        ],
    }
    return render(request, "agency/home.html", page)


def _line(line: dict[str, Any]) -> dict[str, Any]:
    due, upload = line["due"], line["upload"]
    return line | {
        "name": named(line["item"]),
        "cycle": named(cycle(line["item"].cycle)),
        "words": _words(due, line["last"]),
        "open": upload if upload and _newer(upload, line["last"]) else None,
    }


def _newer(upload: Any, last: Any) -> bool:
    return last is None or upload.received_at > last.received_at


def _words(due: Any, last: Any) -> str:
    if last is None and not due.period:
        return _("还没有送过")
    if due.days < 0:
        return _("超期{n}日").format(n=-due.days)
    if due.sent:
        return _("已送")
    return _("应送，余{n}日").format(n=due.days)


@officer("delivery.view")
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, code: str) -> HttpResponse:
    """One of the department's items: what it agrees to, what came, and the upload."""
    agency = queries.agency_of(request.staff)
    found = queries.own_item(agency, code)
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = Told(data["period"], data["rows"])
        try:
            made = send_file(code, data["file"], told, by=request.staff, at=now())
            return redirect("agency:receipt", made.pk)
        except Invalid as refusal:
            beside(form, refusal)
    page = contract_of(found) | {
        "form": form,
        "uploads": queries.uploads_of(agency, code)[:10],
    }
    return render(request, "agency/item.html", page, status=422 if form.errors else 200)


def _form(request: HttpRequest) -> FileForm:
    on = today()
    if request.method == "POST":
        return FileForm(request.POST, request.FILES, on=on)
    return FileForm(on=on, initial={"period": str(Month.of(on).previous())})
