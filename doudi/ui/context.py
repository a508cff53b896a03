"""What every page knows: language, time, whether it is a demonstration, and who is here."""

from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from doudi.accounts.permissions import Role
from doudi.accounts.queries import posts_of, rights_of
from doudi.clock.time import now
from doudi.ui.words import said

# heading -> right, address, icon, words
MENU = (
    (
        "",
        (
            ("case.list", "desk:home", "tray", _("工作台")),
            ("urgent.list", "desk:urgent", "phone", _("急难")),
            ("report.view", "desk:month", "board", _("月报")),
        ),
    ),
    (
        _("办件"),
        (
            ("application.file", "desk:window", "sign", _("窗口代填")),
            ("lead.list", "desk:leads", "people", _("主动发现")),
            ("place.list", "desk:places", "map", _("协查")),
            ("verification.view", "desk:outside", "out", _("对外核对")),
            ("referral.list", "desk:referrals", "next", _("转介")),
            ("change.view", "desk:changes", "people", _("变化报告")),
        ),
    ),
    (
        _("待遇"),
        (
            ("award.view", "desk:awards", "money", _("待遇")),
            ("award.view", "desk:upkeep", "next", _("动态管理")),
            ("discrepancy.view", "desk:inquiries", "help", _("疑点核查")),
            ("centre.view", "desk:centre", "shield", _("核对中心")),
            ("life.list", "desk:lives", "heart", _("生存认证")),
            ("standard.view", "desk:standards", "check", _("提标")),
            ("takeover.view", "desk:takeovers", "tray", _("接收")),
        ),
    ),
    (
        _("资金"),
        (
            ("finance.view", "desk:finance", "money", _("财政发放台")),
            ("roll.view", "desk:rolls", "money", _("发放")),
        ),
    ),
    (
        _("帮扶"),
        (
            ("support.view", "desk:support", "heart", _("社会帮扶")),
            ("need.offer", "desk:giving", "heart", _("需求对接")),
        ),
    ),
    (
        _("监督"),
        (
            ("supervision.view", "desk:oversight", "board", _("监督台")),
            ("supervision.view", "desk:supervision", "check", _("监督检查")),
            ("sheet.view", "desk:sheets", "clock", _("督办单")),
            ("rectify.view", "desk:rectify", "sign", _("整改台账")),
            ("redress.view", "desk:redress", "shield", _("申诉与投诉")),
            ("tip.view", "desk:tips", "speaker", _("实名举报")),
            ("slip.file", "desk:slips", "sign", _("善意差错")),
        ),
    ),
    (
        _("表册"),
        (
            ("ledger.view", "desk:ledgers", "board", _("台账")),
            ("people.import", "desk:imports", "apply", _("导入")),
        ),
    ),
    (
        _("单位"),
        (
            ("assistant.manage", "desk:assistants", "people", _("协理员")),
            ("work.assign", "desk:handover", "out", _("交接")),
            ("loan.arrange", "desk:loans", "people", _("借用人员")),
            ("phrase.write", "desk:phrases", "sign", _("意见模板")),
            ("staff.view", "desk:staff", "people", _("人员")),
        ),
    ),
    (
        _("数据"),
        (
            ("delivery.view", "agency:home", "tray", _("我的数据项")),
            ("delivery.view", "agency:deliveries", "check", _("交付记录")),
            ("request.answer", "agency:requests", "sign", _("核对请求")),
            ("problem.answer", "agency:problems", "help", _("数据问题")),
            ("delivery.view", "agency:use", "board", _("数据用途")),
            ("catalogue.view", "agency:catalogue", "know", _("数据目录")),
            ("province.exchange", "desk:province", "out", _("省级系统")),
            ("clerk.seat", "agency:clerks", "people", _("部门数据员")),
        ),
    ),
    (
        _("审计"),
        (
            ("audit.view", "inspection:home", "shield", _("审计")),
            ("audit.view", "inspection:doubts", "help", _("疑点")),
            ("audit.view", "inspection:access", "people", _("查看记录")),
            ("audit.view", "inspection:sample", "check", _("抽样")),
        ),
    ),
)


@dataclass(frozen=True)
class Entry:
    """One line of the desk's menu."""

    address: str
    icon: str
    words: str
    here: bool


@dataclass(frozen=True)
class Group:
    """Lines of the menu that belong together; the first ones need no heading."""

    words: str
    entries: list[Entry]


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor; whatever costs a query is asked only by pages that show it."""
    staff = getattr(request, "staff", None)
    return {
        "language": (get_language() or "zh-hans")[:2],
        "demo": getattr(request, "demo", False),
        "clock_now": now(),
        "staff": staff,
        "staff_place": SimpleLazyObject(lambda: _place(staff)),
        "menu": SimpleLazyObject(lambda: _menu(request, staff)),
        "may_find": SimpleLazyObject(lambda: bool(staff) and "case.list" in rights_of(staff)),
    }


def _place(staff: Any) -> str:
    """七里街道 · 镇(街道)经办人; empty when nobody is signed in or holds a post."""
    try:
        posts = posts_of(staff) if staff else []
    except DatabaseError:
        return ""
    return "、".join(map(_post, posts))


def _post(post: Any) -> str:
    """七里街道 · 镇（街道）经办人（代孙福）."""
    words = f"{post.region.name} · {said(Role(post.role).label)}"
    away = post.stands_in_for
    return words + gettext("（代{name}）").format(name=away.name) if away else words


def _menu(request: HttpRequest, staff: Any) -> list[Group]:
    """Only what the person may open and what exists, in groups."""
    rights = rights_of(staff) if staff else set()
    groups = [
        Group(words, [_entry(request, *line) for right, *line in lines if right in rights])
        for words, lines in MENU
    ]
    return [group for group in groups if group.entries]


def _entry(request: HttpRequest, name: str, icon: str, words: str) -> Entry:
    address = reverse(name)
    return Entry(address, icon, words, request.path == address)
