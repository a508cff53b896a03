"""核对中心: what waits, which sources are silent, what came, and how the rules do."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import may, require, scope
from doudi.cases.queries import cases_of_applications
from doudi.clock.time import now, today
from doudi.departments.queries import standing_everywhere
from doudi.departments.worklist import disputes
from doudi.desk.forms.centre import RestForm, RestoreForm
from doudi.desk.forms.discrepancies import DeliveryForm, ReleaseForm
from doudi.discrepancies import queries as inquiries
from doudi.discrepancies.catalog import signals, words_of
from doudi.discrepancies.worklist import outcome
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.regions.queries import name_of, names_of
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.verification import worklist as queries
from doudi.verification.actions.agree_rest import agree_rest
from doudi.verification.actions.decide_delivery import decide_delivery
from doudi.verification.actions.release_findings import release_findings
from doudi.verification.actions.restore_rule import restore_rule
from doudi.verification.actions.retire_rule import retire_rule
from doudi.verification.catalog.items import agencies, item, items
from doudi.verification.file import means
from doudi.verification.queries import delivery_named

LISTS = {
    "waiting": _("等着返回的核对"),
    "late": _("过了预计日的核对"),
    "silent": _("有部门没有返回的核对"),
}
ROWS, YEAR = 100, 366


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _agency(name: str) -> str:
    told = agencies()[name]
    return str(told.get(_language()) or told["zh"])


def _since(days: int) -> dt.datetime:
    return now() - dt.timedelta(days=days)


def _find(staff: Any) -> dict[str, Any]:
    return {"may_search": bool(scope(staff, "case.list"))}


@officer("centre.view")
@require_safe
def centre(request: HttpRequest) -> HttpResponse:
    """Four numbers that wait, the towns, the sources, the rules; each number opens its list."""
    staff, on = request.staff, today()
    towns, told = inquiries.summary(inquiries.inquiries(staff), on, _since(YEAR))
    page = {
        "counts": queries.counts(staff, on, _since(queries.SILENT_DAYS)),
        "disputes": disputes(staff),
        "towns": [(code, line) for code, line in towns.items()],
        "names": names_of(set(towns)),
        "sources": _sources(staff, on),
        "outcome": outcome(inquiries.inquiries(staff), _since(YEAR)),
        "rules": _rules(staff, told),
    }
    return render(request, "desk/centre.html", page | _find(staff))


def _sources(staff: Any, on: dt.date) -> list[dict[str, Any]]:
    """Item by item: when it is due, how late, what was good in it, how often it was silent."""
    good = queries.quality(_since(queries.QUALITY_DAYS))
    silent = queries.silence_by_item(staff, _since(queries.SILENT_DAYS))
    stands = {line["item"].code: line for line in standing_everywhere(on)}
    language = _language()
    return [
        {
            "code": about.code,
            "words": getattr(about, language),
            "agency": _agency(about.agency),
            "due": stands[about.code]["due"],
            "last": stands[about.code]["last"],
            "good": good.get(about.code),
            "silent": sum(silent.get(about.code, {}).values()),
            "failed": silent.get(about.code, {}).get("failed", 0),
        }
        for about in items()
    ]


def _rules(staff: Any, told: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    """What people decided of each rule within a year, and whether it rests here."""
    resting: dict[str, list[Any]] = {}
    for rest in queries.rests(staff):
        resting.setdefault(rest.signal, []).append(rest)
    return [
        {
            "code": code,
            "words": words_of(code, _language()),
            "line": told.get(code, {"open": 0, "yes": 0, "no": 0, "unknown": 0}),
            "share": _share(told.get(code)),
            "rests": resting.get(code, []),
            "no_source": about.get("no_source", False),
        }
        for code, about in signals().items()
    ]


def _share(line: dict[str, int] | None) -> int | None:
    """Confirmed of decided, in hundredths; None before anybody decided."""
    decided = line["yes"] + line["no"] if line else 0
    return round(100 * line["yes"] / decided) if line and decided else None


@officer("centre.view")
@require_safe
def listed(request: HttpRequest, which: str) -> HttpResponse:
    """The requests behind a number: no names, each with its case for whoever may open it."""
    if which not in LISTS:
        raise NotFound("没有这张清单")
    staff = request.staff
    rows: dict[str, Callable[[], Any]] = {
        "waiting": lambda: queries.waiting(staff),
        "late": lambda: queries.late(staff, today()),
        "silent": lambda: queries.silent(
            staff, _since(queries.SILENT_DAYS), request.GET.get("item", "")
        ),
    }
    found = list(rows[which]()[:ROWS])
    page = {
        "title": LISTS[which],
        "which": which,
        "rows": found,
        "places": names_of({r.county for r in found}),
        "cases": cases_of_applications([r.ref for r in found]),
        "on": today(),
    }
    return render(request, "desk/centre_list.html", page | _find(staff))


@officer("centre.view")
@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """What came of one item, file by file."""
    if code not in {about.code for about in items()}:
        raise NotFound("没有这项数据")
    about = item(code)
    page = {
        "about": about,
        "words": getattr(about, _language()),
        "agency": _agency(about.agency),
        "rows": queries.deliveries_of(code),
        "may_decide": bool(scope(request.staff, "delivery.decide")),
    }
    return render(request, "desk/centre_source.html", page | _find(request.staff))


@officer("delivery.decide")
@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """A delivery that is held: why, beside the one before it; it counts or is set aside."""
    found = delivery_named(delivery_id)
    form = DeliveryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _done(form, lambda d: _decide(found.pk, d, request.staff)):
        return redirect("desk:centre_source", found.item)
    about, before = item(found.item), queries.accepted_before(found)
    page = {
        "about": about,
        "words": getattr(about, _language()),
        "agency": _agency(about.agency),
        "found": found,
        "before": before,
        "columns": means(found, before),
        "form": form,
        "may_decide": found.state == "held",
    }
    status = 422 if form.errors else 200
    return render(request, "desk/centre_delivery.html", page | _find(request.staff), status=status)


def _decide(delivery_id: UUID, data: dict[str, Any], staff: Any) -> None:
    use, reason = data["use"] == "yes", data["reason"]
    decide_delivery(delivery_id, use=use, reason=reason, by=staff, at=now())


@officer("centre.view")
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: what it asks, what people found, where it rests; to retire it and take it up."""
    if code not in signals():
        raise NotFound("没有这条规则")
    staff = request.staff
    regions = _regions(staff)
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    form = RestForm(request.POST if verb == "retire" else None, regions=regions)
    if request.method == "POST":
        if verb != "retire":
            raise Invalid({"verb": "没有这一步"})
        if _done(form, lambda data: _retire(code, data, staff)):
            return redirect("desk:centre_rule", code)
    _towns, told = inquiries.summary(inquiries.inquiries(staff), today(), _since(YEAR))
    line = next(r for r in _rules(staff, told) if r["code"] == code)
    found = queries.rests_of(code, staff)
    page = {
        "rule": line,
        "about": signals()[code],
        "rests": [
            {
                "rest": rest,
                "place": name_of(rest.region),
                "may_agree": rest.state == "asked"
                and rest.asked_by_id != str(staff.pk)
                and may(staff, "rule.retire", rest.region),
                "may_end": rest.state in ("asked", "resting")
                and may(staff, "rule.retire", rest.region),
            }
            for rest in found
        ],
        "restore": RestoreForm(),
        "form": form,
        "may_retire": bool(regions),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/centre_rule.html", page | _find(staff), status=status)


def _regions(staff: Any) -> list[tuple[str, str]]:
    """Where the officer may put a rule to rest: own counties, or the whole city."""
    stems = scope(staff, "rule.retire")
    return [(s.ljust(6, "0"), name_of(s.ljust(6, "0"))) for s in stems]


def _retire(code: str, data: dict[str, Any], staff: Any) -> Any:
    return retire_rule(code, data["region"], data["reason"], by=staff, at=now())


@officer("rule.retire")
@require_http_methods(["POST"])
def rest(request: HttpRequest, rest_id: UUID) -> HttpResponse:
    """Another person agrees or not; or the rule is taken up again."""
    staff = request.staff
    found = queries.rest_for(rest_id, staff)
    require(staff, "rule.retire", found.region)
    verb = request.POST.get("verb", "")
    if verb in ("agree", "refuse"):
        agree_rest(found.pk, agree=verb == "agree", by=staff, at=now())
    else:
        restore_rule(found.pk, request.POST.get("reason", ""), by=staff, at=now())
    return redirect("desk:centre_rule", found.signal)


@officer("comparison.release")
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """Towns where too many households would be asked at once: a person looks first."""
    staff = request.staff
    rows = queries.held(staff)
    posted = (request.POST.get("run", ""), request.POST.get("town", ""))
    forms = [(row, _release_form(request, row, posted), _held_signals(row)) for row in rows]
    form = next((f for _row, f, _s in forms if f.is_bound), None)
    if request.method == "POST":
        row = next((r for r, f, _s in forms if f.is_bound), None)
        if row is None or form is None:
            raise NotFound("这个乡镇没有待放行的疑点")
        if _done(form, lambda data: _release(row, data, staff)):
            return redirect("desk:centre_held")
    page = {"rows": forms, "names": names_of({r["town"] for r in rows}), "form": form}
    status = 422 if form is not None else 200
    return render(request, "desk/centre_held.html", page | _find(staff), status=status)


def _release_form(request: HttpRequest, row: dict[str, Any], posted: tuple[str, str]) -> Any:
    mine = request.method == "POST" and posted == (str(row["run_id"]), row["town"])
    return ReleaseForm(request.POST if mine else None, auto_id=f"id_{row['town']}_%s")


def _held_signals(row: dict[str, Any]) -> list[tuple[str, str, int]]:
    told = queries.held_signals(row["run_id"], row["town"])
    return [(code, words_of(code, _language()), many) for code, many in told.items()]


def _release(row: dict[str, Any], data: dict[str, Any], staff: Any) -> Any:
    use, reason = data["use"] == "yes", data["reason"]
    return release_findings(row["run_id"], row["town"], use=use, reason=reason, by=staff, at=now())


def _done(form: Any, deed: Callable[[dict[str, Any]], Any]) -> bool:
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return False
    return True
