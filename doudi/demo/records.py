"""What the demonstration's departments know of a declared household: mostly what it declared.

Item codes and headings are those of the pack's catalogue.
"""

import datetime as dt
from typing import Any

from doudi.demo.declare import Json
from doudi.vault.index import blind_index
from doudi.verification.models import SourceRecord

AS_OF = dt.date(2022, 4, 30)
KINDS = {
    "visual": "视力",
    "hearing": "听力",
    "speech": "言语",
    "physical": "肢体",
    "intellectual": "智力",
    "mental": "精神",
    "multiple": "多重",
}


def write(declaration: Json, *, away: tuple[str, ...] = ("G11",)) -> None:
    """Rows for every member; the items of `away` do not come back."""
    rows: list[SourceRecord] = []
    for member in declaration["members"]:
        index = blind_index("id", member["id_number"])
        for item, row in _rows(member, declaration):
            rows.append(_record(item, index, {"row": row}))
        rows += [_record(item, index, {"state": "not_returned"}) for item in away]
    SourceRecord.objects.bulk_create(rows, batch_size=500)


def _record(item: str, index: str, content: dict[str, Any]) -> SourceRecord:
    return SourceRecord(item=item, id_index=index, as_of=AS_OF, record=content)


def _rows(member: Json, declaration: Json) -> list[tuple[str, dict[str, str]]]:
    applicant = declaration["applicant"]
    rows: list[tuple[str, dict[str, str]]] = [
        ("G01", {"姓名": member["name"], "户籍地址": applicant.get("registered_address", "")}),
        ("G09", {"险种": "城乡居民", "资助类型": "", "年度": "2022"}),
    ]
    permit = applicant.get("permit")
    if permit:
        rows.append(
            (
                "G02",
                {"发证日期": permit["issued"], "最近签注": permit["last_endorsed"], "状态": "有效"},
            )
        )
    if member["disability"]:
        kind, grade = member["disability"]["kind"], member["disability"]["grade"]
        rows.append(("G24", {"残疾类别": KINDS[kind], "残疾等级": str(grade), "状态": "有效"}))
    if member["student"] != "none":
        rows.append(("G20", {"学校": member["school"], "学段": member["student"], "状态": "在读"}))
    if member["serious_illness"]:
        rows.append(("G22", {"登记类别": "重大疾病", "登记日期": "2022-03-01"}))
    for expense in member["expenses"]:
        if expense["kind"] == "medical_own":
            rows.append(("G10", {"医院": "演示医院", "个人自付": expense["yuan"]}))
        if expense["kind"] == "tuition":
            rows.append(("G21", {"学费标准": expense["yuan"]}))
    return rows
