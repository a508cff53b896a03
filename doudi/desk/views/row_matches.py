"""认定匹配: rows that came with a wrong number beside the persons they may mean."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import actor_of, require, scope
from doudi.audit.journal import write
from doudi.clock.time import now
from doudi.desk.forms.centre import WhoseForm
from doudi.kernel.errors import Conflict, Invalid, Missing
from doudi.people.queries import names_of_persons, person
from doudi.regions.queries import names_of
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.vault.masking import mask_id, mask_name
from doudi.verification import worklist as queries
from doudi.verification.actions.decide_match import decide_match
from doudi.verification.catalog.items import agencies, item
from doudi.verification.register import unmatched_row

ROWS = 100
TIERS = {
    "exact": _("姓名、出生日期、县区都同，但不止一个人"),
    "name_birth": _("姓名、出生日期同，县区不同"),
    "name_close": _("姓名差一个字，出生日期、县区同"),
    "birth_close": _("姓名、县区同，出生日期差一处"),
    "number_name": _("号码差一处，姓名对得上"),
    "number": _("号码差一处，没有姓名"),
}
UNREAD = _("没有写，或认不出")
WHY = {
    "name": _("姓名相同"),
    "name_close": _("姓名差一个字"),
    "birth": _("出生日期相同"),
    "birth_close": _("出生日期差一处"),
    "county": _("发证县区相同"),
    "number_close": _("号码差一处"),
}


def _language() -> str:
    """en or zh, as the catalogue has its names."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@officer("match.decide")
@require_safe
def row_matches(request: HttpRequest) -> HttpResponse:
    """The surest first; names stay masked until one is opened."""
    rows = list(queries.row_matches(request.staff).order_by("tier", "delivery", "row_no")[:ROWS])
    names, known = agencies(), names_of_persons({m.person_id for m in rows})
    page = {
        "rows": [
            {
                "match": match,
                "item": item(match.delivery.item),
                "agency": names[match.delivery.agency][_language()],
                "tier": TIERS.get(match.tier, match.tier),
                "name": mask_name(known.get(match.person_id, "")),
            }
            for match in rows
        ],
        "places": names_of({m.town for m in rows}),
        "may_search": bool(scope(request.staff, "case.list")),
    }
    return render(request, "desk/row_matches.html", page)


@officer("match.decide")
@require_http_methods(["GET", "POST"])
def row_match(request: HttpRequest, row_match_id: UUID) -> HttpResponse:
    """The row and the person side by side, differences marked; same or not, with a word."""
    staff = request.staff
    found = queries.row_match_for(row_match_id, staff)
    form = WhoseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(staff, "match.decide", found.town)
        if form.is_valid() and _decided(found, form, staff):
            return redirect("desk:row_matches")
    else:
        _looked(found, staff)
    others, elsewhere = queries.beside(found, staff)
    known = names_of_persons({m.person_id for m in others})
    told = unmatched_row(found.delivery, found.row_no)
    about = item(found.delivery.item)
    page = {
        "match": found,
        "agency": agencies()[found.delivery.agency][_language()],
        "item": about,
        "tier": TIERS.get(found.tier, found.tier),
        "why": [WHY.get(word, word) for word in found.why],
        "lines": _lines(told, person(found.person_id), found),
        "more": told.get("told", {}),
        "place": names_of([found.town]).get(found.town, ""),
        "others": [(m, TIERS.get(m.tier, m.tier), known.get(m.person_id, "")) for m in others],
        "elsewhere": elsewhere,
        "form": form,
        "may_decide": found.state == "proposed",
        "language": _language(),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/row_match.html", page, status=422 if form.errors else 200)


def _lines(told: dict[str, Any], known: Any, found: Any) -> list[dict[str, Any]]:
    """What both tell of themselves; a row's wrong number is not kept, only that it is near."""
    near = "number_close" in found.why
    number = str(known.id_number.open())
    born, county = told.get("born"), told.get("county") or ""
    names = names_of({county, number[:6]} - {""})
    pairs = (
        (_("姓名"), told.get("name") or "", known.name),
        (_("出生日期"), born.isoformat() if born else "", known.born_on.isoformat()),
        (
            _("发证县区"),
            names.get(county, county),
            names.get(number[:6], number[:6]),
        ),
        (
            _("身份证号"),
            _("差一处（原号不保存）") if near else UNREAD,
            mask_id(number),
        ),
    )
    return [
        {
            "label": label,
            "row": row,
            "known": other,
            "differs": row not in ("", UNREAD) and str(row) != other,
        }
        for label, row, other in pairs
    ]


def _looked(found: Any, staff: Any) -> None:
    with transaction.atomic():
        write(
            "match.viewed",
            actor=actor_of(staff),
            subject=f"person:{found.person_id}",
            chain=found.town[:6],
            purpose="identity",
        )


def _decided(found: Any, form: Any, staff: Any) -> bool:
    given = form.cleaned_data
    belongs, reason = given["belongs"] == "yes", given["reason"]
    try:
        decide_match(found.pk, belongs=belongs, reason=reason, by=staff, at=now())
    except (Invalid, Conflict, Missing) as refusal:
        beside(form, refusal)
        return False
    return True
