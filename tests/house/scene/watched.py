"""Appeals and complaints, draws and checks, tips, flags and findings."""

from uuid import uuid4

from doudi.accounts.models import Staff
from doudi.audit.actor import Actor
from doudi.cases.actions.object import object_to
from doudi.cases.models import Case, PublicNotice, Step
from doudi.clock.time import now
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.actions.report_change import Change, report_change
from doudi.redress.models import Appeal
from doudi.supervision.actions.file_tip import Told as Tipped
from doudi.supervision.actions.file_tip import file_tip
from doudi.supervision.actions.raise_rectification import Wrong, raise_rectification
from doudi.supervision.figures import sealed
from doudi.supervision.models import Check, Doubt, Draw, Flag, Match, Sheet, Slip
from tests.house.scene.who import STRANGER, SYSTEM


def redress(case: Case, notice: PublicNotice | None, owner: Actor) -> dict[str, str]:
    """An appeal, a complaint, a report and an objection; the appeal is of an earlier refusal."""
    appeal = Appeal.objects.create(
        case=case,
        office=case.county,
        text="请再看一次",
        filed_at=now(),
        due_on=now().date(),
        against="refused",
        against_at=now(),
        limit_on=now().date(),
    )
    complaint = file_complaint(case.county, Said("delay", "跑了三趟都不办"), at=now())
    change = report_change(case.pk, Change("income", "少了一份工资"), by=owner, at=now())
    hangs = notice is not None and case.stage == "noticed"
    objection = object_to(notice.pk, "演示异议内容", "", at=now()) if hangs else None
    return {
        "appeal_id": str(appeal.pk),
        "complaint_id": str(complaint.pk),
        "change_id": str(change.pk),
        "objection_id": str(objection.pk if objection else uuid4()),
        "ticket": str(complaint.tracking.open()),
    }


def supervision(case: Case) -> dict[str, str]:
    """A draw with one check, and a sheet to the town."""
    kept = {"case": case, "county": case.county}
    draw = Draw.objects.create(
        county=case.county,
        month="2022-04",
        population="new",
        share=3000,
        seed="5eed",
        numbers=[case.number],
        numbers_sha256=sealed([case.number]),
        drawn_at=now(),
    )
    check = Check.objects.create(
        **kept, draw=draw, ground="drawn", asked_at=now(), due_on=now().date()
    )
    sheet = Sheet.objects.create(
        **kept,
        town=case.town,
        colour="blue",
        text="请说明原因",
        issued_at=now(),
        answer_by_on=now().date(),
    )
    return {"draw_id": str(draw.pk), "check_id": str(check.pk), "sheet_id": str(sheet.pk)}


def oversight(case: Case, clerk: Staff) -> dict[str, str]:
    """A tip, an officer's own error, a decision beyond limits, a relative of the same name."""
    told = Tipped(name="演示举报人", phone=STRANGER, text="他家有门面出租，没有申报。")
    tip = file_tip(case.county, told, at=now())
    tip.case = case
    tip.save()
    kept = {"case": case, "county": case.county}
    Step.objects.create(
        case=case, at=now(), by_id=str(clerk.pk), by_name=clerk.name, move="record_visit"
    )
    slip = Slip.objects.create(
        **kept, town=case.town, what="录错了一位", mended="已改", by_id=str(clerk.pk), at=now()
    )
    flag = Flag.objects.create(
        **kept, town=case.town, decision_id=uuid4(), kinds=["hours"], fen=1, at=now()
    )
    match = Match.objects.create(
        **kept, relative_id="1", officer_id="1", officer="演示", member_key="m1", found_at=now()
    )
    doubt = Doubt.objects.create(
        rule="kin", about=f"case:{case.pk}", county=case.county, day=now(), count=1, found_at=now()
    )
    found = raise_rectification(
        Wrong("county", "少算一人", "重新核算", case_id=case.pk), by=SYSTEM, at=now()
    )
    return {
        "doubt_id": str(doubt.pk),
        "rectify_id": str(found.pk),
        "tip_id": str(tip.pk),
        "slip_id": str(slip.pk),
        "flag_id": str(flag.pk),
        "match_id": str(match.pk),
        "tip_told ticket": str(tip.tracking.open()),
    }
