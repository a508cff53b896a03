"""The way of a case as its household may read it: what happened, who acts now, what comes next."""

from typing import Any

from doudi.cases.flow import Stage
from doudi.cases.models import Case, Step
from doudi.kernel.sentences import Sentence
from doudi.regions.queries import office_phone, path_name

PUBLIC_TITLES = {
    "submit": "已提交",
    "ask_for_more": "需要补正",
    "supplement": "已补正",
    "decline": "不予受理",
    "accept": "已受理",
    "record_report": "部门核对已返回",
    "record_visit": "已入户调查",
    "transfer": "已转到另一个镇（街道）",
    "take_over": "镇（街道）已接收",
    "send_back": "已退回原来的镇（街道）",
    "ask_place": "已请户籍地协查，不用您回去跑",
    "place_answered": "户籍地已答复",
    "call_appraisal": "已通知召开民主评议",
    "record_appraisal": "已民主评议",
    "record_panel": "已会议研究",
    "call_conference": "已召集集体商议（一事一议）",
    "record_conference": "已集体商议（一事一议）",
    "review": "已审核",
    "publish_notice": "开始公示",
    "answer_objection": "异议已答复",
    "pause": "计时变动",
    "confirm": "已确认",
    "refuse": "不予确认",
    "reopen": "申诉成立，重新核定",
    "readmit": "申诉成立，重新受理",
    "withdraw": "已撤回",
}
NEXT_TITLES = {
    Stage.SUBMITTED: "镇（街道）受理",
    Stage.AWAITING_PAPERS: "请您补交材料",
    Stage.ACCEPTED: "部门核对、两人入户调查",
    Stage.ASSESSED: "镇（街道）审核",
    Stage.REVIEWED: "公示",
    Stage.NOTICED: "公示期满后由负责人确认",
}
BY_HEAD = "由负责人确认"  # what follows the review where no notice hangs
PATH = (Stage.SUBMITTED, Stage.ACCEPTED, Stage.ASSESSED, Stage.REVIEWED, Stage.NOTICED)


def progress(case: Case) -> dict[str, Any]:
    """What happened (`done`), who acts now (`now`), what is next and by when (`next`).

    Only what a resident may read: no internal notes, officers by surname with the office's phone.
    """
    steps = list(case.steps.filter(public=True, move__in=PUBLIC_TITLES))
    here = Stage(case.stage)
    hidden = here in (Stage.ASSESSED, Stage.REVIEWED) and case.without_notice
    return {
        "done": [
            {"what": PUBLIC_TITLES[s.move], "at": s.at, "note": _told_to_resident(s)} for s in steps
        ],
        "now": _acting(case, here, steps, hidden) if here in NEXT_TITLES else None,
        "next": _coming(case, here, hidden) if here in NEXT_TITLES else None,
    }


def _told_to_resident(step: Step) -> str:
    return step.told if step.move in ("ask_for_more", "decline", "refuse", "pause") else ""


def _acting(case: Case, here: Stage, steps: list[Step], hidden: bool) -> dict[str, Any]:
    officers = [s.by_name for s in steps if s.by_id and s.move not in ("submit", "withdraw")]
    pause = case.pauses.filter(until_on=None).first()
    return {
        "what": _title(here, hidden),
        "unit": path_name(case.town),
        "who": officers[-1][:1] if officers and case.clerk_id else "",
        "phone": office_phone(case.town),
        "why": Sentence("计时暂停：{reason}", reason=pause.reason) if pause else "",
    }


def _coming(case: Case, here: Stage, hidden: bool) -> dict[str, Any]:
    later = PATH[PATH.index(here) + 1 :] if here in PATH else PATH[1:]
    if hidden and here == Stage.REVIEWED:
        later = ()
    what = _title(later[0], hidden) if later else "告知结果，次月起发放"
    return {"what": what, "until": case.due_on}


def _title(stage: Stage, hidden: bool) -> str:
    return BY_HEAD if hidden and stage == Stage.REVIEWED else NEXT_TITLES[stage]
