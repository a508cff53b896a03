"""Reading cases: gates, lists, the case file, and what a resident may see."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from doudi.accounts.models import Staff
from doudi.accounts.queries import in_scope, relatives_among, require
from doudi.cases.flow import BEFORE_ACCEPTANCE, ENDED, OPEN, STAGE_NAMES, Stage, moves_from
from doudi.cases.models import (
    Application,
    Assessment,
    Case,
    Decision,
    Draft,
    HomeVisit,
    Objection,
    Opinion,
    Pause,
    PublicNotice,
    Step,
    Supplement,
)
from doudi.kernel.errors import NotFound
from doudi.people.actions.register_household import name_mismatches
from doudi.people.queries import marks_of, members_of
from doudi.policy.facts import Permit
from doudi.policy.pack import Pack, load_pack
from doudi.policy.rules.residence import residence
from doudi.policy.wording import sentence
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name
from doudi.verification.queries import missing_consents


@dataclass(frozen=True)
class Gate:
    """Something that must be so before a move; `sentence` says it either way."""

    code: str
    open: bool
    sentence: str
    detail: str = ""


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


# --- gates ---------------------------------------------------------------------------------


def acceptance(case: Case, on: dt.date) -> list[Gate]:
    """The gates of acceptance at once: authorisations, duplicates, permit, names, relatives."""
    declaration = case.application.declaration.open()
    members = declaration["members"]
    indexes = [blind_index("id", m["id_number"]) for m in members]
    return [
        _consent_gate(case, members, on),
        _elsewhere_gate(case, indexes),
        _open_case_gate(case, indexes),
        _residence_gate(case, declaration["applicant"], on),
        _name_gate(members),
        _relative_gate(indexes),
    ]


def _consent_gate(case: Case, members: list[dict[str, Any]], on: dt.date) -> Gate:
    missing = missing_consents(case.application_id, [m["key"] for m in members], on)
    names = "、".join(mask_name(m["name"]) for m in members if m["key"] in missing)
    text = f"还缺授权书:{names}" if missing else "全部家庭成员已签授权书"
    return Gate("consents", not missing, text)


def _elsewhere_gate(case: Case, indexes: Sequence[str]) -> Gate:
    marks = marks_of(indexes)
    places = "、".join(sorted({f"{m.county}({m.programme})" for m in marks}))
    text = f"家庭成员已在享受待遇:{places}" if marks else "全市范围内没有在享待遇"
    return Gate("elsewhere", not marks, text, places)


def _open_case_gate(case: Case, indexes: Sequence[str]) -> Gate:
    others = [c for c in open_cases_of(indexes) if c.pk != case.pk]
    numbers = "、".join(c.number for c in others)
    text = f"已有在办申请:{numbers}" if others else "全市范围内没有其他在办申请"
    return Gate("open_case", not others, text, numbers)


def _residence_gate(case: Case, applicant: dict[str, Any], on: dt.date) -> Gate:
    raw = applicant.get("permit")
    permit = raw and Permit(
        dt.date.fromisoformat(raw["issued"]),
        dt.date.fromisoformat(raw["last_endorsed"]),
        raw["registered_region"],
    )
    registered = applicant.get("registered_region") or ""
    found = residence(pack().book, permit or None, registered, case.county, on)
    return Gate("residence", found.fits, sentence(found.code, {}), found.code)


def _name_gate(members: list[dict[str, Any]]) -> Gate:
    wrong = name_mismatches(members)
    pairs = "、".join(f"{m.declared}(登记为{m.on_file})" for m in wrong)
    text = f"姓名与登记不符:{pairs}" if wrong else "姓名与登记一致"
    return Gate("names", not wrong, text)


def _relative_gate(indexes: Sequence[str]) -> Gate:
    found = relatives_among(indexes)
    names = "、".join(f"{r.staff.name}({r.relation})" for r in found)
    text = f"经办人近亲属,须单独备案:{names}" if found else "不是经办人近亲属"
    return Gate("relatives", True, text, names)


def review_gates(case: Case, by: Staff) -> list[Gate]:
    """What must be there before an opinion is signed."""
    visit = HomeVisit.objects.filter(case=case).exists()
    assessment = Assessment.objects.filter(case=case).order_by("-at", "-id").first()
    own = assessment is not None and assessment.by_id == str(by.pk)
    return [
        Gate(
            "report",
            case.report_id is not None,
            "核对报告已入卷" if case.report_id else "核对报告还没有返回",
        ),
        Gate("visit", visit, "已由两人入户" if visit else "还没有入户调查"),
        Gate(
            "assessor",
            assessment is not None and not own,
            "审核人与核算人是两个人" if not own else "核算人不能审核自己的核算",
        ),
    ]


def confirmation_gates(case: Case, by: Staff, on: dt.date) -> list[Gate]:
    """Notice over, nothing open, a third pair of eyes (promises.md B; ux.md 5.9)."""
    notice = PublicNotice.objects.filter(case=case).order_by("-at").first()
    opinion = Opinion.objects.filter(case=case).order_by("-at").first()
    over = notice is not None and notice.until_on < on
    open_ones = Objection.objects.filter(notice__case=case, answered_at=None).exists()
    upheld = Objection.objects.filter(notice=notice, upheld=True).exists() if notice else False
    hands = {opinion.by_id} if opinion else set()
    if opinion:
        hands.add(opinion.assessment.by_id)
    other = str(by.pk) not in hands
    until = f"公示到{notice.until_on},期满才能确认" if notice else "还没有公示"
    return [
        Gate("notice", over, "公示期已满" if over else until),
        Gate("objections", not open_ones, "有异议尚未答复" if open_ones else "没有未处理的异议"),
        Gate("upheld", not upheld, "异议成立,请退回重新调查" if upheld else "没有成立的异议"),
        Gate(
            "eyes",
            other,
            "确认人与审核人、核算人不是同一人" if other else "您参与过核算或审核,不能确认",
        ),
    ]


def covered(case: Case, assessment: Assessment) -> list[dict[str, Any]]:
    """The persons that an assessment's chosen programme covers, with their person ids."""
    finding = chosen_finding(assessment)
    names = finding["persons"] if finding else []
    if case.household_id is None:
        return []
    return [
        {"person_id": str(m.person_id), "name": m.person.name}
        for m in members_of(case.household_id)
        if m.person.name in names
    ]


def chosen_finding(assessment: Assessment) -> dict[str, Any] | None:
    """The finding of the chosen programme, as JSON with steps."""
    found = assessment.findings.open()["findings"]
    return next((f for f in found if f["programme"] == assessment.chosen), None)


# --- lists ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Light:
    """How a case stands with its last day: ok, soon, late, or none (not accepted, or ended)."""

    kind: str
    days: int


def light(case: Case, on: dt.date) -> Light:
    """Working days left: late below 0, soon up to 3 (ux.md 3.10)."""
    if case.due_on is None or Stage(case.stage) in ENDED:
        return Light("none", 0)
    left = pack().calendar.workdays_between(on, case.due_on)
    return Light("late" if left < 0 else "soon" if left <= 3 else "ok", left)


@dataclass(frozen=True)
class Filters:
    """What the worklist is narrowed to; `words` is the search box."""

    stage: str = ""
    village: str = ""
    mine: bool = False
    open_only: bool = True
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Row:
    """One line of the worklist."""

    case: Case
    name: str
    light: Light
    stage: str
    village: str


PAGE = 50


def visible(staff: Staff) -> QuerySet[Case]:
    """The cases of the towns where `staff` may list; nothing by default."""
    return in_scope(Case.objects.all(), staff, "case.list", "town")


def worklist(staff: Staff, filters: Filters, on: dt.date) -> tuple[list[Row], int]:
    """One page of rows by last day, and how many there are; two queries."""
    cases = _narrowed(visible(staff), staff, filters)
    start = (max(filters.page, 1) - 1) * PAGE
    page = cases.select_related("village").order_by("due_on", "submitted_at")[start : start + PAGE]
    rows = [
        Row(
            c,
            mask_name(c.applicant_name),
            light(c, on),
            STAGE_NAMES[Stage(c.stage)],
            c.village.name,
        )
        for c in page
    ]
    return rows, cases.count()


def _narrowed(cases: QuerySet[Case], staff: Staff, filters: Filters) -> QuerySet[Case]:
    if filters.words:
        cases = cases.filter(_found(filters.words.strip()))
    elif filters.open_only and not filters.stage:
        cases = cases.filter(ended_at=None)
    if filters.stage:
        cases = cases.filter(stage=filters.stage)
    if filters.village:
        cases = cases.filter(village_id=filters.village)
    if filters.mine:
        cases = cases.filter(clerk_id=staff.pk)
    return cases


def _found(words: str) -> Q:
    """By number, name, village, or by a whole ID or phone number through its keyed index."""
    found = Q(number__iexact=words.replace(" ", "")) | Q(number__endswith=words)
    found |= Q(applicant_name__startswith=words) | Q(village__name__startswith=words)
    if len(words) == 18:
        found |= Q(application__applicant_id_index=blind_index("id", words))
    if len(words) == 11:
        found |= Q(application__phone_index=blind_index("phone", words))
    return found


def counters(staff: Staff, on: dt.date) -> dict[str, int]:
    """The figures at the head of the workbench; one query."""
    open_case = Q(ended_at=None)
    return visible(staff).aggregate(
        to_accept=Count("pk", Q(stage__in=[s.value for s in BEFORE_ACCEPTANCE])),
        under_way=Count("pk", open_case),
        mine=Count("pk", open_case & Q(clerk_id=staff.pk)),
        late=Count("pk", open_case & Q(due_on__lt=on)),
        noticed=Count("pk", Q(stage=Stage.NOTICED.value)),
        ending=Count(
            "pk", Q(publicnotices__until_on=on, publicnotices__taken_down_at=None), distinct=True
        ),
    )


def open_cases_of(id_indexes: Iterable[str]) -> list[Case]:
    """Open cases, in every county, of which one of these people is the applicant."""
    return list(
        Case.objects.filter(
            application__applicant_id_index__in=list(id_indexes),
            stage__in=[s.value for s in OPEN],
        ).select_related("application")
    )


# --- the case file -------------------------------------------------------------------------


@dataclass
class CaseFile:
    """Everything the case page shows, read in few queries."""

    case: Case
    declaration: dict[str, Any]
    facts: dict[str, Any] | None
    steps: list[Step]
    visits: list[HomeVisit]
    appraisals: list[Any]
    panels: list[Any]
    assessments: list[Assessment]
    opinions: list[Opinion]
    notices: list[PublicNotice]
    objections: list[Objection]
    pauses: list[Pause]
    supplements: list[Supplement]
    decision: Decision | None
    moves: list[str] = field(default_factory=list)


def case_file(case_id: UUID, staff: Staff) -> CaseFile:
    """NotFound alike for an unknown case and for one outside the officer's towns."""
    case = visible(staff).filter(pk=case_id).select_related("application", "village").first()
    if case is None:
        raise NotFound("没有这个办件")
    require(staff, "case.view", case.town)
    notices = list(case.publicnotices.order_by("-at"))
    return CaseFile(
        case=case,
        declaration=case.application.declaration.open(),
        facts=case.facts.open(),
        steps=list(case.steps.all()),
        visits=list(case.homevisits.order_by("-at")),
        appraisals=list(case.appraisals.order_by("-at")),
        panels=list(case.panels.order_by("-at")),
        assessments=list(case.assessments.order_by("-at")),
        opinions=list(case.opinions.order_by("-at")),
        notices=notices,
        objections=list(Objection.objects.filter(notice__in=notices).order_by("raised_at")),
        pauses=list(case.pauses.order_by("at")),
        supplements=list(case.supplements.order_by("at")),
        decision=case.decisions.first(),
        moves=moves_from(case.stage),
    )


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
        raise NotFound("没有查到,请核对查询码")
    return case_by_id(found.case.pk)


def cases_of_phone(phone_index: str) -> list[Case]:
    """The cases that were applied for under a phone, newest first."""
    rows = Case.objects.filter(application__phone_index=phone_index)
    return list(rows.select_related("application", "village").order_by("-submitted_at"))


def case_for_resident(case_id: UUID, phone_index: str) -> Case:
    """A resident's own case; NotFound for anybody else's."""
    found = case_by_id(case_id)
    if found.application.phone_index != phone_index:
        raise NotFound("没有这个办件")
    return found


@dataclass(frozen=True)
class Mark:
    """One line of a resident's timeline: state is done, now or next."""

    state: str
    title: str
    at: dt.datetime | None
    who: str
    note: str


PUBLIC_TITLES = {
    "submit": "已提交",
    "ask_for_more": "需要补正",
    "supplement": "已补正",
    "decline": "不予受理",
    "accept": "已受理",
    "record_report": "部门核对已返回",
    "record_visit": "已入户调查",
    "record_appraisal": "已民主评议",
    "record_panel": "已会议研究",
    "review": "已审核",
    "publish_notice": "开始公示",
    "answer_objection": "异议已答复",
    "pause": "计时变动",
    "confirm": "已确认",
    "refuse": "不予确认",
    "withdraw": "已撤回",
}
NEXT_TITLES = {
    Stage.SUBMITTED: "镇(街道)受理",
    Stage.AWAITING_PAPERS: "请您补交材料",
    Stage.ACCEPTED: "部门核对、两人入户调查",
    Stage.ASSESSED: "镇(街道)审核",
    Stage.REVIEWED: "公示",
    Stage.NOTICED: "公示期满后由负责人确认",
}
PATH = (Stage.SUBMITTED, Stage.ACCEPTED, Stage.ASSESSED, Stage.REVIEWED, Stage.NOTICED)


def timeline(case: Case) -> list[Mark]:
    """What happened, who acts now, what comes next; only what a resident may read."""
    done = [
        Mark(
            "done",
            PUBLIC_TITLES[s.move],
            s.at,
            s.by_name[:1] + "某" if s.by_name and s.by_id else s.by_name,
            s.note if s.move in ("ask_for_more", "decline", "refuse", "pause") else "",
        )
        for s in case.steps.all()
        if s.public and s.move in PUBLIC_TITLES
    ]
    here = Stage(case.stage)
    if here not in NEXT_TITLES:
        return done
    now = [Mark("now", NEXT_TITLES[here], None, "", "")]
    later = PATH[PATH.index(here) + 1 :] if here in PATH else ()
    return done + now + [Mark("next", NEXT_TITLES[s], None, "", "") for s in later]


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
