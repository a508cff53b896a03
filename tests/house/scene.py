"""One town with a family's case and an actor in every post: what the guards are tried on."""

import datetime as dt
import io
from dataclasses import dataclass, field
from types import SimpleNamespace
from uuid import UUID, uuid4

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from doudi.accounts.actions.invite import invite
from doudi.accounts.actions.open_session import open_session
from doudi.accounts.models import Loan, Phrase, Post, Staff
from doudi.accounts.permissions import LEVELS, Role
from doudi.attachments.bulk import keep_bulk
from doudi.attachments.intake import take_in
from doudi.audit.actor import Actor
from doudi.benefits.actions.prepare_roll import prepare_roll
from doudi.benefits.models import Award, AwardChange, BankFile, Roll, RollNotice
from doudi.cases.actions.object import object_to
from doudi.cases.letters.data import letter_data
from doudi.cases.letters.genuine import with_mark
from doudi.cases.models import Case, PublicNotice, Step
from doudi.clock.time import now, real_now
from doudi.demo.declare import Json
from doudi.departments.actions.receive_file import Told as Rows
from doudi.departments.actions.receive_file import send_file
from doudi.departments.actions.report_rows import Found, report_rows
from doudi.departments.actions.report_rows import Wrong as WrongRow
from doudi.departments.actions.seat_clerk import seat_clerk
from doudi.departments.actions.work_uploads import work_uploads
from doudi.departments.models import Problem
from doudi.discrepancies.models import Inquiry
from doudi.exports.actions.ask_export import ask_export
from doudi.exports.actions.work_exports import work_exports
from doudi.filing.actions.ask_batch import Order, ask_batch
from doudi.filing.actions.print_on import print_on
from doudi.mandates.actions.file_lead import Seen, file_lead
from doudi.mandates.actions.give_mandate import Given, give_mandate
from doudi.people.actions.upload_import import upload_import
from doudi.people.actions.work_imports import work_imports
from doudi.people.models import Person
from doudi.province.models import Exchange
from doudi.redress.actions.file_complaint import Said, file_complaint
from doudi.redress.actions.report_change import Change, report_change
from doudi.redress.models import Appeal, ChangeAppeal
from doudi.referrals.models import LifeProof, PlaceRequest, Referral
from doudi.supervision.actions.file_tip import Told as Tipped
from doudi.supervision.actions.file_tip import file_tip
from doudi.supervision.actions.raise_rectification import Wrong, raise_rectification
from doudi.supervision.figures import sealed
from doudi.supervision.models import Check, Doubt, Draw, Flag, Match, Sheet, Slip
from doudi.support.models import Group, Need, Pairing, Part
from doudi.takeover.models import Batch, TakenLine
from doudi.ui.access import admit
from doudi.upkeep.models import Proposal, Recheck, Recovery, Run, StandardRun
from doudi.urgent.actions.gather import gather
from doudi.urgent.actions.raise_help import Told, raise_help
from doudi.urgent.actions.set_roster import Shift, add_shift
from doudi.verification.actions.send_family_link import send_family_link
from doudi.verification.actions.withdraw_consent import withdraw_consent
from doudi.verification.dues import open_asks
from doudi.verification.models import Answer, Delivery, Outside, OutsideAnswer, Rest
from doudi.verification.models import Match as RowMatch
from doudi.verification.queries import consents_of
from tests.factories.cases import VILLAGE, case_at, draft, ren_declaration, staff
from tests.factories.deliveries import g14

STRANGER = "12900009999"
SYSTEM = Actor("system", "tests", "")
PLACES = {
    "town": {"home": "610702008", "sibling": "610702001", "other": "610722001"},
    "county": {"home": "610702", "other": "610722"},
    "city": {"home": "610700"},
    "village": {"home": "610702008001", "sibling": "610702001", "other": "610722001"},
}


@dataclass
class Scene:
    """The case, what belongs to it, and a browser for each actor ("town_clerk home", …)."""

    case: Case
    declaration: Json
    known: dict[str, str]
    at: dt.datetime
    browsers: dict[str, Client] = field(default_factory=dict)


ILLNESS = "演示尿毒症每周透析三次"


def declared() -> Json:
    """The Ren family, with an illness that no menu of the house knows."""
    declaration = ren_declaration()
    declaration["members"][1]["illness"] = ILLNESS
    return declaration


def numbers_of(declaration: Json) -> set[str]:
    """ID numbers, phones and accounts of the family."""
    members, bank = declaration["members"], declaration["applicant"]["bank"]
    found = {m[field] for m in members for field in ("id_number", "phone")}
    return (found | {bank["account"]}) - {""}


def names_of(declaration: Json) -> set[str]:
    """The family's names."""
    return {m["name"] for m in declaration["members"]}


def level_of(role: Role) -> str:
    """Where the role of the matrix stands: the narrowest place it may have, admins in a county."""
    levels = LEVELS[role]
    return next(k for k in ("village", "town", "county", "city") if k in levels)


def browser_of(person: Staff) -> Client:
    """A browser in which the officer passed both factors."""
    client = Client(raise_request_exception=False)
    session = client.session
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "doudi.gate.sessions.StaffBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["mark"] = open_session(person, at=now())
    session["seen"] = real_now().timestamp()
    session.save()
    return client


def browser_of_phone(phone: str) -> Client:
    """A browser in which the phone was proved."""
    client = Client(raise_request_exception=False)
    session = client.session
    admit(SimpleNamespace(session=session), phone)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def a_photo() -> SimpleUploadedFile:
    """A small picture as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile("IMG.jpg", out.getvalue(), "image/jpeg")


def actors() -> dict[str, Staff]:
    """One officer in each role at each place where the role can stand."""
    return {
        f"{role.value} {where}": staff(f"{role.value}-{where}".replace("_", "."), role, region)
        for role in Role
        for where, region in PLACES[level_of(role)].items()
    }


def build(clock: object, goal: str = "noticed", declaration: Json | None = None) -> Scene:
    """The Ren family's case at `goal`, its papers, links and roll, and everybody who may ask."""
    declaration = declaration or declared()
    return around(case_at(goal, clock, declaration), declaration)


def around(case: Case, declaration: Json) -> Scene:
    """What belongs to a case, and a browser for everybody."""
    people = actors()
    scene = Scene(case, declaration, _known(case, declaration, people), now())
    scene.browsers = {name: browser_of(person) for name, person in people.items()}
    scene.browsers["anonymous"] = Client(raise_request_exception=False)
    scene.browsers["owner"] = browser_of_phone(declaration["applicant"]["phone"])
    scene.browsers["stranger"] = browser_of_phone(STRANGER)
    return scene


def _known(case: Case, declaration: Json, people: dict[str, Staff]) -> dict[str, str]:
    """What fills the placeholders of the addresses."""
    owner = Actor("citizen", case.application.phone_index, "")
    ref = f"application:{case.application_id}"
    paper = take_in(a_photo(), subject=ref, kind="other", actor=owner)
    _link, token = send_family_link(
        case.application_id, declaration["members"][1], "任", by=owner, at=now()
    )
    own = next(c for c in consents_of(case.application_id) if c.member_key == "m1")
    other = staff("second.officer", Role.COUNTY_OFFICER, case.county[:6])
    invited = staff("newcomer", Role.TOWN_CLERK, case.town)
    notice = case.publicnotices.first()
    _open_draft(declaration)
    wife = next(c for c in consents_of(case.application_id) if c.member_key == "m2")
    withdraw_consent(wife.pk, by=owner, at=now())
    roll = prepare_roll(case.county[:6], "2022-05", by=other, at=now())
    return {
        "case_id": str(case.pk),
        "file_id": str(_bank_file(case).pk),
        "paper_id": str(paper.pk),
        "roll_id": str(roll.pk),
        "list_id": str(_hangs(roll)),
        "staff_id": str(invited.pk),
        "consent_id": str(own.pk),
        "notice_id": str(notice.pk if notice else uuid4()),
        "mark": with_mark(letter_data(case.pk, "F02"), case.pk, "F02")["qr_text"].split("/")[-2],
        **_redress(case, notice, owner),
        **_urgent(case.town, other, people["town_clerk home"]),
        **_supervision(case),
        **_oversight(case, people["town_clerk home"]),
        **_office(case, people["town_head home"]),
        **_support(case),
        **_delivered(people["data_clerk home"]),
        "post_id": str(_appointed(case).pk),
        "window draft_id": str(case.application_id),
        "batch_id": _batch(case, people["town_clerk home"]),
        "export_id": _export(people["town_clerk home"]),
        "import_id": _import(people["town_clerk home"]),
        "lead_id": _lead(people["town_clerk home"]),
        "mandate_id": _mandate(case, owner),
        "proof_id": _life_proof(case),
        **_upkeep(case),
        **_verified(case),
        "outside_id": _outside(case, people["town_clerk home"]),
        "request_id": _place_request(case, people["town_clerk home"]),
        "referral_id": _referral(case, people["town_clerk home"]),
        "secret": case.application.tracking.open(),
        "draft": str(case.application_id),
        "family token": token,
        "invitation token": invite(invited, by=SYSTEM, at=now()),
        "code": "610702",
        "number": "2",
        "key": "m2",
        "which": "live",
    }


def _sent_up(whoever: Staff) -> Exchange:
    """A report to the province, ready to be fetched."""
    return Exchange.objects.create(
        number="SJ20220509-1",
        kind="out",
        county="610702",
        month="2022-04",
        purpose="report",
        template=1,
        rows=0,
        sha256="0" * 64,
        stored_name=keep_bulk(io.BytesIO(b"report")).name,
        staff=whoever,
        at=now(),
    )


def _delivered(clerk: Staff) -> dict[str, str]:
    """The tax bureau's clerk sent a file of which one row is wrong."""
    seat_clerk(clerk.account, "税务", by=SYSTEM, at=now())
    made = send_file(
        "G14", io.BytesIO(g14(100, 收入额="三千")), Rows("2022-04", 100), by=clerk, at=now()
    )
    while work_uploads():
        continue
    asked = open_asks(["G14"], now().date()).first() or Answer()
    made.refresh_from_db()
    found = Found(
        f"inquiry:{uuid4()}", "610702", "1", "演示：不是他的工资", None, None, now().date()
    )
    wrong = WrongRow(made.delivery_id or uuid4(), "G14", 7, "X6", "3000.00元", "wrong_data")
    report_rows(found, [wrong], at=now())
    return {
        "problem_id": str(Problem.objects.values_list("pk", flat=True).get()),
        "upload_id": str(made.pk),
        "exchange_id": str(_sent_up(clerk).pk),
        "ask_id": str(asked.asked.request_id if asked.asked_id else uuid4()),
        "answer_id": str(asked.pk),
    }


def _batch(case: Case, clerk: Staff) -> str:
    """The application, printed for the clerk who asked for it."""
    made = ask_batch(uuid4(), Order(((case.pk, "F01"),), "file"), by=clerk, at=now())
    print_on(at=now())
    return str(made.pk)


def _redress(case: Case, notice: PublicNotice | None, owner: Actor) -> dict[str, str]:
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


def _hangs(roll: Roll) -> UUID:
    """The roll's lines hang before they are paid."""
    day = now().date()
    made = RollNotice.objects.create(
        roll=roll,
        lines_sha256=roll.lines_sha256,
        from_on=day,
        until_on=day,
        by_id="1",
        by_name="演示",
        at=now(),
    )
    return made.pk


def _lead(clerk: Staff) -> str:
    """A household found in the village of the case, by the clerk; nobody followed it up yet."""
    seen = Seen(VILLAGE, "met", "alone", "agreed", name="演示老人", phone=STRANGER, what="独居")
    return str(file_lead(uuid4(), seen, by=clerk, at=now()).pk)


def _export(clerk: Staff) -> str:
    """A ledger that the clerk took out, ready to be fetched."""
    made = ask_export("dibao", "check", False, by=clerk, at=now())
    while work_exports():
        continue
    return str(made.pk)


def _import(clerk: Staff) -> str:
    """A register that the clerk sent in, with a row that is wrong, checked."""
    number = "610799198801014418"
    lines = ["姓名,身份证号,与户主关系,村（社区）", f"演示户主,{number},户主,博望社区"]
    file = io.BytesIO("\n".join(lines).encode())
    batch = upload_import("households", file, by=clerk, at=now())
    while work_imports():
        continue
    return str(batch.pk)


def _mandate(case: Case, owner: Actor) -> str:
    """The stranger may see the way of the case and hand in papers, nothing of the family."""
    until = now().date() + dt.timedelta(days=90)
    given = Given("演示受托人", STRANGER, "neighbour", ["follow", "papers"], until)
    return str(give_mandate(case.pk, given, by=owner, at=now()).pk)


def _upkeep(case: Case) -> dict[str, str]:
    """The family in benefit: a stop to be heard, a re-check, money asked back, a held run."""
    award = Award.objects.filter(case_id=case.pk).first() or _award(case)
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
        "inquiry_id": _inquiry(case, str(award.pk)),
        "takeover_id": str(batch.pk),
        "award_id": str(award.pk),
        "proposal_id": str(proposal.pk),
        "matter_id": str(change.pk),
        "change_appeal_id": str(appeal.pk),
        "recheck_id": str(recheck.pk),
        "recovery_id": str(back.pk),
        "run run_id": str(run.pk),
        "standard run_id": str(listed.pk),
    }


def _inquiry(case: Case, award_id: str) -> str:
    """A finding about the family that it was asked to explain; the clerk's colleague has it."""
    made = Inquiry.objects.create(
        number=f"YJ{case.number}",
        household_id=case.household_id or uuid4(),
        award_id=award_id,
        county=case.county,
        town=case.town,
        village=case.village_id,
        signals=["X2"],
        stops=True,
        state="asked",
        opened_at=now(),
        due_on=now().date(),
        question="演示：新登记的车是谁的",
        asked_by="演示",
        asked_at=now(),
        answer_by_on=now().date(),
    )
    return str(made.pk)


def _verified(case: Case) -> dict[str, str]:
    """A row with a wrong number that may be the family's, and a rule that is to rest."""
    made = Delivery.objects.create(
        item="G04",
        agency="公安",
        contract_version=1,
        period="2022-04",
        sequence=900,
        sha256="0" * 64,
        signature="",
        received_at=now(),
        rows_in=2,
        rows_accepted=1,
        rows_unmatched=1,
        state="accepted",
    )
    person = Person.objects.order_by("created_at", "pk").first() or Person()
    match = RowMatch.objects.create(
        delivery=made,
        row_no=2,
        person_id=person.pk,
        town=case.town,
        tier="name_close",
        why=["name_close", "birth", "county"],
    )
    rest = Rest.objects.create(
        signal="X2",
        region=case.county,
        reason="演示：数据是去年的",
        state="asked",
        from_on=now().date(),
        asked_by_id="1",
        asked_by="演示",
        asked_at=now(),
    )
    return {"row_match_id": str(match.pk), "rest_id": str(rest.pk)}


def _outside(case: Case, clerk: Staff) -> str:
    """A bank was asked about the applicant, who authorised it; no answer yet."""
    own = next(c for c in consents_of(case.application_id) if c.member_key == "m1")
    made = Outside.objects.create(
        number=f"BH{case.number}",
        ref=case.application_id,
        kind="bank",
        body="演示银行汉台支行",
        items=["F01"],
        county=case.county,
        town=case.town,
        asked_by_id=str(clerk.pk),
        asked_by=clerk.name,
        asked_at=now(),
        due_on=now().date(),
    )
    OutsideAnswer.objects.create(outside=made, place=1, consent=own, item="F01")
    return str(made.pk)


def _bank_file(case: Case) -> BankFile:
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


def _award(case: Case) -> Award:
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


def _life_proof(case: Case) -> str:
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


def _place_request(case: Case, clerk: Staff) -> str:
    """The hukou town, which is another county's, was asked; no answer yet."""
    made = PlaceRequest.objects.create(
        number=f"XC{case.number[2:]}-1",
        case=case,
        from_town=case.town,
        county=case.county,
        to_town="610727105",
        to_name="略阳县徐家坪镇",
        questions=["home"],
        asked_by_id=str(clerk.pk),
        asked_by=clerk.name,
        asked_at=now(),
        due_on=now().date(),
    )
    return str(made.pk)


def _referral(case: Case, clerk: Staff) -> str:
    """The family was handed on to the medical insurance; no answer yet."""
    made = Referral.objects.create(
        case=case,
        town=case.town,
        county=case.county,
        department="medical",
        consent="present",
        what="演示需要医疗救助",
        made_by_id=str(clerk.pk),
        made_by=clerk.name,
        made_at=now(),
        due_on=now().date(),
    )
    return str(made.pk)


def _appointed(case: Case) -> Post:
    """A village assistant who was appointed for the village of the case."""
    region = f"{case.village_id}"
    return staff("assistant.appointed", Role.VILLAGE_ASSISTANT, region).posts.get()


def _support(case: Case) -> dict[str, str]:
    """A helper, a need, a promise of coal, and a registered group; all in the case's county."""
    place = {"village": case.village_id, "town": case.town, "county": case.county}
    by = {"case": case, **place}
    told = {"stated_by_id": "1", "stated_by": "演示", "stated_at": now()}
    pair = Pairing.objects.create(
        **by, helper="演示帮扶人", office="演示单位", phone=STRANGER, from_on=now().date()
    )
    need = Need.objects.create(**by, kind="heating", what="一冬的煤", consent="present", **told)
    part = Part.objects.create(
        **by, kind="goods", what="煤半吨", supplier="演示爱心社", promised_on=now().date()
    )
    group = Group.objects.create(
        county=case.county, name="演示爱心社", number="1", account_id="1", registered_at=now()
    )
    return {
        "pairing_id": str(pair.pk),
        "need_id": str(need.pk),
        "part_id": str(part.pk),
        "group_id": str(group.pk),
    }


def _office(case: Case, head: Staff) -> dict[str, str]:
    """The town's own words, and a person it asks the next town for."""
    by = {"written_by_id": "1", "written_by": "演示", "written_at": now()}
    phrase = Phrase.objects.create(town=case.town, verb="review", title="演示", text="同意", **by)
    loan = Loan.objects.create(
        town=case.town,
        lender=PLACES["town"]["sibling"],
        role=Role.TOWN_CLERK.value,
        reason="只有一人在岗",
        from_on=now().date(),
        until_on=now().date(),
        asked_at=now(),
        asked_by_id=str(head.pk),
        asked_by=head.name,
    )
    return {"phrase_id": str(phrase.pk), "loan_id": str(loan.pk)}


def _supervision(case: Case) -> dict[str, str]:
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


def _oversight(case: Case, clerk: Staff) -> dict[str, str]:
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


def _urgent(town: str, officer: Staff, clerk: Staff) -> dict[str, str]:
    """A call for help that nobody answered yet, a list of stranded people, a line of the roster."""
    told = Told("illness", town, STRANGER, name="演示求助人", what="住院押金不够")
    call = raise_help(uuid4(), told, by=SYSTEM, at=now())
    people = gather(town, "火车站", "大雪停运", now().date(), by=officer, at=now())
    shift = add_shift(town, Shift(clerk.pk, 8, 18, 0), by=officer, at=now())
    return {
        "call_id": str(call.pk),
        "gathering_id": str(people.pk),
        "shift_id": str(shift.pk),
        "receipt": str(call.ticket.open()),
    }


def _open_draft(declaration: Json) -> UUID:
    """The family begins again: the seven steps have something to show."""
    return draft(declaration, sign=False)
