"""F16 发放花名册 from a roll's own lines, as they stood when it was prepared: paper and sheet."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from doudi.benefits.file import differences_of
from doudi.benefits.flow import reason_name
from doudi.benefits.kinds import kind_name
from doudi.benefits.models import Attempt, Payment, Roll, RollDifference
from doudi.cases.queries import pack
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import Conflict
from doudi.kernel.money import plain_yuan
from doudi.kernel.periods import Month
from doudi.paper.roll_sheet import RollRow, roll_pages
from doudi.paper.workbook.defuse import harmless
from doudi.regions.queries import path_names
from doudi.vault.masking import mask_account, mask_id, mask_name, mask_phone

LONGEST = 1_500  # households on one print; a county's whole roll is a sheet, or printed by town
BY_STANDARD = ("dibao", "single_person")  # the others have no 月标准 of this kind
HEADINGS = {
    "county": "县（区）",
    "town": "镇（街道）",
    "village": "村（组）",
    "number": "户编号／低保证号",
    "head": "户主姓名",
    "id_number": "身份证号",
    "household_size": "家庭人口",
    "persons": "保障人数",
    "programme": "保障类别",
    "standard_fen": "月标准",
    "base_fen": "基本保障金",
    "topup_fen": "分类施保金",
    "other_fen": "其他补贴",
    "total_fen": "应发合计",
    "holder": "户名",
    "relation": "与户主关系",
    "bank": "开户行",
    "account": "一卡通账号",
    "phone": "联系电话",
    "note": "备注",
}


def roster_rows(roll: Roll, payments: QuerySet[Payment], *, full: bool) -> list[RollRow]:
    """A row a line, by village and number; masked unless `full`. Four queries."""
    tries = Attempt.objects.filter(payment__in=payments, number=1)
    order = ("payment__award__village", "payment__award__number", "payment__kind")
    found = list(tries.select_related("payment__award", "payment__person").order_by(*order))
    notes = {(d.award_id, d.aid): d.kind_name for d in differences_of(roll)}
    places = _places({a.payment.award.village for a in found})
    standards = standards_of(roll, {a.payment.award.area for a in found})
    return [_row(a, places, standards, notes, full) for a in found]


def _places(villages: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """County, town and village by their own names."""
    codes = sorted({c for v in villages for c in (v[:6], v[:9], v)})
    whole = path_names(codes) if codes else {}
    return {
        v: (
            whole[v[:6]],
            whole[v[:9]].removeprefix(whole[v[:6]]),
            whole[v].removeprefix(whole[v[:9]]),
        )
        for v in villages
    }


def standards_of(roll: Roll, areas: Iterable[str]) -> dict[str, int]:
    """月标准 of dibao by area, as in force in the month of the roll."""
    day = Month.parse(roll.month).first_day
    return {a: pack().book.at(day, roll.county, a).whole("dibao.standard") for a in areas}


def _row(
    attempt: Attempt,
    places: dict[str, tuple[str, str, str]],
    standards: dict[str, int],
    notes: dict[Any, str],
    full: bool,
) -> RollRow:
    payment, award, person = attempt.payment, attempt.payment.award, attempt.payment.person
    county, town, village = places[award.village]
    known = {
        "head": person.name,
        "id_number": person.id_number.open() or "",
        "holder": attempt.holder,
        "account": attempt.account.open() or "",
        "phone": person.phone.open() or "",
    }
    if not full:
        mask = {"head": mask_name, "holder": mask_name, "id_number": mask_id}
        mask |= {"account": mask_account, "phone": mask_phone}
        known = {key: mask[key](text) if text else "" for key, text in known.items()}
    return RollRow(
        county=county,
        town=town,
        village=village,
        number=award.number,
        household_size=payment.size,
        persons=payment.covered,
        programme=kind_name(payment.kind),
        standard_fen=standards[award.area] if payment.kind in BY_STANDARD else None,
        base_fen=payment.base_fen,
        topup_fen=payment.top_up_fen,
        other_fen=payment.amount_fen - payment.base_fen - payment.top_up_fen,
        total_fen=payment.amount_fen,
        relation="本人" if attempt.holder == person.name else "",
        bank=attempt.bank,
        note=notes.get((award.pk, payment.kind), ""),
        **known,
    )


def roster_data(roll: Roll, rows: Sequence[RollRow], county_name: str) -> dict[str, Any]:
    """What F16 prints; Conflict for more households than one print holds."""
    if len(rows) > LONGEST:
        raise Conflict("户数太多，请按镇（街道）打印，或下载表格")
    month = Month.parse(roll.month)
    return {
        "demo": is_demo(),
        "county_name": county_name,
        "month": f"{month.year}年{month.number}月",
        "office": f"{county_name}民政局",
        "number": roll.document,
        "signed": {
            "made": roll.prepared_by,
            "checked": roll.checked_by,
            "head": "",
            "civil": roll.checked_by,
            "finance": roll.released_by,
        },
        **roll_pages(rows),
    }


def roster_sheet(roll: Roll, rows: Sequence[RollRow], towns: Sequence[str] = ()) -> bytes:
    """The roster and the differences to last month as .xlsx; every text is a text, no formula.

    Of some towns only their own differences.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, list(HEADINGS.values()), bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(HEADINGS), 14)
        for line, row in enumerate(rows, 1):
            for column, key in enumerate(HEADINGS):
                _cell(sheet, (line, column), key, getattr(row, key), money)
        found = differences_of(roll)
        found = found.filter(award__town__in=towns) if towns else found
        _differences(book.add_worksheet("与上次差异"), found, bold, money)
    return out.getvalue()


def _cell(sheet: Any, at: tuple[int, int], key: str, value: Any, money: Any) -> None:
    if value is None:
        sheet.write_blank(*at, None)
    elif key.endswith("_fen"):
        sheet.write_number(*at, Decimal(plain_yuan(value)), money)
    elif isinstance(value, int):
        sheet.write_number(*at, value)
    else:
        sheet.write_string(*at, harmless(str(value)))


def _differences(sheet: Any, found: Iterable[RollDifference], bold: Any, money: Any) -> None:
    sheet.write_row(0, 0, ["户编号", "差异", "类别", "上次（元）", "本月（元）", "原因"], bold)
    sheet.set_column(0, 5, 18)
    for line, d in enumerate(found, 1):
        texts = (d.award.number, d.kind_name, kind_name(d.aid))
        for column, text in enumerate(texts):
            sheet.write_string(line, column, harmless(text))
        for column, fen in enumerate((d.before_fen, d.now_fen), 3):
            _cell(sheet, (line, column), "_fen", fen, money)
        sheet.write_string(line, 5, harmless(reason_name(d.reason)))
