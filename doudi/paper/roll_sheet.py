"""F16 发放花名册: rows in, pages with their subtotals out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from doudi.paper.fields import Form, may, need

A_PAGE = 15


@dataclass(frozen=True)
class RollRow:
    """One household of a roll, as text and fen; numbers masked by whoever may not see them."""

    county: str
    town: str
    village: str
    number: str
    head: str
    id_number: str
    household_size: int | str
    persons: int
    programme: str
    standard_fen: int | None
    base_fen: int
    topup_fen: int
    other_fen: int
    total_fen: int
    holder: str
    relation: str
    bank: str
    account: str
    phone: str
    note: str = ""


def roll_pages(rows: Sequence[RollRow]) -> dict[str, Any]:
    """`pages` and `totals` of the form: so many households a page, a sum under each."""
    numbered = [{"order": n, **asdict(row)} for n, row in enumerate(rows, 1)]
    parts = [numbered[at : at + A_PAGE] for at in range(0, len(numbered), A_PAGE)]
    return {
        "pages": [{"rows": part, **_sums(part)} for part in parts],
        "totals": _sums(numbered),
    }


def _sums(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    """A household with two lines, such as heating, is counted once, and so are its persons."""
    persons: dict[str, int] = {}
    for row in rows:
        persons[row["number"]] = max(row["persons"], persons.get(row["number"], 0))
    return {
        "households": len(persons),
        "persons": sum(persons.values()),
        "amount_fen": sum(row["total_fen"] for row in rows),
    }


def _sample() -> dict[str, Any]:
    first = RollRow(
        county="汉台区",
        town="七里街道",
        village="博望社区",
        number="DB61070200822050900013",
        head="任建明",
        id_number="610***********0014",
        household_size=3,
        persons=3,
        programme="城市低保",
        standard_fen=65_500,
        base_fen=114_600,
        topup_fen=52_400,
        other_fen=0,
        total_fen=167_000,
        holder="任建明",
        relation="本人",
        bank="汉台农商银行",
        account="***0012",
        phone="129****0001",
        note="新增",
    )
    long = RollRow(
        county="西乡县",
        town="峡口镇",
        village="江塝村二组",
        number="DB61072410322041100021",
        head="欧阳慕容建国",
        id_number="610***********0171",
        household_size=7,
        persons=7,
        programme="农村低保",
        standard_fen=45_000,
        base_fen=315_000,
        topup_fen=45_050,
        other_fen=7_000,
        total_fen=367_050,
        holder="阿依古丽·买买提",
        relation="儿媳",
        bank="西乡农商银行峡口支行",
        account="***0188",
        phone="129****0188",
        note="补发上月",
    )
    return roll_pages(
        [first, *(replace(long, number=f"{long.number[:-2]}{n}") for n in range(21, 36))]
    )


ROLL_SHEET = Form(
    "F16",
    "f16",
    "发放花名册",
    "Payment roll",
    {
        "county_name": need("县（区）名"),
        "month": need("发放年月，已写好的文字"),
        "office": need("填报单位"),
        "number": may("发文文号"),
        "pages": need(
            "每页：rows（每户一行，见 doudi.paper.roll_sheet.RollRow）和小计",
            rows="本页各户",
            households="户数",
            persons="人数",
            amount_fen="金额",
        ),
        "totals": need("总计", households="户数", persons="人数", amount_fen="金额"),
        "signed": may(
            "签字",
            made="制表",
            checked="审核",
            head="单位负责人",
            civil="民政负责人",
            finance="财政",
        ),
    },
    {
        "demo": True,
        "county_name": "汉中市汉台区",
        "month": "2022年6月",
        "office": "汉台区民政局",
        "number": "汉区财社〔2022〕31号",
        **_sample(),
        "signed": {
            "made": "赵某",
            "checked": "何某",
            "head": "许某",
            "civil": "郑某",
            "finance": "冯某",
        },
    },
)
