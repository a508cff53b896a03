"""疑点核查: the town's worklist of what comparisons ask, and one household's inquiry."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.find import colleagues
from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.desk.forms.discrepancies import CloseForm, QuestionForm, SaidForm, VisitForm
from doudi.discrepancies import queries
from doudi.discrepancies.actions.answer_inquiry import answer_inquiry
from doudi.discrepancies.actions.ask_household import ask_household
from doudi.discrepancies.actions.close_inquiry import close_inquiry
from doudi.discrepancies.actions.record_inquiry_visit import Looked, record_inquiry_visit
from doudi.discrepancies.actions.send_visit import send_visit
from doudi.discrepancies.actions.take_inquiry import take_inquiry
from doudi.discrepancies.catalog import results, signals, words_of
from doudi.discrepancies.file import rows_of
from doudi.discrepancies.flow import CLOSED, moves_from
from doudi.discrepancies.queries import KINDS
from doudi.discrepancies.worklist import EFFECTS, with_effect
from doudi.kernel.errors import Conflict, Invalid, WrongStage
from doudi.regions.queries import names_of
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep.queries import light
from doudi.vault.masking import mask_name

PAGE, TOWN, YEAR = 50, 9, 366
WHICH = {
    "open": _("在办"),
    "late": _("超期"),
    "mine": _("我领办的"),
    "asked": _("待本人说明"),
    "closed": _("已结"),
}
REFUSALS = (Invalid, Conflict, WrongStage)


@officer("discrepancy.view")
@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """The most urgent first; one line a household, whatever was found of it."""
    staff, on = request.staff, today()
    which = request.GET.get("which", "open")
    which = which if which in WHICH else "open"
    signal = request.GET.get("signal", "")
    rows = queries.narrowed(queries.inquiries(staff), which, staff, on)
    town, confirms = request.GET.get("town", ""), request.GET.get("confirms", "")
    if signal in signals():
        rows = queries.with_signal(rows, signal)
    if town.isdigit() and len(town) == TOWN:
        rows = rows.filter(town=town)
    if signal in signals() and confirms in KINDS:
        rows = queries.with_result(rows, signal, confirms)
    effect = request.GET.get("effect", "")
    if effect in EFFECTS:
        rows = with_effect(rows, effect, now() - dt.timedelta(days=YEAR))
    number = request.GET.get("page", "1")
    page = Paginator(rows.select_related("award"), PAGE).get_page(
        int(number) if re.fullmatch(r"[0-9]{1,5}", number) else 1
    )
    shown = list(page.object_list)
    told = queries.counts(staff, on)
    return render(
        request,
        "desk/inquiries.html",
        {
            "tabs": [(key, words, told[key]) for key, words in WHICH.items()],
            "which": which,
            "signal": signal,
            "signals": [(s, words_of(s, _language())) for s in signals()],
            "query": urlencode(
                {
                    "which": which,
                    "signal": signal,
                    "town": town,
                    "confirms": confirms,
                    "effect": effect,
                }
            )
            + "&",
            "page": page,
            "rows": [_line(i, on) for i in shown],
            "places": names_of({i.village for i in shown} | {i.town for i in shown}),
            "may_search": bool(scope(staff, "case.list")),
        },
    )


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def _line(found: Any, on: Any) -> dict[str, Any]:
    return {
        "inquiry": found,
        "name": mask_name(found.award.payee_name) if found.award else "",
        "light": light(found.due_on, on, is_open=found.state != CLOSED),
        "signals": [(s, words_of(s, _language())) for s in found.signals],
    }


@officer("discrepancy.view")
@require_http_methods(["GET", "POST"])
def inquiry(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """What was found, with its rows; what the household says; who went there; how it ends."""
    staff = request.staff
    found = queries.inquiry_for(inquiry_id, staff)
    forms = _forms(request, found)
    if request.method == "POST":
        require(staff, "discrepancy.work", found.village)
        verb = request.POST.get("verb", "")
        if verb not in VERBS:
            raise Invalid({"verb": "没有这一步"})
        if _done(forms.get(verb), lambda data: VERBS[verb](found, data, staff)):
            return redirect("desk:inquiry", found.pk)
    else:
        _looked(found, staff)
    findings = queries.findings_of(found)
    ended = results()
    page = _line(found, today()) | {
        "place": names_of([found.village, found.town]),
        "award": found.award,
        "rows": _rows(found, findings),
        "runs": sorted({f.discrepancy.run.month for f in findings}),
        "known": sum(f.is_known for f in findings),
        "visits": [(v, v.words.open() or "") for v in queries.visits_of(found)],
        "question": found.question.open() or "",
        "answer": found.answer.open() or "",
        "why": found.why.open() or "",
        "ended": [
            (words_of(s, _language()), getattr(ended[c], _language()) if c in ended else c)
            for s, c in found.results.items()
        ],
        "forms": forms,
        "moves": moves_from(found.state) if may(staff, "discrepancy.work", found.village) else [],
        "form": next((f for f in forms.values() if f.errors), None),
        "is_mine": found.officer_id == str(staff.pk),
        "may_print": may(staff, "case.print", found.village),
        "may_open_award": found.award and may(staff, "award.view", found.village),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/inquiry.html", page, status=422 if page["form"] else 200)


def _looked(found: Any, staff: Any) -> None:
    """The household reads among who looked that its data were looked at, and what for."""
    with transaction.atomic():
        write(
            "inquiry.viewed",
            actor=actor_of(staff),
            subject=queries.about(found),
            chain=found.county,
            purpose="difference",
        )


def _rows(found: Any, findings: Any) -> list[dict[str, Any]]:
    """The rows by signal, names masked."""
    rows = rows_of(found, findings)
    return [
        {
            "code": signal,
            "words": words_of(signal, _language()),
            "stops": signals().get(signal, {}).get("stops", False),
            "rows": [(row, mask_name(row.person)) for row in rows if row.signal == signal],
        }
        for signal in found.signals
    ]


def _forms(request: HttpRequest, found: Any) -> dict[str, Any]:
    """The forms that the stage allows; the posted one is bound."""
    verb = request.POST.get("verb", "") if request.method == "POST" else ""
    people = colleagues("discrepancy.work", [found.village], [str(request.staff.pk)])
    made: dict[str, Callable[..., Any]] = {
        "ask": QuestionForm,
        "answer": SaidForm,
        "record_visit": lambda data, **more: VisitForm(data, people=people, **more),
        "close": lambda data, **more: CloseForm(data, signals=found.signals, **more),
    }
    return {
        key: make(request.POST if verb == key else None, prefix=key, initial={"on": today()})
        for key, make in made.items()
    }


def _close(found: Any, data: dict[str, Any], staff: Any) -> Any:
    given = {signal: data[signal] for signal in found.signals}
    words = data["to_department"]
    return close_inquiry(found.pk, given, data["why"], by=staff, at=now(), to_department=words)


def _visit(found: Any, data: dict[str, Any], staff: Any) -> Any:
    looked = Looked(data["on"], data["second"], data["met"] == "yes", data["words"])
    return record_inquiry_visit(found.pk, looked, by=staff, at=now())


def _answer(found: Any, data: dict[str, Any], staff: Any) -> Any:
    return answer_inquiry(found.pk, data["text"], objects=data["objects"], by=staff, at=now())


VERBS: dict[str, Callable[[Any, dict[str, Any], Any], Any]] = {
    "take": lambda found, data, staff: take_inquiry(found.pk, by=staff, at=now()),
    "ask": lambda found, data, staff: ask_household(found.pk, data["question"], by=staff, at=now()),
    "answer": _answer,
    "send_visit": lambda found, data, staff: send_visit(found.pk, by=staff, at=now()),
    "record_visit": _visit,
    "close": _close,
}


def _done(form: Any, deed: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether it was done; what is wrong stands in the form."""
    if form is None:
        deed({})
        return True
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except REFUSALS as refusal:
        beside(form, refusal)
        return False
    return True
