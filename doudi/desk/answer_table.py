"""The reply of a bank or another province as a table: the empty one, and reading a filled one."""

import datetime as dt
from collections.abc import Sequence
from typing import IO, Any

from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import Invalid
from doudi.kernel.sentences import Sentence
from doudi.paper.workbook.cells import Context
from doudi.paper.workbook.columns import Column, Table, WorkbookRefused
from doudi.paper.workbook.guard import SMALL
from doudi.paper.workbook.reading import open_workbook
from doudi.paper.workbook.template import write_template
from doudi.verification.actions.answer_outside import Said

RESULTS = {"有记录": "record", "无记录": "no_record", "未返回": "not_returned"}


def reply_table(lines: Sequence[Any]) -> Table:
    """The columns; the list of line numbers is that of the letter."""
    places = {str(line.place): str(line.place) for line in lines}
    return Table(
        "outside",
        "对外核对答复表",
        (
            Column("place", "行号", "code", required=True, codes=places, note="函上左边的序号"),
            Column(
                "state", "结果", "code", required=True, codes=RESULTS, note="从列表选", width=12
            ),
            Column("as_of", "数据截至日", "date", note="如 2022-05-09"),
            Column("words", "内容", note="有记录的写明是什么", longest=300, width=40),
            Column("yuan", "金额", "money", note="元，最多两位小数"),
        ),
    )


def empty_reply(lines: Sequence[Any]) -> bytes:
    """The table to send along with the letter."""
    return write_template(reply_table(lines))


def read_reply(file: IO[bytes], lines: Sequence[Any], on: dt.date) -> dict[int, Said]:
    """What the table says by line; Invalid names its first faults."""
    try:
        context = Context(on, is_demo())
        with open_workbook(file, reply_table(lines), context, SMALL) as sheet:
            rows = list(sheet.rows())
    except WorkbookRefused as refusal:
        raise Invalid({"file": str(refusal.reason)}) from None
    for fault in (fault for row in rows for fault in row.faults):
        about = {"row": fault.row, "heading": fault.heading, "reason": fault.reason}
        raise Invalid({"file": Sentence("第{row}行{heading}：{reason}", **about)})
    told: dict[int, Said] = {}
    for row in rows:
        place = int(row.values["place"])
        if place in told:
            raise Invalid({"file": Sentence("行号{place}答了两次，请只留一行", place=place)})
        told[place] = _said(row.values)
    return told


def _said(values: Any) -> Said:
    return Said(values["state"], values["as_of"], values["words"] or "", values["yuan"])
