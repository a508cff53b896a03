"""查看记录: what an officer did in given hours, and which persons were shown to him."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from doudi.accounts.queries import staff_list
from doudi.clock.time import CHINA, today
from doudi.inspection.forms import AccessForm
from doudi.inspection.looked import looked
from doudi.inspection.words import FIELDS, is_look, purpose
from doudi.supervision.queries import MOST_ACTS, Shown, acts_of
from doudi.ui.access import officer
from doudi.ui.deeds import deed


@officer("audit.view")
@require_http_methods(["GET", "POST"])
def access(request: HttpRequest) -> HttpResponse:
    """Asked by POST: whose account is looked into stands in no address."""
    form = AccessForm(request.POST or None, initial=_today())
    page: dict[str, Any] = {"form": form, "asked": False}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        found = staff_list(request.staff).filter(account=data["account"].strip()).first()
        if found is None:
            form.add_error("account", _("没有这个账号"))
        else:
            page |= _shown(request.staff, found, data["since"], data["until"])
    status = 422 if form.errors else 200
    return render(request, "inspection/access.html", page, status=status)


def _today() -> dict[str, dt.datetime]:
    day = today()
    return {
        "since": dt.datetime.combine(day, dt.time(0, 0), CHINA),
        "until": dt.datetime.combine(day, dt.time(23, 59), CHINA),
    }


def _shown(auditor: Any, officer_: Any, since: dt.datetime, until: dt.datetime) -> dict[str, Any]:
    span = {"since": since.isoformat(), "until": until.isoformat()}
    looked("audit.access_read", auditor, f"staff:{officer_.pk}", detail=span)
    acts = acts_of(auditor, officer_, since, until)
    return {
        "asked": True,
        "officer": officer_,
        "lines": [_line(act) for act in acts],
        "persons": sorted({(act.case.number, act.member) for act in acts if act.case}),
        "cut": len(acts) == MOST_ACTS,
    }


def _line(act: Shown) -> dict[str, Any]:
    entry = act.entry
    return {
        "at": entry.at,
        "deed": deed(entry.action),
        "case": act.case,
        "member": act.member,
        "field": FIELDS.get(entry.detail.get("field", ""), ""),
        "purpose": purpose(entry.purpose),
        "look": is_look(entry.action),
    }
