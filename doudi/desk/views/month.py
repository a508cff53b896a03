"""月报: one page a place and month; each number opens the list that it counts."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from doudi.accounts.queries import rights_of
from doudi.cases.flow import CLOSED, STAGE_NAMES, Stage
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import now, today
from doudi.desk.forms.tables import ExportForm
from doudi.desk.words import CHANNELS
from doudi.exports.actions.ask_export import ask_export
from doudi.exports.month import asked_by, ledger_key
from doudi.kernel.errors import Invalid
from doudi.kernel.periods import Month
from doudi.paper.typst import render as render_paper
from doudi.paper.workbook.figures_sheet import figures_sheet
from doudi.reports.figures.figure import BEFORE, NOW, span
from doudi.reports.queries import (
    RIGHT,
    Number,
    Reading,
    asked_for,
    listed,
    month_of,
    place_of,
    readings,
    total,
)
from doudi.ui.access import officer
from doudi.ui.templatetags.ui import money, programme, stage
from doudi.ui.words import beside

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN = [s.value for s in Stage if s.value not in CLOSED]
DECIDED = ("confirmed", "refused")


@dataclass(frozen=True)
class Line:
    """One line: its words (a code of a stage or programme where `kind` says so), two months."""

    words: Any
    now: Number
    before: Number
    kind: str = ""


@officer(RIGHT)
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """The month of a town, county or city, the month before beside it."""
    place = place_of(request.staff, request.GET.get("unit", ""))
    asked = month_of(request.GET.get("month", ""), today())
    return render(request, "desk/month.html", sheet(place, asked))


def sheet(place: Any, asked: Month) -> dict[str, Any]:
    """Everything that the page, its paper and its table show."""
    read = readings(place, asked, today())
    ended, standing = read["ended"], read["standing"]
    paid = read.get("paid_rolls") or read["paid_lines"]
    return {
        "place": place,
        "month": asked,
        "previous": asked.previous(),
        "next": asked.next() if asked < Month.of(today()) else None,
        "as_of": span(asked, today()).last,
        "head": _head(read),
        "channels": [
            _line(read["received"], CHANNELS.get(word, word), channel=word)
            for word in read["received"].values("channel")
        ],
        "endings": [_line(ended, word, "stage", stage=word) for word in CLOSED],
        "outcomes": _outcomes(ended),
        "grid": _grid(standing),
        "open_stages": OPEN,
        "stage_sums": [standing.number(stage=stage) for stage in OPEN],
        "paces": [_line(read["passed"], word, "stage", stage=word) for word in OPEN],
        "grants": _grants(read),
        "paid": _line(paid, paid.figure.words),
        "places": _places(place, read),
        "figures": [reading.figure for reading in read.values()],
    }


def _line(reading: Reading, words: Any, kind: str = "", **dims: Any) -> Line:
    return Line(words, reading.number(NOW, **dims), reading.number(BEFORE, **dims), kind)


def _head(read: dict[str, Reading]) -> list[Line]:
    """The five numbers that are asked for first."""
    ended = read["ended"]
    return [
        _line(read["received"], _("收件")),
        _line(read["accepted"], _("已受理")),
        _line(ended, _("审核确认办结"), stage=DECIDED),
        _line(ended, _("按期办结"), stage=DECIDED, late="0"),
        _line(ended, _("■ 超期办结"), stage=DECIDED, late="1"),
        _line(read["standing"], _("在办")),
    ]


def _outcomes(ended: Reading) -> list[tuple[str, Line, Line]]:
    """Granted and refused by programme."""
    return [
        (
            code,
            _line(ended, code, stage="confirmed", programme=code),
            _line(ended, code, stage="refused", programme=code),
        )
        for code in ended.values("programme")
        if ended.number(NOW, stage=DECIDED, programme=code).count
        or ended.number(BEFORE, stage=DECIDED, programme=code).count
    ]


def _grid(standing: Reading) -> list[tuple[str, list[Number], Number, Number]]:
    """Open cases by programme and stage, with the sum of the line."""
    return [
        (
            code,
            [standing.number(stage=stage, programme=code) for stage in OPEN],
            standing.number(programme=code),
            standing.number(BEFORE, programme=code),
        )
        for code in standing.values("programme")
    ]


def _grants(read: dict[str, Reading]) -> list[Line]:
    return [
        _line(read[key], code, "programme", programme=code)
        for key in ("granted_monthly", "granted_once")
        for code in read[key].values("programme")
    ]


def _places(place: Any, read: dict[str, Reading]) -> list[tuple[str, str, list[Number]]]:
    """One line a county, town or village, in the order of the list."""
    ended = read["ended"]
    return [
        (
            code,
            name,
            [
                read["received"].number(inside=code),
                read["accepted"].number(inside=code),
                ended.number(inside=code, stage=DECIDED),
                ended.number(inside=code, stage=DECIDED, late="1"),
                read["standing"].number(inside=code),
            ],
        )
        for code, name in place.children
    ]


@officer(RIGHT)
@require_http_methods(["GET", "POST"])
def month_list(request: HttpRequest) -> HttpResponse:
    """The rows that one number counts, fifty a page, masked; POST asks for them all as Excel."""
    told = {name: request.GET.getlist(name) for name in request.GET}
    asked = asked_for(request.staff, told, today())
    rights = rights_of(request.staff)
    form = ExportForm(request.POST or None, may_whole="person.reveal" in rights)
    if request.method == "POST" and form.is_valid():
        made = _taken_out(form, told, request.staff)
        if made is not None:
            return redirect("desk:export", made.pk)
    rows = listed(asked, today())
    pages = Paginator(_ordered(rows, asked.figure), PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    page = {
        "asked": asked,
        "page": pages,
        "rows": list(pages.object_list),
        "count": pages.paginator.count,
        "sum": total(rows, asked.figure),
        "as_of": span(asked.month, today()).last,
        "query": f"{kept.urlencode()}&",
        "cut": [(name, word) for name, words in asked.dims.items() for word in words],
        "channels": CHANNELS,
        "stages": STAGE_NAMES,
        "form": form,
        "may_export": "ledger.export" in rights and pages.paginator.count,
    }
    return render(request, "desk/month_list.html", page, status=422 if form.errors else 200)


def _taken_out(form: ExportForm, told: dict[str, list[str]], staff: Any) -> Any:
    """The list that will be made, or None with the reason beside the field."""
    data, asked = form.cleaned_data, asked_by(staff, told, today())
    wanted = (ledger_key(asked), data["purpose"], data.get("whole", False))
    try:
        return ask_export(*wanted, by=staff, at=now(), asked=asked)
    except Invalid as refusal:
        beside(form, refusal)
        return None


def _ordered(rows: Any, figure: Any) -> Any:
    """By case number, or as a roll is ordered."""
    if figure.key == "paid_rolls":
        return rows.order_by("county", "number")
    if figure.key == "paid_lines":
        return rows.select_related("award", "roll").order_by("award__village", "end_to_end_id")
    if figure.case:
        return rows.select_related("case__village").order_by("case__number", "pk")
    return rows.select_related("village").order_by("number")


@officer(RIGHT)
@require_safe
def month_paper(request: HttpRequest) -> HttpResponse:
    """The same numbers on A4."""
    place = place_of(request.staff, request.GET.get("unit", ""))
    asked = month_of(request.GET.get("month", ""), today())
    page = sheet(place, asked)
    data = {
        "language": "en" if (get_language() or "").startswith("en") else "zh",
        "demo": is_demo(),
        "place": place.name,
        "month": str(asked),
        "as_of_on": page["as_of"].isoformat(),
        "tables": tables(page),
        "definitions": [f"{f.words}（{f.unit}）：{f.once}；{f.as_of}" for f in page["figures"]],
    }
    content = render_paper("month", data, pack=settings.DOUDI_PACK_DIR)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="month-{place.stem}-{asked}.pdf"'
    return answer


@officer(RIGHT)
@require_safe
def month_sheet(request: HttpRequest) -> HttpResponse:
    """The same numbers as Excel: sums of a place, nobody's name."""
    place = place_of(request.staff, request.GET.get("unit", ""))
    asked = month_of(request.GET.get("month", ""), today())
    page = sheet(place, asked)
    title = str(_("%(place)s月报 %(month)s") % {"place": place.name, "month": asked})
    notes = [f"{_('截止')} {page['as_of'].isoformat()}"]
    notes += [str(_("演示数据，不是真实办理。"))] if is_demo() else []
    notes += [f"{f.words}（{f.unit}）：{f.once}；{f.as_of}" for f in page["figures"]]
    content = figures_sheet(title, notes, tables(page))
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="month-{place.stem}-{asked}.xlsx"'
    return answer


def tables(page: dict[str, Any]) -> list[dict[str, Any]]:
    """The page as plain tables: title, head and rows of text, for paper and for Excel."""
    two = [_("本月"), _("上月")]
    return [
        _table(_("办件"), ["", *two], [_counts(line) for line in page["head"]]),
        _table(
            _("在办：类别和环节"),
            [_("类别"), *map(stage, OPEN), _("合计"), _("上月末")],
            [
                [_kind(code), *(n.count for n in numbers), now.count, before.count]
                for code, numbers, now, before in page["grid"]
            ],
        ),
        _table(
            _("批准和不予确认"),
            [_("类别"), _("已批准"), _("上月"), stage("refused"), _("上月")],
            [
                [_kind(code), *_counts(yes)[1:], *_counts(no)[1:]]
                for code, yes, no in page["outcomes"]
            ],
        ),
        _table(
            _("各环节用时（工作日）"),
            [_("环节"), _("平均"), _("走完"), _("上月平均"), _("上月走完")],
            [
                [stage(p.words), _mean(p.now), p.now.count, _mean(p.before), p.before.count]
                for p in page["paces"]
            ],
        ),
        _table(_("从哪里来"), ["", *two], [_counts(line) for line in page["channels"]]),
        _table(
            _("钱（元）"),
            ["", *two],
            [
                [f"{g.now.figure.words} {_kind(g.words) if g.kind else ''}", *_sums(g)]
                for g in (*page["grants"], page["paid"])
            ],
        ),
        _table(
            _("分单位"),
            [_("单位"), _("收件"), _("已受理"), _("审核确认办结"), _("■ 超期办结"), _("在办")],
            [[name, *(n.count for n in numbers)] for _code, name, numbers in page["places"]],
        ),
    ]


def _table(title: Any, head: list[Any], rows: list[list[Any]]) -> dict[str, Any]:
    return {
        "title": str(title),
        "head": [str(h) for h in head],
        "rows": [[str(c) for c in row] for row in rows],
    }


def _counts(line: Line) -> list[Any]:
    return [line.words, line.now.count, line.before.count]


def _sums(line: Line) -> list[str]:
    return [money(line.now.sum), money(line.before.sum)]


def _mean(number: Number) -> str:
    return "—" if number.mean is None else f"{number.mean:.1f}"


def _kind(code: str) -> str:
    return programme(code) if code else str(_("尚未核算"))
