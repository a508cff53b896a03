"""Papers of other rooms: F11 of relief given first, F16 of a month's roll, F18 of a lead.

Names are in full as on the offices' papers; numbers, phones and accounts are masked.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from doudi.benefits.figures import entitled
from doudi.benefits.file import differences_of
from doudi.benefits.letters import BY_STANDARD, standards_of
from doudi.cases.letters.common import day, minute, span
from doudi.clock.demo_mark import is_demo
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.kernel.resident_id import sex
from doudi.paper.roll_sheet import RollRow, roll_pages
from doudi.policy.wording import programme_name
from doudi.regions.queries import name_of, path_name, path_names
from doudi.urgent.queries import living_advance
from doudi.vault.masking import mask_account, mask_id, mask_name, mask_phone

Data = dict[str, Any]
CAUSES = {"fire": "fire", "traffic": "traffic", "illness": "illness"}
# 困难类型 of the sheet by the need of the lead; what has no word of its own is written beside 其他.
NEEDS = {"illness": "illness", "disability": "disability", "alone": "alone", "disaster": "disaster"}
WAYS = {"met": "visit", "phoned": "phone", "neighbours": "people"}
AGREES = {"agreed": True, "declined": False}
OUTCOMES = {"applied": "accepted", "urgent": "accepted", "elsewhere": "referred"}


def advance_sheet(call: Any) -> Data:
    """F11 of a call for help: relief before the papers; NotFound before it is proposed."""
    advance = living_advance(call)
    if advance is None:
        raise NotFound("还没有提出先行救助")
    number = advance.payee_id_number.open() or ""
    kind = CAUSES.get(advance.kind, "other")
    return {
        "demo": is_demo(),
        "number": call.number,
        "case_number": call.number,
        "accepted_on": day(call.raised_at),
        "applicant": {
            "name": advance.payee_name.open() or "",
            "sex": ("男" if sex(number) == "male" else "女") if number else "",
            "phone": mask_phone(call.phone.open() or ""),
            "id_number": mask_id(number) if number else "",
            "address": path_name(call.region),
            "account": mask_account(advance.account.open() or ""),
        },
        "household_size": call.persons,
        "kind": "urgent",
        "cause": kind,
        "cause_other": call.kind_name if kind == "other" else "",
        "happened_on": day(call.raised_at),
        "place": path_name(call.region),
        "checked": _checked(call),
        "amount_fen": advance.amount_fen,
        "manner": "cash" if advance.manner == "cash" else "transfer",
        "formula": advance.reason,
        "advance": {
            "is": True,
            "on": day(advance.signed_at) if advance.signed_at else "",
            "basis": "LS23 二（二）急难先行救助",
            "papers_by_on": advance.papers_due_on.isoformat() if advance.papers_due_on else "",
        },
        "opinions": _signed(advance),
        "notice": _hung(advance),
    }


def _checked(call: Any) -> Data:
    visit = call.helpvisits.order_by("-at").first()
    if visit is None:
        return {"text": "尚未上门"}
    return {
        "text": (visit.findings.open() or {}).get("text", ""),
        "by": "、".join(one["name"] for one in visit.visitors),
        "on": day(visit.visited_at),
    }


def _signed(advance: Any) -> Data:
    """Who proposed; who signed for the town, or for the county above the town's limit."""
    shown: Data = {"review": {"clerk": advance.by_name, "on": day(advance.at)}}
    if advance.signed_at:
        where = "county" if advance.level == "county" else "confirm"
        shown[where] = {
            "text": "同意先行救助，事后补齐材料。",
            "head": advance.signed_by,
            "on": day(advance.signed_at),
        }
    return shown


def _hung(advance: Any) -> str:
    if not advance.notice_from:
        return "事后公示"
    return span(advance.notice_from, advance.notice_until)


def lead_sheet(lead: Any) -> Data:
    """F18 of a lead; who did not agree stays without a name."""
    return {
        "demo": is_demo(),
        "number": f"XS{str(lead.pk)[:8].upper()}",
        "filed_on": day(lead.found_at),
        "finder": {"name": lead.found_by},
        "at": minute(lead.found_at),
        "place": path_name(lead.village_id),
        "person": {
            "name": lead.name.open() or "（本人不同意登记）",
            "phone": mask_phone(lead.phone.open() or ""),
            "address": path_name(lead.village_id, since="village"),
        },
        "manner": WAYS.get(lead.way, ""),
        "kinds": [NEEDS.get(lead.need, "other")],
        "urgency": "now" if lead.state == "urgent" else "soon",
        "text": lead.what.open() or "",
        "agrees": AGREES.get(lead.consent, "unasked"),
        "outcome": OUTCOMES.get(lead.state, "needless" if lead.closed_at else ""),
        "reason": lead.reason.open() or "",
        "opinions": {"town": _closed(lead)},
    }


def _closed(lead: Any) -> Data:
    if not lead.closed_at:
        return {}
    return {"clerk": lead.closed_by, "on": day(lead.closed_at)}


def roll_sheet(roll: Any, town: str, payments: Sequence[Any], *, full: bool = False) -> Data:
    """F16 of a town's lines in a roll, a household a row; NotFound where there are none."""
    if not payments:
        raise NotFound("这个镇（街道）在这份名册里没有发放")
    names = path_names(sorted({p.award.village for p in payments}), "village")
    month = Month.parse(roll.month)
    place = (name_of(roll.county), name_of(town), names)
    told = _Told(standards_of(roll, {p.award.area for p in payments}), _notes(roll))
    return {
        "demo": is_demo(),
        "county_name": path_name(roll.county, since="city"),
        "month": f"{month.year}年{month.number}月",
        "office": path_name(town, since="city"),
        "number": roll.number,
        **roll_pages([_row(roll, lines, place, told, full) for lines in _by_award(payments)]),
        "signed": {
            "made": roll.prepared_by,
            "checked": roll.checked_by,
            "finance": roll.released_by,
        },
    }


class _Told(NamedTuple):
    """What a row says besides its own money: the standard by area, the change by award."""

    standards: dict[str, int]
    notes: dict[Any, list[str]]


def _notes(roll: Any) -> dict[Any, list[str]]:
    """新增、停发、增减、换账户 of each award against last month; one query."""
    found: dict[Any, list[str]] = {}
    for one in differences_of(roll):
        found.setdefault(one.award_id, []).append(one.kind_name)
    return found


def _by_award(payments: Sequence[Any]) -> list[list[Any]]:
    found: dict[Any, list[Any]] = {}
    for payment in payments:
        found.setdefault(payment.award_id, []).append(payment)
    return list(found.values())


def _row(
    roll: Any,
    lines: list[Any],
    place: tuple[str, str, dict[str, str]],
    told: _Told,
    full: bool,
) -> RollRow:
    """One household: the month's base and top-up, everything else of the month beside them."""
    award, (county, town, villages) = lines[0].award, place
    own = sum(p.amount_fen for p in lines if p.kind == award.programme)
    whole, due = sum(p.amount_fen for p in lines), entitled(award, roll.month)
    top_up = due.top_up if due.fen == own else 0
    number, account = award.payee.id_number.open() or "", award.account.open() or ""
    phone, by_standard = award.payee.phone.open() or "", award.programme in BY_STANDARD
    said = [*told.notes.get(award.pk, ()), *(p.result_reason for p in lines if p.result_reason)]
    name = award.payee_name if full else mask_name(award.payee_name)
    return RollRow(
        county=county,
        town=town,
        village=villages.get(award.village, ""),
        number=award.number,
        head=name,
        id_number=number if full else mask_id(number),
        household_size=award.household_size,
        persons=len(award.persons.all()),
        programme=programme_name(award.programme),
        standard_fen=told.standards[award.area] if by_standard else None,
        base_fen=own - top_up,
        topup_fen=top_up,
        other_fen=whole - own,
        total_fen=whole,
        holder=name,
        relation="本人",
        bank=award.bank,
        account=account if full else mask_account(account),
        phone=phone if full else mask_phone(phone),
        note="、".join(dict.fromkeys(said)),
    )
