"""Household registers as offices send them, of any length, without holding them in memory."""

import datetime as dt
from typing import Any

import xlsxwriter

from doudi.kernel.resident_id import check_digit

HEADINGS = ["户编号", "姓名", "身份证号", "与户主关系", "联系电话", "村（社区）", "住址"]
PLACE = "博望社区"
RELATIONS = ("户主", "配偶", "子女")
FIRST = dt.date(1931, 1, 1)


def number(n: int) -> str:
    """The n-th demonstration number."""
    day = FIRST + dt.timedelta(days=n // 900)
    body = f"610799{day:%Y%m%d}{n % 900 + 100:03d}"
    return body + check_digit(body)


def member(n: int, **other: Any) -> list[Any]:
    """The n-th row: three people a household."""
    cells = {
        "户编号": f"H{n // 3:06d}",
        "姓名": "任" + "甲乙丙丁戊己庚辛"[n % 8],
        "身份证号": number(n),
        "与户主关系": RELATIONS[n % 3],
        "联系电话": f"139{n % 100_000_000:08d}",
        "村（社区）": PLACE,
        "住址": f"{n % 40 + 1}号",
    }
    return [(cells | other)[heading] for heading in HEADINGS]


def register(file: Any, count: int, bad: tuple[int, ...] = ()) -> None:
    """Writes a register of so many people; the rows named in `bad` have a wrong number."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, ["汉台区低保家庭花名册"])
        sheet.write_row(1, 0, HEADINGS)
        for n in range(count):
            row = member(n, 身份证号="123") if n in bad else member(n)
            sheet.write_row(n + 2, 0, row)
