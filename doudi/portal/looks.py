"""谁看过我: the journal of a case in residents' words, by day, with office and post."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from doudi.accounts.permissions import Role
from doudi.accounts.queries import posts_held_by
from doudi.clock.time import CHINA
from doudi.kernel.region_code import stem
from doudi.regions.queries import path_names

Json = dict[str, Any]
DEEDS = {
    "case.viewed": gettext_lazy("看了办件"),
    "case.printed": gettext_lazy("打印"),
    "verification.report_viewed": gettext_lazy("看了核对报告"),
    "verification.asked_anew": gettext_lazy("重新核对"),
    "verification.asked_outside": gettext_lazy("发函问银行或外省"),
    "verification.answered_outside": gettext_lazy("登记银行或外省的答复"),
    "verification.outside_printed": gettext_lazy("打印给银行或外省的函"),
    "inquiry.viewed": gettext_lazy("看了部门数据比对的疑点"),
    "inquiry.taken": gettext_lazy("领办疑点核查"),
    "inquiry.passed": gettext_lazy("移交疑点核查"),
    "inquiry.asked": gettext_lazy("请您说明"),
    "inquiry.answered": gettext_lazy("代记您的说明"),
    "inquiry.visit_asked": gettext_lazy("要求入户核查"),
    "inquiry.visited": gettext_lazy("登记入户核查"),
    "inquiry.closed": gettext_lazy("写了核查结论"),
    "inquiry.printed": gettext_lazy("打印核查单"),
    "person.revealed": gettext_lazy("看了完整信息"),
    "attachment.viewed": gettext_lazy("打开材料"),
    "case.accept": gettext_lazy("受理"),
    "case.ask_for_more": gettext_lazy("一次性补正"),
    "case.decline": gettext_lazy("不予受理"),
    "case.record_visit": gettext_lazy("记录入户"),
    "case.adopt_fact": gettext_lazy("改了认定的数值"),
    "case.transfer": gettext_lazy("转办"),
    "case.take_over": gettext_lazy("接收转办"),
    "case.send_back": gettext_lazy("退回转办"),
    "referral.made": gettext_lazy("转介其他部门"),
    "referral.viewed": gettext_lazy("看转介"),
    "referral.answered": gettext_lazy("登记转介答复"),
    "place.asked": gettext_lazy("发协查函"),
    "place.opened": gettext_lazy("户籍地查看协查对象"),
    "place.answered": gettext_lazy("户籍地答复协查"),
    "place.printed": gettext_lazy("打印协查函"),
    "support.need_viewed": gettext_lazy("看了您的需求"),
    "support.pair_viewed": gettext_lazy("看了结对帮扶记录"),
    "support.contact_revealed": gettext_lazy("来帮的组织看了姓名和电话"),
    "case.transferred_away": gettext_lazy("转出"),
    "case.call_appraisal": gettext_lazy("通知评议"),
    "case.record_appraisal": gettext_lazy("记录评议"),
    "case.record_panel": gettext_lazy("会议研究"),
    "case.call_conference": gettext_lazy("召集一事一议"),
    "case.record_conference": gettext_lazy("一事一议"),
    "case.assess": gettext_lazy("核算"),
    "case.review": gettext_lazy("审核"),
    "case.publish_notice": gettext_lazy("公示"),
    "case.answer_objection": gettext_lazy("答复异议"),
    "case.confirm": gettext_lazy("确认"),
    "case.refuse": gettext_lazy("不予确认"),
    "case.return_case": gettext_lazy("退回调查"),
    "case.pause": gettext_lazy("计时变动"),
    "case.mark_relative": gettext_lazy("近亲属核查"),
    "case.allow_over_year": gettext_lazy("县级同意超过年上限"),
    "case.withdraw": gettext_lazy("代为撤回"),
    "audit.replayed": gettext_lazy("审计员查看办理经过"),
    "audit.packed": gettext_lazy("审计员导出证据包"),
    "appeal.upheld": gettext_lazy("答复申诉"),
    "appeal.dismissed": gettext_lazy("答复申诉"),
}
FIELDS = {
    "name": gettext_lazy("姓名"),
    "id_number": gettext_lazy("身份证号"),
    "phone": gettext_lazy("手机"),
    "illness": gettext_lazy("病情说明"),
    "address": gettext_lazy("住址"),
    "account": gettext_lazy("银行账号"),
}
PURPOSES = {
    "identity": gettext_lazy("核实身份"),
    "contact": gettext_lazy("联系申请人"),
    "account": gettext_lazy("核对账户"),
    "visit": gettext_lazy("入户调查"),
    "difference": gettext_lazy("核实数据差异"),
    "file": gettext_lazy("装订存档"),
}
ORDINARY = gettext_lazy("办理您的申请")


def by_day(entries: Iterable[Any]) -> list[Json]:
    """Groups of lines by day, in the order given; two queries for posts and places."""
    rows = list(entries)
    posts = posts_held_by({e.actor_id for e in rows})
    places = path_names(sorted({stem(p.region_id) for held in posts.values() for p in held}))
    lines = [_line(entry, posts.get(entry.actor_id, []), places) for entry in rows]
    return [
        {"day": day, "lines": [_merged(same) for _key, same in groupby(group, _alike)]}
        for day, group in groupby(lines, lambda line: line["day"])
    ]


def _alike(line: Json) -> tuple[str, ...]:
    """The same person doing the same again is one line with a count."""
    return tuple(str(line[key]) for key in ("who", "deed", "field", "purpose"))


def _merged(same: Iterable[Json]) -> Json:
    """The newest of lines that are alike, with how many there were."""
    lines = list(same)
    return lines[0] | {"times": len(lines), "since": lines[-1]["time"]}


def _line(entry: Any, posts: list[Any], places: dict[str, str]) -> Json:
    there = entry.at.astimezone(CHINA)
    return {
        "day": there.date(),
        "time": there,
        "who": entry.actor_name,
        "post": _post_on(there.date(), posts, places),
        "deed": DEEDS.get(entry.action, _("办理")),
        "field": FIELDS.get(entry.detail.get("field", ""), ""),
        "purpose": PURPOSES.get(entry.purpose, ORDINARY),
    }


def _post_on(on: dt.date, posts: list[Any], places: dict[str, str]) -> str:
    """The office and post held on the day; empty for none."""
    held = [p for p in posts if p.from_on <= on and (p.until_on is None or p.until_on >= on)]
    words = (f"{places.get(stem(p.region_id), '')} {_(Role(p.role).label)}" for p in held)
    return "、".join(words)
