"""What can be done with a call for help: one line a verb, with its effect and its clause."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from doudi.accounts.queries import may
from doudi.clock.time import CHINA
from doudi.desk.forms import urgent as forms
from doudi.desk.forms.case import MoveForm
from doudi.kernel.errors import NotAllowed
from doudi.urgent.actions.close import close, left_open
from doudi.urgent.actions.follow_up import follow_up
from doudi.urgent.actions.hand_over import hand_over
from doudi.urgent.actions.hang_notice import hang_notice
from doudi.urgent.actions.propose import Proposal, propose
from doudi.urgent.actions.record_visit import Found, record_visit
from doudi.urgent.actions.refer import refer
from doudi.urgent.actions.sign import sign
from doudi.urgent.actions.start_application import start_application
from doudi.urgent.actions.take import take
from doudi.urgent.actions.take_papers import take_papers
from doudi.urgent.actions.turn_down import turn_down
from doudi.urgent.flow import MOVES, Stage
from doudi.urgent.queries import living_advance

Run = Callable[[Any, Any, Any, dt.datetime], object]  # call, valid form, staff, instant
WORDS = {
    "raise": _("求助"),
    "take": _("接听"),
    "record_visit": _("记录上门"),
    "propose": _("提出先行救助"),
    "turn_down": _("退回先行救助"),
    "sign": _("签批先行救助"),
    "record_return": _("银行退回"),
    "hand_over": _("交付现金"),
    "take_papers": _("补办手续"),
    "hang_notice": _("事后公示"),
    "follow_up": _("办理后续"),
    "start_application": _("预填救助申请"),
    "refer": _("转介"),
    "close": _("办结"),
}


@dataclass(frozen=True)
class Act:
    """A verb: the rights of which one is needed, what will happen, and its form."""

    verb: str
    rights: tuple[str, ...]
    effect: Any
    form: type[MoveForm]
    run: Run
    template: str = "desk/urgent_act.html"

    @property
    def words(self) -> Any:
        """Its word."""
        return WORDS[self.verb]

    def check(self, staff: Any, town: str) -> None:
        """NotAllowed without any of the rights there; the action looks closer."""
        if not any(may(staff, right, town) for right in self.rights):
            raise NotAllowed(self.rights[0])

    def initial(self, call: Any, at: dt.datetime) -> dict[str, Any]:
        """What the form begins with."""
        first: dict[str, Any] = {"version": call.version}
        if self.verb == "record_visit":
            first |= {"visited_at": at.astimezone(CHINA).replace(tzinfo=None)}
        if self.verb == "propose":
            first |= {"manner": "account"}
        return first


def _take(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    return take(call.pk, version=form.cleaned_data["version"], by=by, at=at)


def _visit(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    found = Found(
        data["visited_at"],
        tuple(data["visitors"]),
        data["alone_reason"],
        data["findings"],
        data["own_cost"],
    )
    return record_visit(call.pk, found, version=data["version"], by=by, at=at)


def _propose(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    fields = ("manner", "payee_name", "payee_id_number", "bank", "account", "reason")
    proposal = Proposal(data["amount"] or 0, **{f: data[f] for f in fields})
    return propose(call.pk, proposal, version=data["version"], by=by, at=at)


def _of_advance(call: Any) -> Any:
    advance = living_advance(call)
    return advance.pk if advance else call.pk  # the action answers that there is none


def _sign(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    return sign(_of_advance(call), version=form.cleaned_data["version"], by=by, at=at)


def _turn_down(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return turn_down(_of_advance(call), data["reason"], version=data["version"], by=by, at=at)


def _hand_over(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return hand_over(call.pk, data["receipt"], version=data["version"], by=by, at=at)


def _papers(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return take_papers(call.pk, data["papers"], version=data["version"], by=by, at=at)


def _notice(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    return hang_notice(call.pk, version=form.cleaned_data["version"], by=by, at=at)


def _follow(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return follow_up(data["follow"], data["note"], version=data["version"], by=by, at=at)


def _application(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    start_application(call.pk, by=by, at=at)
    return call


def _refer(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return refer(call.pk, data["where"], version=data["version"], by=by, at=at)


def _close(call: Any, form: Any, by: Any, at: dt.datetime) -> object:
    data = form.cleaned_data
    return close(call.pk, data["reason"], version=data["version"], by=by, at=at)


SIGNERS = ("urgent.sign_town", "urgent.sign_county")
CLERKS = ("urgent.papers",)
ACTS: dict[str, Act] = {
    act.verb: act
    for act in (
        Act("take", ("urgent.take",), _("由您负责到底；求助人收到短信。"), MoveForm, _take),
        Act(
            "record_visit",
            ("urgent.visit",),
            _("两人上门；紧急时一人也可以，写明原因。"),
            forms.VisitForm,
            _visit,
        ),
        Act(
            "propose",
            ("urgent.propose",),
            _("由另一人签批。超过镇（街道）限额的，立即呼叫县区值班，一小时内签批。"),
            forms.ProposeForm,
            _propose,
            "desk/urgent_propose.html",
        ),
        Act(
            "sign",
            SIGNERS,
            _("签批后钱立即发出，手续随后补齐；求助人收到短信。提出人不能签批。"),
            MoveForm,
            _sign,
            "desk/urgent_sign.html",
        ),
        Act("turn_down", SIGNERS, _("退回提出人，可以重新提出。"), forms.ReasonForm, _turn_down),
        Act(
            "hand_over",
            CLERKS,
            _("当面交付，收款人签收据。银行退回的，用备用金改发现金。"),
            forms.ReceiptForm,
            _hand_over,
        ),
        Act("take_papers", CLERKS, _("收齐以后求助人收到短信。"), forms.PapersForm, _papers),
        Act(
            "hang_notice",
            CLERKS,
            _("公示遮盖的姓名、镇（街道）、金额，不写原因。"),
            MoveForm,
            _notice,
        ),
        Act("follow_up", CLERKS, _("逐项办，不用办的写明原因。"), forms.FollowForm, _follow),
        Act(
            "start_application",
            CLERKS,
            _("姓名、证件号、账户填进求助手机的申请草稿；本人登录后看过、补全、签字才算申请。"),
            MoveForm,
            _application,
        ),
        Act("refer", ("urgent.take",), _("转到能帮的部门，30天内回访。"), forms.WhereForm, _refer),
        Act("close", ("urgent.take",), _("求助办结，求助人收到短信。"), forms.ReasonForm, _close),
    )
}


def acts_of(call: Any, advance: Any, follow: list[Any], staff: Any) -> list[Act]:
    """The verbs that are legal now and the officer's, the next step first."""
    found = [a for a in ACTS.values() if _allowed(a, call, advance, follow, staff)]
    return sorted(found, key=lambda a: a.verb == "record_visit" and call.stage != Stage.TAKEN)


def _allowed(act: Act, call: Any, advance: Any, follow: list[Any], staff: Any) -> bool:
    """Whether the verb is legal now, has something to do, and is the officer's."""
    if Stage(call.stage) not in MOVES[act.verb].from_:
        return False
    if not any(may(staff, right, call.town) for right in act.rights):
        return False
    return _wanted(act.verb, call, advance, follow)


def _wanted(verb: str, call: Any, advance: Any, follow: list[Any]) -> bool:
    waits = bool(advance and advance.signed_at is None)
    signed = bool(advance and advance.signed_at)
    wanted = {
        "propose": advance is None,
        "refer": advance is None,
        "sign": waits,
        "turn_down": waits,
        "hand_over": bool(advance) and advance.waits_for_cash,
        "take_papers": signed and not advance.made_up_at,
        "hang_notice": signed and bool(advance.made_up_at) and not advance.notice_from,
        "start_application": call.channel == "self"
        and any(f.kind == "dibao" and not f.done_at for f in follow),
        "follow_up": any(f.done_at is None for f in follow),
        "close": not left_open(advance, any(f.done_at is None for f in follow)),
    }
    return wanted.get(verb, True)
