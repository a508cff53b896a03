"""What a department takes along: an item's empty table with notes, and the signed receipt."""

import io
import json
from typing import Any

import xlsxwriter

from doudi.clock.time import CHINA
from doudi.departments.models import Upload
from doudi.kernel.resident_id import check_digit
from doudi.vault.keys import ring
from doudi.verification.catalog.items import Item
from doudi.verification.engine.contract import ID, Column, Contract

DATA, EXAMPLE, NOTES = "数据", "示例（不要填在这里）", "说明"
ROWS = 50_000  # so far down the lists can be chosen from
KINDS = {
    "id": "18位身份证号，单元格设为文本",
    "text": "文字，不超过200字",
    "date": "日期，写成2022-05-01",
    "month": "月份，写成2022-05",
    "year": "年份，四位数字",
    "money": "金额（元），最多两位小数，不带逗号和单位",
    "number": "数字",
    "count": "整数",
    "code": "只能填列表里的词",
}
EXAMPLES = {
    "text": "示例",
    "date": "2022-05-01",
    "month": "2022-05",
    "year": "2022",
    "money": "1234.50",
    "number": "12.5",
    "count": "3",
}
_BODY = "61079919900101001"


def example(column: Column) -> str:
    """A value that could stand there; the ID number is one that no office takes."""
    if column.kind == "id":
        return _BODY + check_digit(_BODY)
    if column.kind == "code":
        return column.codes[0]
    return "示例某" if column.heading == "姓名" else EXAMPLES[column.kind]


def table_csv(about: Contract) -> bytes:
    """The heading line alone, as Excel opens it."""
    return (",".join(about.headings) + "\r\n").encode("utf-8-sig")


def table_xlsx(item: Item, about: Contract) -> bytes:
    """A workbook: the sheet to fill, an example beside it, and what each column means."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        formats = {
            "text": book.add_format({"num_format": "@"}),
            "head": book.add_format({"bold": True, "bg_color": "#eef2f8", "border": 1}),
            "must": book.add_format(
                {"bold": True, "bg_color": "#eef2f8", "border": 1, "font_color": "#b3261e"}
            ),
            "note": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _data(book.add_worksheet(DATA), about, formats)
        _example(book.add_worksheet(EXAMPLE), about, formats)
        _notes(book.add_worksheet(NOTES), item, about, formats)
    return out.getvalue()


def _data(sheet: Any, about: Contract, formats: dict[str, Any]) -> None:
    for number, column in enumerate(about.columns):
        # Every cell is text, so that no ID number becomes a number.
        sheet.set_column(number, number, 24 if column.heading == ID else 16, formats["text"])
        kind = "must" if column.required else "head"
        sheet.write_string(0, number, column.heading, formats[kind])
        if column.kind == "code":
            rule = {"validate": "list", "source": list(column.codes), "error_type": "stop"}
            rule |= {"error_title": column.heading, "error_message": "请从下拉列表里选"}
            sheet.data_validation(1, number, ROWS, number, rule)
    sheet.freeze_panes(1, 0)


def _example(sheet: Any, about: Contract, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, len(about.columns), 20, formats["text"])
    sheet.write_string(0, 0, "")
    sheet.write_string(1, 0, "示例行")
    for number, column in enumerate(about.columns, start=1):
        sheet.write_string(0, number, column.heading, formats["head"])
        sheet.write_string(1, number, example(column))


def _notes(sheet: Any, item: Item, about: Contract, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 3, 44, formats["note"])
    sheet.write_row(0, 0, [f"{item.code} {item.zh}", f"第{about.version}版"])
    sheet.write_row(1, 0, ["列", "必填", "怎样填", "可以填的词"], formats["head"])
    for line, column in enumerate(about.columns, start=2):
        must = "是" if column.required else ""
        sheet.write_row(line, 0, [column.heading, must, KINDS[column.kind]])
        sheet.write_string(line, 3, "、".join(column.codes))
    sheet.write_string(
        len(about.columns) + 3,
        0,
        "只填“数据”这一页，不要改标题行，不要加合计行。红色的列必填。",
    )


def receipt_letter(upload: Upload) -> dict[str, Any]:
    """What the house answers for: counts and hash, signed with the key of the journal's heads."""
    told = {
        "receipt": upload.number,
        "id": str(upload.pk),
        "agency": upload.agency,
        "item": upload.item,
        "period": upload.period,
        "sequence": upload.sequence,
        "sha256": upload.sha256,
        "received_at": upload.received_at.astimezone(CHINA).isoformat(timespec="seconds"),
        "state": upload.state,
        "rows_read": upload.read,
        "rows_accepted": upload.accepted,
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return told | {"signature": ring().signer().sign(text.encode()).hex()}
