"""Reading cases: gates, lists, the case file, and what a resident may see."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from doudi.accounts.figures.in_hand import InHand
from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, inside_any
from doudi.cases.flow import ARRIVING, ENDED, OPEN, Stage
from doudi.cases.models import (
    Application,
    Applied,
    Assessment,
    Case,
    Decision,
    Draft,
    Pause,
    PublicNotice,
    Step,
    Supplement,
)
from doudi.clock.time import CHINA
from doudi.kernel.errors import NotFound
from doudi.kernel.periods import Month
from doudi.kernel.sentences import Sentence
from doudi.people.queries import persons_by_id_numbers
from doudi.policy.codes import WITHOUT_NOTICE
from doudi.policy.facts import parse_household
from doudi.policy.pack import Pack, load_pack
from doudi.regions.queries import office_phone, path_name
from doudi.vault.index import blind_index


def pack() -> Pack:
    """The policy pack of this installation."""
    return load_pack(settings.DOUDI_PACK_DIR)


def case_by_id(case_id: UUID) -> Case:
    """One case with its application; NotFound when there is none."""
    found = Case.objects.filter(pk=case_id).select_related("application", "village").first()
    if found is None:
        raise NotFound("没有这个办件")
    return found


def newest_assessment(case: Case) -> Assessment:
    """The assessment that counts; NotFound before the first."""
    found = Assessment.objects.filter(case=case).order_by("-at", "-id").first()
    if found is None:
        raise NotFound("还没有核算")
    return found


def covered(case: Case, assessment: Assessment) -> list[dict[str, Any]]:
    """The persons that an assessment's chosen programme covers, with their person ids."""
    finding = chosen_finding(assessment)
    wanted = finding["persons"] if finding else []
    # By place, not by name: two may be called alike, and the name on file may be another.
    named = parse_household(assessment.facts.open()).names
    members = case.application.declaration.open()["members"]
    people = persons_by_id_numbers(m["id_number"] for m in members)
    return [
        {
            "member": member["key"],
            "person_id": str(people[blind_index("id", member["id_number"])].pk),
            "name": member["name"],
        }
        for member, name in zip(members, named, strict=True)
        if name in wanted
    ]


def is_without_notice(case: Case) -> bool:
    """Whether the programme chosen is never shown in public (CH62): no notice to wait for."""
    found = Assessment.objects.filter(case=case).order_by("-at", "-id").first()
    return found is not None and found.chosen in WITHOUT_NOTICE


def chosen_finding(assessment: Assessment) -> dict[str, Any] | None:
    """The finding of the chosen programme, as JSON with steps."""
    found = assessment.findings.open()["findings"]
    return next((f for f in found if f["programme"] == assessment.chosen), None)


def numbers_of(case_ids: Iterable[UUID]) -> dict[str, str]:
    """The numbers of cases by their ids; one query."""
    rows = Case.objects.filter(pk__in=set(case_ids)).values_list("pk", "number")
    return {str(key): number for key, number in rows}


# --- lists ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Light:
    """How a case stands with its last day: ok, soon, late, or none (not accepted, or ended)."""

    kind: str
    days: int


def stopped_since(cases: Iterable[Case]) -> dict[UUID, dt.date]:
    """Since when the clock stands, for those where it does; one query."""
    standing = Pause.objects.filter(case__in=[c.pk for c in cases], until_on=None)
    return dict(standing.values_list("case_id", "from_on"))


def light(case: Case, on: dt.date, stopped: dt.date | None) -> Light:
    """Working days left: late below 0, soon up to 3 (ux.md 3.10).

    `stopped` is the day since when the clock stands, if it does: then it does not run.
    """
    if case.due_on is None or Stage(case.stage) in ENDED:
        return Light("none", 0)
    left = pack().calendar.workdays_between(stopped or on, case.due_on)
    if stopped:
        return Light("late" if left < 0 else "ok", left)
    return Light("late" if left < 0 else "soon" if left <= SOON else "ok", left)


SOON = 3


def visible(staff: Staff) -> QuerySet[Case]:
    """The cases of the towns where `staff` may list; nothing by default."""
    return in_scope(Case.objects.all(), staff, "case.list", "town")


def open_cases_of(id_indexes: Iterable[str]) -> list[Case]:
    """Open cases, in every county, that one of these people belongs to; oldest first."""
    theirs = Applied.objects.filter(id_index__in=list(id_indexes)).values("application")
    return list(
        Case.objects.filter(application__in=theirs, stage__in=[s.value for s in OPEN])
        .select_related("application", "village")
        .order_by("submitted_at", "number")
    )


def confirmed_cases_of(id_indexes: Iterable[str]) -> list[Case]:
    """Confirmed cases, in every county, that one of these people belongs to; newest first."""
    theirs = Applied.objects.filter(id_index__in=list(id_indexes)).values("application")
    rows = Case.objects.filter(application__in=theirs, stage=Stage.CONFIRMED.value)
    return list(rows.select_related("application", "village").order_by("-ended_at"))


def cases_naming(id_numbers: Iterable[str]) -> list[Case]:
    """Open and confirmed cases of these people, in every county."""
    indexes = [blind_index("id", number) for number in id_numbers]
    return [*open_cases_of(indexes), *confirmed_cases_of(indexes)]


def overdue(on: dt.date) -> QuerySet[Case]:
    """Open cases whose last day has passed while their clock ran."""
    standing = Pause.objects.filter(until_on=None).values("case")
    return Case.objects.filter(ended_at=None, due_on__lt=on).exclude(pk__in=standing)


def confirmed_in_month(county: str, month: Month) -> dict[str, UUID]:
    """The cases that a county's towns confirmed in a month, by number; one query."""
    first = dt.datetime.combine(month.first_day, dt.time.min, CHINA)
    next_ = dt.datetime.combine(month.plus(1).first_day, dt.time.min, CHINA)
    ended = Case.objects.filter(county=county, stage=Stage.CONFIRMED.value)
    rows = ended.filter(ended_at__gte=first, ended_at__lt=next_).values_list("number", "pk")
    return dict(rows)


@dataclass(frozen=True)
class LateEntry:
    """Something recorded more than a day after it happened (promises.md L)."""

    what: str
    on: dt.date
    recorded_on: dt.date
    by: str


def late_entries(case: Case) -> list[LateEntry]:
    """Visits, appraisals and meetings that were written down later than the next day."""
    rows = [
        LateEntry(word, row.on, row.at.astimezone(CHINA).date(), row.by_name)
        for word, kept in (
            ("入户调查", case.homevisits),
            ("民主评议", case.appraisals),
            ("会议研究", case.panels),
            ("一事一议", case.conferences),
        )
        for row in kept.all()
    ]
    return [r for r in rows if is_late(r.on, r.recorded_on)]


def is_late(on: dt.date, recorded_on: dt.date) -> bool:
    """Written down later than the next day."""
    return (recorded_on - on).days > 1


def waits_to_be_taken(case: Case) -> bool:
    """Whether another town handed it on and the one that has it has not answered yet."""
    newest = case.steps.filter(move__in=ARRIVING).order_by("-at", "-order")
    return newest.values_list("move", flat=True).first() == "transfer"


def open_supplement(case_id: UUID) -> Supplement | None:
    """What was asked for and has not come yet."""
    return Supplement.objects.filter(case_id=case_id, answered_at=None).order_by("-at").first()


def decision(decision_id: UUID) -> Decision:
    """One decision with its case and assessment; NotFound when there is none."""
    found = (
        Decision.objects.filter(pk=decision_id)
        .select_related("case__application", "case__village", "assessment")
        .first()
    )
    if found is None:
        raise NotFound("没有这个决定")
    return found


# --- residents -----------------------------------------------------------------------------


def draft_of(draft_id: UUID) -> Draft:
    """One draft; NotFound when there is none."""
    found = Draft.objects.filter(pk=draft_id).first()
    if found is None:
        raise NotFound("没有这份申请")
    return found


def case_by_tracking(secret: str) -> Case:
    """The case of a printed secret; NotFound answers every wrong one alike."""
    index = blind_index("token", secret)
    found = Application.objects.filter(tracking_index=index).select_related("case").first()
    if found is None:
        raise NotFound("没有查到，请核对查询码")
    return case_by_id(found.case.pk)


def cases_of_phone(phone_index: str) -> list[Case]:
    """The cases that were applied for under a phone, newest first."""
    rows = Case.objects.filter(application__phone_index=phone_index)
    return list(rows.select_related("application", "village").order_by("-submitted_at"))


def case_by_number(number: str) -> Case:
    """The case of a number as it is printed, without spaces; NotFound when there is none."""
    found = Case.objects.filter(number=number).first()
    if found is None:
        raise NotFound("没有这个办件编号")
    return found


def case_for_resident(case_id: UUID, phone_index: str) -> Case:
    """A resident's own case; NotFound for anybody else's."""
    found = case_by_id(case_id)
    if found.application.phone_index != phone_index:
        raise NotFound("没有这个办件")
    return found


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
    "record_appraisal": "已民主评议",
    "record_panel": "已会议研究",
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
    hidden = here in (Stage.ASSESSED, Stage.REVIEWED) and is_without_notice(case)
    return {
        "done": [
            {"what": PUBLIC_TITLES[s.move], "at": s.at, "note": _told_to_resident(s)} for s in steps
        ],
        "now": _acting(case, here, steps, hidden) if here in NEXT_TITLES else None,
        "next": _coming(case, here, hidden) if here in NEXT_TITLES else None,
    }


def _told_to_resident(step: Step) -> str:
    return step.note if step.move in ("ask_for_more", "decline", "refuse", "pause") else ""


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


def notices_now(on: dt.date, limit: int = 200) -> list[PublicNotice]:
    """The notices that hang today, newest first."""
    hanging = PublicNotice.objects.filter(from_on__lte=on, until_on__gte=on, taken_down_at=None)
    return list(hanging.select_related("case").order_by("-at")[:limit])


def notice(notice_id: UUID, on: dt.date) -> PublicNotice:
    """A hanging notice; NotFound once it is over."""
    found = PublicNotice.objects.filter(
        pk=notice_id, from_on__lte=on, until_on__gte=on, taken_down_at=None
    ).first()
    if found is None:
        raise NotFound("这份公示已经结束")
    return found


# --- who has what in hand ------------------------------------------------------------------


def in_hand(stems: Sequence[str], people: Sequence[str]) -> list[InHand]:
    """The open cases of these places by their clerk, and what these people fill in at a window."""
    rows = Case.objects.filter(inside_any(stems, "town"), ended_at=None, clerk_id__isnull=False)
    drafts = Draft.objects.filter(submitted_at=None, staff_id__in=list(people))
    told = rows.values_list("pk", "clerk_id", "number", "town", "due_on")
    begun = drafts.values_list("pk", "staff_id", "started_at")
    return [
        *(InHand("case", str(pk), str(who), no, town, due) for pk, who, no, town, due in told),
        *(
            InHand("draft", str(pk), who, f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}", "")
            for pk, who, at in begun
        ),
    ]


def open_with_others(stems: Sequence[str], people: Sequence[str]) -> int:
    """Open cases of these places whose clerk is none of these people."""
    rows = Case.objects.filter(inside_any(stems, "town"), ended_at=None, clerk_id__isnull=False)
    return rows.exclude(clerk_id__in=list(people)).count()
