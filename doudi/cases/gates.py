"""What must be so before a move: every gate says in a sentence how it stands."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from doudi.accounts.models import Staff
from doudi.accounts.queries import may
from doudi.accounts.relatives import relatives_among
from doudi.cases.file import CaseFile
from doudi.cases.models import Assessment, Case
from doudi.cases.queries import confirmed_cases_of, open_cases_of, pack
from doudi.cases.year import county_limit, year_of_case
from doudi.clock.time import CHINA
from doudi.kernel.money import yuan_text
from doudi.kernel.sentences import Sentence
from doudi.people.actions.register_household import name_mismatches
from doudi.people.queries import Known, in_group, known_people
from doudi.policy.codes import BY_LIST
from doudi.policy.facts import Permit
from doudi.policy.rules.residence import residence
from doudi.policy.wording import programme_name, sentence
from doudi.regions.queries import offices_of
from doudi.vault.index import blind_index
from doudi.vault.masking import mask_name
from doudi.verification.queries import missing_consents

HELD_FIRST = "须在核算之后召开一事一议，到会人数够、表决通过并建议给予，才能审核和确认"


@dataclass(frozen=True)
class Gate:
    """Something that must be so before a move; `sentence` says it either way."""

    code: str
    open: bool
    sentence: str
    detail: str = ""
    cases: tuple[Case, ...] = ()  # the other cases it speaks of


def acceptance(case: Case, on: dt.date) -> list[Gate]:
    """The gates of acceptance at once: authorisations, duplicates, permit, names, relatives."""
    declaration = case.application.declaration.open()
    members = declaration["members"]
    indexes = indexes_of(case)
    known = known_people(indexes)
    return [
        _consent_gate(case, members, on),
        _elsewhere_gate(known, case, once=bool(declaration.get("event"))),
        _open_case_gate(case, indexes),
        _residence_gate(case, declaration["applicant"], on),
        _name_gate(members, known),
        _relative_gate(_kin(case, indexes), declaration.get("kin", "")),
    ]


def _consent_gate(case: Case, members: list[dict[str, Any]], on: dt.date) -> Gate:
    missing = missing_consents(case.application_id, [m["key"] for m in members], on)
    names = [mask_name(m["name"]) for m in members if m["key"] in missing]
    text = Sentence("还缺授权书：{names}", names=names) if missing else "全部家庭成员已签授权书"
    return Gate("consents", not missing, text)


def is_related(case: Case, staff: Staff) -> bool:
    """Whether the case is of the officer's own declared near relatives (DB57 art 11)."""
    return any(r.staff_id == staff.pk for r in _kin(case, indexes_of(case)))


def _kin(case: Case, indexes: Sequence[str]) -> Any:
    """Declared relatives among them; one ended after the case came in still counts."""
    return relatives_among(indexes, case.submitted_at)


def hears_objections(case: Case, staff: Staff) -> bool:
    """Whether the officer may read objections: who answers them, and is no relative."""
    return may(staff, "case.answer_objection", case.town) and not is_related(case, staff)


def indexes_of(case: Case) -> list[str]:
    """The keyed indexes of the people whom the application names."""
    members = case.application.declaration.open()["members"]
    return [blind_index("id", m["id_number"]) for m in members]


def _elsewhere_gate(known: Mapping[str, Known], case: Case, *, once: bool) -> Gate:
    """One person, one benefit, in all counties (DB57 art 5); help given once stands beside it."""
    marks = sorted({mark for person in known.values() for mark in person.benefits})
    if not marks:
        return Gate("elsewhere", True, "全市范围内没有在享待遇")
    offices = offices_of([county for county, _ in marks])
    places = [
        Sentence(
            "{office}（{programme}）", office=offices[c], programme=Sentence(programme_name(p))
        )
        for c, p in marks
    ]
    if once:
        text = Sentence("家庭成员已在享受待遇：{places}；临时救助可以另外给", places=places)
        return Gate("elsewhere", True, text, "、".join(places))
    found = Sentence("家庭成员已在享受待遇：{places}", places=places)
    first = tuple(c for c in confirmed_cases_of(known) if c.pk != case.pk)
    return Gate("elsewhere", False, found, "、".join(places), first)


def _open_case_gate(case: Case, indexes: Sequence[str]) -> Gate:
    # The first one goes on: a later application that names the same people cannot hold it up.
    others = [
        c
        for c in open_cases_of(indexes)
        if c.pk != case.pk
        and (c.accepted_on or (c.submitted_at, c.number) < (case.submitted_at, case.number))
    ]
    if not others:
        return Gate("open_case", True, "全市范围内没有其他在办申请")
    offices = offices_of([c.town for c in others])
    places = [
        Sentence("{number}（{office}）", number=c.number, office=offices[c.town]) for c in others
    ]
    numbers = "、".join(c.number for c in others)
    found = Sentence("已有在办申请：{places}", places=places)
    return Gate("open_case", False, found, numbers, tuple(others))


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


def _name_gate(members: list[dict[str, Any]], known: Mapping[str, Known]) -> Gate:
    wrong = name_mismatches(members, known)
    pairs = [
        Sentence("{name}（登记为{on_file}）", name=m.declared, on_file=m.on_file) for m in wrong
    ]
    text = Sentence("姓名与登记不符：{pairs}", pairs=pairs) if wrong else "姓名与登记一致"
    return Gate("names", not wrong, text)


def _relative_gate(kin: Any, declared: str) -> Gate:
    """By the officers' declarations, and by what the applicant himself says (DB57 art 11)."""
    found = [f"{r.staff.name}（{r.relation}）" for r in kin]
    told = [Sentence("申请人申报：{who}", who=declared)] if declared else []
    people = [*found, *told]
    names = "、".join(people)[:120]
    marked = Sentence("经办人近亲属，须单独备案：{names}", names=people)
    text = marked if names else "不是经办人近亲属"
    return Gate("relatives", True, text, names)


def _listed_gate(file: CaseFile, chosen: str, on: dt.date) -> list[Gate]:
    """Money that is given by a list is given to whoever stands on it that day (R14)."""
    if chosen not in BY_LIST:
        return []
    members = file.declaration["members"]
    pairs = zip(members, file.facts["members"] if file.facts else (), strict=False)
    meant = [m["id_number"] for m, fact in pairs if fact.get("special") == chosen]
    indexes = [blind_index("id", number) for number in meant]
    listed = bool(indexes) and in_group(indexes, chosen, on) == set(indexes)
    return [
        Gate("listed", listed, "在名册上" if listed else "不在名册上，请先按主管部门的名单导入")
    ]


def _meeting_gates(file: CaseFile) -> list[Gate]:
    """Whoever called a meeting waits for what it found; it binds nobody (DB57 art 19, LS23)."""
    called = file.called_appraisal
    waits = [Gate("appraisal", False, "民主评议已经通知，还没有评议记录")] if called else []
    return [*waits, *_conference_gates(file)]


def _conference_gates(file: CaseFile) -> list[Gate]:
    """Whoever called a conference waits for its minutes; what it proposes binds nobody (LS23)."""
    newest = next(iter(file.conferences), None)
    if newest is None:
        return []
    if not newest.outcome:
        return [Gate("conference", False, "一事一议已经召集，还没有会议记录")]
    told = newest.advice_name or newest.outcome_name
    return [Gate("conference", True, Sentence("一事一议：{told}", told=Sentence(told)))]


def review_gates(file: CaseFile, by: Staff) -> list[Gate]:
    """What must be there before an opinion is signed."""
    assessment = next(iter(file.assessments), None)
    if assessment is None:
        return [*_file_gates(file), Gate("assessor", False, "还没有核算")]
    own = assessment.by_id == str(by.pk)
    text = "核算人不能审核自己的核算" if own else "审核人与核算人是两个人"
    return [
        *_file_gates(file),
        *_meeting_gates(file),
        *_limit_gates(file, assessment),
        _fresh_gate(file, assessment),
        *_listed_gate(file, assessment.chosen, assessment.at.astimezone(CHINA).date()),
        Gate("assessor", not own, text),
    ]


def _file_gates(file: CaseFile) -> list[Gate]:
    """Report and visit. What a department did not return, the report says of itself."""
    filed = file.case.report_id is not None
    seen = any(len({v["id"] for v in visit.visitors}) >= 2 for visit in file.visits)
    return [
        Gate("report", filed, "核对报告已入卷" if filed else "核对报告还没有返回"),
        Gate("visit", seen, "已由两人入户" if seen else "还没有两人入户调查"),
    ]


def _fresh_gate(file: CaseFile, assessment: Assessment) -> Gate:
    """Nothing that counts has changed since it was assessed."""
    same = assessment.facts.open() == file.facts
    text = "核算依据的是最新认定事实" if same else "核算之后认定事实又有变动，请重新核算"
    return Gate("fresh", same, text)


def _relative_mark_gate(file: CaseFile) -> Gate:
    """A near relative's case needs the county's own finding (DB57 arts 11, 20)."""
    if not file.case.near_relative:
        return Gate("relatives", True, "不是经办人近亲属")
    marked = file.is_relative_checked
    text = "近亲属办件已由县级核查" if marked else "近亲属办件须先由县级民政部门核查"
    return Gate("relatives", marked, text, file.case.near_relative)


def _year_gates(file: CaseFile, assessment: Assessment | None, on: dt.date) -> list[Gate]:
    """More than the year's for a cause is held for the county's word, never refused (R41)."""
    year = year_of_case(file.case, assessment, on)
    if year is None or not year.is_over:
        return []
    told = Sentence(
        "今年同一事由已给{n}次、{yuan}元，加上这一次超过每户每年{most}次或{top}元",
        n=year.times,
        yuan=yuan_text(year.given),
        most=year.most_times,
        top=yuan_text(year.most),
    )
    agreed = file.is_over_year_allowed
    word = "县级民政部门已经同意" if agreed else "须由县级民政部门同意"
    return [Gate("year", agreed, Sentence("{told}；{word}", told=told, word=Sentence(word)))]


def _limit_gates(file: CaseFile, assessment: Assessment | None) -> list[Gate]:
    """R10: above the county's limit a conference decides, held on the very amount that is meant."""
    if assessment is None or not assessment.once_fen:
        return []
    most = county_limit(file.case)
    if assessment.once_fen <= most:
        return []
    newest = next(iter(file.conferences), None)
    agreed = (
        newest is not None
        and newest.at >= assessment.at
        and (newest.outcome, newest.advice) == ("passed", "grant")
    )
    told = Sentence(
        "拟给{yuan}元，超过县（区）审批限额{most}元",
        yuan=yuan_text(assessment.once_fen),
        most=yuan_text(most),
    )
    word = "核算之后的一事一议建议给予" if agreed else HELD_FIRST
    return [Gate("limit", agreed, Sentence("{told}；{word}", told=told, word=Sentence(word)))]


def is_over_year(file: CaseFile, on: dt.date) -> bool:
    """Whether the newest assessment would give more than the year's, without the county's word."""
    assessment = next(iter(file.assessments), None)
    if assessment is None or not assessment.once_fen or file.is_over_year_allowed:
        return False
    year = year_of_case(file.case, assessment, on)
    return year is not None and year.is_over


def _notice_gate(file: CaseFile, over: bool, until: str) -> Gate:
    """CH62: where the law forbids a notice, none is waited for."""
    if file.is_without_notice:
        return Gate("notice", True, "为保护孩子，这一类不公示")
    return Gate("notice", over, "公示期已满" if over else until)


def confirmation_gates(file: CaseFile, by: Staff, on: dt.date) -> list[Gate]:
    """Notice over, nothing open, a third pair of eyes (promises.md B; ux.md 5.9).

    What the reviewer saw is looked at again: a week lies between, and somebody may be paid by now.
    """
    notice, opinion = next(iter(file.notices), None), next(iter(file.opinions), None)
    assessment = file.assessment_of(opinion) if opinion else None
    over = notice is not None and notice.until_on < on
    open_ones = any(o.answered_at is None for o in file.objections)
    upheld = any(o.upheld for o in file.objections if notice and o.notice_id == notice.pk)
    hands = {made.by_id for made in (opinion, assessment) if made}
    other = str(by.pk) not in hands
    ends = Sentence("公示到{day}，期满才能确认", day=str(notice.until_on)) if notice else ""
    until = ends or "还没有公示"
    return [
        *_file_gates(file),
        *_meeting_gates(file),
        *([_fresh_gate(file, assessment)] if assessment else []),
        _elsewhere_gate(
            known_people(indexes_of(file.case)),
            file.case,
            once=bool(assessment and assessment.once_fen and not assessment.monthly_fen),
        ),
        _relative_mark_gate(file),
        *_year_gates(file, assessment, on),
        *_limit_gates(file, assessment),
        _notice_gate(file, over, until),
        Gate("objections", not open_ones, "有异议尚未答复" if open_ones else "没有未处理的异议"),
        Gate("upheld", not upheld, "异议成立，请退回重新调查" if upheld else "没有成立的异议"),
        Gate(
            "eyes",
            other,
            "确认人与审核人、核算人不是同一人" if other else "您参与过核算或审核，不能确认",
        ),
    ]
