"""对外核对: letters to banks and other provinces, their answers by page or by table."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import actor_of, may, require, scope
from doudi.audit.journal import write
from doudi.cases.file import case_file, case_of_application
from doudi.cases.queries import cases_of_applications
from doudi.clock.time import now, today
from doudi.desk.answer_table import empty_reply, read_reply
from doudi.desk.forms.outside import LinesForm, OutsideForm, TableForm
from doudi.filing.letters.outside import outside_letter
from doudi.kernel.errors import Conflict, Invalid, NotFound
from doudi.paper.typst import render as print_form
from doudi.ui.access import officer
from doudi.ui.words import beside
from doudi.upkeep.queries import light
from doudi.vault.masking import mask_name
from doudi.verification import worklist as queries
from doudi.verification.actions.answer_outside import Said, answer_outside
from doudi.verification.actions.ask_outside import Question, ask_outside
from doudi.verification.catalog.outside import items_of, kinds

PAGE = 50


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


@officer("verification.view")
@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """What waits for an answer first, by its day; what was answered below."""
    staff = request.staff
    number = request.GET.get("page", "1")
    rows = queries.outside_in_sight(staff)
    page = Paginator(rows, PAGE).get_page(int(number) if number.isdigit() else 1)
    shown = list(page.object_list)
    shown_page = {
        "page": page,
        "rows": [_line(one) for one in shown],
        "cases": cases_of_applications([one.ref for one in shown]),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/outside.html", shown_page)


def _line(one: Any) -> dict[str, Any]:
    words = items_of(one.kind)
    return {
        "outside": one,
        "kind": kinds()[one.kind][_language()],
        "items": [words[code][_language()] for code in one.items],
        "light": light(one.due_on, today(), is_open=one.state == "open"),
    }


@officer("verification.request")
@require_http_methods(["GET", "POST"])
def case_outside(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One letter: of which kind, to whom, about what; about everybody who authorised it."""
    staff = request.staff
    case = case_file(case_id, staff).case
    require(staff, "verification.request", case.town)
    given = request.POST.get("kind", "") if request.method == "POST" else ""
    forms = {
        kind: OutsideForm(request.POST if kind == given else None, kind=kind, prefix=None)
        for kind in kinds()
    }
    bound = forms.get(given)
    if request.method == "POST" and bound is None:
        raise Invalid({"kind": "请选问哪一类机构"})
    if bound is not None and bound.is_valid():
        data = bound.cleaned_data
        asked = Question(given, data["body"], tuple(data["items"]))
        about = f"case:{case.pk}"
        try:
            made = ask_outside(
                case.application_id, case.town, asked, about=about, by=staff, at=now()
            )
        except (Invalid, Conflict) as refusal:
            beside(bound, refusal)
        else:
            return redirect("desk:outside_one", made.pk)
    page = {
        "case": case,
        "name": mask_name(case.applicant_name),
        "forms": list(forms.values()),
        "form": bound,
        "may_search": bool(scope(staff, "case.list")),
    }
    status = 422 if bound is not None and bound.errors else 200
    return render(request, "desk/case_outside.html", page, status=status)


@officer("verification.view")
@require_http_methods(["GET", "POST"])
def outside_one(request: HttpRequest, outside_id: UUID) -> HttpResponse:
    """One letter, names masked; its answer line by line or by table."""
    staff = request.staff
    found = queries.outside_for(outside_id, staff)
    lines = queries.lines_of(found)
    by_table = "file" in request.FILES or request.POST.get("by") == "table"
    posted = request.method == "POST"
    table = TableForm(request.POST, request.FILES) if posted and by_table else TableForm()
    form = LinesForm(request.POST if posted and not by_table else None, lines=lines)
    if posted:
        require(staff, "verification.request", found.town)
        bound = table if by_table else form
        if bound.is_valid() and _answered(found, lines, bound, staff, by_table=by_table):
            return redirect("desk:outside_one", found.pk)
    broken = next((f for f in (form, table) if f.errors), None)
    page = _line(found) | {
        "case": case_of_application(found.ref),
        "lines": [_asked(line, form, found.kind) for line in lines],
        "who": form["who"],
        "form": broken,
        "table": table,
        "may_answer": found.state == "open" and may(staff, "verification.request", found.town),
        "may_search": bool(scope(staff, "case.list")),
    }
    return render(request, "desk/outside_one.html", page, status=422 if broken else 200)


def _asked(line: Any, form: Any, kind: str) -> dict[str, Any]:
    n = line.place
    return {
        "line": line,
        "name": mask_name(line.consent.name),
        "words": items_of(kind)[line.item][_language()],
        "rows": [list(row.items()) for row in line.record.open() or []],
        "fields": [form[f"{name}_{n}"] for name in ("state", "as_of", "words", "yuan")],
    }


def _answered(found: Any, lines: Any, form: Any, staff: Any, *, by_table: bool) -> bool:
    data = form.cleaned_data
    case = case_of_application(found.ref)
    about = f"case:{case.pk}" if case else f"outside:{found.pk}"
    try:
        said = read_reply(data["file"], lines, today()) if by_table else _said(data, lines)
        answer_outside(found.pk, said, data["who"], about=about, by=staff, at=now())
    except (Invalid, Conflict) as refusal:
        beside(form, _placed(refusal))
        return False
    return True


def _placed(refusal: Any) -> Any:
    """A fault of a line stands at the line's result."""
    if not isinstance(refusal, Invalid):
        return refusal
    return Invalid({f"state_{k}" if k.isdigit() else k: v for k, v in refusal.fields.items()})


def _said(data: dict[str, Any], lines: Any) -> dict[int, Said]:
    return {
        n: Said(
            data[f"state_{n}"], data[f"as_of_{n}"], data[f"words_{n}"], data[f"yuan_{n}"] or None
        )
        for n in (line.place for line in lines)
    }


@officer("verification.request")
@require_http_methods(["GET", "HEAD", "POST"])
def outside_letter_pdf(request: HttpRequest, outside_id: UUID) -> HttpResponse:
    """F07-3: masked, or by POST whole for the envelope; only while the authorisations live."""
    found = queries.outside_for(outside_id, request.staff)
    require(request.staff, "verification.request", found.town)
    lines = queries.lines_of(found)
    if any(line.consent.withdrawn_at or line.consent.valid_until < today() for line in lines):
        raise NotFound("授权已撤回或过期，这份函不能再发")
    full = request.method == "POST"
    case = case_of_application(found.ref)
    with transaction.atomic():
        write(
            "verification.outside_printed",
            actor=actor_of(request.staff),
            subject=f"case:{case.pk}" if case else f"outside:{found.pk}",
            chain=found.county,
            purpose="identity" if full else "",
        )
    data = outside_letter(found, lines, full=full)
    response = HttpResponse(
        print_form("F07-3", data, pack=settings.DOUDI_PACK_DIR), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="F07-3-{found.number}.pdf"'
    return response


@officer("verification.request")
@require_safe
def outside_table(request: HttpRequest, outside_id: UUID) -> HttpResponse:
    """The empty reply as a workbook; it holds line numbers, no persons."""
    found = queries.outside_for(outside_id, request.staff)
    require(request.staff, "verification.request", found.town)
    response = HttpResponse(
        empty_reply(queries.lines_of(found)),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="{found.number}.xlsx"'
    return response
