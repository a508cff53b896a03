"""F07 核对委托单 and 核对报告: who was asked about what, and what came back, item by item."""

from collections.abc import Iterable, Mapping
from typing import Any

from doudi.cases.letters.common import RELATIONS, Data, File, day, office
from doudi.cases.letters.household import DISABILITIES
from doudi.clock.time import today
from doudi.kernel.errors import NotFound
from doudi.kernel.money import MoneyError, parse_yuan, yuan_text
from doudi.regions.queries import office_phone, path_name
from doudi.verification.catalog.items import items
from doudi.verification.figures import Difference, compare
from doudi.verification.queries import (
    consents_of,
    report_content,
    report_of,
    request_of,
)

VERDICTS = {"same": "一致", "differs": "疑似不符", "over": "超标", "unknown": "未返回"}
STATES = ("record", "no_record", "not_returned", "failed")


def verification_request(file: File) -> Data:
    """F07-1 of the newest request; NotFound before it."""
    asked = request_of(file.case.application_id)
    if asked is None:
        raise NotFound("还没有发起核对")
    county = path_name(file.case.county, since="city")
    return {
        "number": asked.number,
        "asked_on": day(asked.asked_at),
        "office": office(file.case),
        "agency": f"{county}居民家庭经济状况核对机构",
        "purpose": asked.purpose,
        "case_number": file.case.number,
        "applicant": file.case.applicant_name,
        "persons": _persons(file),
        "scope": f"{len(items())}项：" + "、".join(item.zh for item in items()),
        "period": "申请前12个月",
        "expected_on": asked.expected_on.isoformat(),
        "officer": asked.asked_by,
        "phone": office_phone(file.case.town),
    }


def verification_report(file: File) -> Data:
    """F07-2 as it was issued; NotFound before it. A department's silence is never 无记录."""
    report = report_of(file.case.application_id)
    if report is None:
        raise NotFound("核对报告还没有出具")
    content = report.content.open() or report_content(report.request)
    silent = sum(len({"not_returned", "failed"} & set(s["state"])) > 0 for s in _sources(content))
    return {
        "number": report.number,
        "issued_on": day(report.issued_at),
        "valid_until_on": report.valid_until.isoformat(),
        "request": {
            "number": report.request.number,
            "office": office(file.case),
            "purpose": report.request.purpose,
        },
        "case_number": file.case.number,
        "persons": _persons(file),
        "sources": _sources(content),
        "results": [_result(file, d) for d in compare(file.declaration, content)],
        "hints": _over(report)
        + (f"{silent}项有人未返回或查询失败，请入户时询问" if silent else "各项均已返回"),
    }


def _over(report: Any) -> str:
    """What a later print says of a report whose time is over."""
    over = report.valid_until < today()
    return f"本报告已于{report.valid_until.isoformat()}过有效期，只供存档。" if over else ""


def _persons(file: File) -> list[Data]:
    """Whoever authorised, with the number of the authorisation."""
    given = [c for c in consents_of(file.case.application_id) if c.withdrawn_at is None]
    return [
        {
            "name": c.name,
            "id_number": file.id_number(c.id_number.open() or ""),
            "relation": RELATIONS.get(c.relation, c.relation),
            "consent": c.number,
            "valid_until_on": c.valid_until.isoformat(),
        }
        for c in given
    ]


def _sources(content: Mapping[str, Any]) -> list[Data]:
    """An item a line: every state that any person has, and the oldest day of the data."""
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for person in content["persons"]:
        for line in person["items"]:
            lines.setdefault(line["item"], []).append(line)
    return [
        {
            "agency": found[0]["agency"],
            "item": found[0]["zh"],
            "as_of_on": _oldest(line["as_of"] for line in found),
            "state": [s for s in STATES if any(line["state"] == s for line in found)],
        }
        for found in lines.values()
    ]


def _oldest(days: Iterable[str | None]) -> str:
    return min((d for d in days if d), default="")


def _result(file: File, found: Difference) -> Data:
    names = {m["key"]: m["name"] for m in file.declaration["members"]}
    return {
        "item": f"{names.get(found.member, '')} {found.label}",
        "declared": _value(found.path, found.declared),
        "found": _value(found.path, found.found),
        "difference": _difference(found),
        "verdict": VERDICTS.get(found.verdict, found.verdict),
    }


def _value(path: str, text: str) -> str:
    """visual 2 → 视力2级; amounts with commas."""
    kind, _blank, grade = text.partition(" ")
    if path.endswith(".disability") and kind in DISABILITIES:
        return f"{DISABILITIES[kind]}{grade}级"
    return yuan_text(parse_yuan(text)) if "." in text else text


def _difference(found: Difference) -> str:
    if found.verdict != "differs":
        return ""
    try:
        gap = parse_yuan(found.found) - parse_yuan(found.declared)
    except MoneyError:
        return ""
    return yuan_text(gap) if "." in found.found else f"{gap // 100:+d}"
