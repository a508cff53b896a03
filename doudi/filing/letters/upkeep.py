"""F14 of a proposed or decided change, F17 of a re-check: what was, what is, and why."""

from typing import Any

from doudi.benefits.figures import entitled
from doudi.cases.letters.common import clause, day, office_of, remedies_on
from doudi.cases.queries import case_by_id, pack
from doudi.clock.demo_mark import is_demo
from doudi.clock.time import today
from doudi.kernel.errors import NotFound
from doudi.kernel.money import yuan_text
from doudi.policy.wording import programme_name
from doudi.regions.queries import office_phone, path_name
from doudi.upkeep.file import two_books
from doudi.upkeep.flow import CAUSES, HEARING
from doudi.upkeep.queries import day_of

Data = dict[str, Any]
CHANGE = {"stop": "stop", "death": "stop", "taper": "taper", "suspend": "pause"}
OUTCOME = {"same": "keep", "raise": "raise", "cut": "lower", "taper": "taper", "stop": "stop"}
ROWS = (
    ("people", "共同生活人口", False),
    ("income_fen", "全户年收入（元）", True),
    ("expenses_fen", "刚性支出（元/年）", True),
    ("net_fen", "核定年收入（元）", True),
    ("monthly_fen", "月保障金（元）", True),
)


def change_letter(found: Any, language: str = "zh") -> Data:
    """F14: to the household, before the decision where it is heard, afterwards as decided."""
    award, english = found.award, language == "en"
    at = found.decided_at or found.proposed_at
    return {
        "demo": is_demo(),
        "language": "en" if english else "zh",
        "case_number": _number(award),
        "office": office_of(found.town),
        "number": f"{award.number}-变{found.from_month.replace('-', '')}",
        "applicant": award.payee_name,
        "issued_on": day(at),
        "officer": found.decided_by or found.proposed_by or "—",
        "phone": office_phone(found.town),
        "supervision_phone": office_phone(found.county),
        "is_proposed": found.state == HEARING,
        "change": _change(found),
        "programme": programme_name(award.programme, "en" if english else "zh"),
        "clause": _clause(found.cause, english),
        "before_fen": found.before_fen,
        "after_fen": found.after_fen,
        "effective_month": found.from_month,
        **_taper(found),
        "facts": [CAUSES[found.cause].words, found.why.open() or ""],
        "formula": _then_and_today(found, english) + _formula(found, english),
        "hearing_until_on": found.answer_by_on.isoformat() if found.answer_by_on else "",
        **remedies_on(found.county, day_of(at)),
    }


def _number(award: Any) -> str:
    """The case's number; of an award that was taken over its own."""
    return case_by_id(award.case_id).number if award.case_id else str(award.number)


def _change(found: Any) -> str:
    """As the boxes of the letter have it: what is no kind of its own is more or less money."""
    return CHANGE.get(found.kind) or ("raise" if found.after_fen > found.before_fen else "lower")


def _taper(found: Any) -> Data:
    if found.kind != "taper":
        return {}
    return {"taper_from_month": found.from_month, "taper_until_month": found.until_month}


def _clause(cause: str, english: bool) -> str:
    """The clause of the cause; what no document of the pack holds is cited as it is written."""
    about = CAUSES[cause]
    if about.document not in pack().documents:
        return f"{about.document} {about.article}"
    return clause(about.article, document=about.document, english=english)


def _formula(found: Any, english: bool) -> list[str]:
    """Month by month where the amounts differ; one month needs no lines."""
    if len(found.amounts) < 2:
        return []
    told = "{}: CNY {}" if english else "{}：{}元"
    return [told.format(month, yuan_text(base + top_up)) for month, base, top_up in found.amounts]


def _then_and_today(found: Any, english: bool) -> list[str]:
    """The same household by the book of the decision and by that of the letter's day."""
    on = day_of(found.decided_at or found.proposed_at)
    books = two_books(found.award, {}, on)
    if books is None or not books.moved:
        return []
    then, now = yuan_text(books.then.fen), yuan_text(books.then_today.fen)
    if english:
        return [
            f"What was found then, by the rules of {books.then.on}: {then} yuan a month; "
            f"by the rules of {on}: {now} yuan."
        ]
    return [f"当时的情况，按{books.then.on}的政策每月{then}元；按{on}的政策每月{now}元。"]


def recheck_sheet(found: Any, known: Data | None = None) -> Data:
    """F17: of a re-check that is done; before it with `known`, the last time, for the visit.

    NotFound for one that is not done where nothing is known.
    """
    if found.done_at is None and not known:
        raise NotFound("复核还没有登记")
    award, then = found.award, found.then.open() or known or {}
    now = found.now.open() or {}
    return {
        "demo": is_demo(),
        "number": f"{award.number}-复{found.due_on:%Y%m}",
        "applicant": award.payee_name,
        "case_number": _number(award),
        "address": path_name(award.village),
        "programme": programme_name(award.programme),
        "class": found.klass.upper(),
        "since_month": award.start_month,
        "items": [_item(*row, then, now) for row in ROWS if row[0] in then or row[0] in now],
        **_two_books(found, now),
    } | (_done(found, now) if found.done_at else {})


STEPS = {
    "gross_income": "全户年收入",
    "deductions": "刚性支出",
    "net_income": "核定年收入",
    "base_amount": "基本保障金",
    "top_ups": "分类施保金",
    "monthly": "月保障金",
}


def _two_books(found: Any, now: Data) -> Data:
    """Recomputed under the books of both dates; nothing for what was taken over."""
    on = day_of(found.done_at) if found.done_at else today()
    books = two_books(found.award, now, on)
    if books is None:
        return {}
    moved = [
        f"{m.label}：{m.before}→{m.after}（{m.since}起，{m.document} {m.article}）"
        for m in books.moved
    ]
    return {
        "recomputed": [
            {
                "item": STEPS[name],
                "then": _said(then, True),
                "then_today": _said(by_today, True),
                "now": _said(found_now, True),
            }
            for name, then, by_today, found_now in books.rows()
        ],
        "moved": "；".join(moved) or "用到的政策数值没有变动",
        "dates": f"{books.then.on.isoformat()}／{books.then_today.on.isoformat()}",
    }


def _done(found: Any, now: Data) -> Data:
    """What came of it."""
    award, proposal = found.award, found.proposal
    before = entitled(award, str(proposal.from_month) if proposal else award.start_month).fen
    return {
        "on": day(found.done_at),
        "changes": now.get("changes") or "",
        "report": found.report_number,
        "visit": {
            "on": found.visited_on.isoformat() if found.visited_on else "",
            "by": found.done_by,
        },
        "outcome": OUTCOME.get(found.outcome, ""),
        "before_fen": proposal.before_fen if proposal else before,
        "after_fen": proposal.after_fen if proposal else before,
        "effective_month": proposal.from_month if proposal else "",
        "clause": found.why.open() or "",
        "opinions": {"review": {"clerk": found.done_by, "on": day(found.done_at)}},
    }


def _item(key: str, label: str, is_money: bool, then: Data, now: Data) -> Data:
    before, after = then.get(key), now.get(key)
    known = None not in (before, after)
    return {
        "item": label,
        "before": _said(before, is_money),
        "now": _said(after, is_money),
        "change": ("有变化" if before != after else "无变化") if known else "",
    }


def _said(value: Any, is_money: bool) -> str:
    if value is None:
        return ""
    return yuan_text(value) if is_money else str(value)
