"""The family in benefit: award, changes, re-checks, proof of life, a file for the bank."""

import datetime as dt
from uuid import uuid4

from doudi.benefits.models import Award, AwardChange, BankFile
from doudi.cases.models import Case
from doudi.clock.time import now
from doudi.people.models import GroupMembership, Person
from doudi.redress.models import ChangeAppeal
from doudi.referrals.models import LifeProof
from doudi.takeover.models import Batch, TakenLine
from doudi.upkeep.models import Proposal, Recheck, Recovery, Run, StandardRun
from tests.house.scene.checked import inquiry


def upkeep(case: Case) -> dict[str, str]:
    """The family in benefit: a stop to be heard, a re-check, money asked back, a held run."""
    award = Award.objects.filter(case_id=case.pk).first() or award_of(case)
    place = {"award": award, "town": case.town, "county": case.county}
    told = {"proposed_by_id": "1", "proposed_by": "演示", "proposed_at": now()}
    proposal = Proposal.objects.create(
        **place,
        **told,
        kind="stop",
        cause="means",
        origin="office",
        from_month="2022-08",
        before_fen=award.monthly_fen,
        amounts=[["2022-08", 0, 0]],
        until_month="2022-07",
        why="演示收入增加",
        state="hearing",
        answer_by_on=now().date(),
    )
    change = AwardChange.objects.create(
        award=award,
        order=1,
        what="adjust",
        from_month="2022-07",
        before_fen=award.monthly_fen,
        after_fen=award.monthly_fen - 10_000,
        base_fen=award.monthly_fen - 10_000,
        reason="means",
        document="DB57",
        article="30",
        proposed_by="演示",
        decided_by_id="1",
        decided_by="演示",
        at=now(),
    )
    appeal = ChangeAppeal.objects.create(
        case=case,
        office=case.county,
        text="请再看一次",
        filed_at=now(),
        due_on=now().date(),
        award_id=award.pk,
        award_number=award.number,
        masked_name="演*",
        matter_id=change.pk,
        kind="adjust",
        from_month="2022-07",
        before_fen=change.before_fen,
        after_fen=change.after_fen,
        against_at=now(),
        limit_on=now().date(),
    )
    recheck = Recheck.objects.create(
        **place, call="plan", klass="b", due_on=now().date(), opened_at=now()
    )
    back = Recovery.objects.create(
        **place, **told, cause="late_report", amount_fen=10_000, why="演示多发"
    )
    run = Run.objects.create(
        what="birthdays", month="2022-05", town=case.town, proposed=3, is_held=True, at=now()
    )
    listed = StandardRun.objects.create(
        county=case.county,
        month="2025-10",
        award_count=1,
        line_count=0,
        open_count=0,
        before_fen=1,
        after_fen=2,
        prepared_by_id="1",
        prepared_by="演示",
        prepared_at=now(),
    )
    batch = Batch.objects.create(
        number="JS220509-01", file_sha256="0" * 64, month="2022-06", state="rehearsed", at=now()
    )
    kept = {"old_number": "1", "row": 2, "county": case.county, "old_fen": 1, "why": "unknown"}
    TakenLine.objects.create(batch=batch, **kept)
    return {
        "inquiry_id": inquiry(case, str(award.pk)),
        "takeover_id": str(batch.pk),
        "membership_id": on_a_list(case, award),
        "award_id": str(award.pk),
        "proposal_id": str(proposal.pk),
        "matter_id": str(change.pk),
        "change_appeal_id": str(appeal.pk),
        "recheck_id": str(recheck.pk),
        "recovery_id": str(back.pk),
        "run run_id": str(run.pk),
        "standard run_id": str(listed.pk),
    }


def bank_file(case: Case) -> BankFile:
    """What came back is proposed again: a file of the case's county that waits for finance."""
    return BankFile.objects.create(
        number=f"B{case.county}20220509-1",
        county=case.county,
        layout="local",
        count=0,
        total_fen=0,
        prepared_by_id="1",
        prepared_by="演示",
        prepared_at=now(),
    )


def award_of(case: Case) -> Award:
    """What the case may lead to, before it does."""
    person = Person.objects.order_by("created_at", "pk").first() or Person()
    return Award.objects.create(
        number=f"V{case.number}",
        case_id=case.pk,
        programme="dibao",
        area=case.area,
        household_id=case.household_id or uuid4(),
        county=case.county,
        town=case.town,
        village=case.village_id,
        payee=person,
        payee_name=case.applicant_name,
        monthly_fen=167_000,
        base_fen=167_000,
        household_size=3,
        start_month="2022-06",
        opened_at=now(),
    )


def on_a_list(case: Case, award: Award) -> str:
    """The payee on a list of the town."""
    on = {"person_id": award.payee_id, "region_id": case.village_id, "from_on": now().date()}
    return str(GroupMembership.objects.create(group="lone_elder", **on).pk)


def life_proof(case: Case) -> str:
    """A proof of life of somebody of the town; long due, so that a stop may be proposed."""
    person = Person.objects.create(
        id_number="610799195003120019",
        name="演示民兵",
        sex="male",
        born_on=dt.date(1950, 3, 12),
        created_at=now(),
    )
    award = Award.objects.create(
        number=f"L{case.number}",
        programme="railway_militia",
        area=case.area,
        household_id=uuid4(),
        county=case.county,
        town=case.town,
        village=case.village_id,
        payee=person,
        payee_name=person.name,
        monthly_fen=60000,
        base_fen=60000,
        household_size=1,
        start_month="2020-01",
        opened_at=now(),
    )
    long_ago = now() - dt.timedelta(days=120)
    values = {"town": case.town, "county": case.county, "due_on": long_ago.date()}
    proof = LifeProof.objects.create(award=award, person=person, opened_at=long_ago, **values)
    return str(proof.pk)
