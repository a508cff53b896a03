"""What a finding rests on, readable: whose row, which department and delivery, saying what."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from doudi.clock.time import CHINA
from doudi.discrepancies.catalog import results
from doudi.discrepancies.flow import NO
from doudi.discrepancies.models import Finding, Inquiry
from doudi.kernel.money import yuan_text
from doudi.people.queries import members_of
from doudi.policy.wording import PROGRAMMES
from doudi.regions.queries import names_of
from doudi.verification.catalog.items import agencies, item
from doudi.verification.queries import deliveries_named
from doudi.verification.register import hidden, read_contracts, rows_of_run

OWN = "M"  # civil affairs' own records: benefits held, birthdays


@dataclass(frozen=True)
class Row:
    """One source row of a signal; `told` is empty where the rows are not kept any more."""

    signal: str
    person: str
    agency: str
    item: str
    item_en: str
    period: str
    received_on: dt.date | None
    delivery: str
    row_no: int
    value: str
    limit: str
    told: Mapping[str, str]
    code: str = ""


def wrong_rows(found: Inquiry, findings: Iterable[Finding]) -> list[Row]:
    """The departments' rows that the inquiry found wrong, or somebody else's."""
    about = results()
    wrong = {s for s, code in found.results.items() if code in about and about[code].confirms == NO}
    if not wrong:
        return []
    rows = rows_of(found, findings)
    return [row for row in rows if row.signal in wrong and row.code != OWN and row.received_on]


def rows_of(found: Inquiry, findings: Iterable[Finding]) -> list[Row]:
    """Every row behind an inquiry, each once, by signal; a few queries and one file a run."""
    given = list(findings)
    members = members_of(found.household_id)
    numbers = [str(m.person.id_number.open()) for m in members]
    names = dict(zip(hidden(numbers), (m.person.name for m in members), strict=True))
    sources = [(f.discrepancy, s) for f in given for s in f.discrepancy.sources.open() or []]
    deliveries = deliveries_named({s["delivery"] for _d, s in sources})
    told: dict[tuple[str, int], dict[str, str]] = {}
    for run in {f.discrepancy.run_id: f.discrepancy.run for f in given}.values():
        told |= rows_of_run(run, numbers)
    rows = {
        (s["signal"], s["person_key"], s["delivery"], s["row_no"], s["value"]): _row(
            s, d.run.asked, names, deliveries.get(s["delivery"]), told
        )
        for d, s in sources
    }
    return [rows[key] for key in sorted(rows)]


def _row(
    source: Mapping[str, Any],
    asked: Mapping[str, Any],
    names: Mapping[int, str],
    delivery: Any,
    told: Mapping[tuple[str, int], dict[str, str]],
) -> Row:
    code = source["item"]
    about = None if code == OWN else item(code)
    value, limit = _value(source, asked)
    return Row(
        source["signal"],
        names.get(source["person_key"], ""),
        agencies()[about.agency]["zh"] if about else "民政部门",
        about.zh if about else "在享待遇登记",
        about.en if about else "benefits held",
        delivery.period if delivery else "",
        delivery.received_at.astimezone(CHINA).date() if delivery else None,
        source["delivery"],
        source["row_no"],
        value,
        limit,
        told.get((source["delivery"], source["row_no"]), {}),
        code,
    )


def _value(source: Mapping[str, Any], asked: Mapping[str, Any]) -> tuple[str, str]:
    """The value as it is read aloud, and the threshold of the run where the rule has one."""
    value, code, signal = source["value"], source["item"], source["signal"]
    if code == OWN:
        return _own(value), ""
    rule = _rule(asked, signal, code)
    limits, key = asked.get("limits", {}), rule.get("sum_over", "")
    limit = f"{yuan_text(int(limits[key]))}元" if key in limits else ""
    money = {c.heading for c in read_contracts()[code].told if c.kind == "money"}
    if rule.get("value") in money and value.lstrip("-").isdigit():
        return f"{yuan_text(int(value))}元", limit
    return value, limit


def _rule(asked: Mapping[str, Any], signal: str, code: str) -> Mapping[str, Any]:
    rules = asked.get("definitions", {}).get("rows", ())
    return next((r for r in rules if r["signal"] == signal and r["item"] == code), {})


def _own(value: str) -> str:
    """610702 dibao → 汉台区 最低生活保障; 60 → 60周岁."""
    county, blank, programme = value.partition(" ")
    if not blank:
        return f"{value}周岁"
    place = names_of([county]).get(county, county)
    return f"{place} {PROGRAMMES.get(programme, (programme,))[0]}"
