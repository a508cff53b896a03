"""省级系统: what goes up, what the province says of it, and what it holds otherwise than we do."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from doudi.accounts.queries import actor_of
from doudi.attachments.bulk import blocks_of
from doudi.audit.journal import write
from doudi.clock.time import now, today
from doudi.kernel.errors import Invalid, Missing, NotFound
from doudi.kernel.periods import Month
from doudi.province import queries
from doudi.province.actions.send_out import send_out
from doudi.province.actions.take_holdings import take_holdings
from doudi.province.actions.take_receipt import take_receipt
from doudi.province.flow import LINES, OUT, PURPOSES
from doudi.regions.queries import counties, path_name
from doudi.ui.access import officer
from doudi.ui.words import beside, said

PAGE = 50


class ExchangeForm(forms.Form):
    """Which county and month, and what for."""

    county = forms.ChoiceField(label=_("县区"), error_messages={"required": _("请选县区")})
    month = forms.CharField(
        label=_("月份"),
        widget=forms.TextInput({"type": "month"}),
        error_messages={"required": _("请选月份")},
    )
    purpose = forms.ChoiceField(label=_("用途"), error_messages={"required": _("请选用途")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(place.pk[:6], place.name) for place in counties()]
        self.fields["county"].choices = [("", "—"), *places]
        words = [(key, said(purpose)) for key, purpose in PURPOSES.items()]
        self.fields["purpose"].choices = [("", "—"), *words]

    def clean_month(self) -> str:
        """A month like 2022-06."""
        try:
            return str(Month.parse(self.cleaned_data["month"]))
        except ValueError:
            raise forms.ValidationError(_("请选月份")) from None


class FileForm(forms.Form):
    """A file of the province's system."""

    file = forms.FileField(
        label=_("省级系统导出的文件"),
        help_text=_("CSV 或 XLSX"),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
        error_messages={"required": _("请选文件"), "empty": _("文件是空的")},
    )


class HoldingsForm(ExchangeForm, FileForm):
    """The same, with what the province holds."""

    field_order = ("county", "month", "purpose", "file")


@officer("province.exchange")
@require_http_methods(["GET", "POST"])
def province(request: HttpRequest) -> HttpResponse:
    """Export, comparison, and what was exchanged so far."""
    out, there = _forms(request)
    used = there if request.POST.get("form") == "there" else out
    if request.method == "POST" and used.is_valid():
        try:
            made = _made(request, used.cleaned_data)
            return redirect("desk:province_exchange", made.pk)
        except (Invalid, Missing) as refusal:
            beside(used, refusal)
    page = {
        "out": out,
        "there": there,
        "form": used,
        "names": dict(out.fields["county"].choices),
        "page": Paginator(queries.exchanges(request.staff), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "desk/province.html", page, status=422 if used.errors else 200)


def _forms(request: HttpRequest) -> tuple[ExchangeForm, HoldingsForm]:
    begun = {"month": str(Month.of(today())), "purpose": "report"}
    which = request.POST.get("form") if request.method == "POST" else ""
    there_files = (request.POST, request.FILES) if which == "there" else (None, None)
    out = ExchangeForm(request.POST if which == "out" else None, initial=begun, prefix="out")
    there = HoldingsForm(*there_files, initial=begun | {"purpose": "check"}, prefix="there")
    return out, there


def _made(request: HttpRequest, told: dict[str, Any]) -> Any:
    place = (told["county"], told["month"], told["purpose"])
    if "file" in told:
        return take_holdings(*place, told["file"], by=request.staff, at=now())
    return send_out(*place, by=request.staff, at=now())


@officer("province.exchange")
@require_http_methods(["GET", "POST"])
def province_exchange(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """An export with its lines and receipts, or a comparison with its differences."""
    found = queries.exchange(exchange_id, request.staff)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            take_receipt(found, form.cleaned_data["file"], by=request.staff, at=now())
            return redirect("desk:province_exchange", found.pk)
        except Invalid as refusal:
            beside(form, refusal)
    sent = found.kind == OUT
    rows = found.lines.exclude(state="accepted") if sent else found.differences.all()
    counts = queries.line_counts(found)
    listed = Paginator(rows.order_by("award"), PAGE).get_page(request.GET.get("page"))
    if not sent:
        listed.object_list = [queries.shown(row) for row in listed]
    page = {
        "exchange": found,
        "place": path_name(found.county.ljust(12, "0")),
        "sent": sent,
        "counts": [(said(words), counts[state]) for state, words in LINES.items()],
        "page": listed,
        "receipts": found.receipts.select_related("staff"),
        "form": form,
    }
    return render(request, "desk/province_exchange.html", page, status=422 if form.errors else 200)


@officer("province.exchange")
@require_POST
def province_file(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """The file for the province, with whole numbers; journalled before the first byte."""
    found = queries.exchange(exchange_id, request.staff)
    if not found.stored_name:
        raise NotFound
    with transaction.atomic():
        write(
            "province.fetched",
            actor=actor_of(request.staff),
            subject=f"exchange:{found.pk}",
            chain=found.county,
            purpose=found.get_purpose_display(),
        )
    answer = StreamingHttpResponse(blocks_of(found.stored_name), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.csv"'
    return cast(HttpResponse, answer)
