"""批量打印 and 一户一档: what is asked, how far it is, and the finished file."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doudi.accounts.queries import actor_of, may, require
from doudi.attachments.checks import UploadRefused
from doudi.audit.journal import write
from doudi.cases.file import CaseFile, case_file
from doudi.cases.queries import numbers_of
from doudi.cases.worklist import PAGE, worklist
from doudi.clock.time import now, today
from doudi.desk.forms.filing import ArchiveForm, BatchForm, FilePaperForm
from doudi.desk.forms.reveal import PURPOSES
from doudi.desk.printable import line
from doudi.desk.views.case import frame, looked
from doudi.desk.views.worklist import filters_of
from doudi.filing.actions.ask_batch import Order, ask_batch
from doudi.filing.actions.file_paper import file_paper
from doudi.filing.actions.print_again import print_again
from doudi.filing.file import slots_of
from doudi.filing.flow import ARCHIVE, MOST_SHEETS, STATE_NAMES
from doudi.filing.letters.sheets import code_of
from doudi.filing.queries import batch_of, batches_of, content_of
from doudi.kernel.errors import Conflict, Invalid
from doudi.ui.access import officer
from doudi.ui.words import beside, said

LIGHTS = {"full": ("good", "●"), "missing": ("late", "■"), "not_yet": ("soon", "▲")}


@officer("case.print")
@require_http_methods(["GET", "POST"])
def prints(request: HttpRequest) -> HttpResponse:
    """The list as on the workbench, with boxes to tick; and the officer's own jobs."""
    staff = request.staff
    filters = filters_of(request.GET)
    rows, count = worklist(staff, filters, today())
    shown = [str(row.case.pk) for row in rows]
    form = BatchForm(request.POST if request.method == "POST" else None, shown=shown)
    if request.method == "POST" and form.is_valid():
        batch = _batch(form, staff)
        if batch:
            return redirect("desk:batch", batch.pk)
    kept = request.GET.copy()
    kept.pop("page", None)
    page = {
        "form": form,
        "rows": rows,
        "ticked": set(form.data.getlist("cases")) if form.is_bound else set(),
        "count": count,
        "page": Paginator(range(count), PAGE).get_page(filters.page),
        "query": f"{kept.urlencode()}&" if kept else "",
        "batches": batches_of(staff),
        "most": MOST_SHEETS,
    }
    return render(request, "desk/prints.html", page, status=422 if form.errors else 200)


def _batch(form: Any, staff: Any) -> Any:
    given = form.cleaned_data
    sheets = tuple((UUID(c), code) for c in given["cases"] for code in given["papers"])
    order = Order(sheets, given["purpose"], language=given["language"] or "zh")
    try:
        return ask_batch(given["token"], order, by=staff, at=now())
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return None


@officer("case.print")
@require_safe
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """How far it is, with what could not be printed by number; looks again by itself."""
    found = batch_of(batch_id, request.staff)
    names = numbers_of(UUID(case_id) for case_id, _form in found.left_out)
    page = {
        "batch": found,
        "is_waiting": found.stage == "waiting",
        "seconds": _seconds_left(found),
        "purpose": dict(PURPOSES).get(found.purpose, found.purpose),
        "left_out": [
            (names.get(case, ""), line(code_of(form))["words"]) for case, form in found.left_out
        ],
        "is_archive": found.kind == ARCHIVE,
    }
    return render(request, "desk/batch.html", page)


def _seconds_left(found: Any) -> int:
    """By the pace so far; nothing while there is none."""
    if not found.done:
        return 0
    gone = (now() - found.asked_at).total_seconds()
    return max(1, round(gone / found.done * (found.total - found.done)))


@officer("case.print")
@require_POST
def batch_again(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """A job that was given up is tried once more."""
    return redirect("desk:batch", print_again(batch_id, by=request.staff).pk)


@officer("case.print")
@require_safe
def batch_file(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The finished file to its own officer; each fetching is journalled first."""
    found = batch_of(batch_id, request.staff)
    content = content_of(found)
    with transaction.atomic():
        write(
            "prints.fetched",
            actor=actor_of(request.staff),
            subject=f"batch:{found.pk}",
            purpose=found.purpose,
            detail={"sha256": found.sha256},
        )
    is_archive = found.kind == ARCHIVE
    kind, ending = ("application/zip", "zip") if is_archive else ("application/pdf", "pdf")
    response = HttpResponse(content, content_type=kind)
    manner = "attachment" if is_archive else "inline"
    response["Content-Disposition"] = f'{manner}; filename="{found.pk}.{ending}"'
    return response


@officer("case.view")
@require_http_methods(["GET", "POST"])
def archive(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The thirteen parts, what is missing by name; a POST packs the whole file for a purpose."""
    staff = request.staff
    file = case_file(case_id, staff)
    form = ArchiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(staff, "case.print", file.case.town)
        made = _packed(file, form, staff) if form.is_valid() else None
        if made:
            return redirect("desk:batch", made.pk)
    else:
        looked(file, staff, "archive")
    return _archive(request, file, form, FilePaperForm())


@officer("case.visit")
@require_POST
def archive_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A photograph or scan is put where it belongs."""
    staff = request.staff
    file = case_file(case_id, staff)
    require(staff, "case.visit", file.case.town)
    form = FilePaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            given = form.cleaned_data
            file_paper(case_id, given["slot"], given["sheet"], by=staff)
            return redirect("desk:case_archive", case_id)
        except UploadRefused as refusal:
            form.add_error("sheet", said(refusal))
        except Invalid as refusal:
            beside(form, refusal)
    return _archive(request, file, ArchiveForm(), form)


def _packed(file: CaseFile, form: Any, staff: Any) -> Any:
    given = form.cleaned_data
    forms = dict.fromkeys(code for slot in slots_of(file) for code in slot.forms)
    sheets = tuple((file.case.pk, code) for code in forms)
    order = Order(sheets, given["purpose"], ARCHIVE, given["whole"])
    try:
        return ask_batch(given["token"], order, by=staff, at=now())
    except (Invalid, Conflict) as refusal:
        beside(form, refusal)
        return None


def _sheet(case_id: UUID, sheet: str) -> dict[str, Any]:
    """A sheet's words and where it is printed: a letter of change by its proposal."""
    code, _slash, change = sheet.partition("/")
    at = ("desk:change_print", change) if change else ("desk:case_print", case_id, code)
    return {"words": line(code)["words"], "address": reverse(at[0], args=at[1:])}


def _archive(request: HttpRequest, file: CaseFile, form: Any, paper_form: Any) -> HttpResponse:
    staff = request.staff
    slots = slots_of(file)
    if not may(staff, "person.reveal", file.case.town):
        del form.fields["whole"]
    page = frame(file, staff) | {
        "form": form,
        "paper_form": paper_form,
        "slots": [
            {
                "slot": slot,
                "light": LIGHTS.get(slot.state),
                "word": STATE_NAMES[slot.state],
                "note": said(slot.note),
                "forms": [_sheet(file.case.pk, sheet) for sheet in slot.forms],
            }
            for slot in slots
        ],
        "missing": [slot for slot in slots if slot.state == "missing"],
        "may_file": may(staff, "case.visit", file.case.town),
    }
    wrong = bool(form.errors or paper_form.errors)
    return render(request, "desk/archive.html", page, status=422 if wrong else 200)
